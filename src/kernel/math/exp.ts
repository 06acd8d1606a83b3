/**
 * The exponential function with the same bits on every engine.
 *
 * The algorithm and the constants are those of Sun's fdlibm 5.3, e_exp.c (2004): x = k ln 2 + r,
 * a rational approximation for r, and an exact multiplication by 2 to the k at the end.
 */
import { POWERS_OF_TWO, POWER_ZERO } from './powers-of-two.js';

const OVERFLOW = 7.09782712893383973096e2;
const UNDERFLOW = -7.4513321910194110842e2;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const ONE_OVER_LN2 = 1.442695040888963387;
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;

/** The number with the bits 3fd62e43 00000000, just above half of ln 2: below it, k is 0. */
const HALF_LN2 = 0x162e43 / 0x400000;
const ALMOST_HALF = 0.49999999;
const ALMOST_ZERO = 0.00000001;
const TWO_TO_MINUS_28 = 1 / 0x10000000;
const NORMAL_FROM = -708;
const NORMAL_TO = 709;

/** The exponential of `x`, to less than one unit in the last place where the result is normal. */
export function exp(x: number): number {
  const v = ONE_OVER_LN2 * x;
  const k = Math.floor(v + 0.5);
  // The same k as fdlibm's, except where v is halfway between two integers: rare, like what is
  // nearly a power of two, and what overflows.
  const rest = Math.abs(v - k);
  const isUsual = rest < ALMOST_HALF && rest > ALMOST_ZERO && x > NORMAL_FROM && x < NORMAL_TO;
  if (!isUsual) return expRare(x);
  return expReduced(x - k * LN2_HIGH, k * LN2_LOW) * POWERS_OF_TWO[(POWER_ZERO + k) | 0];
}

/** The exponential of high - low, both small. */
function expReduced(high: number, low: number): number {
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  return 1 - (low - (r * c) / (2 - c) - high);
}

/** Any `x`, step by step as fdlibm does it. */
function expRare(x: number): number {
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  if (x !== x) return NaN;
  if (x < TWO_TO_MINUS_28 && x > -TWO_TO_MINUS_28) return 1 + x;
  const isSmall = x < HALF_LN2 && x > -HALF_LN2;
  const k = isSmall ? 0 : Math.trunc(ONE_OVER_LN2 * x + (x < 0 ? -0.5 : 0.5));
  const y = expReduced(x - k * LN2_HIGH, k * LN2_LOW);
  // In two steps: 2 to the k alone may be out of range although the result is not.
  const first = k < -1000 ? k + 1000 : Math.min(k, 1000);
  return y * POWERS_OF_TWO[POWER_ZERO + first] * POWERS_OF_TWO[POWER_ZERO + k - first];
}
