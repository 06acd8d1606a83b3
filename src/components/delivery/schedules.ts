/**
 * Retry schedules of services that push: how long to wait before each further attempt. Jitter, and limits of age, are
 * the pusher's.
 */

import { pow } from '../../kernel/math/pow.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';

/** "There is no further attempt." */
export const NO_RETRY = -1;

export interface RetrySchedule {
  /** Before further attempt number `retry`, from 0: µs before jitter, or NO_RETRY. */
  delay(retry: number): Micros;
}

/** How delays grow from the first to the last of a phase. AWS publishes the names and the ends only. */
export type BackoffFunction = 'linear' | 'arithmetic' | 'geometric' | 'exponential';

/** So many retries, with delays from `first` to `last`. */
export interface Phase {
  readonly retries: number;
  readonly first: Micros;
  readonly last: Micros;
  readonly backoff: BackoffFunction;
}

/**
 * Retries in phases. Within a phase of n retries from m to M, retry i (0..n−1) waits, with x = i/(n−1): linear
 * m+(M−m)x; arithmetic m+(M−m)·i(i+1)/((n−1)n); geometric m·(M/m)^x; exponential m+(M−m)(2^i−1)/(2^(n−1)−1); one alone
 * waits m. The ends are documented, the formulas are an assumption (docs/components/sns.topic.md).
 */
export class PhasedSchedule implements RetrySchedule {
  /** Delays of the phases that grow; a phase of equal delays has one. */
  private readonly delays: readonly Float64Array[];

  constructor(private readonly phases: readonly Phase[]) {
    this.delays = phases.map(delaysOf);
  }

  delay(retry: number): Micros {
    let left = retry;
    for (let i = 0; i < this.phases.length; i++) {
      const { retries } = this.phases[i];
      if (left < retries) return this.delays[i][Math.min(left, this.delays[i].length - 1)];
      left -= retries;
    }
    return NO_RETRY;
  }
}

function delaysOf(phase: Phase): Float64Array {
  const { retries, first, last } = phase;
  const steps = first === last ? Math.min(1, retries) : retries;
  return Float64Array.from({ length: steps }, (_, i) => Math.round(delayOf(phase, i)));
}

function delayOf({ retries, first, last, backoff }: Phase, i: number): number {
  if (retries === 1 || first === last) return first;
  const steps = retries - 1;
  switch (backoff) {
    case 'linear':
      return first + ((last - first) * i) / steps;
    case 'arithmetic':
      return first + ((last - first) * i * (i + 1)) / (steps * retries);
    case 'geometric':
      // From nothing there is no factor to grow by: AWS's shortest delay is a second.
      return i === steps ? last : first * pow(last / first, i / steps);
    case 'exponential':
      return first + (last - first) * ((powerOfTwo(i) - 1) / (powerOfTwo(steps) - 1));
  }
}

/** 2^n, exact up to n = 1,023. */
function powerOfTwo(n: number): number {
  let power = 1;
  for (let i = 0; i < n; i++) power *= 2;
  return power;
}

/**
 * Delays that double from `first` to `most`, for so many retries at most: EventBridge. With a second, 488 s and 185
 * they come to 86,399 s: the documented pair of 24 hours and 185 retries. The real schedule is not published.
 */
export class DoublingSchedule implements RetrySchedule {
  constructor(
    private readonly retries: number,
    private readonly first: Micros = SECOND,
    private readonly most: Micros = 488 * SECOND,
  ) {}

  delay(retry: number): Micros {
    if (retry >= this.retries) return NO_RETRY;
    let delay = this.first;
    for (let i = 0; i < retry && delay < this.most; i++) delay *= 2;
    return Math.min(this.most, delay);
  }
}

/** Nothing is tried again. */
export const NEVER_AGAIN: RetrySchedule = { delay: () => NO_RETRY };
