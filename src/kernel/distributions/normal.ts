/** The normal distribution. Draws may be negative: `drawMicros` makes those 0. */
import { check } from '../check.js';
import { normalCdf } from '../math/normal-cdf.js';
import { normalQuantile } from '../math/normal-quantile.js';
import type { Distribution } from './distribution.js';

/** Stands in for the uniform number 0, whose quantile would be minus infinity. */
const SMALLEST_UNIFORM = 1 / 0x40000000000000;

export class Normal implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  private readonly sd: number;

  constructor(mean: number, sd: number) {
    check(sd >= 0, 'a normal distribution needs a standard deviation of 0 or more');
    this.mean = mean;
    this.sd = sd;
    this.min = sd > 0 ? -Infinity : mean;
    this.max = sd > 0 ? Infinity : mean;
  }

  quantile(u: number): number {
    if (this.sd === 0) return this.mean;
    return this.mean + this.sd * normalQuantile(Math.max(u, SMALLEST_UNIFORM));
  }

  cdf(x: number): number {
    if (this.sd === 0) return x >= this.mean ? 1 : 0;
    return normalCdf((x - this.mean) / this.sd);
  }

  scaled(factor: number): Normal {
    return new Normal(this.mean * factor, this.sd * factor);
  }
}
