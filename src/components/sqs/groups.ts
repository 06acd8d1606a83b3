/**
 * The groups of a FIFO queue that have messages: rows that are handed out and taken back. What is known of
 * a group lies side by side, in one line of the cache: with many groups it is the look-up that costs.
 */

import { check } from '../../kernel/check.js';
import { NONE } from '../messages.js';

// Places in a row of `words`.
/** First and last undeleted copy, and the last of those that were ever received. */
export const HEAD = 0;
export const TAIL = 1;
export const LAST_RECEIVED = 2;
export const IN_FLIGHT = 3;

const FIRST_CAPACITY = 64;

export class Groups {
  /** Four for each group; see the places above. */
  words = new Int32Array(4 * FIRST_CAPACITY);
  /** The label of each group. */
  labels = new Float64Array(FIRST_CAPACITY);
  /** Since when each is available after it was not, µs; -1: since its head came. */
  openSince = new Float64Array(FIRST_CAPACITY);
  /** Where each stands among the available ones, or NONE. */
  place = new Int32Array(FIRST_CAPACITY);
  private readonly freed: number[] = [];
  private bound = 0;

  /** A group without messages. */
  add(label: number): number {
    const group = this.freed.pop() ?? this.bound++;
    if (group === this.labels.length) this.grow();
    const at = 4 * group;
    this.words[at + HEAD] = NONE;
    this.words[at + TAIL] = NONE;
    this.words[at + LAST_RECEIVED] = NONE;
    this.words[at + IN_FLIGHT] = 0;
    this.place[group] = NONE;
    this.labels[group] = label;
    return group;
  }

  free(group: number): void {
    check(this.words[4 * group + HEAD] === NONE, 'a group goes when its last message has gone');
    this.freed.push(group);
  }

  /** Groups with messages. */
  get count(): number {
    return this.bound - this.freed.length;
  }

  private grow(): void {
    const { words, labels, openSince, place } = this;
    this.words = new Int32Array(2 * words.length);
    this.labels = new Float64Array(2 * labels.length);
    this.openSince = new Float64Array(2 * labels.length);
    this.place = new Int32Array(2 * labels.length);
    this.place.set(place);
    this.words.set(words);
    this.labels.set(labels);
    this.openSince.set(openSince);
  }
}
