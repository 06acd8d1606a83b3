/**
 * Programs (docs/scenario.md): what stands under `consumes` and `serves`; steps are in step.ts. What the language has
 * and this release refuses is listed in src/scenario/not-modelled.ts, by the names of these blocks.
 */

import { z } from 'zod';
import type { Micros } from '../../kernel/time.js';
import { block } from './block.js';
import { count } from './numbers.js';
import type { Problem, Read } from './problem.js';
import { below } from './problem.js';
import { rate } from './rates.js';
import { duration, readTime } from './scaled.js';
import { setting } from './setting.js';
import { writtenTime } from './units.js';
import { choice, flag, reference } from './words.js';

export { callerClient } from './caller.js';
export type { CallerClient } from './caller.js';
export { ALL_STEP_VERBS, handler, LATER_STEP_VERBS, OBJECT_OPTIONS, STEP_VERBS } from './step.js';
export type { ChildSpec, ObjectSpec, StepSpec } from './step.js';

const nothing = Object.freeze({}); // all defaults

/** ReceiveMessage's own range. */
const RECEIVE = 'AWS: ReceiveMessage, MaxNumberOfMessages 1..10, WaitTimeSeconds 0..20';

/** What the extensions of a heartbeat ask for. */
export interface Extensions {
  readonly timeouts: readonly Micros[];
  /** A list was written: its first is asked for at the receive. */
  readonly isProgressive: boolean;
}

const MOST_EXTENSIONS = 100;

const readExtensions: Read<Extensions> = (written, refuse) => {
  const one = readTime({ min: '1s', max: '12h', bare: 's', awsError: 'InvalidParameterValue' });
  if (!Array.isArray(written)) {
    const timeout = one(written, refuse);
    return timeout === undefined ? undefined : { timeouts: [timeout], isProgressive: false };
  }
  if (written.length === 0 || written.length > MOST_EXTENSIONS)
    return refuse({
      code: 'out-of-range',
      found: `a list of ${written.length}`,
      allowed: `a time, or a list of 1 to ${MOST_EXTENSIONS} such as [30s, 1m, 2m]`,
    });
  const timeouts = written.map((item: unknown, i) => one(item, below(refuse, i)));
  if (timeouts.includes(undefined)) return undefined;
  return { timeouts: timeouts as Micros[], isProgressive: true };
};

const heartbeatBlock = block(
  {
    name: 'heartbeat',
    doc: 'ChangeMessageVisibility keeps messages hidden while they are in hand.',
    words: {
      interval: 'every',
      period: 'every',
      timeout: 'visibilityTimeout',
      to: 'visibilityTimeout',
    },
  },
  {
    every: duration({
      min: '1ms',
      doc: 'Between two extensions; with a list, so long before the running timeout ends.',
    }),
    visibilityTimeout: setting(
      readExtensions,
      { anyOf: [{ type: ['string', 'number'] }, { type: 'array' }], 'x-form': 'a time, or a list' },
      {
        source: 'AWS: ChangeMessageVisibility, VisibilityTimeout 0..43200',
        doc: 'What each extension asks for. Of a list, the first is asked at the receive, the last repeats.',
      },
    ),
  },
);

const heartbeat = heartbeatBlock.transform((written, context) => {
  const { every, visibilityTimeout } = written;
  const short = visibilityTimeout.timeouts.findIndex((timeout) => timeout <= every);
  if (visibilityTimeout.isProgressive && short >= 0) {
    const problem: Problem = {
      code: 'out-of-range',
      found: writtenTime(visibilityTimeout.timeouts[short]),
      message: 'the next is asked for before this one has begun',
      allowed: `longer than every (${writtenTime(every)})`,
      path: ['visibilityTimeout', short],
    };
    context.addIssue({ code: 'custom', params: { problem }, path: ['visibilityTimeout', short] });
  }
  return written;
});

const onFailure = block(
  {
    name: 'onFailure',
    doc: 'What happens to a message whose handler failed.',
    words: {
      timeout: 'visibilityTimeout',
      delay: 'visibilityTimeout',
      release: 'visibilityTimeout',
    },
  },
  {
    visibilityTimeout: duration({
      min: '0s',
      max: '12h',
      bare: 's',
      awsError: 'InvalidParameterValue',
      source: 'AWS: ChangeMessageVisibility, VisibilityTimeout 0..43200',
      doc: 'Asked for by ChangeMessageVisibility, 0s releases it at once; default: it is left to its timeout.',
    }).optional(),
    group: choice(['stop', 'goOn'], {
      default: 'stop',
      doc: 'On FIFO queues: whether the rest of its group in the batch is left with it; goOn breaks order (a bug).',
    }),
  },
);

/** One queue that a fleet polls: `consumes: { orders: { … } }`. */
const pollingBlock = block(
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
      keepAlive: 'heartbeat',
      extend: 'heartbeat',
      onError: 'onFailure',
      attemptId: 'receiveRequestAttemptId',
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
    heartbeat: heartbeat.optional(),
    onFailure: onFailure.prefault(nothing as never),
    receiveRequestAttemptId: flag({
      default: false,
      doc: 'FIFO queues: a receive that is tried again, since no answer came, gets the same messages.',
    }),
  },
);

export const fleetOnQueue = pollingBlock.transform((written, context) => {
  checkPolling(written, (problem) => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
  });
  return written;
});
export type FleetOnQueue = z.output<typeof fleetOnQueue>;

type Report = (problem: Problem) => void;

/** What a poller cannot say at once. */
function checkPolling(written: z.output<typeof pollingBlock>, report: Report): void {
  const { heartbeat, deletes, onFailure } = written;
  const isList = heartbeat !== undefined && heartbeat.visibilityTimeout.isProgressive;
  if (isList && written.visibilityTimeout !== undefined) {
    report({
      code: 'choice',
      message: 'visibilityTimeout beside a list of them: its first is asked for at the receive',
      allowed: 'one of the two',
      path: ['visibilityTimeout'],
      onKey: true,
    });
  }
  if (deletes !== 'onReceipt') return;
  const gone = 'has no effect with deletes: onReceipt: the message is gone before any work';
  if (heartbeat !== undefined)
    report({ code: 'no-effect', message: `heartbeat ${gone}`, path: ['heartbeat'], onKey: true });
  if (onFailure.visibilityTimeout !== undefined) {
    report({
      code: 'no-effect',
      message: `onFailure.visibilityTimeout ${gone}`,
      path: ['onFailure', 'visibilityTimeout'],
      onKey: true,
    });
  }
}

/** `consumes` of a fleet: a map of queues. */
export const fleetConsumes = z
  .record(reference({ roles: ['queue'] }), fleetOnQueue)
  .meta({ description: 'What the program pulls: a map of queues.' });

/** `serves`: how many calls a program takes. */
export const serves = block(
  {
    name: 'serves',
    doc: 'How many calls are taken: at a time, waiting, and each second.',
    words: {
      maxConcurrency: 'concurrency',
      connections: 'concurrency',
      threads: 'concurrency',
      backlog: 'queueLimit',
      queue: 'queueLimit',
      rate: 'rateLimit',
      limit: 'rateLimit',
      rps: 'rateLimit',
    },
  },
  {
    concurrency: count({
      min: 1,
      max: 1_000_000,
      doc: 'Calls handled at a time, all callers together; default: any number.',
    }).optional(),
    queueLimit: count({
      max: 10_000_000,
      default: 0,
      doc: 'Calls that wait for their turn; beyond, they get 503.',
    }),
    rateLimit: rate({
      min: '1/d',
      doc: 'Calls taken per time; beyond, they get 429. Default: any.',
    }).optional(),
  },
);
export type Serves = z.output<typeof serves>;
