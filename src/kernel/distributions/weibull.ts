/** The Weibull distribution: times to failure; shape 1 is the exponential distribution. */
import { check } from '../check.js';
import { exp } from '../math/exp.js';
import { ln } from '../math/ln.js';
import { lnGamma } from '../math/ln-gamma.js';
import { pow } from '../math/pow.js';
import type { Distribution } from './distribution.js';

export class Weibull implements Distribution {
  readonly mean: number;
  readonly min = 0;
  readonly max = Infinity;
  private readonly shape: number;
  /** The value below which 1 - 1/e of the draws lie. */
  private readonly scale: number;

  constructor(mean: number, shape: number) {
    check(mean > 0, 'a Weibull distribution needs a mean above 0');
    check(shape > 0, 'a Weibull distribution needs a shape above 0');
    this.mean = mean;
    this.shape = shape;
    this.scale = mean * exp(-lnGamma(1 + 1 / shape));
  }

  quantile(u: number): number {
    return this.scale * pow(-ln(1 - u), 1 / this.shape);
  }

  cdf(x: number): number {
    return x > 0 ? 1 - exp(-pow(x / this.scale, this.shape)) : 0;
  }

  scaled(factor: number): Weibull {
    return new Weibull(this.mean * factor, this.shape);
  }
}
