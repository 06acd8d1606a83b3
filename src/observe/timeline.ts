/** The steps of one level over time, in a buffer of bounded size. */
import type { Micros } from '../kernel/time.js';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from '../kernel/time.js';

/** How many steps a timeline has at most. */
export const STEPS_MAX = 240;

/** Round lengths; each divides the next, and the quotient divides STEPS_MAX. After the last: twice as long. */
const LENGTHS: readonly Micros[] = [
  MILLISECOND,
  10 * MILLISECOND,
  100 * MILLISECOND,
  SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  12 * HOUR,
  DAY,
];
export const SHORTEST_STEP: Micros = MILLISECOND;

/** The round length after `length`. */
export function nextLength(length: Micros): Micros {
  return LENGTHS.find((longer) => longer > length) ?? 2 * length;
}

/** A level over one step. */
export interface Step {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** The level when the step ends. */
  readonly end: number;
}

export class Timeline {
  /** Four numbers a step: area (level · µs), min, max, end. */
  private readonly numbers = new Float64Array(4 * STEPS_MAX);
  private length = 0;

  /** `length` steps at 0, for a level that changes now for the first time. */
  constructor(length: number) {
    this.length = length;
  }

  push(area: number, min: number, max: number, end: number): void {
    const at = 4 * this.length++;
    this.numbers[at] = area;
    this.numbers[at + 1] = min;
    this.numbers[at + 2] = max;
    this.numbers[at + 3] = end;
  }

  /** Puts each `factor` steps together; `factor` divides the number of steps. */
  coarsen(factor: number): void {
    const n = this.numbers;
    this.length /= factor;
    for (let i = 0; i < this.length; i++) {
      const to = 4 * i;
      const from = to * factor;
      let area = 0;
      let min = Infinity;
      let max = -Infinity;
      for (let at = from; at < from + 4 * factor; at += 4) {
        area += n[at];
        min = Math.min(min, n[at + 1]);
        max = Math.max(max, n[at + 2]);
      }
      const end = n[from + 4 * factor - 1];
      n[to] = area;
      n[to + 1] = min;
      n[to + 2] = max;
      n[to + 3] = end;
    }
  }

  /** The steps so far, each `length` µs long. */
  read(length: Micros): Step[] {
    const steps: Step[] = [];
    for (let at = 0; at < 4 * this.length; at += 4) {
      const [area, min, max, end] = this.numbers.subarray(at, at + 4);
      steps.push({ mean: area / length, min, max, end });
    }
    return steps;
  }
}
