/**
 * The distribution function of the standard normal distribution.
 *
 * J. F. Hart et al., "Computer Approximations" (1968), in the form given by G. West, "Better
 * approximations to cumulative normal functions", Wilmott Magazine (2005).
 */
import { exp } from './exp.js';

const SQRT_TWO_PI = 2.50662827463100050242;
const FAR = 7.07106781186547;

/** P(Z <= `z`): absolute error below 1e-15, relative error far below the mean about 1e-8. */
export function normalCdf(z: number): number {
  const beyond = normalBeyond(Math.abs(z));
  return z > 0 ? 1 - beyond : beyond;
}

/** P(Z > x) for x >= 0: a ratio of polynomials, and far out a continued fraction. */
function normalBeyond(x: number): number {
  if (x > 38) return 0;
  const e = exp(-0.5 * x * x);
  if (x >= FAR) return e / (SQRT_TWO_PI * (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))));
  const above =
    (((((3.52624965998911e-2 * x + 0.700383064443688) * x + 6.37396220353165) * x +
      33.912866078383) *
      x +
      112.079291497871) *
      x +
      221.213596169931) *
      x +
    220.206867912376;
  const below =
    ((((((8.83883476483184e-2 * x + 1.75566716318264) * x + 16.064177579207) * x +
      86.7807322029461) *
      x +
      296.564248779674) *
      x +
      637.333633378831) *
      x +
      793.826512519948) *
      x +
    440.413735824752;
  return (e * above) / below;
}
