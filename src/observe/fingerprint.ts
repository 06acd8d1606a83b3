/**
 * The fingerprint of a run: two 32-bit lanes over every fact, in the order in which they are told.
 *
 * A fact enters as its kind and resource, the mark of its message (never a row: rows are reused, and
 * their numbers depend on table sizes), two numbers and the time. For any fact, the step of a lane is
 * a bijection of its state (xor with a word of the fact, rotation, multiplication by an odd number), so
 * two runs that once differ stay different until a later fact undoes it by chance, in both lanes. The
 * words of a fact do not depend on the lanes, so that little of the work waits for the fact before.
 * Observers on or off change nothing: every fact enters.
 */
import type { Clock } from './clock.js';

/** Brings the upper half of a time of 53 bits down; the operators take what they get modulo 2^32. */
const TWO_TO_MINUS_21 = 1 / 0x20_0000;

export class Fingerprint {
  private lane0 = 0x243f6a88;
  private lane1 = 0x85a308d3 | 0;

  constructor(private readonly clock: Clock) {}

  /**
   * One fact. `head` is kind · 65,536 + resource; the mark is that of its message, or 0, 0; `first`
   * and `second` are whatever else the fact says, taken modulo 2^32.
   */
  note(head: number, mark0: number, mark1: number, first: number, second: number): void {
    const now = this.clock.now;
    const when = now ^ (now * TWO_TO_MINUS_21);
    // `| 0` says what these are: without it they go by way of doubles.
    const what = Math.imul(first | 0, 0x9e3779b1) + Math.imul(second | 0, 0x7feb352d) + (head | 0);
    const lane0 = this.lane0 ^ Math.imul(what ^ mark0, 0x846ca68b) ^ when;
    const lane1 = this.lane1 ^ Math.imul(when ^ mark1, 0x297a2d39) ^ what;
    this.lane0 = Math.imul((lane0 << 13) | (lane0 >>> 19), 0x85ebca6b);
    this.lane1 = Math.imul((lane1 << 17) | (lane1 >>> 15), 0xcc9e2d51);
  }

  /** The fingerprint so far: 16 hex digits. */
  hex(): string {
    let a = this.lane0;
    let b = this.lane1;
    for (let round = 0; round < 3; round++) {
      a = (Math.imul(a ^ (a >>> 16), 0x85ebca6b) + b) | 0;
      b = Math.imul(b ^ (b >>> 15), 0xc2b2ae35) ^ a;
    }
    return hex8(a) + hex8(b);
  }
}

function hex8(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
