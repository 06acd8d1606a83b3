/**
 * The calls that a poller and a producer make to a queue: what each field of a call row means.
 * Shared by the queue (sqs/) and whatever sends to it or polls it.
 *
 * | operation | on the way there | in the answer |
 * |---|---|---|
 * | SendMessage | `first`: a message | `error` |
| SendMessageBatch | `first`: a list of batch entries (messages.entries) by `next`, `carries` of them | each entry's `error` |
 * | ReceiveMessage | `carries`: MaxNumberOfMessages (1..10), `a`: WaitTimeSeconds in µs (-1: the queue's), `b`: VisibilityTimeout in µs (-1: the queue's) | `first`: a list of deliveries by `next`, `carries` of them |
 * | DeleteMessage, DeleteMessageBatch | `first`: a delivery, `carries`: how many; the rest by `next` | `error` |
 */
export const QUEUE_OPERATIONS = [
  'SendMessage', 'SendMessageBatch', 'ReceiveMessage', 'DeleteMessage', 'DeleteMessageBatch',
  'ChangeMessageVisibility', 'ChangeMessageVisibilityBatch',
] as const;

export const QueueOperation = {
  SendMessage: 0, SendMessageBatch: 1, ReceiveMessage: 2, DeleteMessage: 3, DeleteMessageBatch: 4,
  ChangeMessageVisibility: 5, ChangeMessageVisibilityBatch: 6,
} as const;

/** "Not said by the caller: what the queue is set to." */
export const QUEUE_DEFAULT = -1;
