/**
 * Reactions: from the moment the load asks for more instances to the moment more of them work.
 *
 * The load asks while messages wait: from the moment since when one of the fleet's queues has had visible messages
 * without a break, or since the group last wanted fewer, if that is later. The answer is the first instance in
 * service, after the rise of the desired capacity, beyond what was wanted before it; one that only replaces
 * another is none. One wait is answered once: further rises during it are part of the same answer. A rise with
 * nothing waiting (a schedule, a forecast) is no reaction.
 */
import type { Micros } from '../../kernel/time.js';

export interface Reaction {
  /** When the load began to ask, µs. */
  readonly began: Micros;
  /** When the desired capacity rose. */
  readonly rose: Micros;
  /** What was wanted before. */
  readonly before: number;
  /** When more than that worked; Infinity: they did not before the run ended. */
  answered: Micros;
}

export class Reactions {
  private readonly all: Reaction[] = [];
  /** Those that nobody has answered. */
  private open: Reaction[] = [];
  private lastRise: Micros = -Infinity;
  private lastFall: Micros = -Infinity;

  /**
   * The group wants more than `before`; `waitingSince`: messages have been waiting since then, Infinity if none are.
   * Returns since when the load asked for it; null: it did not, or has had its answer.
   */
  rise(now: Micros, before: number, waitingSince: Micros): Micros | null {
    const began = Math.max(waitingSince, this.lastFall);
    const isNew = began < Infinity && began >= this.lastRise;
    this.lastRise = now;
    if (!isNew) return null;
    const reaction = { began, rose: now, before, answered: Infinity };
    this.all.push(reaction);
    this.open.push(reaction);
    return began;
  }

  /** The group wants fewer. */
  fall(now: Micros): void {
    this.lastFall = now;
  }

  /** An instance more works: `inService` do now. */
  works(now: Micros, inService: number): void {
    if (this.open.length === 0) return;
    this.open = this.open.filter((reaction) => {
      const isAnswered = inService > reaction.before;
      if (isAnswered) reaction.answered = now;
      return !isAnswered;
    });
  }

  /** Once the run is over: those that were answered, and those that still wait; not those that were taken back. */
  results(): readonly Reaction[] {
    return this.all.filter(({ answered, rose }) => answered < Infinity || rose >= this.lastFall);
  }
}
