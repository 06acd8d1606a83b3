/**
 * A distribution through stated quantiles, log-linear between them.
 *
 * Measured tails rarely follow a fitted curve, so the stated values are kept as they are. Below
 * the lowest and above the highest, values run on to 0.8 times the lowest at p0 and 3 times the
 * highest at p100, unless those two are stated.
 */
import { check } from '../check.js';
import { exp } from '../math/exp.js';
import { ln } from '../math/ln.js';
import type { Distribution } from './distribution.js';

const P0_OF_LOWEST = 0.8;
const P100_OF_HIGHEST = 3;

export class Quantiles implements Distribution {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Stretch i runs from (probabilities[i], values[i]) to those at i + 1. */
  private readonly probabilities: Float64Array;
  private readonly values: Float64Array;
  /** 1 / (length of the stretch in probability). */
  private readonly steepness: Float64Array;
  /** ln(values[i + 1] / values[i]), or NaN where the stretch begins at 0 and is linear. */
  private readonly growth: Float64Array;

  constructor(probabilities: ArrayLike<number>, values: ArrayLike<number>) {
    check(values.length > 0, 'at least one quantile is needed');
    check(probabilities.length === values.length, 'every quantile needs one value');
    const [p, v] = withEnds(Array.from(probabilities), Array.from(values));
    const stretches = p.length - 1;
    this.probabilities = Float64Array.from(p);
    this.values = Float64Array.from(v);
    this.steepness = new Float64Array(stretches);
    this.growth = new Float64Array(stretches);
    let mean = 0;
    for (let i = 0; i < stretches; i++) {
      check(p[i + 1] > p[i] && v[i + 1] >= v[i] && v[i] >= 0, 'quantiles must rise');
      this.steepness[i] = 1 / (p[i + 1] - p[i]);
      this.growth[i] = v[i] > 0 ? ln(v[i + 1] / v[i]) : NaN;
      mean += (p[i + 1] - p[i]) * stretchMean(v[i], v[i + 1]);
    }
    this.mean = mean;
    this.min = v[0];
    this.max = v[stretches];
  }

  quantile(u: number): number {
    const { probabilities, values } = this;
    const last = probabilities.length - 2;
    let i = 0;
    while (i < last && u >= probabilities[i + 1]) i++;
    const share = (u - probabilities[i]) * this.steepness[i];
    const growth = this.growth[i];
    const value = growth === growth ? values[i] * exp(share * growth) : share * values[i + 1];
    return value < values[i + 1] ? value : values[i + 1];
  }

  cdf(x: number): number {
    const { probabilities, values } = this;
    if (!(x >= this.min)) return 0;
    if (x >= this.max) return 1;
    let i = 0;
    while (x >= values[i + 1]) i++;
    const growth = this.growth[i];
    const share = growth === growth ? ln(x / values[i]) / growth : x / values[i + 1];
    return probabilities[i] + share / this.steepness[i];
  }

  scaled(factor: number): Quantiles {
    return new Quantiles(
      this.probabilities,
      this.values.map((value) => value * factor),
    );
  }
}

function withEnds(p: readonly number[], v: readonly number[]): [number[], number[]] {
  const last = p.length - 1;
  const before = p[0] > 0;
  const after = p[last] < 1;
  return [
    [...(before ? [0] : []), ...p, ...(after ? [1] : [])],
    [...(before ? [P0_OF_LOWEST * v[0]] : []), ...v, ...(after ? [P100_OF_HIGHEST * v[last]] : [])],
  ];
}

/** The mean of a log-linear stretch (the logarithmic mean of its ends), or of a linear one. */
function stretchMean(from: number, to: number): number {
  if (from === 0) return to * 0.5;
  const d = (to - from) / from;
  // For nearly equal ends the quotient below loses its digits; the series does not.
  if (d < 1e-4) return from * (1 + d * (0.5 - d * (1 / 12 - d / 24)));
  return (to - from) / ln(to / from);
}
