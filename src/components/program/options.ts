/** What a program is built from: checked settings in base units. */

import type { Micros } from '../../kernel/time.js';
import type { StepOptions } from './steps.js';

/** When a poller deletes what it was given (docs/scenario.md, `deletes`). */
export const Deletes = { AfterEach: 0, AfterBatch: 1, OnReceipt: 2 } as const;
export type Deletes = (typeof Deletes)[keyof typeof Deletes];

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
  /** All messages of a batch at once instead of in turn. */
  readonly parallel: boolean;
  readonly deletes: Deletes;
}

export interface ProgramOptions {
  /** The fleet's name and resource number: it is the consumer. */
  readonly name: string;
  readonly consumer: number;
  readonly sources: readonly QueueSource[];
  readonly handler: readonly StepOptions[];
}
