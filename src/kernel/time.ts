/**
 * Virtual time: an integer number of microseconds from the start of the run.
 *
 * Integers in a double are exact up to 2^53 µs (285 years), so sums, comparisons and ties are
 * exact. A sampled delay is rounded when it is drawn.
 */

/** An instant or a duration in integer microseconds; a safe integer. */
export type Micros = number;

export const MILLISECOND: Micros = 1_000;
export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;
