/** The exponential distribution: times without memory. */
import { check } from '../check.js';
import { exp } from '../math/exp.js';
import { ln } from '../math/ln.js';
import type { Distribution } from './distribution.js';

export class Exponential implements Distribution {
  readonly mean: number;
  readonly min = 0;
  readonly max = Infinity;

  constructor(mean: number) {
    check(mean > 0, 'an exponential distribution needs a mean above 0');
    this.mean = mean;
  }

  quantile(u: number): number {
    return -ln(1 - u) * this.mean; // 1 - u is exact for a uniform number of 53 bits
  }

  cdf(x: number): number {
    return x > 0 ? 1 - exp(-x / this.mean) : 0;
  }

  scaled(factor: number): Exponential {
    return new Exponential(this.mean * factor);
  }
}
