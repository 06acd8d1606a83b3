import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketOf } from '../../src/kernel/histogram.js';
import { Breakdown } from '../../src/observe/latency/breakdown.js';
import {
  DEAD_LETTER_STAY,
  DELAY,
  HANDLER,
  NETWORK,
  PART_COUNT,
  PART_NUMBERS,
  PARTS,
  QUEUE_WAIT,
} from '../../src/observe/latency/parts.js';
import { quantileOf, summaryOf } from '../../src/observe/latency/summary.js';

function splitOf(parts: Readonly<Record<number, number>>): Float64Array {
  const split = new Float64Array(PART_COUNT);
  for (const [part, micros] of Object.entries(parts)) split[Number(part)] = micros;
  return split;
}

function recorded(splits: readonly Float64Array[]): Breakdown {
  const breakdown = new Breakdown();
  for (const split of splits)
    breakdown.record(
      split.reduce((sum, n) => sum + n, 0),
      split,
    );
  return breakdown;
}

test('every part has one name and one number', () => {
  expect(Object.keys(PART_NUMBERS)).toEqual([...PARTS]);
  expect(Object.values(PART_NUMBERS).sort((a, b) => a - b)).toEqual(PARTS.map((_, i) => i));
});

test('sums by bucket and over all', () => {
  const breakdown = recorded([
    splitOf({ [HANDLER]: 100, [NETWORK]: 20 }),
    splitOf({ [HANDLER]: 70, [QUEUE_WAIT]: 50 }),
    splitOf({ [HANDLER]: 9_000_000 }),
  ]);
  expect(breakdown.count).toBe(3);
  expect([HANDLER, NETWORK, QUEUE_WAIT, DELAY].map((part) => breakdown.sum(part))).toEqual([
    9_000_170, 20, 50, 0,
  ]);
  expect(breakdown.sumIn(bucketOf(120), HANDLER)).toBe(170);
  expect(breakdown.sumIn(bucketOf(120), DEAD_LETTER_STAY)).toBe(0);
  expect(breakdown.sumIn(bucketOf(5_000), HANDLER)).toBe(0);
});

test('parts that do not add up are a bug', () => {
  expect(() => new Breakdown().record(10, splitOf({ [HANDLER]: 9 }))).toThrow(/add up/u);
  const breakdown = recorded([splitOf({ [HANDLER]: 9 })]);
  expect(() => breakdown.record(10, splitOf({ [HANDLER]: 11 }))).toThrow(/add up/u);
});

const split = fc
  .array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(4_000), fc.nat(1e9)), {
    minLength: PART_COUNT,
    maxLength: PART_COUNT,
  })
  .map((parts) => new Float64Array(parts));

test('putting breakdowns together is recording all in one', () => {
  fc.assert(
    fc.property(fc.array(split), fc.array(split), (ones, others) => {
      const merged = recorded(ones);
      merged.merge(recorded(others));
      const all = recorded([...ones, ...others]);
      expect(merged.totals().state()).toEqual(all.totals().state());
      expect(summaryOf(merged, 1)).toEqual(summaryOf(all, 1));
    }),
  );
});

describe('summary', () => {
  const hundred = recorded(Array.from({ length: 100 }, (_, i) => splitOf({ [HANDLER]: i + 1 })));

  test('nearest rank', () => {
    expect(summaryOf(hundred, 0)).toMatchObject({
      count: 100,
      unfinished: 0,
      mean: 50.5,
      min: 1,
      p50: 50,
      p90: 90,
      p95: 95,
      p99: 99,
      p999: 100,
      max: 100,
    });
  });

  test('those never done are longer than any figure', () => {
    const summary = summaryOf(hundred, 100);
    expect(summary).toMatchObject({
      count: 100,
      unfinished: 100,
      mean: 50.5,
      p50: 100,
      p90: Infinity,
      max: Infinity,
    });
    expect(Object.keys(summary.parts)).toEqual(['all', 'p50']);
  });

  test('nothing done, nothing at all', () => {
    const none = { mean: null, min: null, parts: {} };
    expect(summaryOf(new Breakdown(), 2)).toMatchObject({ ...none, p50: Infinity, max: Infinity });
    expect(summaryOf(new Breakdown(), 0)).toMatchObject({ ...none, p50: null, max: null });
  });

  test('parts at a quantile are means over its bucket', () => {
    const summary = summaryOf(
      recorded([
        splitOf({ [HANDLER]: 10 }),
        splitOf({ [HANDLER]: 10 }),
        splitOf({ [QUEUE_WAIT]: 999, [HANDLER]: 1 }),
        splitOf({ [QUEUE_WAIT]: 700, [NETWORK]: 300 }),
      ]),
      0,
    );
    expect(summary.parts).toEqual({
      all: { network: 75, queueWait: 1_699 / 4, handler: 21 / 4 },
      p50: { handler: 10 },
      p90: { network: 150, queueWait: 849.5, handler: 0.5 },
      p99: { network: 150, queueWait: 849.5, handler: 0.5 },
      p999: { network: 150, queueWait: 849.5, handler: 0.5 },
    });
  });

  test('quantiles over done and never done together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000)),
        fc.nat(30),
        fc.nat(1_000),
        (totals, unfinished, permille) => {
          const sorted = [...totals]
            .sort((a, b) => a - b)
            .concat(new Array<number>(unfinished).fill(Infinity));
          const rank = Math.max(1, Math.ceil((permille * sorted.length) / 1_000));
          const histogram = recorded(totals.map((total) => splitOf({ [DELAY]: total }))).totals();
          expect(quantileOf(histogram, unfinished, permille / 1_000)).toBe(
            sorted.length === 0 ? null : sorted[rank - 1],
          );
        },
      ),
    );
  });
});
