/** Every value between two bounds equally likely. */
import { check } from '../check.js';
import type { Distribution } from './distribution.js';

export class Uniform implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;

  constructor(min: number, max: number) {
    check(max >= min, 'a uniform distribution needs max >= min');
    this.mean = min + (max - min) * 0.5;
    this.min = min;
    this.max = max;
  }

  quantile(u: number): number {
    return this.min + (this.max - this.min) * u;
  }

  cdf(x: number): number {
    if (x >= this.max) return 1;
    return x <= this.min ? 0 : (x - this.min) / (this.max - this.min);
  }

  scaled(factor: number): Uniform {
    return new Uniform(this.min * factor, this.max * factor);
  }
}
