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
  /** The last copy that was handed out or deleted: a copy that a queue brings forth is told right after its model. */
  private last = -1;

  /** `limits`: maxReceiveCount by resource; Infinity where there is no dead-letter queue. */
  constructor(
    private readonly messages: Messages,
    private readonly limits: Float64Array,
  ) {
    this.violations = new Float64Array(limits.length);
  }

  /** What comes from another queue is visible; a copy that the queue brings forth is not, and shares all counts. */
  stored(resource: number, copy: number, stage: CopyStage): void {
    if (this.limits[resource] === Infinity) return;
    const { receiveCount, obligation } = this.messages.copies;
    const received = receiveCount[copy];
    const { last, before } = this;
    const isTwin =
      stage !== CopyStage.Visible && last >= 0 && obligation[last] === obligation[copy];
    const elsewhere = stage === CopyStage.Visible ? received : isTwin ? (before.get(last) ?? 0) : 0;
    if (received > 0 && elsewhere > 0) before.set(copy, elsewhere);
    else if (before.size > 0) before.delete(copy);
  }

  taken(resource: number, copy: number): void {
    this.last = copy;
    const received = this.messages.copies.receiveCount[copy];
    if (received > this.limits[resource]) this.look(resource, copy, received);
  }

  /** A copy has left its queue; its row is still there. */
  left(copy: number): void {
    this.last = copy;
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
