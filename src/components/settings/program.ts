/**
 * Programs (docs/scenario.md): what stands under `consumes` and `handler` of a fleet. What the language has
 * and this release refuses is listed in src/scenario/not-modelled.ts, by the names of these blocks.
 */

import { z } from 'zod';
import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { block } from './block.js';
import { distribution } from './distribution.js';
import { count } from './numbers.js';
import { share } from './rates.js';
import { duration } from './scaled.js';
import { choice, reference } from './words.js';

/** ReceiveMessage's own range. */
const RECEIVE = 'AWS: ReceiveMessage, MaxNumberOfMessages 1..10, WaitTimeSeconds 0..20';

/** One queue that a fleet polls: `consumes: { orders: { … } }`. */
export const fleetOnQueue = block(
  {
    name: 'consumes',
    doc: 'How each instance of the fleet polls this queue.',
    words: {
      maxNumberOfMessages: 'batchSize',
      maxMessages: 'batchSize',
      batch: 'batchSize',
      wait: 'waitTimeSeconds',
      receiveMessageWaitTimeSeconds: 'waitTimeSeconds',
      threads: 'concurrency',
      loops: 'concurrency',
      workers: 'concurrency',
      pollInterval: 'idleTimeBetweenReads',
      delete: 'deletes',
    },
  },
  {
    batchSize: count({
      min: 1,
      max: 10,
      default: 1,
      awsError: 'ReadCountOutOfRange',
      source: RECEIVE,
      doc: 'MaxNumberOfMessages of each receive.',
    }),
    waitTimeSeconds: duration({
      min: '0s',
      max: '20s',
      bare: 's',
      awsError: 'InvalidParameterValue',
      source: RECEIVE,
      doc: "How long a receive waits for messages; default the queue's receiveMessageWaitTimeSeconds.",
    }).optional(),
    visibilityTimeout: duration({
      min: '0s',
      max: '12h',
      bare: 's',
      awsError: 'InvalidParameterValue',
      source: RECEIVE,
      doc: "VisibilityTimeout of each receive; default the queue's.",
    }).optional(),
    concurrency: count({ min: 1, max: 10_000, default: 1, doc: 'Poll loops per instance.' }),
    idleTimeBetweenReads: duration({ default: '0s', doc: 'The pause after an empty receive.' }),
    inBatch: choice(['sequential', 'parallel'], {
      default: 'sequential',
      doc: 'Whether the messages of a batch are handled one after the other or all at once.',
    }),
    deletes: choice(['afterEach', 'afterBatch', 'onReceipt'], {
      default: 'afterEach',
      doc: 'When messages are deleted: each by its own call, all by one batch call, or before any work (a bug).',
    }),
  },
);
export type FleetOnQueue = z.output<typeof fleetOnQueue>;

/** `consumes` of a fleet: a map of queues. */
export const fleetConsumes = z
  .record(reference({ kinds: ['sqs.queue'] }), fleetOnQueue)
  .meta({ description: 'What the program pulls: a map of queues.' });

/** The verbs of steps that are built. */
export const STEP_VERBS = ['work', 'fail', 'crash'] as const;
/** The verbs that are not built yet. */
export const LATER_STEP_VERBS = [
  'send',
  'call',
  'write',
  'read',
  'await',
  'once',
  'parallel',
  'steps',
  'perBatch',
] as const;
/** All verbs of the language, of which a step has exactly one. */
export const ALL_STEP_VERBS = [...STEP_VERBS, ...LATER_STEP_VERBS] as const;

/** One step of a handler, checked: verb by verb, in base units. */
export type StepSpec = {
  /** In which share of the runs the step happens at all. */
  readonly chance: number;
  /** `message`: drawn once for all runs of a message. */
  readonly per: 'attempt' | 'message';
} & (
  | { readonly verb: 'work'; readonly time: DistributionSpec }
  | { readonly verb: 'fail' | 'crash'; readonly share: number }
);

const writtenStep = block(
  {
    name: 'step',
    doc: 'One step of a handler: exactly one verb, its options beside it.',
    exactlyOne: [ALL_STEP_VERBS],
    words: {
      publish: 'send',
      put: 'send',
      produce: 'send',
      enqueue: 'send',
      invoke: 'call',
      request: 'call',
      error: 'fail',
      sleep: 'work',
      process: 'work',
      compute: 'work',
      duration: 'work',
      time: 'work',
      die: 'crash',
      kill: 'crash',
      probability: 'chance',
      share: 'chance',
      on: 'when',
      if: 'when',
    },
  },
  {
    work: distribution('duration', { doc: 'Keeps the worker busy for so long.' }).optional(),
    fail: share({ doc: 'In this share of the runs the handler ends in failure here.' }).optional(),
    crash: share({
      doc: 'In this share of the runs the process dies here, with all that it holds.',
    }).optional(),
    chance: share({ default: '100%', doc: 'In which share of the runs the step happens at all.' }),
    per: choice(['attempt', 'message'], {
      default: 'attempt',
      doc: "Whether chance and share are drawn anew on each try, or are the message's fate.",
    }),
  },
);

/** A step without a verb has been refused before this is used. */
export const step = writtenStep.transform(({ work, fail, crash, chance, per }): StepSpec => {
  if (work !== undefined) return { verb: 'work', time: work, chance, per };
  if (fail !== undefined) return { verb: 'fail', share: fail, chance, per };
  return { verb: 'crash', share: crash ?? 0, chance, per };
});

/** `handler`: what one message costs, step by step; `[]` is instant. */
export const handler = z
  .array(step)
  .meta({ description: 'What one message costs the worker, step by step.' });
