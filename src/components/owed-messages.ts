/** Messages and what is owed of them: the part of messages.ts about who made what, and to whom it is due. */

import { check } from '../kernel/check.js';
import type { TableOptions } from '../kernel/table.js';
import type { Facts } from './facts.js';
import { Cause, Outcome } from './facts.js';
import type { About } from './lineage.js';
import { Lineage } from './lineage.js';
import type { Makes } from './makes.js';
import {
  CopyTable,
  DeliveryTable,
  EntryTable,
  MessageTable,
  NONE,
  ObligationTable,
} from './message-tables.js';
import { Repeats } from './repeats.js';

/**
 * Bits of ObligationTable.flags. The upper four bits hold the cause of the next redelivery; when
 * PENDING is not set, it is that of the last one (several hand-outs may come of one timeout).
 */
export const DONE = 1;
export const AFTER_FAILURE = 2;
export const PENDING = 4;
export const CAUSE_SHIFT = 4;

export abstract class OwedMessages {
  readonly messages: MessageTable;
  readonly obligations: ObligationTable;
  readonly copies: CopyTable;
  readonly deliveries: DeliveryTable;
  readonly entries: EntryTable;
  /** Copies that have left one store and not come to the next yet; within an instant only. */
  moving = 0;
  /** What is still to do; at 0, after the end of traffic, the run has drained. */
  left = 0;
  /** Set when traffic has ended: `onDrained` is called each time nothing is left. */
  draining = false;
  onDrained: () => void = () => {};
  private readonly repeats = new Repeats();
  private readonly asked: About = { source: 0, mark0: 0, mark1: 0 };
  private lineageOrNull: Lineage | null = null;

  constructor(
    options: TableOptions,
    protected readonly facts: Facts,
    private readonly makes: Makes,
  ) {
    this.messages = new MessageTable(options);
    this.obligations = new ObligationTable(options);
    this.copies = new CopyTable(options);
    this.deliveries = new DeliveryTable(options);
    this.entries = new EntryTable(options);
  }

  // --- messages --------------------------------------------------------------------------------

  /** A producer makes a message and holds it until `release`. */
  born(source: number, bornAt: number, mark0: number, mark1: number, size: number): number {
    const m = this.messages;
    const row = m.add();
    m.mark0[row] = mark0 | 0; // `| 0` here and below: else V8 stores a parameter by way of a double
    m.mark1[row] = mark1 | 0;
    m.bornAt[row] = bornAt;
    m.size[row] = size;
    m.buffered[row] = 0;
    m.source[row] = source | 0;
    m.holders[row] = 1;
    this.left++;
    if (this.lineageOrNull !== null) this.lineageOrNull.begins(row);
    return row;
  }

  /** null: no message of this world is made from another one. */
  get lineage(): Lineage | null {
    return this.lineageOrNull;
  }

  /** While building: messages will be made from others here. */
  keepLineage(): Lineage {
    check(this.messages.capacity === 0, 'lineage is kept from the first message on');
    return (this.lineageOrNull ??= new Lineage(this.messages, this.makes));
  }

  /** Whom to ask what a message is about; the answer is the same object each time. */
  about(message: number): About {
    const { asked } = this;
    const from = this.lineageOrNull ?? this.messages;
    asked.source = from.source[message];
    asked.mark0 = from.mark0[message];
    asked.mark1 = from.mark1[message];
    return asked;
  }

  /** Somebody needs the message a while longer, without owing anything; `forgo` follows. */
  keep(message: number): void {
    this.messages.holders[message]++;
  }

  forgo(message: number): void {
    this.dropMessage(message);
  }

  /**
   * The producer may send this message again although an attempt was stored (its answer can get lost).
   * The obligations of the first attempt are then kept until `release`, to be found by the next.
   */
  mayRepeat(message: number): void {
    this.repeats.allow(message);
  }

  /** The obligation that an earlier attempt of the same send made at `place` (see `oweAt`), or NONE. */
  repeated(message: number, place: number): number {
    return this.repeats.isAny ? this.repeats.find(message, place) : NONE;
  }

  /**
   * Under which obligation `place` accepts `message`: a new one towards `consumer`, unless an attempt of the same send
   * was accepted there before; then it is due under that one once more. A place is a store, or a link of a pusher: a
   * number of their own.
   */
  oweAt(place: number, message: number, consumer: number): number {
    const { repeats } = this;
    const earlier = this.repeated(message, place);
    if (earlier !== NONE) {
      this.sentAgain(earlier);
      return earlier;
    }
    const obligation = this.owe(message, consumer);
    // Kept only when the message may be sent again.
    if (repeats.isAny && repeats.keep(message, place, obligation))
      this.obligations.holders[obligation]++;
    return obligation;
  }

  /** A further attempt was stored under the obligation of the first: whatever became of that, it is owed. */
  sentAgain(obligation: number, cause: Cause = Cause.ProducerRetry): void {
    this.blame(obligation, cause);
    if (!this.isDone(obligation)) this.obligations.fate[obligation] = Outcome.Unfinished;
  }

  /** The producer has its answer, or has given up, and none of its calls is under way. */
  release(message: number): void {
    if (this.repeats.isAny)
      for (const obligation of this.repeats.forget(message).values())
        this.dropObligation(obligation);
    this.dropMessage(message);
    this.leave(1);
  }

  protected leave(n: number): void {
    this.left -= n;
    if (this.left === 0 && this.draining) this.onDrained();
  }

  protected dropMessage(message: number): void {
    const m = this.messages;
    check(m.holders[message] > 0, 'a message is released once by each holder');
    if (--m.holders[message] > 0) return;
    if (this.lineageOrNull !== null) this.lineageOrNull.ends(message);
    m.free(message);
  }

  // --- obligations -----------------------------------------------------------------------------

  /** From now on `message` is owed to `consumer`. The caller stores a copy of it at once. */
  owe(message: number, consumer: number): number {
    const o = this.obligations;
    const row = o.add();
    o.message[row] = message | 0;
    o.consumer[row] = consumer | 0;
    o.runs[row] = 0;
    o.holders[row] = 0;
    o.flags[row] = 0;
    o.fate[row] = Outcome.Unfinished;
    this.messages.holders[message]++;
    this.facts.owed(consumer, row);
    return row;
  }

  /** True when a run of this obligation has ended well. */
  isDone(obligation: number): boolean {
    return (this.obligations.flags[obligation] & DONE) !== 0;
  }

  /** Something happened that allows a further run; the first cause since the last redelivery counts. */
  blame(obligation: number, cause: number): void {
    const { flags } = this.obligations;
    const before = flags[obligation];
    if ((before & PENDING) === 0)
      flags[obligation] = (before & (DONE | AFTER_FAILURE)) | PENDING | (cause << CAUSE_SHIFT);
  }

  /** The next run of it, if there is one, comes of a replay. */
  isReplayed(obligation: number): boolean {
    const flags = this.obligations.flags[obligation];
    return (flags & PENDING) !== 0 && flags >> CAUSE_SHIFT === Cause.Replay;
  }

  /** The obligation will end so, unless a run ends well: what became of its copy. A dead letter stays one. */
  fate(obligation: number, outcome: Outcome): void {
    const { fate } = this.obligations;
    if (fate[obligation] !== Outcome.DeadLettered) fate[obligation] = outcome;
  }

  /** A dead letter that the dead-letter queue did not take, after all; or whatever else was lost on its way. */
  lost(obligation: number, outcome: Outcome): void {
    this.obligations.fate[obligation] = outcome;
  }

  /** An archive may have it done once more: it is not over until `forgoAgain`. */
  keepAgain(obligation: number): void {
    this.obligations.holders[obligation]++;
  }

  forgoAgain(obligation: number): void {
    this.dropObligation(obligation);
  }

  /** Work that no row stands for yet is to be done, or (below 0) has been: the run goes on until none is left. */
  expect(count: number): void {
    if (count > 0) this.left += count;
    else this.leave(-count);
  }

  protected dropObligation(obligation: number): void {
    const o = this.obligations;
    check(o.holders[obligation] > 0, 'an obligation is released once by each holder');
    if (--o.holders[obligation] !== 0) return;
    this.facts.settled(o.consumer[obligation], obligation, this.outcomeOf(obligation));
    this.dropMessage(o.message[obligation]);
    o.free(obligation);
  }

  /** Where the obligation would end if nothing more happened to it. */
  outcomeOf(obligation: number): Outcome {
    return this.isDone(obligation)
      ? Outcome.Processed
      : (this.obligations.fate[obligation] as Outcome);
  }
}
