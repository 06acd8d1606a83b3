/**
 * The calls that a poller and a producer make to a queue: what each field of a call row means.
 * Shared by the queue (sqs/) and whatever sends to it or polls it.
 *
 * - SendMessage: `first` is a message.
 * - SendMessageBatch: `first` is a list of batch entries (messages.entries) by `next`, `carries` of them.
 * - ReceiveMessage: `carries` is MaxNumberOfMessages (1..10), `a` is WaitTimeSeconds and `b` is
 *   VisibilityTimeout, both in µs, QUEUE_DEFAULT for the queue's own. In the answer `first` is a list of
 *   deliveries by `next`, `carries` of them.
 * - DeleteMessage, DeleteMessageBatch: `first` is a list of deliveries by `next`, `carries` of them.
 *
 * Every answer has an `error`, 0 for success.
 */
export const QUEUE_OPERATIONS = [
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
] as const;

export const QueueOperation = {
  SendMessage: 0,
  SendMessageBatch: 1,
  ReceiveMessage: 2,
  DeleteMessage: 3,
  DeleteMessageBatch: 4,
  ChangeMessageVisibility: 5,
  ChangeMessageVisibilityBatch: 6,
} as const;

/** "Not said by the caller: what the queue is set to." */
export const QUEUE_DEFAULT = -1;
