// fdlibm's logarithm and exponential as Sun's C code says them: through the high word of the number.
// Slow; `src/kernel/math/ln.ts` and `exp.ts` must give the same bits.

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

function highWord(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getInt32(0);
}

function withHighWord(x: number, high: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setInt32(0, high);
  return view.getFloat64(0);
}

/** e_log.c, for normal positive `x`. */
export function naiveLn(x: number): number {
  const word = highWord(x);
  const hx = word & 0x000fffff;
  const i = (hx + 0x95f64) & 0x100000;
  const f = withHighWord(x, hx | (i ^ 0x3ff00000)) - 1;
  const k = (word >> 20) - 1023 + (i >> 20);
  if ((0x000fffff & (2 + hx)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const r = f * f * (0.5 - 0.33333333333333333 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = t2 + t1;
  if (((hx - 0x6147a) | (0x6b851 - hx)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + r));
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - r);
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** e_exp.c, for an `x` whose result is a normal number. */
export function naiveExp(x: number): number {
  const sign = x < 0 ? 1 : 0;
  const hx = highWord(x) & 0x7fffffff;
  let high = 0;
  let low = 0;
  let k = 0;
  let r = x;
  if (hx > 0x3fd62e42) {
    if (hx < 0x3ff0a2b2) {
      high = x - (sign === 0 ? LN2_HIGH : -LN2_HIGH);
      low = sign === 0 ? LN2_LOW : -LN2_LOW;
      k = 1 - sign - sign;
    } else {
      k = Math.trunc(1.442695040888963387 * x + (sign === 0 ? 0.5 : -0.5));
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    }
    r = high - low;
  } else if (hx < 0x3e300000) return 1 + x;
  const t = r * r;
  const p4 = -1.6533902205465251539e-6 + t * 4.13813679705723846039e-8;
  const p2 = -2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * p4);
  const c = r - t * (1.66666666666666019037e-1 + t * p2);
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return withHighWord(y, highWord(y) + (k << 20));
}
