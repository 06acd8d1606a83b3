// Student's t confidence intervals over independent runs: how queueing theory judges the engine.
// Seeds are fixed, so a verdict stands until a result of the engine changes; then a true theory falls
// outside its 99 % interval once in a hundred checks.

import { expect } from 'vitest';

/** Two-sided 99 % quantiles of Student's t by degrees of freedom (Abramowitz & Stegun, table 26.10). */
const T99: readonly (readonly [freedom: number, t: number])[] = [
  [1, 63.657],
  [2, 9.925],
  [3, 5.841],
  [4, 4.604],
  [5, 4.032],
  [6, 3.707],
  [7, 3.499],
  [8, 3.355],
  [9, 3.25],
  [10, 3.169],
  [11, 3.106],
  [12, 3.055],
  [13, 3.012],
  [14, 2.977],
  [15, 2.947],
  [16, 2.921],
  [17, 2.898],
  [18, 2.878],
  [19, 2.861],
  [20, 2.845],
  [24, 2.797],
  [29, 2.756],
  [40, 2.704],
  [60, 2.66],
  [120, 2.617],
];

export interface Interval {
  readonly mean: number;
  readonly halfWidth: number;
}

/** The quantile of the next smaller number of degrees of freedom in the table: never too narrow. */
export function tQuantile(freedom: number): number {
  const row = T99.filter(([known]) => known <= freedom).at(-1);
  if (row === undefined) throw new Error('at least two runs make an interval');
  return row[1];
}

/** The 99 % confidence interval of the mean of independent samples. */
export function interval(samples: readonly number[]): Interval {
  const n = samples.length;
  const mean = samples.reduce((sum, x) => sum + x, 0) / n;
  const variance = samples.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (n - 1);
  return { mean, halfWidth: tQuantile(n - 1) * Math.sqrt(variance / n) };
}

/** Whether the interval admits a figure. */
export function admits({ mean, halfWidth }: Interval, figure: number): boolean {
  return Math.abs(mean - figure) <= halfWidth;
}

/** The planted bias that must not pass. */
export const BIAS = 1.03;

/** Theory lies inside, the interval is at most 2 % of the mean to each side, and a theory 3 % off is rejected. */
export function expectTheory(samples: readonly number[], theory: number): Interval {
  const found = interval(samples);
  const told = `${found.mean} ± ${found.halfWidth}, theory ${theory}`;
  expect(found.halfWidth / found.mean, `half-width of ${told}`).toBeLessThanOrEqual(0.02);
  expect(admits(found, theory), told).toBe(true);
  expect(admits(found, theory * BIAS), `${told}, with 3 % more`).toBe(false);
  return found;
}
