/**
 * A first-in-first-out queue of 32-bit integers (rows, mostly) in one typed array that doubles when
 * full. Shifting a plain array costs microseconds when it is long; this costs a nanosecond.
 */
import { check } from '../../src/kernel/check.js';

export class Ring {
  private items: Int32Array;
  private head = 0; // position of the oldest item
  private size = 0;

  /** `capacity` is what it holds before it first grows; rounded up to a power of two. */
  constructor(capacity = 16) {
    let rounded = 1;
    while (rounded < capacity) rounded *= 2;
    this.items = new Int32Array(rounded);
  }

  get length(): number {
    return this.size;
  }

  push(item: number): void {
    if (this.size === this.items.length) this.grow();
    const items = this.items;
    items[(this.head + this.size) & (items.length - 1)] = item;
    this.size++;
  }

  /** Takes out the oldest item; the ring must not be empty. */
  shift(): number {
    check(this.size > 0, 'shift from an empty ring');
    const items = this.items;
    const item = items[this.head];
    this.head = (this.head + 1) & (items.length - 1);
    this.size--;
    return item;
  }

  /** The i-th oldest item, 0 being the one that `shift` takes. */
  at(i: number): number {
    check(i >= 0 && i < this.size, 'no such item in the ring');
    return this.items[(this.head + i) & (this.items.length - 1)];
  }

  clear(): void {
    this.head = 0;
    this.size = 0;
  }

  private grow(): void {
    const old = this.items;
    const grown = new Int32Array(2 * old.length);
    grown.set(old.subarray(this.head));
    grown.set(old.subarray(0, this.head), old.length - this.head);
    this.items = grown;
    this.head = 0;
  }
}
