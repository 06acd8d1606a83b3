/** Measured values, each as likely as the others. */
import { check } from '../check.js';
import type { Distribution } from './distribution.js';

export class Samples implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** In rising order. */
  private readonly values: Float64Array;

  constructor(values: readonly number[] | Float64Array) {
    check(values.length > 0, 'samples need at least one value');
    this.values = Float64Array.from(values).sort();
    let sum = 0;
    for (const value of this.values) sum += value;
    this.mean = sum / values.length;
    this.min = this.values[0];
    this.max = this.values[values.length - 1];
  }

  quantile(u: number): number {
    const i = Math.floor(u * this.values.length);
    return i < this.values.length ? this.values[i] : this.max;
  }

  cdf(x: number): number {
    let low = 0;
    let high = this.values.length; // values before low are <= x, values from high on are > x
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.values[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low / this.values.length;
  }

  scaled(factor: number): Samples {
    return new Samples(this.values.map((value) => value * factor));
  }
}
