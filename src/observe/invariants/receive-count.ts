/** Invariant `receive-count`: no copy is handed out more often than maxReceiveCount allows. */
import type { Messages } from '../../components/messages.js';
import { brokenOn } from './broken.js';
import type { Broken } from './broken.js';

export class ReceiveCount {
  private readonly violations: Float64Array;

  /** `limits`: maxReceiveCount by resource; Infinity where there is no dead-letter queue. */
  constructor(
    private readonly messages: Messages,
    private readonly limits: Float64Array,
  ) {
    this.violations = new Float64Array(limits.length);
  }

  taken(resource: number, copy: number): void {
    if (this.messages.copies.receiveCount[copy] > this.limits[resource])
      this.violations[resource]++;
  }

  result(stores: readonly number[]): Broken[] {
    const limited = stores.filter((resource) => this.limits[resource] < Infinity);
    return brokenOn('receive-count', limited, this.violations);
  }
}
