/**
 * A shelf: the visible copies of one queue, and which of them a receive gets next. What differs
 * between standard, fair and FIFO queues is the order, and nothing else: there is a shelf for each.
 *
 * A copy is told of in this order: `enter`; then `pushFresh`, `remove` and `take`, `land`,
 * `pushReturned`, … as often as it comes and goes; at the end `leave`, after a `remove` or a `land`, or
 * while it is delayed.
 */
export interface Shelf {
  /** Visible copies. */
  readonly length: number;
  /** The copy is stored in this queue; `group` is the label of its message group, or NO_LABEL. */
  enter(copy: number, group: number): void;
  /** The copy is visible: never received before, or put behind the others by SQS. */
  pushFresh(copy: number): void;
  /** The copy is visible again. */
  pushReturned(copy: number): void;
  /** The copy is visible no more: it is handed out, or gone. */
  remove(copy: number): void;
  /** The copy, just removed, is in flight for `delivery`. */
  take(copy: number, delivery: number): void;
  /** The copy is in flight no more: it returns, or is gone. */
  land(copy: number): void;
  /** The copy is gone from this queue. */
  leave(copy: number): void;
  /** The label of the copy's group, until it has left; NO_LABEL when it has none. */
  groupOf(copy: number): number;
  /** A receive begins to ask for `next`. */
  begin(): void;
  /** What a receive that looks at `shards` (bits) gets next, or NONE; it stays where it is. */
  next(shards: number): number;
}
