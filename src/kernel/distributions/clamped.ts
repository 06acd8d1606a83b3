/**
 * A distribution with cut-offs: draws beyond one take the value of the cut-off itself.
 *
 * Clamping rather than truncating (drawing again) leaves all quantiles between the cut-offs where
 * they were: `{ p50, p99 }` with a maximum keeps its p50 and its p99.
 */
import { check } from '../check.js';
import { BoundedIntegral } from './bounded-integral.js';
import type { Distribution } from './distribution.js';

export class Clamped implements Distribution {
  /** By numerical integration, relative error below 1e-8. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  private readonly inner: Distribution;

  /** `atLeast` may be -Infinity, `atMost` Infinity. */
  constructor(inner: Distribution, atLeast: number, atMost: number) {
    check(atLeast <= atMost, 'the upper cut-off must not be below the lower one');
    this.inner = inner;
    this.min = clamp(inner.min, atLeast, atMost);
    this.max = clamp(inner.max, atLeast, atMost);
    this.mean = meanOf(this, inner);
  }

  quantile(u: number): number {
    return clamp(this.inner.quantile(u), this.min, this.max);
  }

  cdf(x: number): number {
    if (x < this.min) return 0;
    return x >= this.max ? 1 : this.inner.cdf(x);
  }

  scaled(factor: number): Clamped {
    return new Clamped(this.inner.scaled(factor), this.min * factor, this.max * factor);
  }
}

function clamp(x: number, min: number, max: number): number {
  return x < min ? min : x > max ? max : x;
}

/** Integrates only where the draws are bounded: the rest is known, or in the uncut mean. */
function meanOf(cut: Clamped, inner: Distribution): number {
  const { min, max } = cut;
  if (min === max) return min;
  const from = inner.cdf(min);
  const atMin = from > 0 ? min * from : 0; // from is 0 where min is -Infinity
  if (max === Infinity) {
    const below = new BoundedIntegral(inner, -Infinity, min).between(0, from);
    return inner.mean + (atMin - below);
  }
  const to = inner.cdf(max);
  return atMin + new BoundedIntegral(inner, min, max).between(from, to) + max * (1 - to);
}
