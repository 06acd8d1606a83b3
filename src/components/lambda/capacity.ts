/**
 * How much a function may do: runs at a time, requests a second, new environments a second. Reserved concurrency
 * belongs to one function and is its limit; the rest of the account's is shared by all others.
 *
 * Source: Lambda Developer Guide "lambda-concurrency" and "scaling-behavior", 2026.
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { LAMBDA_LIMITS } from './limits.js';

/** A bucket of tokens that is full at first and fills up evenly. */
export class Bucket {
  private tokens: number;
  private filledAt: Micros = 0;

  constructor(
    private readonly perSecond: number,
    private readonly most: number,
  ) {
    this.tokens = most;
  }

  /** Whether a token is there now. */
  hasOne(now: Micros): boolean {
    const gained = ((now - this.filledAt) * this.perSecond) / SECOND;
    this.tokens = Math.min(this.most, this.tokens + gained);
    this.filledAt = now;
    return this.tokens >= 1;
  }

  /** One that is there is taken. */
  take(): void {
    this.tokens -= 1;
  }
}

/** What one function has reserved, or what all others of an account share. */
export class Pool {
  inUse = 0;
  private bucket: Bucket | null = null;

  constructor(private limit: number) {}

  /** Somebody has reserved some of it; before the run. */
  reserve(concurrency: number): void {
    this.limit -= concurrency;
  }

  get most(): number {
    return this.limit;
  }

  /** Whether one more request may run now. */
  hasRoom(now: Micros): boolean {
    return this.inUse < this.limit && this.requests().hasOne(now);
  }

  enter(): void {
    this.inUse++;
    this.requests().take();
  }

  leave(): void {
    this.inUse--;
  }

  /** Requests a second; what comes in one second may come at once. */
  private requests(): Bucket {
    const perSecond = this.limit * LAMBDA_LIMITS.requestsPerConcurrency;
    return (this.bucket ??= new Bucket(perSecond, perSecond));
  }
}

/** The shared pools of a world, by account and region. */
export class Accounts {
  private readonly pools = new Map<string, Pool>();

  pool(account: string, region: string, concurrency: number): Pool {
    const place = `${account}/${region}`;
    let pool = this.pools.get(place);
    if (pool === undefined) {
      pool = new Pool(concurrency);
      this.pools.set(place, pool);
    }
    return pool;
  }
}

/** New environments of one function. */
export function scalingBucket(): Bucket {
  return new Bucket(LAMBDA_LIMITS.scalingPerSecond, LAMBDA_LIMITS.scalingBurst);
}
