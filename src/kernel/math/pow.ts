/** Powers through the kernel's own logarithm and exponential: same bits on every engine. */
import { exp } from './exp.js';
import { ln } from './ln.js';

/**
 * `base` to the power of `exponent`, for a base of zero or more; NaN for a negative base.
 *
 * The relative error is at most about (|exponent · ln base| + 1) · 2.3e-16: that of a good library
 * for moderate results, growing to 1.6e-13 at the very ends of the range. Whole exponents get no
 * special treatment, so `pow(3, 2)` may differ from 9 in the last bit.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (exponent === 1) return base;
  return exp(exponent * ln(base));
}
