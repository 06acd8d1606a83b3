/**
 * Marks: randomness that belongs to a message instead of to the order in which things happen.
 *
 * A mark is two int32. A key belongs to one step of one component in one replication; a draw is a
 * hash of key, mark and a number n that counts the draws. The hash was tested with TestU01 (Crush,
 * 144 of 144) under the condition that keys and marks are themselves outputs of a hash or of
 * seedrandom, never small numbers.
 */

const TWO_TO_MINUS_27 = 1 / 0x8000000;
const TWO_TO_MINUS_53 = 1 / 0x20000000000000;
const TWO_TO_32 = 0x100000000;

/** The inverse of an odd multiplier modulo 2^32, by Newton's iteration: each step doubles the bits. */
function inverse(odd: number): number {
  let x = odd;
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x));
  return x;
}

const INVERSE_1 = inverse(0x85ebca6b);
const INVERSE_2 = inverse(0xcc9e2d51);
const INVERSE_3 = inverse(0xc2b2ae35);
const INVERSE_4 = inverse(0x27d4eb2f);
const INVERSE_5 = inverse(0x7feb352d);
const INVERSE_6 = inverse(0x846ca68b);
const INVERSE_7 = inverse(0x2c1b3c6d);
const INVERSE_8 = inverse(0x297a2d39);

/** The inverse of x ^ (x >>> 15). */
function unshift15(x: number): number {
  return x ^ (x >>> 15) ^ (x >>> 30);
}

/** The key of one step: hashes marks into draws and into the marks of children. */
export class MarkKey {
  /** The two halves of the last hash, int32. Read them before this key hashes again. */
  h0 = 0;
  h1 = 0;
  private readonly k0: number;
  private readonly k1: number;

  /** `k0` and `k1` are int32 and must look random: see `Streams.key`. */
  constructor(k0: number, k1: number) {
    this.k0 = k0 | 0;
    this.k1 = k1 | 0;
  }

  /**
   * Hashes the mark (`m0`, `m1`) and the int32 `n` into `h0` and `h1`. No two of the pairs
   * (`m0`, `m1`) give the same pair for one n: each step is a bijection.
   */
  hash(m0: number, m1: number, n: number): void {
    let a = m0 ^ this.k0;
    let b = m1 ^ this.k1 ^ Math.imul(n, 0x9e3779b1);
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 16), 0xcc9e2d51);
    a = (a + b) | 0;
    b = (b + ((a << 13) | (a >>> 19))) | 0;
    a = Math.imul(a ^ (a >>> 15), 0xc2b2ae35);
    b = Math.imul(b ^ (b >>> 14), 0x27d4eb2f);
    a = (a + b) | 0;
    b = (b + ((a << 17) | (a >>> 15))) | 0;
    a = Math.imul(a ^ (a >>> 16), 0x7feb352d);
    b = Math.imul(b ^ (b >>> 15), 0x846ca68b);
    a = (a + b) | 0;
    b = (b + ((a << 11) | (a >>> 21))) | 0;
    a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
    b = Math.imul(b ^ (b >>> 16), 0x297a2d39);
    this.h0 = a ^ (a >>> 16);
    this.h1 = b ^ (b >>> 15);
  }

  /** A uniform draw in [0, 1) with 53 bits, for the mark (`m0`, `m1`) and the int32 `n`. */
  u53(m0: number, m1: number, n: number): number {
    this.hash(m0, m1, n);
    return (this.h0 >>> 5) * TWO_TO_MINUS_27 + (this.h1 >>> 6) * TWO_TO_MINUS_53;
  }

  /** The birth mark of this source's message number `ordinal` (0 or more), into `h0` and `h1`. */
  birth(ordinal: number): void {
    this.hash(ordinal | 0, Math.floor(ordinal / TWO_TO_32), 0);
  }

  /** The ordinal whose birth mark (`m0`, `m1`) is: the inverse of `birth`. */
  ordinalOf(m0: number, m1: number): number {
    let a = Math.imul(m0 ^ (m0 >>> 16), INVERSE_7);
    a = unshift15(a);
    let b = Math.imul(unshift15(m1), INVERSE_8);
    b ^= b >>> 16;
    b = (b - ((a << 11) | (a >>> 21))) | 0;
    a = Math.imul((a - b) | 0, INVERSE_5);
    a ^= a >>> 16;
    b = unshift15(Math.imul(b, INVERSE_6));
    b = (b - ((a << 17) | (a >>> 15))) | 0;
    a = unshift15(Math.imul((a - b) | 0, INVERSE_3));
    b = Math.imul(b, INVERSE_4);
    b ^= (b >>> 14) ^ (b >>> 28);
    b = (b - ((a << 13) | (a >>> 19))) | 0;
    a = Math.imul((a - b) | 0, INVERSE_1);
    a ^= a >>> 16;
    b = Math.imul(b, INVERSE_2);
    b ^= b >>> 16;
    return ((a ^ this.k0) >>> 0) + ((b ^ this.k1) >>> 0) * TWO_TO_32;
  }
}
