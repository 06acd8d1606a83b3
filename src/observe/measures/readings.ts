/**
 * Where the figures come from. The run implements both interfaces from its observers; a Measure has
 * been checked, so every question that arrives here has an answer in this scenario.
 */

import type { Micros } from '../../kernel/time.js';
import type { Measure } from './expression.js';
import type { Reader } from './evaluate.js';

/**
 * Figures of the whole run, asked for after its end. Base units: times in µs (`latency`, `response`,
 * `drainTime`), money in 1e-12 USD, shares 0..1, everything else plain numbers. `statistic` says which
 * figure of a distribution or a level is asked for.
 */
export interface Figures {
  /** Infinity: the quantile falls among messages never done. null: there is no such figure in this run. */
  get(measure: Measure): number | null;
  /** The exact amount of a `cost` measure, 1e-12 USD. */
  money(measure: Measure): bigint | null;
}

/**
 * Values while the run goes on: counts since the start (measures of shape `count`) and levels right
 * now (shape `level`, without a statistic). Asked once per measure, while building; then only the
 * readers are called.
 */
export interface Moments {
  reader(measure: Measure): Reader;
  /**
   * From now on readers give what is so at `time`, in a stretch during which nothing happens. Only values that
   * change by themselves (see `drifts`) depend on it.
   */
  lookAt(time: Micros): void;
}

/** Whether a measure changes while nothing happens: what waits grows older. */
export function drifts({ name }: Measure): boolean {
  return name === 'age';
}
