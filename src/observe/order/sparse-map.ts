/**
 * A map from labels to rows in two typed arrays: open addressing, linear probing, at most half full. What is
 * removed leaves no trace (what lies behind it moves up), so memory and time follow what is in it.
 *
 * A `Map` would box every label above 2^31 and need three times the memory.
 */
import { check } from '../../kernel/check.js';

const LEAST = 16;
const TWO_TO_MINUS_32 = 1 / 0x1_0000_0000;
/** No label is negative. */
const FREE = -1;

export class SparseMap {
  private keys = new Float64Array(LEAST).fill(FREE);
  private rows = new Int32Array(LEAST);
  private mask = LEAST - 1;
  /** Labels in it. */
  size = 0;

  /** The row of a label, or -1. */
  get(label: number): number {
    const place = this.find(label);
    return this.keys[place] === FREE ? -1 : this.rows[place];
  }

  set(label: number, row: number): void {
    check(label >= 0, 'a label is not negative');
    const place = this.find(label);
    this.rows[place] = row;
    if (this.keys[place] !== FREE) return;
    this.keys[place] = label;
    this.size++;
    if (2 * this.size > this.mask) this.resize(2 * (this.mask + 1));
  }

  delete(label: number): void {
    const place = this.find(label);
    if (this.keys[place] === FREE) return;
    this.closeGap(place);
    this.size--;
    if (this.mask >= LEAST && 8 * this.size < this.mask) this.resize((this.mask + 1) >> 1);
  }

  /** Memory, bytes. */
  get memoryBytes(): number {
    return this.keys.byteLength + this.rows.byteLength;
  }

  /** Where the label is, or the free place where it would be. */
  private find(label: number): number {
    const { keys, mask } = this;
    let place = hashOf(label) & mask;
    while (keys[place] !== label && keys[place] !== FREE) place = (place + 1) & mask;
    return place;
  }

  /** Moves up what would not be found any more behind a free place. */
  private closeGap(gap: number): void {
    const { keys, rows, mask } = this;
    let free = gap;
    for (let place = (gap + 1) & mask; keys[place] !== FREE; place = (place + 1) & mask) {
      const home = hashOf(keys[place]) & mask;
      if (((place - home) & mask) < ((place - free) & mask)) continue;
      keys[free] = keys[place];
      rows[free] = rows[place];
      free = place;
    }
    keys[free] = FREE;
  }

  private resize(places: number): void {
    const { keys, rows } = this;
    this.keys = new Float64Array(places).fill(FREE);
    this.rows = new Int32Array(places);
    this.mask = places - 1;
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === FREE) continue;
      const place = this.find(keys[i]);
      this.keys[place] = keys[i];
      this.rows[place] = rows[i];
    }
  }
}

/** Labels of a range follow each other: all bits must count for each place. */
function hashOf(label: number): number {
  const mixed = Math.imul((label | 0) ^ ((label * TWO_TO_MINUS_32) | 0), 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 7;
}
