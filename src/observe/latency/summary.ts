/** Figures of a latency distribution, some of whose messages were never done. Times are µs. */
import type { Histogram } from '../../kernel/histogram.js';
import { upperEdge } from '../../kernel/histogram.js';
import type { Micros } from '../../kernel/time.js';
import type { Breakdown } from './breakdown.js';
import type { PartName } from './parts.js';
import { PARTS, PART_NUMBERS } from './parts.js';

/** Where a latency is split: over all that were done, or among the messages at a quantile. */
export const PART_POINTS = ['all', 'p50', 'p90', 'p99', 'p999'] as const;
export type PartPoint = (typeof PART_POINTS)[number];
const QUANTILES: Readonly<Record<PartPoint, number>> = {
  all: NaN,
  p50: 0.5,
  p90: 0.9,
  p99: 0.99,
  p999: 0.999,
};

/** Mean µs of each part that is more than 0, in the order of PARTS; they add up to the mean total. */
export type Split = Readonly<Partial<Record<PartName, number>>>;

export interface LatencySummary {
  /** Messages (or obligations) done. */
  readonly count: number;
  /** Never done: longer than any figure. */
  readonly unfinished: number;
  /** null when nothing was done. */
  readonly mean: number | null;
  readonly min: Micros | null;
  /** Infinity when the rank falls among those never done; null when there is nothing at all. */
  readonly p50: Micros | null;
  readonly p90: Micros | null;
  readonly p95: Micros | null;
  readonly p99: Micros | null;
  readonly p999: Micros | null;
  readonly max: Micros | null;
  /** Only points that exist: not among those never done. */
  readonly parts: Readonly<Partial<Record<PartPoint, Split>>>;
}

/** The rank, from 1, of quantile `q` among `n`: nearest rank. */
function rankOf(q: number, n: number): number {
  // 0.07 · 100 is a little over 7 in binary: a product just over a whole number means that number.
  return Math.max(1, Math.ceil(q * n * (1 - 1 / 0x10000000000000)));
}

/** The bucket of quantile `q` over done and never done together; -1 when it falls among the latter. */
function bucketAt(totals: Histogram, unfinished: number, q: number): number {
  const rank = rankOf(q, totals.count + unfinished);
  return rank > totals.count ? -1 : totals.quantileBucket((rank - 0.5) / totals.count);
}

/** Quantile `q` (0..1), nearest rank, those never done counting as Infinity; null when there is nothing. */
export function quantileOf(totals: Histogram, unfinished: number, q: number): Micros | null {
  if (totals.count + unfinished === 0) return null;
  const bucket = bucketAt(totals, unfinished, q);
  return bucket < 0 ? Infinity : Math.min(upperEdge(bucket), totals.max);
}

/** The figures of `totals` and of those never done, without parts. */
export function totalsOf(totals: Histogram, unfinished: number): Omit<LatencySummary, 'parts'> {
  const none = totals.count === 0;
  const at = (q: number): Micros | null => quantileOf(totals, unfinished, q);
  return {
    count: totals.count,
    unfinished,
    mean: none ? null : totals.mean,
    min: none ? null : totals.min,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
  };
}

export function summaryOf(breakdown: Breakdown, unfinished: number): LatencySummary {
  const totals = breakdown.totals();
  return { ...totalsOf(totals, unfinished), parts: splits(breakdown, totals, unfinished) };
}

function splits(
  breakdown: Breakdown,
  totals: Histogram,
  unfinished: number,
): Partial<Record<PartPoint, Split>> {
  const found: Partial<Record<PartPoint, Split>> = {};
  if (totals.count === 0) return found;
  for (const point of PART_POINTS) {
    if (point === 'all') {
      found[point] = splitOf((part) => breakdown.sum(part), totals.count);
      continue;
    }
    const bucket = bucketAt(totals, unfinished, QUANTILES[point]);
    if (bucket < 0) continue;
    found[point] = splitOf((part) => breakdown.sumIn(bucket, part), totals.countIn(bucket));
  }
  return found;
}

function splitOf(sum: (part: number) => Micros, count: number): Split {
  const split: Partial<Record<PartName, number>> = {};
  for (const name of PARTS) {
    const micros = sum(PART_NUMBERS[name]);
    if (micros > 0) split[name] = micros / count;
  }
  return split;
}
