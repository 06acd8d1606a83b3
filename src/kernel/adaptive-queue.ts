/**
 * Event queue: a heap that keeps what is due next, and behind it a timing wheel for the rest.
 *
 * A heap gets slower with its depth, a wheel does not: measured in the kernel, the wheel wins from
 * about a hundred pending events on, fourfold at a million. So with few events pending everything
 * is in the heap. When the heap has grown too much, the wheel begins: it takes everything, and
 * pours the earliest few back whenever the heap is empty. `edge` parts the two: what is before it
 * is in the heap, the rest in the wheel. In both states it is the heap that makes the order, so
 * that results can't depend on the state.
 */
import type { EventQueue, StaleEvents } from './event-queue.js';
import { HeapQueue } from './heap.js';
import type { Micros } from './time.js';
import { Wheel } from './wheel.js';

const MANY = 64; // events in the heap from which the wheel pays
const FEW = 16; // events in the wheel that it is not worth keeping for

export class AdaptiveQueue implements EventQueue {
  private readonly heap = new HeapQueue();
  private readonly wheel = new Wheel();
  private edge: Micros = NaN; // before it: the heap's; Infinity while the wheel is not in use
  private most = MANY; // when the heap holds more, all goes to the wheel

  constructor() {
    this.edge = Infinity;
  }

  get size(): number {
    return this.heap.size + this.wheel.size;
  }

  get topTime(): Micros {
    return this.heap.topTime;
  }

  get topSeq(): number {
    return this.heap.topSeq;
  }

  get topHandler(): number {
    return this.heap.topHandler;
  }

  get topArg(): number {
    return this.heap.topArg;
  }

  push(time: Micros, seq: number, handler: number, arg: number): void {
    if (time >= this.edge) this.wheel.push(time, seq, handler, arg);
    else {
      this.heap.push(time, seq, handler, arg);
      if (this.heap.size > this.most) this.restart();
    }
  }

  drop(): void {
    this.heap.drop();
    if (this.heap.size === 0 && this.edge !== Infinity) this.pour();
  }

  purge(stale: StaleEvents): void {
    this.heap.purge(stale);
    this.wheel.purge(stale);
    if (this.heap.size === 0 && this.edge !== Infinity) this.pour();
  }

  /** Gets the heap new events. */
  private pour(): void {
    if (this.wheel.size > FEW) this.edge = this.wheel.pourInto(this.heap);
    else {
      this.wheel.pourAllInto(this.heap);
      this.edge = Infinity;
    }
    // twice what was poured: a thousand events of one instant must not go back and forth
    this.most = Math.max(MANY, 2 * this.heap.size, this.wheel.size);
  }

  /** Puts everything into the wheel, from the earliest event on. */
  private restart(): void {
    this.wheel.startAt(this.heap.topTime);
    this.heap.drainInto(this.wheel);
    this.pour();
  }
}
