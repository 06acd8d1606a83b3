/** What a sender is built from: checked settings in base units. */

import type { Micros } from '../../kernel/time.js';
import type { DatabaseOperation } from '../database-port.js';
import type { Payloads } from '../makes.js';
import type { RetryOptions } from './retry.js';

export interface ClientOptions {
  /** How long an attempt waits for its answer; null: for good. */
  readonly timeout: Micros | null;
  /** null: nothing is tried again. */
  readonly retry: RetryOptions | null;
  /** 1 or more processes, each with a buffer and a retry quota of its own. */
  readonly senders: number;
  readonly batch: BatchOptions | null;
}

/** The producer collects messages and sends them by SendMessageBatch. */
export interface BatchOptions {
  /** 1..10 messages. */
  readonly size: number;
  /** A batch goes out so long after its first message, full or not. */
  readonly wait: Micros;
}

/** The ids that messages are sent with, by their marks; labels, or NO_LABEL. */
export interface Ids {
  readonly group: { label(mark0: number, mark1: number): number };
  readonly id: { label(mark0: number, mark1: number): number };
  /** `id` is another one at each attempt. */
  readonly changesByAttempt: boolean;
}

export interface SenderOptions {
  readonly name: string;
  /** Resource numbers of the one who sends and of the queue, or the database. */
  readonly source: number;
  readonly target: number;
  /** What is asked of a database; null: messages are sent to a queue. */
  readonly statement: DatabaseOperation | null;
  readonly client: ClientOptions;
  /** null: messages carry no ids. */
  readonly ids: Ids | null;
  /** Each message's own delay, µs, or QUEUE_DEFAULT. */
  readonly delay: Micros;
  /** null: payloads are in the messages. */
  readonly payloads: Payloads | null;
}
