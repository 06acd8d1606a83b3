/**
 * Watches one expectation with a mode: a comparison that holds always, never, at some moment, or
 * from some moment to the end.
 *
 * A moment is a stretch of time: what holds at an instant is what is left when everything that
 * happens at that instant has happened, so a message that passes through two states within one
 * microsecond violates nothing. Moments at which a side does not exist (0 divided by 0) are left out;
 * an expectation without any moment fails.
 */

import type { Micros } from '../../kernel/time.js';
import { measureSpec } from './catalog.js';
import { CountSince } from './count-since.js';
import type { Reader } from './evaluate.js';
import { calculation, holds, slack } from './evaluate.js';
import type { Expectation, Measure, Window } from './expression.js';
import { measuresIn } from './expression.js';
import type { ExpectationOutcome } from './outcome.js';
import { outcomeOf } from './outcome.js';
import type { Moments } from './readings.js';
import { drifts } from './readings.js';

const WHOLE_RUN: Window = { from: 0, to: Infinity };

export class MomentMonitor {
  private readonly window: Window;
  private readonly counts: CountSince[] = [];
  private readonly left: Reader;
  private readonly right: Reader;
  private hasBegun: boolean;
  /** Whether a stretch is not the same from its first to its last moment. */
  private readonly drifts: boolean;
  private moments = 0;
  private held = 0;
  private holdsNow = false;
  /** The measured value where it mattered most, and how much that was. */
  private extreme = NaN;
  private extremeSlack = NaN;
  private last = NaN;

  constructor(
    readonly expectation: Expectation,
    private readonly readings: Moments,
  ) {
    this.window = expectation.window ?? WHOLE_RUN;
    this.hasBegun = this.window.from === 0;
    this.drifts = measuresIn(expectation).some(drifts);
    const readerOf = (measure: Measure): Reader => this.readerOf(measure);
    this.left = calculation(expectation.left, readerOf);
    this.right = calculation(expectation.right, readerOf);
  }

  private readerOf(measure: Measure): Reader {
    const reader = this.readings.reader(measure);
    if (measureSpec(measure.name).shape !== 'count') return reader;
    const since = new CountSince(reader);
    this.counts.push(since);
    return since.read;
  }

  /** The present values have held since `from` and until `to`, `from` < `to`. */
  stretch(from: Micros, to: Micros): void {
    const { window } = this;
    if (from >= window.to || to < window.from) return;
    if (!this.hasBegun) this.begin();
    if (to <= window.from) return;
    if (!this.drifts) this.moment();
    else this.ends(Math.max(from, window.from), Math.min(to, window.to) - 1);
  }

  /** What drifts does so in one direction: its first and its last moment say all. */
  private ends(first: Micros, last: Micros): void {
    this.readings.lookAt(first);
    this.moment();
    if (last === first) return;
    this.readings.lookAt(last);
    this.moment();
  }

  /** The run ends at `now`, and something happened at that very instant. */
  lastInstant(now: Micros): void {
    if (!this.hasBegun || now >= this.window.to) return;
    this.readings.lookAt(now);
    this.moment();
  }

  private begin(): void {
    this.hasBegun = true;
    for (const count of this.counts) count.begin();
  }

  private moment(): void {
    const { comparison, mode, measured } = this.expectation;
    const left = this.left();
    const right = this.right();
    if (Number.isNaN(left) || Number.isNaN(right)) return;
    this.moments++;
    this.holdsNow = holds(left, comparison, right);
    if (this.holdsNow) this.held++;
    this.last = measured === 'left' ? left : right;
    const size = slack(left, comparison, right);
    const matters = mode === 'always' ? size < this.extremeSlack : size > this.extremeSlack;
    if (this.moments > 1 && !matters) return;
    this.extremeSlack = size;
    this.extreme = this.last;
  }

  /** Measured: under `always` the worst value, under `never` and `sometimes` the nearest, else the last. */
  outcome(): ExpectationOutcome {
    const value = this.expectation.mode === 'eventually' ? this.last : this.extreme;
    return outcomeOf(this.expectation, this.moments > 0 && this.passes(), value);
  }

  private passes(): boolean {
    switch (this.expectation.mode) {
      case 'always':
        return this.held === this.moments;
      case 'never':
        return this.held === 0;
      case 'sometimes':
        return this.held > 0;
      case 'eventually':
        return this.holdsNow;
      case 'whole':
        return false;
    }
  }
}
