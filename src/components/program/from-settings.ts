/** The checked `consumes`, `handler` and `client` of a program → what it is built from. */

import { distribution } from '../../kernel/distributions/distribution.js';
import { retryOptions } from '../client/retry.js';
import { operationOf } from '../database-port.js';
import { Buckets, ObjectNames } from '../object-names.js';
import { QUEUE_DEFAULT } from '../queue-port.js';
import { objectOperationOf } from '../s3-port.js';
import { isFifoName } from '../settings/resource.js';
import type { RetrySpec } from '../settings/client.js';
import type { CallerClient, FleetOnQueue, StepSpec } from '../settings/program.js';
import { declareNames } from '../traffic/values.js';
import type { World } from '../world.js';
import type { CallerOptions } from './attempts.js';
import type { CallOptions } from './errands.js';
import type { HeartbeatOptions, ProgramOptions, QueueSource } from './options.js';
import { Deletes } from './options.js';
import type { SendOptions } from './send-step.js';
import type { SendSpec } from './sends-of.js';
import { sendsOf } from './sends-of.js';
import type { StepOptions } from './steps.js';
import { Verb } from './steps.js';

const DELETES = {
  afterEach: Deletes.AfterEach,
  afterBatch: Deletes.AfterBatch,
  onReceipt: Deletes.OnReceipt,
} as const;

/** What stands under `consumes`, `handler` and `client`, checked by the language. */
type Programs = Readonly<Record<string, unknown>>;

export function programOf(world: World, consumer: number, programs: Programs): ProgramOptions {
  const consumes = (programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
  const client = (programs['client'] ?? {}) as CallerClient;
  return {
    name: world.names[consumer],
    consumer,
    sources: Object.entries(consumes).map(([queue, settings]) =>
      sourceOf(world.idOf(queue), settings),
    ),
    handler: handlerOf(world, programs),
    client: callerOf(client, 'standard'),
  };
}

/** The steps of a program, with its `client` where they say nothing of their own. */
export function handlerOf(world: World, programs: Programs): StepOptions[] {
  const client = (programs['client'] ?? {}) as CallerClient;
  const handler = (programs['handler'] ?? []) as readonly StepSpec[];
  const saysEvent = sendsOf(programs).some(({ source, detailType }) => {
    return source !== undefined || detailType !== undefined;
  });
  return handler.map((step) => stepOf(world, step, client, saysEvent));
}

/** As `declareTraffic`: the names that keys, attributes and bodies of children can be. */
export function declareHandler(world: World, programs: Programs): void {
  for (const { key, attributes, body = {} } of sendsOf(programs)) {
    if (key !== undefined) declareNames(world.labels, key);
    for (const value of Object.values(attributes)) declareNames(world.labels, value);
    for (const value of Object.values(body)) declareNames(world.labels, value);
  }
}

function callerOf({ timeout, retry }: CallerClient, byDefault: RetrySpec): CallerOptions {
  return { timeout: timeout ?? Infinity, retry: retryOptions(retry ?? byDefault) };
}

function sourceOf(queue: number, settings: FleetOnQueue): QueueSource {
  const { heartbeat, onFailure } = settings;
  const first = heartbeat?.visibilityTimeout.isProgressive
    ? heartbeat.visibilityTimeout.timeouts[0]
    : undefined;
  return {
    queue,
    batchSize: settings.batchSize,
    waitTime: settings.waitTimeSeconds ?? QUEUE_DEFAULT,
    visibilityTimeout: first ?? settings.visibilityTimeout ?? QUEUE_DEFAULT,
    concurrency: settings.concurrency,
    idleTimeBetweenReads: settings.idleTimeBetweenReads,
    parallel: settings.inBatch === 'parallel',
    deletes: DELETES[settings.deletes],
    heartbeat: heartbeat === undefined ? null : heartbeatOf(heartbeat),
    onFailure: {
      visibilityTimeout: onFailure.visibilityTimeout ?? QUEUE_DEFAULT,
      stopsGroup: onFailure.group === 'stop',
    },
    attemptIds: settings.receiveRequestAttemptId,
  };
}

function heartbeatOf(settings: NonNullable<FleetOnQueue['heartbeat']>): HeartbeatOptions {
  return { every: settings.every, ...settings.visibilityTimeout };
}

/** `saysEvent`: some step of the program says what stands around its events. */
function stepOf(
  world: World,
  step: StepSpec,
  client: CallerClient,
  saysEvent: boolean,
): StepOptions {
  const common = {
    chance: step.chance,
    perMessage: step.per === 'message',
    ...(step.when === undefined ? {} : { when: step.when }),
  };
  switch (step.verb) {
    case 'work':
      return { verb: Verb.Work, time: distribution(step.time), ...common };
    case 'fail': {
      const status = step.status === undefined ? {} : { status: step.status };
      return { verb: Verb.Fail, share: step.share, ...status, ...common };
    }
    case 'crash':
      return { verb: Verb.Crash, share: step.share, ...common };
    case 'call':
    case 'write':
    case 'read':
      return { verb: Verb.Call, call: callOf(world, step, client), ...common };
    case 'send':
      return { verb: Verb.Send, send: sendOf(world, step, client, saysEvent), ...common };
    case 'once': {
      const once = { by: step.by, keepFor: step.for ?? Infinity, atMost: step.atMost };
      return { verb: Verb.Once, once, ...common };
    }
  }
}

function callOf(
  world: World,
  step: StepSpec & { readonly verb: 'call' | 'write' | 'read' },
  own: CallerClient,
): CallOptions {
  const { verb, count, onError } = step;
  const target = world.idOf(step.target);
  const common = { target, count, ignoresErrors: onError === 'ignore' };
  const client = { ...own, ...step.client };
  if (verb === 'call') return { ...common, client: callerOf(client, 'none') };
  if (!world.shared(Buckets).has(target))
    return { ...common, statement: operationOf(verb), client: callerOf(client, 'none') };
  const { size, prefix, suffix } = step.object ?? {};
  const object = {
    operation: objectOperationOf(verb),
    size: size === undefined ? null : distribution(size),
    naming: world.shared(ObjectNames).add(prefix ?? '', suffix ?? ''),
  };
  return { ...common, object, client: callerOf(client, 'standard') };
}

function sendOf(world: World, step: SendSpec, own: CallerClient, saysEvent: boolean): SendOptions {
  const isFifo = isFifoName(step.target);
  const { timeout, retry, batch } = { ...own, ...step.client };
  return {
    target: world.idOf(step.target),
    count: step.count,
    size: step.size === undefined ? null : distribution(step.size),
    key: step.key ?? null,
    attributes: step.attributes,
    body: step.body ?? null,
    event: saysEvent ? { source: step.source, detailType: step.detailType } : null,
    messageGroupId: step.messageGroupId ?? (isFifo ? 'key' : null),
    messageDeduplicationId: step.messageDeduplicationId ?? (isFifo ? 'message' : null),
    delay: isFifo ? QUEUE_DEFAULT : (step.delaySeconds ?? QUEUE_DEFAULT),
    client: {
      timeout: timeout ?? null,
      retry: retryOptions(retry ?? 'standard'),
      senders: 1,
      batch: batch ?? null,
    },
    ignoresErrors: step.onError === 'ignore',
  };
}
