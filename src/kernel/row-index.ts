/**
 * Rows by two numbers, or one: a hash table with open addressing and linear probing (Knuth, The Art of Computer
 * Programming, vol. 3, §6.4, algorithms L and R).
 *
 * The numbers are whole and go up to 2^53, which a Map would keep as objects. A place holds the hash and the
 * row, side by side, and the numbers stay in the owner's own columns: so a look-up of something new, which is
 * the rule, touches one line of the cache, however many there are. Memory and time follow what is in it.
 */

const FIRST_CAPACITY = 64;
const TWO_TO_MINUS_32 = 1 / 0x1_0000_0000;

export class RowIndex {
  /** Entries. */
  size = 0;
  private mask = FIRST_CAPACITY - 1;
  /** Hash, then row + 1 (0: free), for each place. */
  private places = new Int32Array(2 * FIRST_CAPACITY);

  /** `isAt`: whether the row, which is in the index, stands for these numbers. */
  constructor(private readonly isAt: (row: number, first: number, second: number) => boolean) {}

  /** The row for these numbers, or -1. */
  get(first: number, second = 0): number {
    return this.places[2 * this.find(first, second) + 1] - 1;
  }

  /** Puts a row there, in place of the one that is there. */
  set(row: number, first: number, second = 0): void {
    const at = 2 * this.find(first, second) + 1;
    if (this.places[at] !== 0) {
      this.places[at] = row + 1;
      return;
    }
    if (2 * (this.size + 1) > this.mask) this.resize(2 * (this.mask + 1));
    this.insert(hash(first, second), row + 1);
    this.size++;
  }

  /** Forgets the row for these numbers, if there is one. */
  delete(first: number, second = 0): void {
    const { mask, places } = this;
    let hole = this.find(first, second);
    if (places[2 * hole + 1] === 0) return;
    this.size--;
    for (let at = (hole + 1) & mask; places[2 * at + 1] !== 0; at = (at + 1) & mask) {
      const home = places[2 * at] & mask;
      // an entry whose home lies behind the hole cannot fill it
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      places[2 * hole] = places[2 * at];
      places[2 * hole + 1] = places[2 * at + 1];
      hole = at;
    }
    places[2 * hole + 1] = 0;
    if (16 * this.size < mask && mask >= FIRST_CAPACITY) this.resize((mask + 1) / 2);
  }

  /** Memory, bytes. */
  get memoryBytes(): number {
    return this.places.byteLength;
  }

  clear(): void {
    this.size = 0;
    this.mask = FIRST_CAPACITY - 1;
    this.places = new Int32Array(2 * FIRST_CAPACITY);
  }

  /** Calls `visit` with each row. */
  forEach(visit: (row: number) => void): void {
    for (let at = 1; at < this.places.length; at += 2)
      if (this.places[at] !== 0) visit(this.places[at] - 1);
  }

  /** Where the numbers stand, or would. */
  private find(first: number, second: number): number {
    const { mask, places } = this;
    const wanted = hash(first, second);
    let place = wanted & mask;
    for (;;) {
      const row = places[2 * place + 1];
      if (row === 0 || (places[2 * place] === wanted && this.isAt(row - 1, first, second)))
        return place;
      place = (place + 1) & mask;
    }
  }

  private insert(hashed: number, row: number): void {
    const { mask, places } = this;
    let place = hashed & mask;
    while (places[2 * place + 1] !== 0) place = (place + 1) & mask;
    places[2 * place] = hashed;
    places[2 * place + 1] = row;
  }

  private resize(capacity: number): void {
    const { places } = this;
    this.mask = capacity - 1;
    this.places = new Int32Array(2 * capacity);
    for (let at = 0; at < places.length; at += 2)
      if (places[at + 1] !== 0) this.insert(places[at], places[at + 1]);
  }
}

/** 32 bits of which the low ones tell numbers apart that are near each other. */
export function hash(first: number, second: number): number {
  let h = Math.imul(first ^ (first * TWO_TO_MINUS_32), 0x85ebca6b);
  h = Math.imul(h ^ second ^ (second * TWO_TO_MINUS_32) ^ (h >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13), 0x846ca68b);
  return h ^ (h >>> 16);
}
