/**
 * Levels over time: how many messages are visible, delayed, in flight, how many instances are in
 * service or on their way there, how many poll loops are busy. Time-weighted, per resource.
 *
 * The level at a moment is what holds after all that happens at that moment; what comes and goes
 * within one instant was never there. Steps of the timeline are equal and of a round length, at most
 * 240; as the run gets longer, steps are put together.
 */
import { check } from '../kernel/check.js';
import type { Micros } from '../kernel/time.js';
import type { Clock } from './clock.js';
import type { Step } from './timeline.js';
import { nextLength, SHORTEST_STEP, STEPS_MAX, Timeline } from './timeline.js';

// The number of a level: its place in LEVELS.
export const DEPTH = 0;
export const DELAYED = 1;
export const IN_FLIGHT = 2;
export const INSTANCES = 3;
export const DESIRED = 4;
export const BUSY = 5;
export const PENDING = 6;
export const CONCURRENCY = 7;

export interface LevelSummary {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly end: number;
}

// A cell is eight numbers side by side, one cache line; a resource has eight cells. Places in a cell,
// besides the value at 0:
const LAST = 1; // when it was brought up to date
const AREA = 2; // level · µs since the run began
const MIN = 3; // least and most since `border` was last passed
const MAX = 4;
const MARK = 5; // AREA when the current step began

const ALWAYS_ZERO: LevelSummary = { mean: 0, min: 0, max: 0, end: 0 };

/** What of one level is over: steps, and what summaries and the current step need of the time before `border`. */
class History {
  readonly timeline: Timeline;
  /** Least and most since the warm-up ended. */
  min = Infinity;
  max = -Infinity;
  /** AREA when the warm-up ended. */
  warmUpArea = 0;
  /** Least and most of the part of the current step that lies before the end of the warm-up. */
  stepMin = Infinity;
  stepMax = -Infinity;

  constructor(
    readonly cell: number,
    steps: number,
  ) {
    this.timeline = new Timeline(steps);
  }
}

export class Levels {
  private readonly cells: Float64Array;
  /** Levels that ever changed, in the order of their first change. */
  private readonly histories: History[] = [];
  private step: Micros = SHORTEST_STEP;
  /** Steps that are over. */
  private steps = 0;
  /** The end of the current step, or of the warm-up if that comes first. */
  private border: Micros = NaN; // not an integer at first: so V8 makes the field a double from the start
  private warm: boolean;
  private end: Micros = -1;

  /** Summaries skip the time before `warmUp` µs; timelines don't. */
  constructor(
    private readonly clock: Clock,
    resources: number,
    private readonly warmUp: Micros,
  ) {
    this.cells = new Float64Array(resources * 64);
    for (let cell = 0; cell < this.cells.length; cell += 8) this.cells[cell + LAST] = NaN;
    this.warm = warmUp === 0;
    this.border = this.nextBorder();
  }

  /** What the level is now. */
  value(resource: number, level: number): number {
    return this.cells[cellOf(resource, level)];
  }

  /** The level changes by `by` now. */
  change(resource: number, level: number, by: number): void {
    const now = this.clock.now;
    if (now >= this.border) this.cross(now);
    const cells = this.cells;
    const cell = (resource << 6) + (level << 3);
    if (cells[cell + LAST] !== now) this.pass(cell, now);
    cells[cell] += by;
  }

  /** One message goes from one level of a resource to another. */
  move(resource: number, from: number, to: number): void {
    const now = this.clock.now;
    if (now >= this.border) this.cross(now);
    const cells = this.cells;
    const source = (resource << 6) + (from << 3);
    const target = (resource << 6) + (to << 3);
    if (cells[source + LAST] !== now) this.pass(source, now);
    if (cells[target + LAST] !== now) this.pass(target, now);
    cells[source]--;
    cells[target]++;
  }

  /** The level is `value` from now on. */
  set(resource: number, level: number, value: number): void {
    this.change(resource, level, value - this.value(resource, level));
  }

  /** The run covered [0, end). */
  finish(end: Micros): void {
    check(this.end < 0, 'a run ends once');
    if (end >= this.border) this.cross(end);
    if (end > this.steps * this.step && this.steps === STEPS_MAX) this.coarsen();
    for (const history of this.histories) this.pass(history.cell, end);
    this.end = end;
  }

  /** Over the run without its warm-up. A level that never changed is 0. */
  summary(resource: number, level: number): LevelSummary {
    check(this.end >= 0, 'levels are read when the run is over');
    const cell = cellOf(resource, level);
    const history = this.historyOf(cell);
    if (history === undefined) return ALWAYS_ZERO;
    const [end, , area, min, max] = this.cells.subarray(cell, cell + 8);
    const length = this.end - this.warmUp;
    if (length <= 0) return { mean: end, min: end, max: end, end };
    const mean = (area - history.warmUpArea) / length;
    return { mean, min: Math.min(history.min, min), max: Math.max(history.max, max), end };
  }

  /** How long a step of the timelines is, µs; the last one may be cut short by the end of the run. */
  get stepLength(): Micros {
    return this.step;
  }

  /** The level in each step from 0 on. */
  timeline(resource: number, level: number): Step[] {
    check(this.end >= 0, 'levels are read when the run is over');
    const cell = cellOf(resource, level);
    const history = this.historyOf(cell);
    const steps = (history?.timeline ?? new Timeline(this.steps)).read(this.step);
    const rest = this.end - this.steps * this.step;
    if (rest <= 0) return steps;
    if (history === undefined) return [...steps, ALWAYS_ZERO];
    const [end, , area, min, max, mark] = this.cells.subarray(cell, cell + 8);
    const least = Math.min(history.stepMin, min);
    return [
      ...steps,
      { mean: (area - mark) / rest, min: least, max: Math.max(history.stepMax, max), end },
    ];
  }

  // --- inside --------------------------------------------------------------------------------

  private historyOf(cell: number): History | undefined {
    return this.histories.find((history) => history.cell === cell);
  }

  /** The level held its value until now. */
  private pass(cell: number, now: Micros): void {
    const cells = this.cells;
    const last = cells[cell + LAST];
    if (now > last) {
      const value = cells[cell];
      cells[cell + LAST] = now;
      cells[cell + AREA] += value * (now - last);
      if (value < cells[cell + MIN]) cells[cell + MIN] = value;
      if (value > cells[cell + MAX]) cells[cell + MAX] = value;
    } else if (now !== last) this.open(cell, now);
  }

  /** A level is about to change for the first time: it was 0 since the run began. */
  private open(cell: number, now: Micros): void {
    const cells = this.cells;
    check(Number.isNaN(cells[cell + LAST]), 'virtual time never goes back');
    const history = new History(cell, this.steps);
    const stepBegan = this.steps * this.step;
    const since = this.warm ? Math.max(stepBegan, this.warmUp) : stepBegan;
    this.histories.push(history);
    cells[cell + LAST] = since;
    this.forget(cell);
    if (since > stepBegan) history.stepMin = history.stepMax = 0;
    if (this.warm && since > this.warmUp) history.min = history.max = 0;
    this.pass(cell, now);
  }

  /** Steps, or the warm-up, have ended at the latest now. */
  private cross(now: Micros): void {
    while (now >= this.border) {
      const border = this.border;
      for (const history of this.histories) this.pass(history.cell, border);
      if (!this.warm && border === this.warmUp) this.endWarmUp();
      if (border === (this.steps + 1) * this.step) {
        if (this.steps === STEPS_MAX) this.coarsen();
        else this.endStep();
      }
      this.border = this.nextBorder();
    }
  }

  private nextBorder(): Micros {
    const stepEnds = (this.steps + 1) * this.step;
    return this.warm ? stepEnds : Math.min(stepEnds, this.warmUp);
  }

  private endWarmUp(): void {
    this.warm = true;
    for (const history of this.histories) {
      const { cell } = history;
      history.warmUpArea = this.cells[cell + AREA];
      history.stepMin = this.cells[cell + MIN];
      history.stepMax = this.cells[cell + MAX];
      this.forget(cell);
    }
  }

  private endStep(): void {
    for (const history of this.histories) {
      const { cell } = history;
      const [value, , area, min, max, mark] = this.cells.subarray(cell, cell + 8);
      history.timeline.push(
        area - mark,
        Math.min(history.stepMin, min),
        Math.max(history.stepMax, max),
        value,
      );
      if (this.warm) {
        history.min = Math.min(history.min, min);
        history.max = Math.max(history.max, max);
      }
      history.stepMin = Infinity;
      history.stepMax = -Infinity;
      this.cells[cell + MARK] = area;
      this.forget(cell);
    }
    this.steps++;
  }

  /** The current step goes on until the end of a longer one, which begins with it. */
  private coarsen(): void {
    const longer = nextLength(this.step);
    const factor = longer / this.step;
    for (const history of this.histories) history.timeline.coarsen(factor);
    this.steps /= factor;
    this.step = longer;
  }

  /** Least and most are looked for anew. */
  private forget(cell: number): void {
    this.cells[cell + MIN] = Infinity;
    this.cells[cell + MAX] = -Infinity;
  }
}

function cellOf(resource: number, level: number): number {
  return (resource << 6) + (level << 3);
}
