/** The quantile of the gamma distribution: Newton's method on a logarithmic scale. */
import { exp } from './exp.js';
import { gammaCdf, gammaSlope } from './gamma-cdf.js';
import { invertCdf } from './invert-cdf.js';
import { ln } from './ln.js';
import { lnGamma } from './ln-gamma.js';
import { normalQuantile } from './normal-quantile.js';

const NEWTON_STEPS = 12;
const ACCURACY = 1e-13;
const TINY = 1e-18;

/**
 * The x with P(X <= x) = `u` for a gamma distribution with the given `shape` (over 0, at most 1e6)
 * and scale 1. Relative accuracy about 1e-12 in the body; towards u = 1 it is limited by the
 * 1e-13 to which probabilities are known. A quantile too small for a double is 0. Costs
 * microseconds: tabulate it where speed counts.
 */
export function gammaQuantile(shape: number, u: number): number {
  if (!(u > 0)) return 0;
  if (u >= 1) return Infinity;
  // P(X <= x) <= x^shape / Γ(shape + 1), so the root is no smaller than this.
  const low = exp((ln(u) + lnGamma(shape + 1)) / shape);
  if (low < TINY) return low; // and so close to 0 equal to it
  let x = Math.max(low, wilsonHilferty(shape, u));
  for (let i = 0; i < NEWTON_STEPS; i++) {
    const step = (gammaCdf(shape, x) - u) / gammaSlope(shape, x);
    if (!(Math.abs(step) < 2)) break; // started too far out for Newton's method
    x *= exp(-step);
    if (Math.abs(step) < ACCURACY) return x;
  }
  return searched(shape, u, low);
}

/** By the cube of a normal number: E. B. Wilson and M. M. Hilferty, PNAS 17 (1931). */
function wilsonHilferty(shape: number, u: number): number {
  const ninth = 1 / (9 * shape);
  const root = 1 - ninth + normalQuantile(u) * Math.sqrt(ninth);
  return root > 0 ? shape * root * root * root : 0;
}

/** The slow way, from a bracket. */
function searched(shape: number, u: number, low: number): number {
  let high = Math.max(low, shape);
  while (gammaCdf(shape, high) <= u) high *= 2;
  return invertCdf(new GammaCdf(shape), u, low * 0.999999, high);
}

class GammaCdf {
  private readonly shape: number;

  constructor(shape: number) {
    this.shape = shape;
  }

  cdf(x: number): number {
    return gammaCdf(this.shape, x);
  }
}
