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
import { NOBODY, Outcome } from './facts.js';
import {
  CopyTable,
  DeliveryTable,
  EntryTable,
  Holder,
  MessageTable,
  NONE,
  ObligationTable,
} from './message-tables.js';
import { AFTER_FAILURE, CAUSE_SHIFT, DONE, OwedMessages, PENDING } from './owed-messages.js';

export { CopyTable, DeliveryTable, EntryTable, Holder, MessageTable, NONE, ObligationTable };

export class Messages extends OwedMessages {
  // --- pushes ----------------------------------------------------------------------------------

  /** A pusher holds an obligation until its target has the message: the run goes on for that, whoever is owed it. */
  hold(obligation: number): void {
    this.obligations.holders[obligation]++;
    this.left++;
  }

  /** The pusher lets go. */
  letGo(obligation: number): void {
    this.dropObligation(obligation);
    this.leave(1);
  }

  /**
   * The store `place` takes `message`, which `consumer` will get from it: under the obligation that it is `pushed`
   * with or, if that is NONE, was sent with. Returns the copy.
   */
  addTaken(message: number, pushed: number, place: number, consumer: number): number {
    return pushed === NONE
      ? this.addCopy(this.oweAt(place, message, consumer))
      : this.addPushed(pushed, consumer);
  }

  /**
   * A store takes a message that is pushed under `obligation`; `consumer` polls the store. A dead letter that
   * somebody consumes is owed anew. Returns the copy.
   */
  addPushed(obligation: number, consumer: number): number {
    if (this.obligations.fate[obligation] !== Outcome.DeadLettered) return this.addCopy(obligation);
    if (consumer !== NOBODY)
      return this.addCopy(this.owe(this.obligations.message[obligation], consumer));
    const copy = this.addCopy(obligation);
    this.bury(copy);
    return copy;
  }

  /** Whoever it is owed to has taken it and passes it on, under obligations of its own: done. */
  passedOn(obligation: number): void {
    if (this.isDone(obligation)) return; // by an earlier attempt, whose answer got lost
    this.obligations.flags[obligation] |= DONE;
    this.facts.passedOn(this.obligations.consumer[obligation], obligation);
  }

  /** What is pushed was sent before by its deduplication id: nothing is stored, and nobody else has it. */
  pushedInVain(obligation: number): void {
    if (this.obligations.holders[obligation] === 1) this.fate(obligation, Outcome.DeliveryRefused);
  }

  /** One attempt to push reaches `consumer`, which runs the message at once: nothing stores it. */
  addReceived(obligation: number, attempt: number, consumer: number): number {
    return this.addHandOut(NONE, obligation, attempt, consumer, Holder.Consumer);
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
    const obligation = this.copies.obligation[copy];
    return this.addHandOut(copy, obligation, receipt, consumer, Holder.Store | Holder.Consumer);
  }

  private addHandOut(
    copy: number,
    obligation: number,
    receipt: number,
    consumer: number,
    holders: number,
  ): number {
    const d = this.deliveries;
    const row = d.add();
    d.copy[row] = copy | 0;
    d.obligation[row] = obligation | 0;
    d.receipt[row] = receipt;
    d.next[row] = NONE;
    d.consumer[row] = consumer | 0;
    d.cause[row] = 0;
    d.running[row] = 0;
    d.error[row] = 0;
    d.group[row] = -1;
    d.holders[row] = holders | 0;
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
