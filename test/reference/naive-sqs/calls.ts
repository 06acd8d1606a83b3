/** The twin's calls: the same shapes as those of the operations API, as far as the twin knows them. */

import type { NaiveAttributes } from './settings.js';

/** Times in seconds. */
export interface NaiveCall<Value> {
  readonly sentAt: number;
  done: boolean;
  answeredAt: number | null;
  value: Value | null;
  error: { readonly code: string; readonly message: string } | null;
}

/** What AWS answers when there is nothing to say. */
export type Nothing = Readonly<Record<string, never>>;

export interface InQueue {
  readonly queue: string;
}

export interface SendInput {
  readonly messageBody?: string;
  readonly sizeBytes?: number;
  readonly delaySeconds?: number;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
}

export interface ReceiveInput extends InQueue {
  readonly maxNumberOfMessages?: number;
  readonly waitTimeSeconds?: number;
  readonly visibilityTimeout?: number;
  readonly receiveRequestAttemptId?: string;
}

export interface ReceiptInput {
  readonly receiptHandle: string;
}

export interface ChangeInput extends ReceiptInput {
  readonly visibilityTimeout: number;
}

export interface Entries<Entry> extends InQueue {
  readonly entries: readonly (Entry & { readonly id: string })[];
}

export interface SetAttributesInput extends InQueue {
  readonly attributes: NaiveAttributes;
}

export interface TaskInput {
  readonly taskHandle: string;
}

export interface MoveInput {
  readonly source: string;
  readonly destination?: string;
  readonly maxNumberOfMessagesPerSecond?: number;
}

export interface SendValue {
  readonly messageId: string;
  /** FIFO queues only; null on a standard queue. */
  readonly sequenceNumber: string | null;
}

export interface ReceivedMessage {
  readonly messageId: string;
  /** null when only its size was said. */
  readonly body: string | null;
  readonly receiptHandle: string;
  /** What a message does not have is not there. */
  readonly attributes: {
    readonly approximateReceiveCount: number;
    readonly sentTimestamp: number;
    readonly approximateFirstReceiveTimestamp: number;
    readonly messageGroupId?: string;
    readonly messageDeduplicationId?: string;
    readonly sequenceNumber?: string;
    /** The queue that it was dead-lettered from. */
    readonly deadLetterQueueSource?: string;
  };
}

export interface ReceiveValue {
  readonly messages: readonly ReceivedMessage[];
}

export interface SuccessfulEntry {
  readonly id: string;
  readonly messageId?: string;
  /** FIFO queues only. */
  readonly sequenceNumber?: string;
}

export interface BatchValue {
  readonly successful: readonly SuccessfulEntry[];
  readonly failed: readonly { readonly id: string; readonly code: string }[];
}

/** How many messages are in each state, right now. */
export interface CountAttributes {
  readonly approximateNumberOfMessages: number;
  readonly approximateNumberOfMessagesNotVisible: number;
  readonly approximateNumberOfMessagesDelayed: number;
}
