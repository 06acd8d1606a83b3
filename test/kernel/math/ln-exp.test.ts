import stdlibExp from '@stdlib/math-base-special-exp';
import stdlibLn from '@stdlib/math-base-special-ln';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp } from '../../../src/kernel/math/exp.js';
import { ln } from '../../../src/kernel/math/ln.js';
import { Stream } from '../../../src/kernel/random/streams.js';
import { naiveExp, naiveLn } from '../../reference/naive-fdlibm.js';

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const ROUNDS = 200_000;

/** The double whose high and low words these are. */
function fromWords(high: number, low: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, high);
  view.setUint32(4, low);
  return view.getFloat64(0);
}

/** The doubles a few steps around one. */
function around(x: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return [-2n, -1n, 0n, 1n, 2n].map((step) => {
    view.setBigInt64(0, bits + step);
    return view.getFloat64(0);
  });
}

/** How many of the first `ROUNDS` arguments give other bits. */
function differences(
  draw: (stream: Stream) => number,
  f: (x: number) => number,
  g: (x: number) => number,
): number {
  const stream = new Stream(1, 2, 3, 4);
  let count = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const x = draw(stream);
    if (!Object.is(f(x), g(x))) count++;
  }
  return count;
}

const anyPositive = (s: Stream): number => fromWords(0x00100000 + s.below(0x7fe00000), s.u32());
const anyExponent = (s: Stream): number => s.uniform() * 1417 - 708;
const smallExponent = (s: Stream): number => (s.uniform() - 0.5) * 4;
const uniform = (s: Stream): number => 1 - s.uniform();

describe('ln', () => {
  test('has the bits of the oracle', () => {
    expect(differences(uniform, ln, stdlibLn)).toBe(0);
    expect(differences(anyPositive, ln, stdlibLn)).toBe(0);
  });

  test('has the bits of its naive twin', () => {
    expect(differences(uniform, ln, naiveLn)).toBe(0);
    expect(differences(anyPositive, ln, naiveLn)).toBe(0);
  });

  test('decides like fdlibm next to each of its thresholds', () => {
    // ... of the high word: about 1, the root of 2, and the two ends of the middle range.
    const words = [0x00000, 0x00001, 0xffffe, 0xfffff, 0x6a09b, 0x6a09c, 0x6147a, 0x6b851, 0x6b852];
    for (const exponent of [0x001, 0x3de, 0x3df, 0x3e0, 0x3fe, 0x3ff, 0x400, 0x41f, 0x7fe]) {
      for (const word of words) {
        for (const x of around(fromWords((exponent << 20) | word, 0))) {
          if (x >= SMALLEST_NORMAL) expect([x, ln(x)]).toEqual([x, naiveLn(x)]);
        }
      }
    }
  });

  test('at the ends', () => {
    expect([ln(0), ln(-0), ln(1), ln(Infinity)]).toEqual([-Infinity, -Infinity, 0, Infinity]);
    expect([ln(-1), ln(-Infinity), ln(NaN)]).toEqual([NaN, NaN, NaN]);
    // Subnormal numbers, where the oracle errs: exact values to 17 digits.
    expect(ln(5e-324)).toBe(-744.4400719213812);
    expect(ln(1e-310)).toBe(-713.8013788281542);
  });

  test('never falls', () => {
    const positive = fc.double({ min: 0, noNaN: true });
    fc.assert(fc.property(positive, positive, (x, y) => ln(Math.min(x, y)) <= ln(Math.max(x, y))));
  });
});

describe('exp', () => {
  test('has the bits of the oracle', () => {
    expect(differences(smallExponent, exp, stdlibExp)).toBe(0);
    expect(differences(anyExponent, exp, stdlibExp)).toBe(0);
  });

  test('has the bits of its naive twin', () => {
    expect(differences(smallExponent, exp, naiveExp)).toBe(0);
    expect(differences(anyExponent, exp, naiveExp)).toBe(0);
  });

  test('decides like fdlibm next to each of its thresholds', () => {
    const halfLn2 = fromWords(0x3fd62e42, 0xfefa39ef);
    // The oracle goes by half of ln 2 itself, fdlibm by the next high word: the twin decides here.
    const thresholds = [halfLn2, fromWords(0x3fd62e43, 0), fromWords(0x3ff0a2b2, 0), 3 * halfLn2];
    const smallest = fromWords(0x3e300000, 0);
    for (const threshold of [...thresholds, smallest, 1e-300]) {
      for (const x of [...around(threshold), ...around(-threshold)]) {
        if (Math.abs(x) < 708) expect([x, exp(x)]).toEqual([x, naiveExp(x)]);
      }
    }
  });

  test('next to every point halfway between two multiples of ln 2', () => {
    for (let n = -1021; n <= 1022; n++) {
      for (const x of around((n + 0.5) / 1.442695040888963387)) expect(exp(x)).toBe(naiveExp(x));
    }
  });

  test('at the ends', () => {
    expect([exp(0), exp(-0), exp(Infinity), exp(-Infinity)]).toEqual([1, 1, Infinity, 0]);
    expect([exp(NaN), exp(710), exp(-746)]).toEqual([NaN, Infinity, 0]);
    expect([exp(1e300), exp(-1e300), exp(5e-324)]).toEqual([Infinity, 0, 1]);
    expect(exp(709.782712893384)).toBe(naiveExp(709.782712893384));
    // Subnormal results, where the oracle errs.
    expect(exp(-710)).toBe(4.47628622567513e-309);
    expect(exp(-745.1332191019411)).toBe(5e-324);
  });
});
