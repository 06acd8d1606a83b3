// Zipf's law by inversion, against sums that are added up one by one.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ZipfRanks } from '../../../src/components/traffic/zipf.js';
import { Stream } from '../../../src/kernel/random/streams.js';

/** Sums of k^-s from 1 to n, the slow way; the test may use Math, it is only compared. */
function sumsOf(of: number, s: number): Float64Array {
  const sums = new Float64Array(of);
  let sum = 0;
  let lost = 0; // Kahan's: what the last addition rounded away
  for (let k = 1; k <= of; k++) {
    const term = Math.pow(k, -s) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sums[k - 1] = sum = next;
  }
  return sums;
}

const CASES: readonly (readonly [number, number])[] = [
  [1, 1.1],
  [10, 0.6],
  [1024, 1],
  [1025, 1],
  [5000, 0.3],
  [5000, 1],
  [5000, 1 + 1e-9],
  [20_000, 2.5],
  [200_000, 0.99],
  [1_000_000, 1.1],
];

describe.each(CASES)('%i ranks, exponent %f', (of, s) => {
  const zipf = new ZipfRanks(of, s);
  const sums = sumsOf(of, s);
  const total = sums[of - 1];

  it('the rank is the first whose sum exceeds the draw', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (u) => {
        const rank = zipf.rank(u);
        expect(Number.isInteger(rank) && rank >= 1 && rank <= of).toBe(true);
        const slack = 1e-13;
        expect(sums[rank - 1] / total).toBeGreaterThan(u - slack);
        if (rank > 1) expect(sums[rank - 2] / total).toBeLessThanOrEqual(u + slack);
      }),
    );
  });

  it('probabilities are those of the law', () => {
    for (const k of [1, 2, Math.ceil(of / 2), of].filter((one) => one <= of))
      expect(zipf.probability(k) * total * Math.pow(k, s)).toBeCloseTo(1, 10);
  });

  it('the ends are the ends', () => {
    expect(zipf.rank(0)).toBe(1);
    expect(zipf.rank(1 - 2 ** -53)).toBe(of);
  });
});

it('a rank never falls as the draw rises, across the end of the table too', () => {
  for (const s of [0.6, 1, 1.1]) {
    const zipf = new ZipfRanks(100_000, s);
    let before = 0;
    for (let i = 0; i < 20_000; i++) {
      const rank = zipf.rank(i / 20_000);
      expect(rank).toBeGreaterThanOrEqual(before);
      before = rank;
    }
  }
});

it('frequencies follow the law: chi-squared over ranks and blocks of ranks', () => {
  const zipf = new ZipfRanks(1_000_000_000, 1.1);
  const stream = new Stream(1, 2, 3, 4);
  const draws = 200_000;
  const counts = new Float64Array(20);
  const ends = counts.map((_, i) => 2 ** (i + 1) - 1); // 1, 2..3, 4..7, …
  for (let i = 0; i < draws; i++) {
    const rank = zipf.rank(stream.uniform());
    counts[Math.min(19, Math.floor(Math.log2(rank)))]++;
  }
  let chi = 0;
  for (let i = 0; i < 19; i++) {
    let expected = 0;
    for (let k = i === 0 ? 1 : ends[i - 1] + 1; k <= ends[i]; k++) expected += zipf.probability(k);
    chi += (counts[i] - expected * draws) ** 2 / (expected * draws);
  }
  expect(chi).toBeLessThan(43.8); // 19 degrees of freedom, 99.9 %
});

it('a thousand million names need no more memory than a thousand', () => {
  const bytes = (of: number): number => {
    const { sums } = new ZipfRanks(of, 1.1) as unknown as { sums: Float64Array };
    return sums.byteLength;
  };
  expect(bytes(1_000_000_000)).toBe(8192);
});
