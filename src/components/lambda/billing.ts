/** What of a function is billed, as its counters of `metered` (facts.ts): requests, and MiB-milliseconds. */

import { MILLISECOND } from '../../kernel/time.js';
import type { Micros } from '../../kernel/time.js';
import type { Facts } from '../facts.js';
import { BILLING } from './limits.js';

export const Counter = { Requests: 0, Duration: 1, Storage: 2 } as const;

/** Prices are for GB-seconds of 1,024 MiB. */
export const PER_GB_SECOND = 1_024_000;

export interface Billed {
  /** MiB of memory, and of /tmp beyond what is included. */
  readonly memory: number;
  readonly storage: number;
}

export class Billing {
  constructor(
    private readonly facts: Facts,
    private readonly id: number,
    private readonly billed: Billed,
  ) {}

  /** A request of so many bytes is taken up. */
  begins(bytes: number): void {
    const { firstBytes, chunkBytes } = BILLING;
    const more = bytes <= firstBytes ? 0 : Math.ceil((bytes - firstBytes) / chunkBytes);
    this.facts.metered(this.id, Counter.Requests, 1 + more);
  }

  /** An environment was in use for so long. */
  ends(time: Micros): void {
    const { facts, id, billed } = this;
    const millis = Math.ceil(time / MILLISECOND);
    facts.metered(id, Counter.Duration, millis * billed.memory);
    if (billed.storage > 0) facts.metered(id, Counter.Storage, millis * billed.storage);
  }
}
