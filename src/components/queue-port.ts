/**
 * The calls that pollers, producers and scripts make to a queue: what each field of a call row means.
 * Shared by the queue (sqs/) and whatever sends to it or polls it.
 *
 * - SendMessage: as inbox-port.ts says. In the answer of a FIFO queue
 *   `a` and `b` are the mark of the message that is stored under this id (another's when it was a
 *   duplicate), `c` its sequence number.
 * - SendMessageBatch: as inbox-port.ts says.
 * - ReceiveMessage: `carries` is MaxNumberOfMessages (1..10), `a` is WaitTimeSeconds and `b` is
 *   VisibilityTimeout, both in µs, QUEUE_DEFAULT for the queue's own; `c` is the
 *   ReceiveRequestAttemptId (a label, or NO_LABEL). In the answer `first` is a list of deliveries by
 *   `next`, `carries` of them.
 * - DeleteMessage, DeleteMessageBatch: `first` is a list of deliveries by `next`, `carries` of them. In
 *   the answer of a batch each delivery has its own `error`.
 * - ChangeMessageVisibility: `first` is a delivery, `a` the new timeout in µs, counted from now.
 * - ChangeMessageVisibilityBatch: `first` is a list of batch entries, `carries` of them; an entry's
 *   `message` is a delivery and its `delay` the new timeout. In the answer each entry has its own `error`.
 *
 * Every answer has an `error`, 0 for success: a place in QUEUE_ERRORS.
 */
import type { Inbox } from './inbox-port.js';

export const QUEUE_OPERATIONS = [
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'PurgeQueue',
  'StartMessageMoveTask',
  'CancelMessageMoveTask',
] as const;

export const QueueOperation = {
  SendMessage: 0,
  SendMessageBatch: 1,
  ReceiveMessage: 2,
  DeleteMessage: 3,
  DeleteMessageBatch: 4,
  ChangeMessageVisibility: 5,
  ChangeMessageVisibilityBatch: 6,
  PurgeQueue: 7,
  StartMessageMoveTask: 8,
  CancelMessageMoveTask: 9,
} as const;

/** SendMessageBatch takes ten. Source: botocore sqs service-2.json, Aug 2026. */
export const QUEUE_INBOX: Inbox = {
  one: QueueOperation.SendMessage,
  batch: QueueOperation.SendMessageBatch,
  batchMax: 10,
};

/**
 * Why SQS refuses a call, by AWS's names; a call row and an entry carry the place, 0 is success.
 * Source: botocore sqs service-2.json, Aug 2026; ThrottlingException: SQS Developer Guide
 * "troubleshooting-fifo-throttling-issues"; ServiceUnavailable stands for any answer 5xx.
 */
export const QUEUE_ERRORS = [
  '',
  'InvalidParameterValue',
  'BatchRequestTooLong',
  'OverLimit',
  'MissingParameter',
  'ThrottlingException',
  'PurgeQueueInProgress',
  'QueueDoesNotExist',
  'KmsThrottled',
  'AccessDenied',
  'ServiceUnavailable',
  'RequestTimeout',
  'ResourceNotFoundException',
  'ReceiptHandleIsInvalid',
  'NetworkingError',
  'KmsAccessDenied',
] as const;

export const QueueError = {
  None: 0,
  InvalidParameterValue: 1,
  BatchRequestTooLong: 2,
  OverLimit: 3,
  MissingParameter: 4,
  ThrottlingException: 5,
  PurgeQueueInProgress: 6,
  QueueDoesNotExist: 7,
  KmsThrottled: 8,
  AccessDenied: 9,
  /** By a fault only. */
  ServiceUnavailable: 10,
  /** The client's own: no answer came in time. */
  RequestTimeout: 11,
  ResourceNotFoundException: 12,
  ReceiptHandleIsInvalid: 13,
  /** The client's own: nobody answers at the other end. */
  NetworkingError: 14,
  /** A service pushes to a queue under AWS's own key. */
  KmsAccessDenied: 15,
} as const;
export type QueueError = (typeof QueueError)[keyof typeof QueueError];

/** "Not said by the caller: what the queue is set to." */
export const QUEUE_DEFAULT = -1;
/** No message group, no deduplication id, no attempt id. */
export const NO_LABEL = -1;

/** A message move task, as ListMessageMoveTasks shows it. */
export interface MoveTask {
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  /** AWS's code, once it has FAILED. */
  readonly failureReason: string | null;
  /** Fixed when the task starts. */
  readonly toMove: number;
  readonly moved: number;
  /** µs. */
  readonly startedAt: number;
}

/** Settings of a queue that may change while it runs; times in µs, undefined: as it is. */
export interface QueueChanges {
  readonly visibilityTimeout?: number | undefined;
  /** Retroactive on FIFO queues only. */
  readonly delay?: number | undefined;
  /** Retroactive. */
  readonly retention?: number | undefined;
  readonly receiveWait?: number | undefined;
  readonly maximumMessageSizeBytes?: number | undefined;
  /** null: no dead-letter queue any more. `target` is a resource number. */
  readonly deadLetter?: { readonly target: number; readonly maxReceiveCount: number } | null;
  readonly contentBasedDeduplication?: boolean | undefined;
}

/** What is done to a queue rather than with it; each returns 0 or a place in QUEUE_ERRORS. */
export interface QueueControl {
  /** Deletes all messages. PurgeQueueInProgress within 60 s of the last one. */
  purge(): QueueError;
  /** `target`: where to, null for each message's own source; `perSecond`: 1..500, null for AWS's own pace. */
  startMove(target: number | null, perSecond: number | null): QueueError;
  cancelMove(): QueueError;
  /** Tasks of this source, the newest first, ten at most. */
  moveTasks(): readonly MoveTask[];
  change(changes: QueueChanges): void;
  /** The queue is deleted with all it holds; calls get QueueDoesNotExist from now on. */
  deleteQueue(): void;
  /** Exact. */
  readonly counts: QueueCounts;
  /** As GetQueueAttributes tells: what it said last may stand for a while (assume.metricLag). */
  readonly shownCounts: QueueCounts;
}

/** Right now, exact. */
export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}
