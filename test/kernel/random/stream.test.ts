import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '../../../src/kernel/check.js';
import { normalCdf } from '../../../src/kernel/math/normal-cdf.js';
import { Stream } from '../../../src/kernel/random/streams.js';
import {
  EXPONENTIAL_ZIGGURAT,
  LAYERS,
  NORMAL_ZIGGURAT,
} from '../../../src/kernel/random/ziggurat.js';
import { NaiveXoshiro } from '../../reference/naive-random.js';
import { chiSquared, draws, kolmogorovSmirnov, meanError } from '../support/statistics.js';

const KS_LIMIT = 1.95;
const exponentialCdf = (x: number): number => 1 - Math.exp(-x);

describe('xoshiro128**', () => {
  test('gives the published numbers', () => {
    // From Blackman and Vigna's xoshiro128starstar.c 1.1 with the state 1, 2, 3, 4.
    const stream = new Stream(1, 2, 3, 4);
    expect(Array.from({ length: 10 }, () => stream.u32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
    expect(stream.state().map((word) => word >>> 0)).toEqual([
      939045227, 1864939416, 1451579149, 2199351389,
    ]);
  });

  test('equals its twin in big integers', () => {
    const word = fc.integer({ min: -0x80000000, max: 0x7fffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (words) => {
        fc.pre(words.some((w) => w !== 0));
        const stream = new Stream(...words);
        const twin = new NaiveXoshiro(words);
        for (let i = 0; i < 50; i++) expect(stream.u32()).toBe(twin.u32());
      }),
    );
  });

  test('a clone and a saved state go on alike, and leave the original alone', () => {
    const stream = new Stream(5, 6, 7, 8);
    stream.normal();
    const clone = stream.clone();
    const restored = new Stream(...stream.state());
    const all = [stream, clone, restored].map((s) => [s.normal(), s.exponential(), s.uniform()]);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });

  test('a state of zeros is refused', () => {
    expect(() => new Stream(0, 0, 0, 0)).toThrow(BugError);
  });
});

describe('uniform', () => {
  test('takes 53 bits from two words, the first on top', () => {
    const stream = new Stream(1, 2, 3, 4);
    const words = stream.clone();
    for (let i = 0; i < 1000; i++) {
      const exact = ((BigInt(words.u32()) << 32n) | BigInt(words.u32())) >> 11n;
      expect(stream.uniform()).toBe(Number(exact) / Number(1n << 53n));
    }
  });

  test('is uniform', () => {
    const stream = new Stream(11, 12, 13, 14);
    const sample = draws(200_000, () => stream.uniform());
    expect(kolmogorovSmirnov(sample, (x) => x)).toBeLessThan(KS_LIMIT);
    expect(meanError(sample, 0.5)).toBeLessThan(4);
  });
});

describe('below', () => {
  test.each([1, 2, 3, 10, 1000, 0x80000001, 0xffffffff, 0x100000000])('%d', (n) => {
    const stream = new Stream(21, 22, 23, 24);
    const words = stream.clone();
    const wholeRounds = Math.floor(0x100000000 / n) * n;
    const wrong = draws(20_000, () => {
      let word = words.u32();
      while (word >= wholeRounds) word = words.u32();
      return stream.below(n) === word % n ? 0 : 1;
    });
    expect(wrong.indexOf(1)).toBe(-1);
  });

  test('all results are equally likely', () => {
    const stream = new Stream(25, 26, 27, 28);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i++) counts[stream.below(10)]++;
    expect(Math.abs(chiSquared(counts))).toBeLessThan(4);
  });

  test('throws away the draws that would favour small results', () => {
    // The word b of a state whose first draw is 2^32 - 1, by undoing the two multiplications.
    const product = Math.imul(-1, 0x38e38e39);
    const stream = new Stream(1, Math.imul((product >>> 7) | (product << 25), 0xcccccccd), 3, 4);
    const words = stream.clone();
    expect(words.u32()).toBe(0xffffffff);
    expect(stream.below(3)).toBe(words.u32() % 3);
    expect(stream.state()).toEqual(words.state());
  });

  test('refuses what is no count', () => {
    const stream = new Stream(1, 2, 3, 4);
    for (const n of [0, -1, 1.5, 0x100000001, NaN]) expect(() => stream.below(n)).toThrow(BugError);
  });
});

describe('exponential', () => {
  test('has the exponential distribution and its moments', () => {
    const stream = new Stream(31, 32, 33, 34);
    const sample = draws(200_000, () => stream.exponential());
    expect(kolmogorovSmirnov(sample, exponentialCdf)).toBeLessThan(KS_LIMIT);
    expect(meanError(sample, 1)).toBeLessThan(4);
    expect(
      meanError(
        sample.map((x) => x * x),
        2,
      ),
    ).toBeLessThan(4);
    expect(
      meanError(
        sample.map((x) => x * x * x),
        6,
      ),
    ).toBeLessThan(4);
  });

  test('also beyond the last layer', () => {
    const stream = new Stream(41, 42, 43, 44);
    const from = EXPONENTIAL_ZIGGURAT.tailFrom;
    const tail = draws(2_000_000, () => stream.exponential()).filter((x) => x > from);
    const expected = 2_000_000 * Math.exp(-from);
    expect(Math.abs(tail.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(kolmogorovSmirnov(tail, (x) => 1 - Math.exp(from - x))).toBeLessThan(KS_LIMIT);
  });
});

describe('normal', () => {
  test('has the normal distribution and its moments', () => {
    const stream = new Stream(51, 52, 53, 54);
    const sample = draws(200_000, () => stream.normal());
    expect(kolmogorovSmirnov(sample, normalCdf)).toBeLessThan(KS_LIMIT);
    expect(meanError(sample, 0)).toBeLessThan(4);
    expect(
      meanError(
        sample.map((x) => x * x),
        1,
      ),
    ).toBeLessThan(4);
    expect(
      meanError(
        sample.map((x) => x * x * x * x),
        3,
      ),
    ).toBeLessThan(4);
  });

  test('also beyond the last layer, on both sides', () => {
    const stream = new Stream(61, 62, 63, 64);
    const from = NORMAL_ZIGGURAT.tailFrom;
    const tail = draws(4_000_000, () => stream.normal()).filter((x) => Math.abs(x) > from);
    const beyond = 2 * normalCdf(-from);
    expect(Math.abs(tail.length - 4_000_000 * beyond)).toBeLessThan(
      4 * Math.sqrt(4_000_000 * beyond),
    );
    const within = (x: number): number => 1 - (2 * normalCdf(-x)) / beyond;
    expect(kolmogorovSmirnov(tail.map(Math.abs), within)).toBeLessThan(KS_LIMIT);
    const negative = tail.filter((x) => x < 0).length;
    expect(Math.abs(negative - tail.length / 2)).toBeLessThan(2 * Math.sqrt(tail.length));
  });
});

describe('the tables', () => {
  test.each([
    [
      'exponential',
      EXPONENTIAL_ZIGGURAT,
      Math.exp(-EXPONENTIAL_ZIGGURAT.tailFrom),
      (x: number) => Math.exp(-x),
    ],
    [
      'normal',
      NORMAL_ZIGGURAT,
      Math.sqrt(2 * Math.PI) * normalCdf(-NORMAL_ZIGGURAT.tailFrom),
      (x: number) => Math.exp(-0.5 * x * x),
    ],
  ])('%s: all layers have the same area', (_, { width, height, tailFrom }, tail, density) => {
    const area = tailFrom * density(tailFrom) + tail;
    expect(Math.abs((width[0] * density(tailFrom)) / area - 1)).toBeLessThan(1e-9);
    for (let i = 1; i < LAYERS; i++) {
      expect(Math.abs((width[i] * (height[i + 1] - height[i])) / area - 1)).toBeLessThan(1e-7);
      expect(Math.abs(height[i] - density(width[i]))).toBeLessThan(1e-15);
      expect(width[i + 1]).toBeLessThan(width[i]);
    }
  });
});

test('frozen numbers: they may be wrong, but must not change without a line under "Results"', () => {
  const stream = new Stream(1, 2, 3, 4);
  const values = Array.from({ length: 3 }, () => [
    stream.uniform(),
    stream.exponential(),
    stream.normal(),
  ]);
  expect(values).toMatchInlineSnapshot(`
    [
      [
        0.000002682209014892578,
        0.0023050771600606887,
        -1.1059823303408525,
      ],
      [
        0.2997086930250725,
        2.0026046602252556,
        0.16309757864223035,
      ],
      [
        0.8328133312675827,
        0.6804642305535177,
        0.5178953175631104,
      ],
    ]
  `);
});
