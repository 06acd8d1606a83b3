/** The lognormal distribution: the usual shape of a latency, given by its median and its p99. */
import { check } from '../check.js';
import { exp } from '../math/exp.js';
import { ln } from '../math/ln.js';
import { normalCdf } from '../math/normal-cdf.js';
import { normalQuantile } from '../math/normal-quantile.js';
import type { Distribution } from './distribution.js';

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

export class Lognormal implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  private readonly median: number;
  /** Standard deviation of the logarithm. */
  private readonly sigma: number;

  constructor(median: number, sigma: number) {
    check(median > 0, 'a lognormal distribution needs a median above 0');
    check(sigma >= 0, 'a lognormal distribution needs p99 >= p50');
    this.mean = median * exp(sigma * sigma * 0.5);
    this.min = sigma > 0 ? 0 : median;
    this.max = sigma > 0 ? Infinity : median;
    this.median = median;
    this.sigma = sigma;
  }

  static fromQuantiles(p50: number, p99: number): Lognormal {
    return new Lognormal(p50, ln(p99 / p50) / Z99);
  }

  /** `cv` is the standard deviation divided by the mean. */
  static fromMean(mean: number, cv: number): Lognormal {
    const ratio = 1 + cv * cv;
    return new Lognormal(mean / Math.sqrt(ratio), Math.sqrt(ln(ratio)));
  }

  quantile(u: number): number {
    if (this.sigma === 0) return this.median;
    return this.median * exp(this.sigma * normalQuantile(u));
  }

  cdf(x: number): number {
    if (this.sigma === 0) return x >= this.median ? 1 : 0;
    return x > 0 ? normalCdf(ln(x / this.median) / this.sigma) : 0;
  }

  scaled(factor: number): Lognormal {
    return new Lognormal(this.median * factor, this.sigma);
  }
}
