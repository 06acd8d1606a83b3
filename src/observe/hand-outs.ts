/**
 * What observers keep per hand-out (row of messages.deliveries): the mark of its message, and the
 * moments that its latency is made of. Eight numbers side by side are one cache line. Only what is in
 * flight has them; a row is set when the hand-out is `taken`.
 */
import type { Micros } from '../kernel/time.js';

/**
 * Places within a row. A moment that is earlier than Taken has not come: it is an earlier hand-out's.
 * Hidden: from the store to available, µs, of which Delay was asked for; or -1 - the row of its past.
 */
export const AT_TAKEN = 0;
export const AT_ARRIVED = 1;
export const AT_RUN_BEGAN = 2;
export const AT_RUN_ENDED = 3;
export const AT_WAIT = 4;
export const AT_POLL_GAP = 5;
export const AT_HIDDEN = 6;
export const AT_DELAY = 7;

export class HandOuts {
  moments = new Float64Array(8 * 64);
  marks = new Int32Array(2 * 64);

  /** Makes room for `delivery` and keeps the mark of its message. */
  take(delivery: number, mark0: number, mark1: number): void {
    const at = delivery << 1;
    if (at >= this.marks.length) this.grow(delivery);
    this.marks[at] = mark0;
    this.marks[at + 1] = mark1;
  }

  set(delivery: number, place: number, now: Micros): void {
    this.moments[(delivery << 3) + place] = now;
  }

  /** When the run of the handler began that goes on or has just ended, µs; known where latencies are observed. */
  runBeganAt(delivery: number): Micros {
    return this.moments[(delivery << 3) + AT_RUN_BEGAN];
  }

  private grow(delivery: number): void {
    const rows = Math.max(delivery + 1, this.marks.length);
    const moments = new Float64Array(8 * rows);
    const marks = new Int32Array(2 * rows);
    moments.set(this.moments);
    marks.set(this.marks);
    this.moments = moments;
    this.marks = marks;
  }
}
