/** Always the same value. */
import type { Distribution } from './distribution.js';

export class Constant implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;

  constructor(value: number) {
    this.mean = value;
    this.min = value;
    this.max = value;
  }

  quantile(): number {
    return this.mean;
  }

  cdf(x: number): number {
    return x >= this.mean ? 1 : 0;
  }

  scaled(factor: number): Constant {
    return new Constant(this.mean * factor);
  }
}
