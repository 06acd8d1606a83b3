/**
 * A mixture: each draw comes from one of several distributions, chosen by weight.
 *
 * Choosing with one uniform number and drawing with the rest of it would be quick but not
 * monotone, so the distribution function of the whole is inverted.
 */
import { check } from '../check.js';
import { invertCdf } from '../math/invert-cdf.js';
import type { Distribution } from './distribution.js';
import { QuantileTable } from './quantile-table.js';

export class Mixture implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Adds up to 1. */
  private readonly weights: readonly number[];
  private readonly components: readonly Distribution[];
  private readonly table: QuantileTable;

  /** Weights of 0 or more, in any scale; at least one is above 0. */
  constructor(weights: readonly number[], components: readonly Distribution[]) {
    check(weights.length === components.length, 'every component needs one weight');
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    check(total > 0 && weights.every((weight) => weight >= 0), 'weights must be 0 or more');
    this.components = components.filter((_, i) => weights[i] > 0);
    this.weights = weights.filter((weight) => weight > 0).map((weight) => weight / total);
    this.min = Math.min(...this.components.map((component) => component.min));
    this.max = Math.max(...this.components.map((component) => component.max));
    this.mean = this.components.reduce((sum, c, i) => sum + c.mean * this.weights[i], 0);
    this.table = new QuantileTable(this);
  }

  /** Relative error below 1e-5 against the exact quantile. */
  quantile(u: number): number {
    return this.table.quantile(u);
  }

  /**
   * The quantile, exactly and slowly. It lies between those of the components; and as one component
   * alone gives at least its own share of what lies below (and above) any x, also between two of
   * that component's quantiles, which are close together for one of great weight.
   */
  solve(u: number): number {
    let least = Infinity;
    let most = -Infinity;
    let low = -Infinity;
    let high = Infinity;
    for (let i = 0; i < this.components.length; i++) {
      const component = this.components[i];
      const weight = this.weights[i];
      const x = component.quantile(u);
      least = Math.min(least, x);
      most = Math.max(most, x);
      if (u < weight) high = Math.min(high, component.quantile(u / weight));
      if (1 - u < weight) low = Math.max(low, component.quantile(1 - (1 - u) / weight));
    }
    return invertCdf(this, u, Math.max(least, low), Math.min(most, high));
  }

  cdf(x: number): number {
    let sum = 0;
    for (let i = 0; i < this.components.length; i++) {
      sum += this.weights[i] * this.components[i].cdf(x);
    }
    return sum;
  }

  scaled(factor: number): Mixture {
    return new Mixture(
      this.weights,
      this.components.map((component) => component.scaled(factor)),
    );
  }
}
