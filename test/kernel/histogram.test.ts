import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '../../src/kernel/check.js';
import {
  BUCKET_COUNT,
  bucketOf,
  Histogram,
  lowerEdge,
  upperEdge,
} from '../../src/kernel/histogram.js';
import { Stream } from '../../src/kernel/random/streams.js';
import { NaiveHistogram } from '../reference/naive-histogram.js';

const LARGEST = Number.MAX_SAFE_INTEGER;
const value = fc.oneof(
  fc.nat(3000),
  fc.nat(100_000_000),
  fc.maxSafeNat(),
  fc.nat(52).map((k) => Math.pow(2, k)),
  fc.integer({ min: 1, max: 52 }).map((k) => Math.pow(2, k) - 1),
);
const values = fc.array(value, { maxLength: 60 });

function histogramOf(list: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const x of list) histogram.record(x);
  return histogram;
}

describe('buckets', () => {
  test('hold their values, and are at most 0.1 % wide', () => {
    fc.assert(
      fc.property(value, (x) => {
        const bucket = bucketOf(x);
        const [low, high] = [lowerEdge(bucket), upperEdge(bucket)];
        expect(low <= x && x <= high && bucket < BUCKET_COUNT).toBe(true);
        expect((high - low) / Math.max(1, low)).toBeLessThan(0.001);
        expect([bucketOf(low), bucketOf(high)]).toEqual([bucket, bucket]);
      }),
      { numRuns: 2000 },
    );
  });

  test('below 2048 hold one value each', () => {
    for (let x = 0; x < 2048; x++)
      expect([bucketOf(x), upperEdge(x), lowerEdge(x)]).toEqual([x, x, x]);
    expect([lowerEdge(2048), upperEdge(2048)]).toEqual([2048, 2049]);
  });

  test('follow on each other without a gap, up to 2^53 - 1', () => {
    let gaps = 0;
    for (let bucket = 1; bucket < BUCKET_COUNT; bucket++) {
      if (bucketOf(upperEdge(bucket - 1) + 1) !== bucket || bucketOf(upperEdge(bucket)) !== bucket)
        gaps++;
    }
    expect(gaps).toBe(0);
    expect(upperEdge(BUCKET_COUNT - 1)).toBe(LARGEST);
  });

  test('are for non-negative integers', () => {
    for (const x of [-1, 0.5, NaN, Infinity, LARGEST + 1, -0.5, 1e10 + 0.5]) {
      expect(() => new Histogram().record(x)).toThrow(BugError);
    }
  });
});

describe('quantiles', () => {
  test('are those of the sorted values, within a bucket', () => {
    fc.assert(
      fc.property(values, fc.nat(100), (list, percent) => {
        fc.pre(list.length > 0);
        const twin = new NaiveHistogram();
        for (const x of list) twin.record(x);
        const exact = twin.percentile(percent);
        const histogram = histogramOf(list);
        expect(histogram.quantileBucket(percent / 100)).toBe(bucketOf(exact));
        expect(histogram.quantile(percent / 100)).toBe(
          Math.min(upperEdge(bucketOf(exact)), histogram.max),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('the product of share and count is not taken for more than it is', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, i) => i + 1));
    for (let percent = 1; percent <= 100; percent++) {
      expect(histogram.quantile(percent / 100)).toBe(percent);
    }
    expect([histogram.quantile(0), histogram.quantile(0.071)]).toEqual([1, 8]);
  });

  test('of nothing, of one value, of a share that is none', () => {
    const histogram = new Histogram();
    expect([histogram.quantile(0.5), histogram.quantileBucket(0.5), histogram.mean]).toEqual([
      NaN,
      -1,
      NaN,
    ]);
    expect([histogram.min, histogram.max, histogram.count, histogram.sum]).toEqual([
      Infinity,
      -Infinity,
      0,
      0,
    ]);
    histogram.record(1_000_001);
    expect([0, 0.5, 1].map((q) => histogram.quantile(q))).toEqual([
      1_000_001, 1_000_001, 1_000_001,
    ]);
    for (const q of [-0.1, 1.1, NaN]) expect(() => histogram.quantile(q)).toThrow(BugError);
  });

  test('a large sample', () => {
    const stream = new Stream(1, 2, 3, 4);
    const histogram = new Histogram();
    const sorted = new Float64Array(100_000).map(() => Math.round(stream.exponential() * 1e6));
    for (const x of sorted) histogram.record(x);
    sorted.sort();
    for (const q of [0.01, 0.5, 0.9, 0.99, 0.999]) {
      const exact = sorted[Math.ceil(q * 100_000) - 1];
      expect(histogram.quantile(q) / exact).toBeGreaterThanOrEqual(1);
      expect(histogram.quantile(q) / exact).toBeLessThan(1.001);
    }
  });
});

describe('totals', () => {
  test('are exact', () => {
    fc.assert(
      fc.property(values, (list) => {
        const histogram = histogramOf(list);
        const sum = list.reduce((total, x) => total + BigInt(x), 0n);
        expect(histogram.sum).toBe(Number(sum));
        expect(histogram.count).toBe(list.length);
        if (list.length > 0) {
          expect([histogram.min, histogram.max]).toEqual([Math.min(...list), Math.max(...list)]);
        }
      }),
    );
  });

  test('a weight counts like that many records', () => {
    const weighted = new Histogram();
    weighted.record(70_000, 3);
    weighted.record(5);
    expect(weighted.state()).toEqual(histogramOf([70_000, 5, 70_000, 70_000]).state());
    expect(weighted.countIn(bucketOf(70_000))).toBe(3);
    expect([weighted.countIn(7), weighted.countIn(BUCKET_COUNT - 1)]).toEqual([0, 0]);
  });

  test('a product of value and weight that would lose digits is refused', () => {
    expect(() => new Histogram().record(LARGEST, 2)).toThrow(BugError);
  });
});

describe('merging', () => {
  test('is the same as recording everything in one, in any grouping', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const left = histogramOf(a);
        left.merge(histogramOf(b));
        left.merge(histogramOf(c));
        const inner = histogramOf(c);
        inner.merge(histogramOf(b));
        const right = histogramOf([]);
        right.merge(inner);
        right.merge(histogramOf(a));
        const whole = histogramOf([...a, ...b, ...c]);
        expect(left.state()).toEqual(whole.state());
        expect(right.state()).toEqual(whole.state());
      }),
    );
  });

  test('leaves the other alone', () => {
    const other = histogramOf([1, 2, 3]);
    const before = other.state();
    new Histogram().merge(other);
    expect(other.state()).toEqual(before);
  });

  test('survives the way through plain data', () => {
    fc.assert(
      fc.property(values, (list) => {
        const histogram = histogramOf(list);
        const back = Histogram.from(structuredClone(histogram.state()));
        expect(back).toEqual(histogram);
      }),
    );
  });
});
