/** The part of the one listener that hears of pushes (see watch.ts). */

import type { Outcome } from '../components/facts.js';
import * as Kind from './kinds.js';
import { Observers } from './observers.js';

export abstract class PushWatch extends Observers {
  filtered(pusher: number, message: number, link: number): void {
    this.noteMessage(Kind.FILTERED + pusher, message, link);
    this.pushes.filtered(pusher, link);
    if (this.extra !== null) this.extra.filtered(pusher, message, link);
  }

  dispatched(pusher: number, obligation: number, link: number): void {
    const message = this.obligations.message[obligation];
    this.noteMessage(Kind.DISPATCHED + pusher, message, link);
    this.pushes.dispatched(pusher, obligation, link);
    if (this.latencyOn) this.latency.dispatched(pusher, obligation, message);
    if (this.invariantsOn) this.invariants.dispatched(pusher, obligation, link);
    if (this.extra !== null) this.extra.dispatched(pusher, obligation, link);
  }

  pushed(pusher: number, obligation: number, link: number, attempt: number): void {
    this.notePush(Kind.PUSHED + pusher, obligation, link, attempt);
    this.pushes.pushed(pusher, obligation, link);
    if (this.invariantsOn) this.invariants.pushed(pusher, obligation, link);
    if (this.extra !== null) this.extra.pushed(pusher, obligation, link, attempt);
  }

  pushFailed(pusher: number, obligation: number, link: number, error: number): void {
    this.notePush(Kind.PUSH_FAILED + pusher, obligation, link, error);
    this.pushes.failed(pusher, obligation, link);
    if (this.latencyOn)
      this.latency.histories.deliveries.failed(obligation, this.obligations.message[obligation]);
    if (this.invariantsOn) this.invariants.pushed(pusher, obligation, link);
    if (this.extra !== null) this.extra.pushFailed(pusher, obligation, link, error);
  }

  delivered(pusher: number, obligation: number, link: number): void {
    this.notePush(Kind.DELIVERED + pusher, obligation, link, 0);
    this.pushes.delivered(pusher, obligation, link);
    this.pushOver(pusher, obligation, link);
    if (this.extra !== null) this.extra.delivered(pusher, obligation, link);
  }

  diverted(pusher: number, obligation: number, link: number, target: number): void {
    this.notePush(Kind.DIVERTED + pusher, obligation, link, target);
    this.pushes.diverted(pusher, obligation, link);
    this.pushOver(pusher, obligation, link);
    if (this.extra !== null) this.extra.diverted(pusher, obligation, link, target);
  }

  dropped(pusher: number, obligation: number, link: number, outcome: Outcome): void {
    this.notePush(Kind.DROPPED + pusher, obligation, link, outcome);
    this.pushes.dropped(pusher, obligation, link, outcome);
    this.pushOver(pusher, obligation, link);
    if (this.extra !== null) this.extra.dropped(pusher, obligation, link, outcome);
  }

  unclaimed(pusher: number, message: number): void {
    this.noteMessage(Kind.UNCLAIMED + pusher, message, 0);
    if (this.latencyOn) this.latency.unclaimed(message);
    if (this.extra !== null) this.extra.unclaimed(pusher, message);
  }

  passedOn(resource: number, obligation: number): void {
    const message = this.obligations.message[obligation];
    this.noteMessage(Kind.PASSED_ON + resource, message, 0);
    if (this.latencyOn) this.latency.passedOn(obligation, message);
    if (this.extra !== null) this.extra.passedOn(resource, obligation);
  }

  received(consumer: number, delivery: number): void {
    const { deliveries, table } = this;
    const message = this.obligations.message[deliveries.obligation[delivery]];
    const mark0 = table.mark0[message];
    const mark1 = table.mark1[message];
    this.handOuts.take(delivery, mark0, mark1);
    this.fingerprint.note(Kind.RECEIVED + consumer, mark0, mark1, 0, 0);
    if (this.latencyOn) this.latency.histories.receives(delivery, message);
    if (this.extra !== null) this.extra.received(consumer, delivery);
  }

  /** An obligation begins its life in a world in which something is pushed. */
  protected pushOwed(obligation: number): void {
    this.pushes.owed(obligation);
    if (this.invariantsOn) this.invariants.owed(obligation);
  }

  private pushOver(pusher: number, obligation: number, link: number): void {
    if (this.latencyOn)
      this.latency.histories.deliveries.over(obligation, this.obligations.message[obligation]);
    if (this.invariantsOn) this.invariants.pushOver(pusher, obligation, link);
  }

  protected noteMessage(head: number, message: number, first: number): void {
    const { table } = this;
    this.fingerprint.note(head, table.mark0[message], table.mark1[message], first, 0);
  }

  private notePush(head: number, obligation: number, link: number, second: number): void {
    const { table } = this;
    const message = this.obligations.message[obligation];
    this.fingerprint.note(head, table.mark0[message], table.mark1[message], link, second);
  }
}
