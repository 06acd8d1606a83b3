/** The hyperexponential distribution: a mixture of two exponentials, more variable than one. */
import { check } from '../check.js';
import type { Distribution } from './distribution.js';
import { Exponential } from './exponential.js';
import { Mixture } from './mixture.js';

/**
 * Two exponentials with balanced means (each contributes half of the `mean`), fitted to the
 * coefficient of variation `cv` of 1 or more (W. Whitt, "Approximating a point process by a renewal
 * process", Operations Research 30, 1982).
 */
export function hyperexponential(mean: number, cv: number): Distribution {
  check(mean > 0, 'a hyperexponential distribution needs a mean above 0');
  check(cv >= 1, 'a hyperexponential distribution needs a cv of 1 or more');
  const squared = cv * cv;
  const share = 0.5 * (1 + Math.sqrt((squared - 1) / (squared + 1)));
  const fast = new Exponential(mean / (2 * share));
  if (share >= 1) return fast;
  return new Mixture([share, 1 - share], [fast, new Exponential(mean / (2 * (1 - share)))]);
}
