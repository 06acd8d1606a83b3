/** Distributions of times: put together, and asked for a statistic. */

import { Histogram } from '../../kernel/histogram.js';
import type { Times as ScopeTimes } from '../latency/scopes.js';
import { quantileOf } from '../latency/summary.js';
import type { Statistic } from './expression.js';

/** A distribution, some of whose messages were never done. */
export interface Times {
  readonly totals: Histogram;
  readonly unfinished: number;
}

export function statisticOf(
  { totals, unfinished }: Times,
  statistic: Statistic | null,
): number | null {
  switch (statistic?.kind) {
    case 'quantile':
      return quantileOf(totals, unfinished, statistic.quantile);
    case 'mean':
      return totals.count === 0 ? null : totals.mean;
    case 'min':
      return totals.count === 0 ? null : totals.min;
    case 'max':
      return quantileOf(totals, unfinished, 1);
    case 'end':
    case undefined:
      return null;
  }
}

export function merged(all: readonly ScopeTimes[]): Times {
  const totals = new Histogram();
  for (const one of all) totals.merge(one.all.totals());
  return { totals, unfinished: all.reduce((total, { unfinished }) => total + unfinished, 0) };
}
