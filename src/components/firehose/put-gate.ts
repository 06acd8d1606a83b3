/**
 * What a delivery stream takes in a second: records, requests and bytes, each a token bucket that holds one second's
 * worth, is full at first and fills up evenly (AWS says the rates, not how it counts).
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { PutQuota } from './limits.js';

class Tokens {
  private left: number;
  private filledAt: Micros = 0;

  constructor(private readonly perSecond: number) {
    this.left = perSecond;
  }

  has(amount: number, now: Micros): boolean {
    const gained = ((now - this.filledAt) * this.perSecond) / SECOND;
    this.left = Math.min(this.perSecond, this.left + gained);
    this.filledAt = now;
    return this.left >= amount;
  }

  take(amount: number): void {
    this.left -= amount;
  }
}

export class PutGate {
  private readonly requests: Tokens;
  private readonly records: Tokens;
  private readonly bytes: Tokens;

  constructor(quota: PutQuota) {
    this.requests = new Tokens(quota.requests);
    this.records = new Tokens(quota.records);
    this.bytes = new Tokens(quota.bytes);
  }

  /** Whether one more request passes. */
  passes(now: Micros): boolean {
    if (!this.requests.has(1, now)) return false;
    this.requests.take(1);
    return true;
  }

  /** Whether one more record passes. */
  takes(bytes: number, now: Micros): boolean {
    if (!this.records.has(1, now) || !this.bytes.has(bytes, now)) return false;
    this.records.take(1);
    this.bytes.take(bytes);
    return true;
  }
}
