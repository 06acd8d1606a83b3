/**
 * The groups of a FIFO queue that have messages: rows that are handed out and taken back. What is known of
 * a group lies side by side, in half a line of the cache: with many groups it is the look-up that costs.
 */

import { check } from '../../kernel/check.js';
import { NONE } from '../messages.js';

/** Places of a row in `words`, eight to a row; two of them are a double. */
export const WORDS = 8;
/** First and last undeleted copy, and the last of those that were ever received. */
export const HEAD = 0;
export const TAIL = 1;
export const LAST_RECEIVED = 2;
export const IN_FLIGHT = 3;
/** Places of a row in `doubles`. */
const DOUBLES = 4;
const LABEL = 2;
const OPEN_SINCE = 3;

const FIRST_CAPACITY = 64;

export class Groups {
  words = new Int32Array(WORDS * FIRST_CAPACITY);
  /** The same memory. */
  private doubles = new Float64Array(this.words.buffer);
  /** Where each stands among the available ones, or NONE. */
  place = new Int32Array(FIRST_CAPACITY);
  private readonly freed: number[] = [];
  private bound = 0;

  /** A group without messages. */
  add(label: number): number {
    const group = this.freed.pop() ?? this.bound++;
    if (group === this.place.length) this.grow();
    const at = WORDS * group;
    this.words[at + HEAD] = NONE;
    this.words[at + TAIL] = NONE;
    this.words[at + LAST_RECEIVED] = NONE;
    this.words[at + IN_FLIGHT] = 0;
    this.place[group] = NONE;
    this.doubles[DOUBLES * group + LABEL] = label;
    return group;
  }

  free(group: number): void {
    check(this.words[WORDS * group + HEAD] === NONE, 'a group goes when its last message has gone');
    this.freed.push(group);
  }

  labelOf(group: number): number {
    return this.doubles[DOUBLES * group + LABEL];
  }

  /** Since when the group is available after it was not, µs; -1: since its head came. */
  openSince(group: number): number {
    return this.doubles[DOUBLES * group + OPEN_SINCE];
  }

  opened(group: number, since: number): void {
    this.doubles[DOUBLES * group + OPEN_SINCE] = since;
  }

  private grow(): void {
    const { words, place } = this;
    this.words = new Int32Array(2 * words.length);
    this.doubles = new Float64Array(this.words.buffer);
    this.place = new Int32Array(2 * place.length);
    this.words.set(words);
    this.place.set(place);
  }
}
