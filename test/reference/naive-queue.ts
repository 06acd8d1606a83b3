/** The slow twin of every event queue: objects in an array, the least one looked for each time. */
import type { EventQueue, StaleEvents } from '../../src/kernel/event-queue.js';

interface QueuedEvent {
  readonly time: number;
  readonly seq: number;
  readonly handler: number;
  readonly arg: number;
}

export class NaiveQueue implements EventQueue {
  private events: QueuedEvent[] = [];

  get size(): number {
    return this.events.length;
  }

  get topTime(): number {
    return this.events.length === 0 ? Infinity : this.top().time;
  }

  get topSeq(): number {
    return this.top().seq;
  }

  get topHandler(): number {
    return this.top().handler;
  }

  get topArg(): number {
    return this.top().arg;
  }

  push(time: number, seq: number, handler: number, arg: number): void {
    this.events.push({ time, seq, handler, arg });
  }

  drop(): void {
    this.events.splice(this.events.indexOf(this.top()), 1);
  }

  purge(stale: StaleEvents): void {
    this.events = this.events.filter((event) => !stale.claims(event.handler, event.arg));
  }

  private top(): QueuedEvent {
    let least = this.events[0];
    for (const event of this.events) {
      if (event.time < least.time || (event.time === least.time && event.seq < least.seq)) {
        least = event;
      }
    }
    return least;
  }
}
