/**
 * Messages, obligations, copies, deliveries: the rows that everything else points at (docs/architecture.md).
 *
 * - A *message* is what a producer sent, once.
 * - An *obligation* is one message owed to one consumer; what lies where nobody consumes is owed to NOBODY.
 * - A *copy* is that message in one store (queue, stream).
 * - A *delivery* is one hand-out of a copy to a consumer; it carries a receipt.
 *
 * Lifetime: rows are counted by those who still need them, and the last one out frees. A message is
 * held by its producer and its obligations; an obligation by its copies and its deliveries in a
 * consumer's hands; a delivery by the store that hides the copy and by the consumer.
 *
 * `left` counts what is still to do (held by producers, stored for a consumer, in a consumer's
 * hands): polls and metrics never stop, so an empty event queue cannot tell that a run has drained.
 */

import { check } from '../kernel/check.js';
import type { TableOptions } from '../kernel/table.js';
import type { Facts } from './facts.js';
import { Cause, NOBODY, Outcome } from './facts.js';
import type { About } from './lineage.js';
import { Lineage } from './lineage.js';
import type { Makes } from './makes.js';
import {
  CopyTable,
  DeliveryTable,
  EntryTable,
  Holder,
  MessageTable,
  NONE,
  ObligationTable,
} from './message-tables.js';

export { CopyTable, DeliveryTable, EntryTable, Holder, MessageTable, NONE, ObligationTable };

/**
 * Bits of ObligationTable.flags. The upper four bits hold the cause of the next redelivery; when
 * PENDING is not set, it is that of the last one (several hand-outs may come of one timeout).
 */
const DONE = 1;
const AFTER_FAILURE = 2;
const PENDING = 4;
const CAUSE_SHIFT = 4;

export class Messages {
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
  /** Messages that may be sent again, and the obligations of their first attempts. Most runs have none. */
  private readonly repeats = new Map<number, number>();
  private readonly asked: About = { source: 0, mark0: 0, mark1: 0 };
  private lineageOrNull: Lineage | null = null;

  constructor(
    options: TableOptions,
    private readonly facts: Facts,
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

  /** Somebody needs the message a while longer, without owing anything; `letGo` follows. */
  hold(message: number): void {
    this.messages.holders[message]++;
  }

  letGo(message: number): void {
    this.dropMessage(message);
  }

  /**
   * The producer may send this message again although an attempt was stored (its answer can get lost).
   * The obligation of the first attempt is then kept until `release`, to be found by the next.
   */
  mayRepeat(message: number): void {
    this.repeats.set(message, NONE);
  }

  /** The obligation that an earlier attempt of the same send made, or NONE. */
  repeated(message: number): number {
    return this.repeats.size === 0 ? NONE : (this.repeats.get(message) ?? NONE);
  }

  /** A further attempt was stored under the obligation of the first: whatever became of that, it is owed. */
  sentAgain(obligation: number): void {
    this.blame(obligation, Cause.ProducerRetry);
    if (!this.isDone(obligation)) this.obligations.fate[obligation] = Outcome.Unfinished;
  }

  /** `obligation` is what the send of `message` made; kept only when it may be sent again. */
  sentAs(message: number, obligation: number): void {
    if (this.repeats.size === 0 || !this.repeats.has(message)) return;
    this.repeats.set(message, obligation);
    this.obligations.holders[obligation]++;
  }

  /** The producer has its answer, or has given up, and none of its calls is under way. */
  release(message: number): void {
    if (this.repeats.size > 0) this.forgetRepeats(message);
    this.dropMessage(message);
    this.leave(1);
  }

  private forgetRepeats(message: number): void {
    const obligation = this.repeated(message);
    this.repeats.delete(message);
    if (obligation !== NONE) this.dropObligation(obligation);
  }

  private leave(n: number): void {
    this.left -= n;
    if (this.left === 0 && this.draining) this.onDrained();
  }

  private dropMessage(message: number): void {
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

  /** The obligation will end so, unless a run ends well: what became of its copy. A dead letter stays one. */
  fate(obligation: number, outcome: Outcome): void {
    const { fate } = this.obligations;
    if (fate[obligation] !== Outcome.DeadLettered) fate[obligation] = outcome;
  }

  private dropObligation(obligation: number): void {
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

  // --- copies ----------------------------------------------------------------------------------

  /** A copy for an obligation; the store fills its own columns. Live copies of a consumer count as left. */
  addCopy(obligation: number): number {
    const row = this.copies.add();
    const awaited = this.obligations.consumer[obligation] === NOBODY ? 0 : 1;
    this.copies.obligation[row] = obligation | 0;
    this.copies.receiveCount[row] = 0;
    this.copies.awaited[row] = awaited;
    this.obligations.holders[obligation]++;
    this.left += awaited;
    return row;
  }

  /** The copy is gone; call `fate` first when its end decides the obligation's. */
  dropCopy(copy: number): void {
    const obligation = this.copies.obligation[copy];
    const awaited = this.copies.awaited[copy];
    this.copies.free(copy);
    this.dropObligation(obligation);
    this.leave(awaited);
  }

  /** The copy now lies in a dead-letter queue that nobody consumes: nothing is left to do about it. */
  bury(copy: number): void {
    const awaited = this.copies.awaited[copy];
    this.copies.awaited[copy] = 0;
    this.fate(this.copies.obligation[copy], Outcome.DeadLettered);
    this.leave(awaited);
  }

  /** The copy comes back out of a dead-letter queue to where `consumer` waits for it: all is open again. */
  digUp(copy: number, consumer: number): void {
    const obligation = this.copies.obligation[copy];
    const o = this.obligations;
    const awaited = consumer === NOBODY ? 0 : 1;
    if (!this.isDone(obligation)) {
      o.fate[obligation] = Outcome.Unfinished;
      o.consumer[obligation] = consumer | 0;
    }
    const before = this.copies.awaited[copy];
    this.copies.awaited[copy] = awaited;
    this.left += awaited;
    this.leave(before);
  }

  // --- deliveries ------------------------------------------------------------------------------

  /** One hand-out of `copy` to `consumer`, held by the store and by the consumer. */
  addDelivery(copy: number, receipt: number, consumer: number): number {
    const d = this.deliveries;
    const row = d.add();
    const obligation = this.copies.obligation[copy];
    d.copy[row] = copy | 0;
    d.obligation[row] = obligation;
    d.receipt[row] = receipt;
    d.next[row] = NONE;
    d.consumer[row] = consumer | 0;
    d.cause[row] = 0;
    d.running[row] = 0;
    d.error[row] = 0;
    d.group[row] = -1;
    d.holders[row] = Holder.Store | Holder.Consumer;
    this.obligations.holders[obligation]++;
    if (!this.isDone(obligation)) this.obligations.consumer[obligation] = consumer;
    this.left++;
    return row;
  }

  /** The store hides the copy for this delivery again; the consumer still holds it. */
  storeTakes(delivery: number): void {
    const { holders } = this.deliveries;
    check(holders[delivery] === Holder.Consumer, 'only what a consumer holds can be hidden again');
    holders[delivery] = Holder.Store | Holder.Consumer;
  }

  /** The consumer that lost its answer gets it again. */
  consumerTakes(delivery: number): void {
    const d = this.deliveries;
    if ((d.holders[delivery] & Holder.Consumer) !== 0) return;
    d.holders[delivery] |= Holder.Consumer;
    this.obligations.holders[d.obligation[delivery]]++;
    this.left++;
  }

  /** The store no longer hides the copy for this delivery. */
  storeReleases(delivery: number): void {
    this.dropDelivery(delivery, Holder.Store);
  }

  /** The consumer is through with this delivery, well or not. */
  consumerReleases(delivery: number): void {
    const obligation = this.deliveries.obligation[delivery];
    this.dropDelivery(delivery, Holder.Consumer);
    this.dropObligation(obligation);
    this.leave(1);
  }

  private dropDelivery(delivery: number, holder: number): void {
    const d = this.deliveries;
    const holders = d.holders[delivery];
    check((holders & holder) !== 0, 'a delivery is released once by each holder');
    const left = holders & ~holder;
    d.holders[delivery] = left;
    if (left === 0) d.free(delivery);
  }

  // --- runs ------------------------------------------------------------------------------------

  /** Counts a run of the handler and settles whether, and why, it is a redelivery. Returns its number, from 0. */
  beginRun(delivery: number): number {
    const o = this.obligations;
    const d = this.deliveries;
    const obligation = d.obligation[delivery];
    const run = o.runs[obligation];
    if (run < 0xffff) o.runs[obligation] = run + 1;
    d.running[delivery] = 1;
    // The first run has no cause: what has been blamed already counts for the one after it.
    if (run !== 0) this.settleCause(delivery, obligation);
    return run;
  }

  private settleCause(delivery: number, obligation: number): void {
    const o = this.obligations;
    const d = this.deliveries;
    const flags = o.flags[obligation];
    if ((flags & AFTER_FAILURE) !== 0) {
      d.cause[delivery] = 0;
      o.flags[obligation] = flags & ~AFTER_FAILURE;
    } else {
      d.cause[delivery] = flags >> CAUSE_SHIFT;
      o.flags[obligation] = flags & ~PENDING;
    }
  }

  /** Of several consumers of one store, the obligation is the one's that ends it well first. */
  endRunWell(delivery: number): void {
    const obligation = this.deliveries.obligation[delivery];
    this.deliveries.running[delivery] = 0;
    if (this.isDone(obligation)) return;
    this.obligations.consumer[obligation] = this.deliveries.consumer[delivery];
    this.obligations.flags[obligation] |= DONE;
  }

  /** The run ended by `fail`: the run that follows is a retry, not a redelivery. */
  endRunFailed(delivery: number): void {
    this.deliveries.running[delivery] = 0;
    this.obligations.flags[this.deliveries.obligation[delivery]] |= AFTER_FAILURE;
  }

  /** The run stopped with its process. */
  endRunLost(delivery: number): void {
    this.deliveries.running[delivery] = 0;
  }
}
