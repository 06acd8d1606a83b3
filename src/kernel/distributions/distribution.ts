/**
 * Distributions: where a time, a size or a number is drawn.
 *
 * A scenario describes one as plain data (`DistributionSpec`); `distribution` makes the object that
 * is drawn from. Every draw is the quantile of one uniform number, so that it never falls when the
 * uniform number rises and two variants of a model can share their draws.
 */
import { check } from '../check.js';
import { DAY } from '../time.js';
import { Clamped } from './clamped.js';
import { Constant } from './constant.js';
import { Exponential } from './exponential.js';
import { Gamma } from './gamma.js';
import { hyperexponential } from './hyperexponential.js';
import { Lognormal } from './lognormal.js';
import { Mixture } from './mixture.js';
import { Normal } from './normal.js';
import { Pareto } from './pareto.js';
import { distributionProblem } from './problem.js';
import { Quantiles } from './quantiles.js';
import { Samples } from './samples.js';
import type { DistributionSpec } from './spec.js';
import { Uniform } from './uniform.js';
import { Weibull } from './weibull.js';

export type { DistributionSpec } from './spec.js';

/** Numbers are in the unit of the thing drawn, and not rounded. */
export interface Distribution {
  readonly mean: number;
  /** No draw is below this. */
  readonly min: number;
  /** No draw is above this; may be Infinity. */
  readonly max: number;
  /** The value below which a share `u` in [0, 1) of the draws lies; never falls as u grows. */
  quantile(u: number): number;
  /** P(X <= x), absolute error below 1e-12. */
  cdf(x: number): number;
  /** The distribution of this one's draws multiplied by `factor`, over 0. */
  scaled(factor: number): Distribution;
}

/** The longest time that `drawMicros` gives: 100 years, in microseconds. */
export const LONGEST_DRAW: number = 100 * 365 * DAY;

/** A draw as a whole number of microseconds: rounded half up, from 0 to `LONGEST_DRAW`. */
export function drawMicros(from: Distribution, u: number): number {
  const rounded = Math.floor(from.quantile(u) + 0.5);
  if (!(rounded > 0)) return 0;
  return rounded < LONGEST_DRAW ? rounded : LONGEST_DRAW;
}

/** Builds what `spec` describes. A spec with a `distributionProblem` is a bug of the caller. */
export function distribution(spec: DistributionSpec): Distribution {
  check(distributionProblem(spec) === '', 'a distribution with impossible parameters');
  const whole = family(spec);
  const atLeast = spec.atLeast ?? -Infinity;
  const atMost = spec.atMost ?? Infinity;
  if (whole.min >= atLeast && whole.max <= atMost) return whole;
  return new Clamped(whole, atLeast, atMost);
}

function family(spec: DistributionSpec): Distribution {
  switch (spec.kind) {
    case 'constant':
      return new Constant(spec.value);
    case 'uniform':
      return new Uniform(spec.min, spec.max);
    case 'exponential':
      return new Exponential(spec.mean);
    case 'normal':
      return new Normal(spec.mean, spec.sd);
    case 'lognormal':
      return 'p50' in spec
        ? Lognormal.fromQuantiles(spec.p50, spec.p99)
        : Lognormal.fromMean(spec.mean, spec.cv);
    case 'gamma':
      return new Gamma(spec.mean, spec.cv);
    case 'weibull':
      return new Weibull(spec.mean, spec.shape);
    case 'pareto':
      return new Pareto(spec.min, spec.shape);
    case 'hyperexponential':
      return hyperexponential(spec.mean, spec.cv);
    case 'quantiles':
      return new Quantiles(spec.probabilities, spec.values);
    case 'samples':
      return new Samples(spec.values);
    case 'mixture':
      return new Mixture(spec.weights, spec.components.map(distribution));
  }
}
