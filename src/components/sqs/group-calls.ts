/**
 * Calls of this second for each message group and action: a hash table whose entries say of which second
 * they are, so that all of them are forgotten at once. What was used in a second never leaves during it:
 * a probe may stop at the first entry of an earlier one.
 */

import { hash } from '../../kernel/row-index.js';

const FIRST_CAPACITY = 64; // a power of two

export class GroupCalls {
  /** The labels of groups. */
  private labels = new Float64Array(FIRST_CAPACITY);
  private seconds = new Float64Array(FIRST_CAPACITY);
  /** By place · families + family. */
  private counts: Int32Array;
  private second = 1;
  /** Entries of this second. */
  private live = 0;

  constructor(private readonly families: number) {
    this.counts = new Int32Array(families * FIRST_CAPACITY);
  }

  /** Forgets all. */
  clear(): void {
    this.second++;
    this.live = 0;
  }

  of(group: number, family: number): number {
    const place = this.placeOf(group);
    return this.seconds[place] === this.second ? this.counts[place * this.families + family] : 0;
  }

  add(group: number, family: number): void {
    if (2 * this.live >= this.labels.length) this.grow();
    const place = this.placeOf(group);
    if (this.seconds[place] !== this.second) this.open(place, group);
    this.counts[place * this.families + family]++;
  }

  private open(place: number, group: number): void {
    const { families } = this;
    this.labels[place] = group;
    this.seconds[place] = this.second;
    this.counts.fill(0, place * families, (place + 1) * families);
    this.live++;
  }

  /** Where the group is, or else would be. */
  private placeOf(group: number): number {
    const { labels, seconds, second } = this;
    const mask = labels.length - 1;
    let place = hash(group, 0) & mask;
    while (seconds[place] === second && labels[place] !== group) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { labels, seconds, counts, second, families } = this;
    this.labels = new Float64Array(2 * labels.length);
    this.seconds = new Float64Array(2 * labels.length);
    this.counts = new Int32Array(2 * counts.length);
    this.live = 0;
    for (let old = 0; old < labels.length; old++) {
      if (seconds[old] !== second) continue;
      const place = this.placeOf(labels[old]);
      this.open(place, labels[old]);
      for (let family = 0; family < families; family++)
        this.counts[place * families + family] = counts[old * families + family];
    }
  }
}
