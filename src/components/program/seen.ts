/**
 * What an idempotent consumer remembers: ids it has handled, the latest `atMost` of them and none older than
 * `keepFor`. Asking and remembering take constant time, and memory follows what is remembered.
 *
 * Ids lie in a ring in the order in which they came, so that the oldest is the next to be forgotten; an
 * open-addressed hash table leads to their place in it.
 */

import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';

/** Places of the ring at first; it doubles up to `atMost`. */
const SMALLEST = 16;

export class SeenMemory {
  /** The ring: two halves of each id, and when it came. */
  private id0: Int32Array;
  private id1: Int32Array;
  private at: Float64Array;
  private oldest = 0;
  private count = 0;
  /** The hash table: a place of the ring + 1, 0 for none. Twice the ring, a power of two. */
  private slots: Int32Array;

  constructor(
    private readonly atMost: number,
    private readonly keepFor: Micros,
  ) {
    check(atMost >= 1, 'a memory holds one id at least');
    const places = Math.min(SMALLEST, atMost);
    this.id0 = new Int32Array(places);
    this.id1 = new Int32Array(places);
    this.at = new Float64Array(places);
    this.slots = new Int32Array(slotsFor(places));
  }

  /** Ids that are remembered; those too old may be among them until the next question. */
  get size(): number {
    return this.count;
  }

  /** Bytes of its columns. */
  get memoryBytes(): number {
    return this.at.length * 16 + this.slots.length * 4;
  }

  has(id0: number, id1: number, now: Micros): boolean {
    this.forgetOld(now);
    return this.slots[this.slotOf(id0, id1)] !== 0;
  }

  /** Remembers an id, unless it is remembered already. `now` never goes back. */
  add(id0: number, id1: number, now: Micros): void {
    this.forgetOld(now);
    if (this.slots[this.slotOf(id0, id1)] !== 0) return;
    if (this.count === this.atMost) this.forgetOldest();
    else if (this.count === this.at.length) this.grow();
    const place = (this.oldest + this.count++) % this.at.length;
    this.id0[place] = id0;
    this.id1[place] = id1;
    this.at[place] = now;
    this.slots[this.slotOf(id0, id1)] = place + 1;
  }

  private forgetOld(now: Micros): void {
    while (this.count > 0 && now - this.at[this.oldest] >= this.keepFor) this.forgetOldest();
  }

  private forgetOldest(): void {
    this.clearSlot(this.slotOf(this.id0[this.oldest], this.id1[this.oldest]));
    this.oldest = (this.oldest + 1) % this.at.length;
    this.count--;
  }

  // --- the hash table ------------------------------------------------------------------------------

  private homeOf(id0: number, id1: number): number {
    const mixed = Math.imul(id0 ^ Math.imul(id1, 0x9e3779b1), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & (this.slots.length - 1);
  }

  /** Where the id stands, or where it would have to. */
  private slotOf(id0: number, id1: number): number {
    const mask = this.slots.length - 1;
    let slot = this.homeOf(id0, id1);
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const place = this.slots[slot] - 1;
      if (this.id0[place] === id0 && this.id1[place] === id1) return slot;
    }
    return slot;
  }

  /** Empties a slot, and moves up whatever had to step aside because of it. */
  private clearSlot(slot: number): void {
    const mask = this.slots.length - 1;
    let gap = slot;
    for (let next = (gap + 1) & mask; this.slots[next] !== 0; next = (next + 1) & mask) {
      const place = this.slots[next] - 1;
      const home = this.homeOf(this.id0[place], this.id1[place]);
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      this.slots[gap] = place + 1;
      gap = next;
    }
    this.slots[gap] = 0;
  }

  private grow(): void {
    const { id0, id1, at, oldest, count } = this;
    const places = Math.min(this.atMost, at.length * 2);
    this.id0 = new Int32Array(places);
    this.id1 = new Int32Array(places);
    this.at = new Float64Array(places);
    this.slots = new Int32Array(slotsFor(places));
    this.oldest = 0;
    for (let i = 0; i < count; i++) {
      const from = (oldest + i) % count; // it was full
      this.id0[i] = id0[from];
      this.id1[i] = id1[from];
      this.at[i] = at[from];
      this.slots[this.slotOf(id0[from], id1[from])] = i + 1;
    }
  }
}

function slotsFor(places: number): number {
  let slots = 2;
  while (slots < places * 2) slots *= 2;
  return slots;
}
