/** Latency figures in microseconds → the Distribution of a RunResult, in seconds. */

import type { Histogram } from '../kernel/histogram.js';
import type { LatencySummary, Split } from '../observe/latency/summary.js';
import { PART_POINTS, totalsOf } from '../observe/latency/summary.js';
import type { Distribution, LatencyParts, PartName, PartPoint, Seconds } from './result.js';
import { seconds } from './result.js';

function time(micros: Micros | null): Seconds {
  if (micros === null) return null;
  return micros === Infinity ? 'inf' : seconds(micros);
}
type Micros = number;

export function distributionOf(summary: LatencySummary): Distribution {
  const parts: Partial<Record<PartPoint, LatencyParts>> = {};
  for (const point of PART_POINTS) {
    const split = summary.parts[point];
    if (split !== undefined) parts[point] = partsOf(split);
  }
  return {
    count: summary.count,
    unfinished: summary.unfinished,
    meanSeconds: summary.mean === null ? null : seconds(summary.mean),
    minSeconds: summary.min === null ? null : seconds(summary.min),
    p50Seconds: time(summary.p50),
    p90Seconds: time(summary.p90),
    p95Seconds: time(summary.p95),
    p99Seconds: time(summary.p99),
    p999Seconds: time(summary.p999),
    maxSeconds: time(summary.max),
    parts,
  };
}

/**
 * Means of parts in whole microseconds that still add up to the mean of the whole: the part whose
 * rounding error is largest takes what is left over.
 */
function partsOf(split: Split): LatencyParts {
  const entries = Object.entries(split) as [PartName, number][];
  const whole = Math.round(entries.reduce((sum, [, micros]) => sum + micros, 0));
  const rounds = entries.map(([, micros]) => Math.floor(micros));
  const order = entries
    .map(([, micros], i) => ({ i, rest: micros - Math.floor(micros) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  let missing = whole - rounds.reduce((sum, micros) => sum + micros, 0);
  for (const { i } of order) {
    if (missing <= 0) break;
    rounds[i]++;
    missing--;
  }
  const parts: Partial<Record<PartName, number>> = {};
  entries.forEach(([name], i) => {
    parts[name] = seconds(rounds[i]);
  });
  return parts;
}

/** What is observed of a link: totals without parts. */
interface Times {
  readonly totals: Histogram;
  readonly unfinished: number;
}

export function linkDistributionOf({ totals, unfinished }: Times): Distribution {
  return distributionOf({ ...totalsOf(totals, unfinished), parts: {} });
}
