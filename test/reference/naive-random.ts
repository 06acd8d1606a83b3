// The generators once more, in whole numbers of any size: slow and close to their papers.

const MASK = 0xffffffffn;
const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & MASK;

/** xoshiro128** 1.1 after Blackman and Vigna's C code. */
export class NaiveXoshiro {
  private readonly s: bigint[];

  constructor(words: readonly number[]) {
    this.s = words.map((word) => BigInt.asUintN(32, BigInt(word)));
  }

  u32(): number {
    const { s } = this;
    const result = (rotate((s[1] * 5n) & MASK, 7n) * 9n) & MASK;
    const t = (s[1] << 9n) & MASK;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
    return Number(result);
  }
}

const uint = (x: number): bigint => BigInt.asUintN(32, BigInt(x));
const mix = (x: bigint, shift: bigint, factor: bigint): bigint =>
  ((x ^ (x >> shift)) * factor) & MASK;

/** The hash of marks; the result is two unsigned words. */
export function naiveMark(
  key: readonly [number, number],
  mark: readonly [number, number],
  n: number,
): [number, number] {
  let a = uint(mark[0]) ^ uint(key[0]);
  let b = uint(mark[1]) ^ uint(key[1]) ^ ((uint(n) * 0x9e3779b1n) & MASK);
  a = mix(a, 16n, 0x85ebca6bn);
  b = mix(b, 16n, 0xcc9e2d51n);
  a = (a + b) & MASK;
  b = (b + rotate(a, 13n)) & MASK;
  a = mix(a, 15n, 0xc2b2ae35n);
  b = mix(b, 14n, 0x27d4eb2fn);
  a = (a + b) & MASK;
  b = (b + rotate(a, 17n)) & MASK;
  a = mix(a, 16n, 0x7feb352dn);
  b = mix(b, 15n, 0x846ca68bn);
  a = (a + b) & MASK;
  b = (b + rotate(a, 11n)) & MASK;
  a = mix(a, 15n, 0x2c1b3c6dn);
  b = mix(b, 16n, 0x297a2d39n);
  return [Number(a ^ (a >> 16n)), Number(b ^ (b >> 15n))];
}
