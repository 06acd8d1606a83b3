/**
 * The partitions of a FIFO queue in high-throughput mode; what they are, throughput.ts tells.
 *
 * When a queue grows during a second, its groups lie elsewhere, and the counts of that second are
 * begun anew: it takes a little more then than it would, never less.
 */

import type { Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { SQS_LIMITS } from './limits.js';
import { REQUEST_LIMITS } from './request-limits.js';

const EACH = SQS_LIMITS.fifoCallsPerSecond;

export class Partitions {
  count = 1;
  private readonly max: number;
  /** Calls of this second, by action and partition. */
  private readonly calls: Int32Array;
  /** The different partitions that the call in question needs. */
  private readonly needed = new Int32Array(REQUEST_LIMITS.batchEntriesMax);
  private neededCount = 0;
  /** When the next partition is there that the queue is about to get, µs. */
  private growsAt: Micros = Infinity;

  constructor(
    private readonly kernel: Kernel,
    families: number,
    callsPerSecond: number,
    private readonly ramp: Micros,
  ) {
    this.max = SQS_LIMITS.partitionsSpare * Math.ceil(callsPerSecond / EACH);
    this.calls = new Int32Array(families * this.max);
  }

  /** A second with calls begins, so many µs after the last one that had any. */
  enterSecond(after: Micros): void {
    if (after > SQS_LIMITS.partitionsIdle) this.count = 1;
    else if (this.kernel.now >= this.growsAt) this.count++;
    if (this.kernel.now >= this.growsAt) this.growsAt = Infinity;
    this.calls.fill(0);
  }

  /** A call to the first `count` of `groups` is in question. Returns how many parts it has. */
  split(groups: Float64Array, count: number): number {
    const { needed } = this;
    let parts = 0;
    for (let i = 0; i < count; i++) {
      const partition = groups[i] % this.count;
      let j = 0;
      while (j < parts && needed[j] !== partition) j++;
      if (j === parts) needed[parts++] = partition;
    }
    this.neededCount = parts;
    return Math.max(1, parts);
  }

  /** Whether all partitions take their parts; `used`: calls of the action so far, which those without a group share. */
  take(family: number, used: number): boolean {
    const { calls, needed, neededCount } = this;
    if (neededCount === 0) return used < this.count * EACH;
    const base = family * this.max;
    for (let i = 0; i < neededCount; i++) if (calls[base + needed[i]] === EACH) return false;
    for (let i = 0; i < neededCount; i++) calls[base + needed[i]]++;
    return true;
  }

  /** A call met a full partition: the queue grows. True when it has grown at once. */
  grow(): boolean {
    if (this.count === this.max) return false;
    if (this.ramp > 0) {
      if (this.growsAt === Infinity) this.growsAt = this.kernel.now + this.ramp;
      return false;
    }
    this.count++;
    this.calls.fill(0);
    return true;
  }
}
