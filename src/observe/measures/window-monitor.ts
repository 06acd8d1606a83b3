/**
 * Watches one expectation without a mode that asks for the figures of a window: counts within it,
 * statistics of levels over it, weighted by time.
 */

import type { Micros } from '../../kernel/time.js';
import { check } from '../../kernel/check.js';
import { measureSpec } from './catalog.js';
import type { Reader } from './evaluate.js';
import { calculation, holds } from './evaluate.js';
import type { Expectation, Measure, Statistic, Window } from './expression.js';
import type { ExpectationOutcome } from './outcome.js';
import { outcomeOf } from './outcome.js';
import type { Moments } from './readings.js';

/** One measure over the window. */
class WindowFigure {
  private first = 0;
  /** The value when the stretch at hand began. */
  private opened = 0;
  private last = NaN;
  private min = Infinity;
  private max = -Infinity;
  private area = 0;
  private time = 0;

  constructor(
    private readonly value: Reader,
    private readonly statistic: Statistic | null,
  ) {}

  begin(): void {
    this.first = this.value();
  }

  /** A stretch begins. */
  opens(): void {
    this.opened = this.value();
    this.note(this.opened);
  }

  /** A stretch of `micros` is over; what drifts is not what it was when it opened. */
  closes(micros: Micros): void {
    const value = this.value();
    this.note(value);
    const area = ((this.opened + value) / 2) * micros;
    if (Number.isNaN(area)) return;
    this.area += area;
    this.time += micros;
  }

  private note(value: number): void {
    if (Number.isNaN(value)) return; // there is nothing yet
    this.last = value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  lastInstant(): void {
    this.last = this.value();
  }

  readonly read: Reader = () => {
    if (Number.isNaN(this.last)) return NaN;
    switch (this.statistic?.kind) {
      case undefined:
        return this.last - this.first;
      case 'mean':
        return this.area / this.time;
      case 'min':
        return this.min;
      case 'max':
        return this.max;
      case 'end':
        return this.last;
      case 'quantile':
        return NaN;
    }
  };
}

export class WindowMonitor {
  private readonly window: Window;
  private readonly figures: WindowFigure[] = [];
  private readonly left: Reader;
  private readonly right: Reader;
  private hasBegun: boolean;

  constructor(
    readonly expectation: Expectation,
    private readonly readings: Moments,
  ) {
    check(expectation.window !== null, 'a window monitor watches a window');
    this.window = expectation.window;
    this.hasBegun = this.window.from === 0;
    const readerOf = (measure: Measure): Reader => this.readerOf(measure);
    this.left = calculation(expectation.left, readerOf);
    this.right = calculation(expectation.right, readerOf);
  }

  private readerOf(measure: Measure): Reader {
    const isLevel = measureSpec(measure.name).shape === 'level';
    const present = isLevel ? { ...measure, statistic: null } : measure;
    const figure = new WindowFigure(
      this.readings.reader(present),
      isLevel ? measure.statistic : null,
    );
    this.figures.push(figure);
    return figure.read;
  }

  /** The present values have held since `from` and until `to`, `from` < `to`. */
  stretch(from: Micros, to: Micros): void {
    const { window } = this;
    if (from >= window.to || to < window.from) return;
    if (!this.hasBegun) {
      this.hasBegun = true;
      for (const figure of this.figures) figure.begin();
    }
    const first = Math.max(from, window.from);
    const last = Math.min(to, window.to);
    if (first === last) return;
    this.readings.lookAt(first);
    for (const figure of this.figures) figure.opens();
    this.readings.lookAt(last);
    for (const figure of this.figures) figure.closes(last - first);
  }

  /** The run ends at `now`, and something happened at that very instant. */
  lastInstant(now: Micros): void {
    if (!this.hasBegun || now >= this.window.to) return;
    this.readings.lookAt(now);
    for (const figure of this.figures) figure.lastInstant();
  }

  outcome(): ExpectationOutcome {
    const left = this.left();
    const right = this.right();
    const exists = !Number.isNaN(left) && !Number.isNaN(right);
    const value = this.expectation.measured === 'left' ? left : right;
    return outcomeOf(
      this.expectation,
      exists && holds(left, this.expectation.comparison, right),
      exists ? value : NaN,
    );
  }
}
