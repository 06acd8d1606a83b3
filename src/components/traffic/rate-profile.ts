/**
 * Time-dependent arrivals: the n-th point of a unit-rate process, mapped through the integrated rate
 * Λ(t) (Çinlar 1975, "Introduction to Stochastic Processes", §4.7). Rates carry no rounding bias, and
 * ten per cent more traffic keeps the same points.
 */

import { check } from '../../kernel/check.js';
import type { RateSegment } from './options.js';

const PER_MICRO = 1 / 1_000_000;

/** A segment as it is looked up: λ(start + d) = rate + slope · d, per µs. */
interface Ramp {
  readonly start: number;
  readonly rate: number;
  readonly slope: number;
}

export class RateProfile {
  /** Λ at the start of each segment, arrivals. */
  private readonly before: number[] = [];
  /** Λ at the end of the last segment. */
  readonly total: number;
  /** The segment that the last look-up fell into; look-ups never go back. */
  private current = 0;

  private readonly ramps: Ramp[] = [];

  constructor(segments: readonly RateSegment[]) {
    let sum = 0;
    for (const { start, end, fromPerSecond, toPerSecond } of segments) {
      check(fromPerSecond >= 0 && toPerSecond >= 0 && end >= start, 'rates are not negative');
      const slope = end === start ? 0 : ((toPerSecond - fromPerSecond) * PER_MICRO) / (end - start);
      this.ramps.push({ start, rate: fromPerSecond * PER_MICRO, slope });
      this.before.push(sum);
      sum += ((fromPerSecond + toPerSecond) / 2) * PER_MICRO * (end - start);
    }
    this.total = sum;
  }

  /**
   * The first time at which Λ exceeds `arrivals` (µs, not rounded); Infinity when it never does.
   * Arguments must not fall.
   */
  timeOf(arrivals: number): number {
    if (arrivals >= this.total) return Infinity;
    const { before } = this;
    while (this.current + 1 < before.length && before[this.current + 1] <= arrivals) this.current++;
    const { start, rate, slope } = this.ramps[this.current];
    const y = arrivals - before[this.current];
    if (slope === 0) return start + y / rate;
    // The stable root of rate·d + slope·d²/2 = y. Falling ramps reach the discriminant 0 at most.
    const root = Math.sqrt(Math.max(0, rate * rate + 2 * slope * y));
    return y === 0 && rate === 0 ? start : start + (2 * y) / (rate + root);
  }
}
