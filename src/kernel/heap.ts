/**
 * Event queue: a 4-ary heap in three parallel typed arrays.
 *
 * Four children share a cache line of times, so a level costs one miss, and there are half as many
 * levels as in a binary heap. Elements move into the hole instead of being swapped. Measured
 * against other heaps, calendar, ladder and pairing queues it is the fastest below some hundred
 * events.
 */
import type { EventQueue, StaleEvents } from './event-queue.js';
import type { Micros } from './time.js';

export class HeapQueue implements EventQueue {
  private times: Float64Array; // [0] is Infinity when the heap is empty
  private seqs: Float64Array;
  private events: Int32Array; // handler and argument side by side
  private count = 0;

  /** `capacity` is the number of events before the first doubling. */
  constructor(capacity = 64) {
    this.times = new Float64Array(capacity).fill(Infinity, 0, 1);
    this.seqs = new Float64Array(capacity);
    this.events = new Int32Array(2 * capacity);
  }

  get size(): number {
    return this.count;
  }

  get topTime(): Micros {
    return this.times[0];
  }

  get topSeq(): number {
    return this.seqs[0];
  }

  get topHandler(): number {
    return this.events[0];
  }

  get topArg(): number {
    return this.events[1];
  }

  push(time: Micros, seq: number, handler: number, arg: number): void {
    if (this.count === this.times.length) this.grow();
    const times = this.times;
    const seqs = this.seqs;
    const events = this.events;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const parentTime = times[parent];
      if (parentTime < time || (parentTime === time && seqs[parent] < seq)) break;
      times[i] = parentTime;
      seqs[i] = seqs[parent];
      events[2 * i] = events[2 * parent];
      events[2 * i + 1] = events[2 * parent + 1];
      i = parent;
    }
    times[i] = time;
    seqs[i] = seq;
    events[2 * i] = handler | 0; // `| 0`: else V8 stores a parameter by way of a double
    events[2 * i + 1] = arg | 0;
  }

  drop(): void {
    const last = --this.count;
    if (last > 0) this.sink(0, last);
    else this.times[0] = Infinity;
  }

  purge(stale: StaleEvents): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      if (!stale.claims(this.events[2 * i], this.events[2 * i + 1])) this.move(i, kept++);
    }
    this.count = kept;
    for (let i = (kept - 2) >> 2; i >= 0; i--) this.sinkItself(i);
    if (kept === 0) this.times[0] = Infinity;
  }

  /** Pushes everything into another queue, and is empty then. */
  drainInto(target: Pick<EventQueue, 'push'>): void {
    for (let i = 0; i < this.count; i++) {
      target.push(this.times[i], this.seqs[i], this.events[2 * i], this.events[2 * i + 1]);
    }
    this.count = 0;
    this.times[0] = Infinity;
  }

  /** Fills the hole at `i` with the element at `from`, the first beyond the end of the heap. */
  private sink(i: number, from: number): void {
    const times = this.times;
    const seqs = this.seqs;
    const events = this.events;
    const time = times[from];
    const seq = seqs[from];
    const handler = events[2 * from];
    const arg = events[2 * from + 1];
    const count = this.count;
    for (;;) {
      const first = 4 * i + 1;
      if (first >= count) break;
      const last = first + 3 < count ? first + 3 : count - 1;
      let least = first;
      let leastTime = times[first];
      for (let child = first + 1; child <= last; child++) {
        const childTime = times[child];
        if (childTime < leastTime || (childTime === leastTime && seqs[child] < seqs[least])) {
          least = child;
          leastTime = childTime;
        }
      }
      if (leastTime > time || (leastTime === time && seqs[least] > seq)) break;
      times[i] = leastTime;
      seqs[i] = seqs[least];
      events[2 * i] = events[2 * least];
      events[2 * i + 1] = events[2 * least + 1];
      i = least;
    }
    times[i] = time;
    seqs[i] = seq;
    events[2 * i] = handler;
    events[2 * i + 1] = arg;
  }

  /** Puts the element at `i` below its smaller children. */
  private sinkItself(i: number): void {
    const spare = this.count;
    if (spare === this.times.length) this.grow();
    this.move(i, spare);
    this.sink(i, spare);
  }

  private move(from: number, to: number): void {
    this.times[to] = this.times[from];
    this.seqs[to] = this.seqs[from];
    this.events[2 * to] = this.events[2 * from];
    this.events[2 * to + 1] = this.events[2 * from + 1];
  }

  private grow(): void {
    const capacity = Math.max(4, 2 * this.times.length);
    const { times, seqs, events } = this;
    (this.times = new Float64Array(capacity)).set(times);
    (this.seqs = new Float64Array(capacity)).set(seqs);
    (this.events = new Int32Array(2 * capacity)).set(events);
  }
}
