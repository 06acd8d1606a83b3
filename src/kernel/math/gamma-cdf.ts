/**
 * The distribution function of the gamma distribution: the regularised incomplete gamma function.
 *
 * The power series below the mean, the continued fraction above it (Abramowitz and Stegun, 6.5.29
 * and 6.5.31, the fraction evaluated by Lentz's method). Both converge in about the root of the
 * shape steps near the mean and faster elsewhere.
 */
import { check } from '../check.js';
import { exp } from './exp.js';
import { ln } from './ln.js';
import { lnGamma, stirlingRest } from './ln-gamma.js';

const EPSILON = 1e-17;
const TINY = 1e-300;
const STEPS_MAX = 100_000;
const TWO_PI = 6.283185307179586477;

/**
 * P(X <= `x`) for a gamma distribution with the given `shape` (over 0, at most 1e6) and scale 1;
 * absolute error below 1e-13.
 */
export function gammaCdf(shape: number, x: number): number {
  if (!(x > 0)) return 0;
  if (x === Infinity) return 1;
  if (x < shape + 1) return series(shape, x) * gammaFactor(shape, x);
  return 1 - continuedFraction(shape, x) * gammaSlope(shape, x);
}

/** The derivative of `gammaCdf` by ln x: the density times x. */
export function gammaSlope(shape: number, x: number): number {
  return gammaFactor(shape, x) * shape;
}

/**
 * x^shape · exp(-x) / Γ(shape + 1). For a large shape the big terms nearly cancel, so the exponent
 * is written in the distance from the shape (after D. Loader, 2000).
 */
function gammaFactor(shape: number, x: number): number {
  if (shape < 12) return exp(shape * ln(x) - x - lnGamma(shape + 1));
  const exponent = -shape * devianceRate((x - shape) / shape) - stirlingRest(shape);
  return exp(exponent) / Math.sqrt(TWO_PI * shape);
}

/** d - ln(1 + d), exact also for small d. */
function devianceRate(d: number): number {
  if (Math.abs(d) > 0.1) return d - ln(1 + d);
  // ln(1 + d) = 2 artanh(s) with s = d / (2 + d), and d - 2 s = s d.
  const s = d / (2 + d);
  const z = s * s;
  let sum = 0;
  for (let n = 21; n >= 3; n -= 2) sum = (sum + 1 / n) * z;
  return s * d - 2 * s * sum;
}

/** 1 + x/(shape + 1) + x²/((shape + 1)(shape + 2)) + ... */
function series(shape: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < STEPS_MAX; n++) {
    term *= x / (shape + n);
    sum += term;
    if (term < sum * EPSILON) return sum;
  }
  check(false, 'the incomplete gamma series did not converge');
}

/** The fraction 1/(x + 1 - a - 1(1 - a)/(x + 3 - a - 2(2 - a)/(x + 5 - a - ...))). */
function continuedFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < STEPS_MAX; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = b + a / c;
    if (Math.abs(c) < TINY) c = TINY;
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) < 3e-16) return h;
  }
  check(false, 'the incomplete gamma fraction did not converge');
}
