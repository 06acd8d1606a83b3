/**
 * Taking messages: whatever the step or the traffic `send` may name has the role `inbox` and takes messages by one
 * shape of call. Shared by whoever sends, or pushes, and whoever takes.
 *
 * - One message: `first` is a message row, `carries` 0; `a` its message group (a label of World.labels, or NO_LABEL),
 *   `b` its deduplication id (the same), `c` its own delay in µs or QUEUE_DEFAULT.
 * - A batch, where there is such an operation: `first` is a list of batch entries (messages.entries) by `next`,
 *   `carries` of them; each says its group, id and delay as above. In the answer each entry has its own `error`.
 *
 * So `carries` tells the two apart. Every answer has an `error`, 0 for success: a place in the taker's list of errors,
 * which has those of port.ts (CallError) at their places.
 */

/** What a message may carry for one kind of taker only. */
export type SaidOfMessage = 'messageGroupId' | 'messageDeduplicationId' | 'delaySeconds';

/** Which operations of a type take messages: places in its list of operations. */
export interface Inbox {
  readonly one: number;
  /** null: it takes no batches. */
  readonly batch: number | null;
  /** Entries of a batch at most; 1 where there are none. */
  readonly batchMax: number;
  /** What a sender may say of a message and means nothing here. */
  readonly ignores?: readonly SaidOfMessage[];
}
