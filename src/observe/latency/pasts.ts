/**
 * Pasts: how the time before its current wait is split, for copies that have come back at least once
 * or were moved, and for hand-outs of those. Most copies have none, so a past is a row of its own.
 */
import type { Micros } from '../../kernel/time.js';
import { PART_COUNT } from './parts.js';

const STRIDE = 16;
/** The place behind the parts: until when the past goes, µs. */
const UNTIL = 15;

export class Pasts {
  private sums = new Float64Array(0);
  private readonly freeRows: number[] = [];
  private rows = 0;

  /** A row with all sums at 0. */
  add(): number {
    const row = this.freeRows.pop() ?? this.rows++;
    if ((row + 1) * STRIDE > this.sums.length) this.grow();
    this.sums.fill(0, row * STRIDE, (row + 1) * STRIDE);
    return row;
  }

  /** A row that says the same as `row`. */
  copy(row: number): number {
    const twin = this.add();
    this.sums.copyWithin(twin * STRIDE, row * STRIDE, (row + 1) * STRIDE);
    return twin;
  }

  free(row: number): void {
    this.freeRows.push(row);
  }

  /** Rows in use. */
  get count(): number {
    return this.rows - this.freeRows.length;
  }

  /** Until when the past goes: since then its copy is available. */
  until(row: number): Micros {
    return this.sums[row * STRIDE + UNTIL];
  }

  goesUntil(row: number, time: Micros): void {
    this.sums[row * STRIDE + UNTIL] = time;
  }

  put(row: number, part: number, micros: Micros): void {
    this.sums[row * STRIDE + part] += micros;
  }

  /** Sets `split` to the sums of `row`. */
  read(row: number, split: Float64Array): void {
    for (let part = 0; part < PART_COUNT; part++) split[part] = this.sums[row * STRIDE + part];
  }

  private grow(): void {
    const grown = new Float64Array(Math.max(8 * STRIDE, 2 * this.sums.length));
    grown.set(this.sums);
    this.sums = grown;
  }
}
