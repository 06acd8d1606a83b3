/**
 * Deliveries that outlive their consumer's interest: while a call that names one is still under way (a heartbeat,
 * a delete that nobody waits for any more), its row must not be reused. The consumer lets go of it when the
 * last such call is through.
 */

import { Cause } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';

/** What stands for one more call; the lowest bit says that the consumer has let go. */
const CALL = 2;
const LET_GO = 1;

export class Named {
  /** By delivery: CALL for each call, and LET_GO. */
  private readonly deliveries = new Map<number, number>();

  constructor(private readonly messages: Messages) {}

  /** The consumer is through with the delivery. */
  release(delivery: number): void {
    const named = this.deliveries.size === 0 ? undefined : this.deliveries.get(delivery);
    if (named === undefined) this.messages.consumerReleases(delivery);
    else this.deliveries.set(delivery, named | LET_GO);
  }

  /** The same for a list of deliveries; `cause` is blamed for what becomes of them. */
  releaseAll(first: number, cause: Cause): void {
    const { messages } = this;
    const { deliveries } = messages;
    for (let delivery = first; delivery !== NONE;) {
      const next = deliveries.next[delivery];
      if (cause !== Cause.None) messages.blame(deliveries.obligation[delivery], cause);
      this.release(delivery);
      delivery = next;
    }
  }

  /** A call names the delivery from now on, whatever its consumer does. */
  name(delivery: number): void {
    this.deliveries.set(delivery, (this.deliveries.get(delivery) ?? 0) + CALL);
  }

  /** That call is through. */
  unname(delivery: number): void {
    const left = this.deliveries.get(delivery)! - CALL;
    if (left >= CALL) {
      this.deliveries.set(delivery, left);
      return;
    }
    this.deliveries.delete(delivery);
    if (left === LET_GO) this.messages.consumerReleases(delivery);
  }
}
