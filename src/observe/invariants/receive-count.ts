/**
 * Invariant `receive-count`: no copy is handed out more often than maxReceiveCount allows. A dead-letter
 * queue with a policy of its own counts its own receives, though the count that a copy shows goes on.
 */
import { CopyStage } from '../../components/facts.js';
import type { Messages } from '../../components/messages.js';
import { brokenOn } from './broken.js';
import type { Broken } from './broken.js';

export class ReceiveCount {
  private readonly violations: Float64Array;
  /** Receives in other queues before, of the copies that had any. */
  private readonly before = new Map<number, number>();

  /** `limits`: maxReceiveCount by resource; Infinity where there is no dead-letter queue. */
  constructor(
    private readonly messages: Messages,
    private readonly limits: Float64Array,
  ) {
    this.violations = new Float64Array(limits.length);
  }

  /** What comes from another queue is visible; a copy that the queue brings forth is not, and shares a count. */
  stored(resource: number, copy: number, stage: CopyStage): void {
    if (this.limits[resource] === Infinity) return;
    const received = stage === CopyStage.Visible ? this.messages.copies.receiveCount[copy] : 0;
    if (received > 0) this.before.set(copy, received);
    else if (this.before.size > 0) this.before.delete(copy);
  }

  taken(resource: number, copy: number): void {
    const received = this.messages.copies.receiveCount[copy];
    if (received > this.limits[resource]) this.look(resource, copy, received);
  }

  result(stores: readonly number[]): Broken[] {
    const limited = stores.filter((resource) => this.limits[resource] < Infinity);
    return brokenOn('receive-count', limited, this.violations);
  }

  private look(resource: number, copy: number, received: number): void {
    if (received - (this.before.get(copy) ?? 0) > this.limits[resource])
      this.violations[resource]++;
  }
}
