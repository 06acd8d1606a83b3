/** The gamma distribution by mean and coefficient of variation. */
import { check } from '../check.js';
import { gammaCdf } from '../math/gamma-cdf.js';
import { gammaQuantile } from '../math/gamma-quantile.js';
import type { Distribution } from './distribution.js';
import { QuantileTable } from './quantile-table.js';

export class Gamma implements Distribution {
  readonly mean: number;
  readonly min = 0;
  readonly max = Infinity;
  private readonly cv: number;
  private readonly shape: number;
  private readonly scale: number;
  /** Of the gamma distribution with scale 1. */
  private readonly table: QuantileTable;

  /**
   * `cv`, the standard deviation divided by the mean, lies between 0.01 and 30; `table`, if given,
   * is that of a distribution with the same cv.
   */
  constructor(mean: number, cv: number, table?: QuantileTable) {
    check(mean > 0, 'a gamma distribution needs a mean above 0');
    check(cv >= 0.01 && cv <= 30, 'a gamma distribution needs a cv between 0.01 and 30');
    this.mean = mean;
    this.cv = cv;
    this.shape = 1 / (cv * cv);
    this.scale = mean * cv * cv;
    this.table = table ?? new QuantileTable(this);
  }

  /** Relative error below 1e-5 against the exact quantile. */
  quantile(u: number): number {
    return this.table.quantile(u) * this.scale;
  }

  /** The quantile for scale 1, exactly and slowly. */
  solve(u: number): number {
    return gammaQuantile(this.shape, u);
  }

  cdf(x: number): number {
    return gammaCdf(this.shape, x / this.scale);
  }

  scaled(factor: number): Gamma {
    return new Gamma(this.mean * factor, this.cv, this.table);
  }
}
