/**
 * A forecast of load, as pure functions. AWS forecasts with a model that it does not publish, from 24 hours of history
 * or more, at most 14 days, hour by hour for the next 48. In its place: the load of an hour is the mean of the same
 * hour of those days; an assumption that anybody can check.
 */

import { roundUp } from './target-tracking.js';

export const HOURS_PER_DAY = 24;

/** The load expected in hour `hour`, given those of hours 0, 1, … so far (NaN: not known); NaN: nothing to go by. */
export function expectedLoad(history: readonly number[], hour: number, days: number): number {
  const oldest = history.length - days * HOURS_PER_DAY;
  let sum = 0;
  let count = 0;
  for (let same = hour - HOURS_PER_DAY; same >= Math.max(0, oldest); same -= HOURS_PER_DAY) {
    if (same >= history.length || Number.isNaN(history[same])) continue;
    sum += history[same];
    count++;
  }
  return count === 0 ? NaN : sum / count;
}

/** How many instances take a load when one takes `target`; NaN when the load is not known. */
export function instancesFor(load: number, target: number): number {
  return roundUp(load / target);
}
