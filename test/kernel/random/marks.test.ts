import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MarkKey } from '../../../src/kernel/random/marks.js';
import { naiveMark } from '../../reference/naive-random.js';
import { draws, kolmogorovSmirnov } from '../support/statistics.js';

const K0 = 0x243f6a88;
const K1 = 0x85a308d3;
const int32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });

function hashed(key: MarkKey, m0: number, m1: number, n: number): [number, number] {
  key.hash(m0, m1, n);
  return [key.h0 >>> 0, key.h1 >>> 0];
}

describe('the hash of marks', () => {
  test('gives the vectors of the design', () => {
    const key = new MarkKey(K0, K1);
    expect(hashed(key, 0, 0, 0)).toEqual([0xf7334494, 0x62cdd20d]);
    expect(hashed(key, 1, 2, 256)).toEqual([0xa241c9ce, 0xa8839dd9]);
  });

  test('equals its twin in big integers', () => {
    fc.assert(
      fc.property(int32, int32, int32, int32, int32, (k0, k1, m0, m1, n) => {
        expect(hashed(new MarkKey(k0, k1), m0, m1, n)).toEqual(naiveMark([k0, k1], [m0, m1], n));
      }),
      { numRuns: 1000 },
    );
  });

  test('is int32, and the same for a word written with or without its sign', () => {
    const key = new MarkKey(K0, K1);
    const signed = hashed(new MarkKey(K0 | 0, K1 | 0), -1, -2, 7);
    expect(hashed(key, 0xffffffff, 0xfffffffe, 7)).toEqual(signed);
    expect([key.h0 | 0, key.h1 | 0]).toEqual([key.h0, key.h1]);
  });
});

describe('u53', () => {
  test('is the hash as a number in [0, 1) with 53 bits', () => {
    const key = new MarkKey(K0, K1);
    fc.assert(
      fc.property(int32, int32, int32, (m0, m1, n) => {
        const [h0, h1] = hashed(key, m0, m1, n);
        const u = key.u53(m0, m1, n);
        expect(u).toBe(Number((BigInt(h0 >>> 5) << 26n) | BigInt(h1 >>> 6)) / Number(1n << 53n));
        expect(u >= 0 && u < 1).toBe(true);
      }),
    );
  });

  test('is uniform over messages, and apart for steps and draws', () => {
    const source = new MarkKey(K0, K1);
    const [step, other] = [
      new MarkKey(0x13198a2e, 0x03707344),
      new MarkKey(0xa4093822, 0x299f31d0),
    ];
    let ordinal = 0;
    const drawn = draws(100_000, () => {
      source.birth(ordinal++);
      return step.u53(source.h0, source.h1, 256);
    });
    expect(kolmogorovSmirnov(drawn, (x) => x)).toBeLessThan(1.95);
    ordinal = 0;
    const difference = draws(100_000, () => {
      source.birth(ordinal);
      const again = other.u53(source.h0, source.h1, 256) - drawn[ordinal++];
      return again < 0 ? again + 1 : again; // uniform when the two are independent
    });
    expect(kolmogorovSmirnov(difference, (x) => x)).toBeLessThan(1.95);
  });
});

test('a birth mark hashes the two halves of the ordinal', () => {
  const key = new MarkKey(K0, K1);
  for (const ordinal of [0, 1, 0x7fffffff, 0x80000000, 0x100000000, 0x1fffffffffffff]) {
    key.birth(ordinal);
    const low = Number(BigInt(ordinal) & 0xffffffffn);
    const high = Number(BigInt(ordinal) >> 32n);
    expect([key.h0 >>> 0, key.h1 >>> 0]).toEqual(naiveMark([K0, K1], [low, high], 0));
  }
});

test('a birth mark tells its ordinal, whatever the key', () => {
  fc.assert(
    fc.property(int32, int32, fc.maxSafeNat(), (k0, k1, ordinal) => {
      const key = new MarkKey(k0, k1);
      key.birth(ordinal);
      expect(key.ordinalOf(key.h0, key.h1)).toBe(ordinal);
    }),
    { numRuns: 1000 },
  );
});
