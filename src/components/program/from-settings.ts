/** The checked `consumes` and `handler` of a fleet → what a program is built from. */

import { distribution } from '../../kernel/distributions/distribution.js';
import { QUEUE_DEFAULT } from '../queue-port.js';
import type { FleetOnQueue, StepSpec } from '../settings/program.js';
import type { World } from '../world.js';
import type { ProgramOptions, QueueSource } from './options.js';
import { Deletes } from './options.js';
import type { StepOptions } from './steps.js';
import { Verb } from './steps.js';

const DELETES = {
  afterEach: Deletes.AfterEach,
  afterBatch: Deletes.AfterBatch,
  onReceipt: Deletes.OnReceipt,
} as const;

/** `programs`: what stands under `consumes` and `handler` of the fleet `consumer`, checked by the language. */
export function programOf(
  world: World,
  consumer: number,
  programs: Readonly<Record<string, unknown>>,
): ProgramOptions {
  const consumes = (programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
  const handler = (programs['handler'] ?? []) as readonly StepSpec[];
  return {
    name: world.names[consumer],
    consumer,
    sources: Object.entries(consumes).map(([queue, settings]) =>
      sourceOf(world.idOf(queue), settings),
    ),
    handler: handler.map(stepOf),
  };
}

function sourceOf(queue: number, settings: FleetOnQueue): QueueSource {
  return {
    queue,
    batchSize: settings.batchSize,
    waitTime: settings.waitTimeSeconds ?? QUEUE_DEFAULT,
    visibilityTimeout: settings.visibilityTimeout ?? QUEUE_DEFAULT,
    concurrency: settings.concurrency,
    idleTimeBetweenReads: settings.idleTimeBetweenReads,
    parallel: settings.inBatch === 'parallel',
    deletes: DELETES[settings.deletes],
  };
}

function stepOf(step: StepSpec): StepOptions {
  const common = { chance: step.chance, perMessage: step.per === 'message' };
  switch (step.verb) {
    case 'work':
      return { verb: Verb.Work, time: distribution(step.time), ...common };
    case 'fail':
      return { verb: Verb.Fail, share: step.share, ...common };
    case 'crash':
      return { verb: Verb.Crash, share: step.share, ...common };
  }
}
