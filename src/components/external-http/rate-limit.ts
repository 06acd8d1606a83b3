/**
 * A rate limit: a token bucket that holds what comes in one second, is full at first and fills up evenly. So over
 * any time of T seconds at most rate · (T + 1) calls pass.
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { HTTP_LIMITS } from './limits.js';

export class RateLimit {
  private readonly most: number;
  private tokens: number;
  private filledAt: Micros = 0;

  constructor(private readonly perSecond: number) {
    this.most = Math.max(1, perSecond * HTTP_LIMITS.burstSeconds);
    this.tokens = this.most;
  }

  /** Whether one more call passes now. */
  passes(now: Micros): boolean {
    const gained = ((now - this.filledAt) * this.perSecond) / SECOND;
    this.tokens = Math.min(this.most, this.tokens + gained);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
