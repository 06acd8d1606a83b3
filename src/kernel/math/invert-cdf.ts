/**
 * Solving a distribution function for its argument.
 *
 * T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a
 * nonlinear function", Advances in Engineering Software 28 (1997): inverse quadratic steps where
 * they are safe, bisection elsewhere, which copes with jumps and flat parts.
 */

/** Anything with a distribution function. */
export interface HasCdf {
  /** P(X <= x); must not fall as x grows. */
  cdf(x: number): number;
}

const STEPS_MAX = 400;
const STEP_MIN = 1 / 0x1000000000000; // 2^-48 of the value

/**
 * The smallest x with P(X <= x) > `u`, to a relative 1e-14, given that it lies in [`low`, `high`];
 * `high` when there is none.
 */
export function invertCdf(target: HasCdf, u: number, low: number, high: number): number {
  let x2 = low; // the root lies between x1, the newest point, and x2
  let f2 = target.cdf(low) - u;
  if (f2 > 0 || low >= high) return low;
  let x1 = high;
  let f1 = target.cdf(high) - u;
  if (!(f1 > 0)) return high;
  let t = 0.5; // how far to go from x1 to x2
  for (let i = 0; i < STEPS_MAX; i++) {
    const probe = t === 0.5 ? middle(x1, x2) : x1 + t * (x2 - x1);
    const f = target.cdf(probe) - u;
    const isSameSide = f > 0 === f1 > 0;
    const x3 = isSameSide ? x1 : x2;
    const f3 = isSameSide ? f1 : f2;
    if (!isSameSide) {
      x2 = x1;
      f2 = f1;
    }
    x1 = probe;
    f1 = f;
    const shortest = (Math.max(Math.abs(x1), Math.abs(x2)) * STEP_MIN) / Math.abs(x2 - x1);
    if (!(shortest < 0.5)) break;
    const xi = (x1 - x2) / (x3 - x2);
    const phi = (f1 - f2) / (f3 - f2);
    const isSafe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    const step = isSafe
      ? (f1 / (f2 - f1)) * (f3 / (f2 - f3)) +
        (((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * f2) / (f3 - f2)
      : 0.5;
    t = Math.max(shortest, Math.min(1 - shortest, step));
  }
  return Math.max(x1, x2);
}

/** The middle, on a logarithmic scale when the ends are of different orders of magnitude. */
function middle(x1: number, x2: number): number {
  const low = Math.min(x1, x2);
  const high = Math.max(x1, x2);
  if (low > 0 && high > 4 * low) return Math.sqrt(low) * Math.sqrt(high);
  return low + (high - low) * 0.5;
}
