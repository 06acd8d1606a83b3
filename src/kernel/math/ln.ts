/**
 * The natural logarithm with the same bits on every engine.
 *
 * `Math.log` may differ in its last bit from one engine to the next, so the kernel brings its own:
 * the algorithm and the constants are those of Sun's fdlibm 5.3, e_log.c (K. C. Ng, 1993). Where
 * fdlibm looks at the high word of a number, this code compares the number itself with the same
 * threshold, which decides alike and needs no view of the bits.
 */
import { POWERS_OF_TWO, POWER_ZERO } from './powers-of-two.js';

const LN2_HIGH = 6.9314718036912381649e-1; // 3fe62e42 fee00000
const LN2_LOW = 1.90821492927058770002e-10; // 3dea39ef 35793c76
const L1 = 6.66666666666673513e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

const UNIT = 1 / 0x100000; // one step of the 20 bits of mantissa in a high word
const ABOUT_SQRT2 = 1 + 0x6a09c * UNIT;
/** A product with this is 1 or more for `ABOUT_SQRT2`, and less for the number just below it. */
const ONE_OVER_ABOUT_SQRT2 = 1 / ABOUT_SQRT2;
const CENTRE_FROM = 0x6147a * UNIT;
const CENTRE_BELOW = 0x16b852 * UNIT * 0.5 - 1;
/** Farther than this from `USUAL_MIDDLE`, f may lie beyond `CENTRE_FROM` or `CENTRE_BELOW`. */
const USUAL_REACH = (CENTRE_FROM - CENTRE_BELOW) / 2 - 1e-9;
const USUAL_MIDDLE = (CENTRE_FROM + CENTRE_BELOW) / 2;

const TWO_TO_32 = 4294967296;
const TWO_TO_MINUS_32 = 1 / TWO_TO_32;

/**
 * The natural logarithm of `x`, to less than one unit in the last place.
 * Zero gives minus infinity, a negative number NaN.
 */
export function ln(x: number): number {
  if (!(x >= TWO_TO_MINUS_32 && x < TWO_TO_32)) return lnFar(x);
  const n = exponentOf(x);
  const f = x * POWERS_OF_TWO[POWER_ZERO - n] - 1;
  if (Math.abs(f - USUAL_MIDDLE) > USUAL_REACH || Math.abs(f) < 2 * UNIT) return lnRare(f, n);
  const s = f / (2 + f);
  return n * LN2_HIGH - (s * (f - remainder(s)) - n * LN2_LOW - f);
}

/** The n that brings x / 2^n into [ABOUT_SQRT2 / 2, ABOUT_SQRT2), for x in [2^-32, 2^32). */
function exponentOf(x: number): number {
  const y = x * ONE_OVER_ABOUT_SQRT2;
  return y < 1 ? 0 - Math.clz32(y * TWO_TO_32) : 32 - Math.clz32(y);
}

/** What ln(1 + f) = 2 s + s · remainder(s) lacks, for s = f / (2 + f). */
function remainder(s: number): number {
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  return odd + even;
}

/** The logarithm of 1 + f times 2 to the n, with all the cases that fdlibm tells apart. */
function lnRare(f: number, n: number): number {
  if (f < UNIT && f >= -UNIT) {
    const r = f * f * (0.5 - 0.33333333333333333 * f);
    return n * LN2_HIGH - (r - n * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const r = remainder(s);
  if (f < CENTRE_FROM && f >= CENTRE_BELOW) {
    return n * LN2_HIGH - (s * (f - r) - n * LN2_LOW - f);
  }
  const half = 0.5 * f * f;
  return n * LN2_HIGH - (half - (s * (half + r) + n * LN2_LOW) - f);
}

/** Everything outside [2^-32, 2^32): brings `x` into range in exact steps, or answers at once. */
function lnFar(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return Infinity;
  let m = x;
  let k = 0;
  for (; m >= TWO_TO_32; m *= TWO_TO_MINUS_32) k += 32;
  for (; m < 1; m *= TWO_TO_32) k -= 32;
  const n = exponentOf(m);
  return lnRare(m * POWERS_OF_TWO[POWER_ZERO - n] - 1, k + n);
}
