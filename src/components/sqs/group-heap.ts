/**
 * The groups of a FIFO queue that a receive may take from, the one whose head has been available
 * longest on top; among equals the one with the lower sequence number. A binary heap that knows where
 * each group stands, so that putting, moving and taking out cost the logarithm of their number.
 */

import { NONE } from '../messages.js';

const FIRST_CAPACITY = 16;

export class GroupHeap {
  private size = 0;
  private groups = new Int32Array(FIRST_CAPACITY);
  private times = new Float64Array(FIRST_CAPACITY);
  private orders = new Float64Array(FIRST_CAPACITY);

  /** `places`: where group g stands is places.place[g], or NONE. */
  constructor(private readonly places: { readonly place: Int32Array }) {}

  /** The group on top, or NONE. */
  get top(): number {
    return this.size === 0 ? NONE : this.groups[0];
  }

  has(group: number): boolean {
    return this.places.place[group] !== NONE;
  }

  /** Puts a group in, or gives it its new place: `time` and `order` of its head. */
  put(group: number, time: number, order: number): void {
    let place = this.places.place[group];
    if (place === NONE) {
      if (this.size === this.groups.length) this.grow();
      place = this.size++;
      this.set(place, group, time, order);
      this.up(place);
      return;
    }
    this.set(place, group, time, order);
    this.up(place);
    this.down(this.places.place[group]);
  }

  /** Takes a group out, if it is in. */
  remove(group: number): void {
    const place = this.places.place[group];
    if (place === NONE) return;
    this.places.place[group] = NONE;
    const last = --this.size;
    if (place === last) return;
    const moved = this.groups[last];
    this.set(place, moved, this.times[last], this.orders[last]);
    this.up(place);
    this.down(this.places.place[moved]);
  }

  private set(place: number, group: number, time: number, order: number): void {
    this.groups[place] = group;
    this.times[place] = time;
    this.orders[place] = order;
    this.places.place[group] = place;
  }

  private isBefore(a: number, b: number): boolean {
    const { times, orders } = this;
    return times[a] < times[b] || (times[a] === times[b] && orders[a] < orders[b]);
  }

  private up(from: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  private down(from: number): void {
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.size) return;
      if (child + 1 < this.size && this.isBefore(child + 1, child)) child++;
      if (!this.isBefore(child, place)) return;
      this.swap(place, child);
      place = child;
    }
  }

  private swap(a: number, b: number): void {
    const { groups, times, orders } = this;
    const group = groups[a];
    const time = times[a];
    const order = orders[a];
    this.set(a, groups[b], times[b], orders[b]);
    this.set(b, group, time, order);
  }

  private grow(): void {
    const capacity = 2 * this.groups.length;
    const groups = new Int32Array(capacity);
    const times = new Float64Array(capacity);
    const orders = new Float64Array(capacity);
    groups.set(this.groups);
    times.set(this.times);
    orders.set(this.orders);
    this.groups = groups;
    this.times = times;
    this.orders = orders;
  }
}
