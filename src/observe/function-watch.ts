/** The part of the one listener that hears of functions (see watch.ts). */

import * as Kind from './kinds.js';
import { BACK_OFF } from './latency/parts.js';
import { CONCURRENCY } from './levels.js';
import { PushWatch } from './push-watch.js';

export abstract class FunctionWatch extends PushWatch {
  invoked(fn: number, worker: number, isCold: 0 | 1): void {
    this.fingerprint.note(Kind.INVOKED + fn, 0, 0, worker, isCold);
    this.functions.invoked(fn, isCold);
    if (this.levelsOn) this.levels.change(fn, CONCURRENCY, 1);
    if (this.extra !== null) this.extra.invoked(fn, worker, isCold);
  }

  invocationEnded(fn: number, worker: number): void {
    this.fingerprint.note(Kind.INVOCATION_ENDED + fn, 0, 0, worker, 0);
    if (this.levelsOn) this.levels.change(fn, CONCURRENCY, -1);
    if (this.extra !== null) this.extra.invocationEnded(fn, worker);
  }

  heldBack(resource: number, delivery: number, time: number): void {
    this.noteDelivery(Kind.HELD_BACK + resource, delivery, time, 0);
    const message = this.obligations.message[this.deliveries.obligation[delivery]];
    if (this.latencyOn) this.latency.heldBack(delivery, message, time, BACK_OFF);
    if (this.extra !== null) this.extra.heldBack(resource, delivery, time);
  }

  environmentReady(fn: number, delivery: number, coldStart: number): void {
    this.noteDelivery(Kind.ENVIRONMENT_READY + fn, delivery, coldStart, 0);
    const message = this.obligations.message[this.deliveries.obligation[delivery]];
    if (this.latencyOn) this.latency.environmentReady(delivery, message, coldStart);
    if (this.extra !== null) this.extra.environmentReady(fn, delivery, coldStart);
  }

  protected noteDelivery(head: number, delivery: number, first: number, second: number): void {
    const { marks } = this.handOuts;
    this.fingerprint.note(head, marks[delivery << 1], marks[(delivery << 1) + 1], first, second);
  }
}
