/**
 * A pacer: attempts that are too many for a rate wait for their turn, and none is refused. A full second's worth may
 * go at once (the generic cell rate algorithm, ITU-T I.371, with a burst of one second).
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';

/** Who says when an attempt may set out: one rate, or several. */
export interface Turns {
  /** When one more attempt could set out; nothing is counted. */
  next(now: Micros): Micros;
  /** When one more attempt may set out: now or later. It is counted. */
  reserve(now: Micros): Micros;
}

/** First the turn of one, from then on that of the other. */
export class BothTurns implements Turns {
  constructor(
    private readonly one: Turns,
    private readonly other: Turns,
  ) {}

  next(now: Micros): Micros {
    return this.other.next(this.one.next(now));
  }

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
  next(now: Micros, turns = 1): Micros {
    return this.startOf(this.lastOf(now, turns), now);
  }

  reserve(now: Micros, turns = 1): Micros {
    const last = this.lastOf(now, turns);
    this.due = last + this.gap;
    return this.startOf(last, now);
  }

  private lastOf(now: Micros, turns: number): number {
    return Math.max(this.due, now) + (turns - 1) * this.gap;
  }

  private startOf(last: number, now: Micros): Micros {
    const burst = Math.max(0, SECOND - this.gap);
    return Math.max(now, Math.ceil(last - burst));
  }
}
