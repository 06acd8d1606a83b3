/** What a program is built from: checked settings in base units. */

import type { Micros } from '../../kernel/time.js';
import type { CallerOptions } from './attempts.js';
import type { StepOptions } from './steps.js';

/** When a poller deletes what it was given (docs/scenario.md, `deletes`). */
export const Deletes = { AfterEach: 0, AfterBatch: 1, OnReceipt: 2 } as const;
export type Deletes = (typeof Deletes)[keyof typeof Deletes];

/** How messages in hand are kept hidden (docs/scenario.md, `heartbeat`). */
export interface HeartbeatOptions {
  /** Between two extensions; when progressive, how long before a timeout ends the next is asked for. */
  readonly every: Micros;
  /** What the extensions ask for, in turn; the last repeats. */
  readonly timeouts: readonly Micros[];
  /** A list was written: the receive has asked for the first. */
  readonly isProgressive: boolean;
}

/** What happens to a message whose run failed (docs/scenario.md, `onFailure`). */
export interface FailureOptions {
  /** Asked for it by ChangeMessageVisibility, µs; QUEUE_DEFAULT: it is left to its timeout. */
  readonly visibilityTimeout: Micros;
  /** In a queue that keeps order, the rest of its group in the batch is left, too. */
  readonly stopsGroup: boolean;
}

/** One queue that a fleet polls. */
export interface QueueSource {
  /** Resource number of the queue. */
  readonly queue: number;
  /** MaxNumberOfMessages, 1..10. */
  readonly batchSize: number;
  /** WaitTimeSeconds in µs, or QUEUE_DEFAULT. */
  readonly waitTime: Micros;
  /** VisibilityTimeout in µs, or QUEUE_DEFAULT. */
  readonly visibilityTimeout: Micros;
  /** Poll loops per instance. */
  readonly concurrency: number;
  /** The pause after an empty receive. */
  readonly idleTimeBetweenReads: Micros;
  /** All messages of a batch at once instead of in turn; those of one group always in turn. */
  readonly parallel: boolean;
  readonly deletes: Deletes;
  /** null: none. */
  readonly heartbeat: HeartbeatOptions | null;
  readonly onFailure: FailureOptions;
  /** Each receive carries an id; one whose answer does not come is tried again with the same. */
  readonly attemptIds: boolean;
}

/** Who hears what the loops of a program find; they belong to `worker`. */
export interface LoopWatcher {
  /** A batch: the deliveries from `first` on, by `next`. */
  took(worker: number, first: number): void;
  /** An empty receive. */
  foundNothing(worker: number): void;
  /** The loop polls again after a batch, or for the first time. */
  polls(worker: number): void;
}

export interface ProgramOptions {
  /** The fleet's name and resource number: it is the consumer. */
  readonly name: string;
  readonly consumer: number;
  readonly sources: readonly QueueSource[];
  readonly handler: readonly StepOptions[];
  /** How its calls to queues are made: timeouts and retries. */
  readonly client: CallerOptions;
}
