/** The Pareto distribution: a heavy tail above a smallest value. */
import { check } from '../check.js';
import { pow } from '../math/pow.js';
import type { Distribution } from './distribution.js';

export class Pareto implements Distribution {
  /** Infinite for a shape of 1 or less. */
  readonly mean: number;
  readonly min: number;
  readonly max = Infinity;
  private readonly shape: number;

  constructor(min: number, shape: number) {
    check(min > 0, 'a Pareto distribution needs a smallest value above 0');
    check(shape > 0, 'a Pareto distribution needs a shape above 0');
    this.mean = shape > 1 ? (min * shape) / (shape - 1) : Infinity;
    this.min = min;
    this.shape = shape;
  }

  quantile(u: number): number {
    return this.min * pow(1 - u, -1 / this.shape);
  }

  cdf(x: number): number {
    return x > this.min ? 1 - pow(this.min / x, this.shape) : 0;
  }

  scaled(factor: number): Pareto {
    return new Pareto(this.min * factor, this.shape);
  }
}
