/**
 * A pacer: attempts that are too many for a rate wait for their turn, and none is refused. A full second's worth may
 * go at once (the generic cell rate algorithm, ITU-T I.371, with a burst of one second).
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';

/** Who says when an attempt may set out: one rate, or several. */
export interface Turns {
  /** When one more attempt may set out: now or later. It is counted. */
  reserve(now: Micros): Micros;
}

/** First the turn of one, from then on that of the other. */
export class BothTurns implements Turns {
  constructor(
    private readonly one: Turns,
    private readonly other: Turns,
  ) {}

  reserve(now: Micros): Micros {
    return this.other.reserve(this.one.reserve(now));
  }
}

export class Pacer implements Turns {
  private readonly gap: number;
  /** When the next one would be due if all had come evenly, µs. */
  private due = 0;

  constructor(perSecond: number) {
    this.gap = SECOND / perSecond;
  }

  /** `turns`: how many it takes; it may set out at the last of them. */
  reserve(now: Micros, turns = 1): Micros {
    const burst = Math.max(0, SECOND - this.gap);
    const last = Math.max(this.due, now) + (turns - 1) * this.gap;
    this.due = last + this.gap;
    return Math.max(now, Math.ceil(last - burst));
  }
}
