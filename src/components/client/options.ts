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

/** An id that messages are sent with, by their marks, or by what there is to know of them: a label, or NO_LABEL. */
export interface Id {
  label(mark0: number, mark1: number, message: number): number;
}

export interface Ids {
  readonly group: Id;
  readonly id: Id;
  /** `id` is another one at each attempt. */
  readonly changesByAttempt: boolean;
}

export interface SenderOptions {
  readonly name: string;
  /** Resource numbers of the one who sends and of the queue, or the database. */
  readonly source: number;
  readonly target: number;
  /** What is asked of a database, or of a bucket; null: messages are sent to an inbox. */
  readonly statement: DatabaseOperation | null;
  /** How objects are named (object-names.ts); absent: the target is no bucket. */
  readonly naming?: number;
  readonly client: ClientOptions;
  /** null: messages carry no ids. */
  readonly ids: Ids | null;
  /** Each message's own delay, µs, or QUEUE_DEFAULT. */
  readonly delay: Micros;
  /** null: payloads are in the messages. */
  readonly payloads: Payloads | null;
  /** Who makes the messages, if it wants to hear of them; absent: nobody waits, and processes never end. */
  readonly owner?: SendOwner;
}

/** Whoever waits for its messages, in processes of its own that may die. */
export interface SendOwner {
  /** The process that sends the message. */
  processOf(message: number): number;
  /** The message was acknowledged (0), or is given up; told while its row is still there. */
  settled(message: number, error: number): void;
  /** The call under way that carries the message, or NONE. */
  carried(message: number, call: number): void;
  callOf(message: number): number;
  /** The message's process is gone. */
  isGone(message: number): boolean;
}
