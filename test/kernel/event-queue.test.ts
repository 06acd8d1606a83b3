// Laws that every event queue obeys, shown by holding it against its naive twin.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveQueue } from '../../src/kernel/adaptive-queue.js';
import type { EventQueue } from '../../src/kernel/event-queue.js';
import { HeapQueue } from '../../src/kernel/heap.js';
import { DAY, SECOND } from '../../src/kernel/time.js';
import { NaiveQueue } from '../reference/naive-queue.js';

const implementations: Record<string, () => EventQueue> = {
  HeapQueue: () => new HeapQueue(1),
  AdaptiveQueue: () => new AdaptiveQueue(),
};

/** One step: events are pushed, dropped, each replaced by a later one, or found stale. */
type Step =
  | { readonly push: readonly number[]; readonly span: number }
  | { readonly hold: readonly number[]; readonly span: number }
  | { readonly drop: number }
  | { readonly purge: number };

const spans = fc.constantFrom(1, 5, 100, 5000, SECOND, 100 * SECOND, DAY, 400 * DAY);
const parts = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 150, size: 'max' });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ push: parts, span: spans }) },
    { weight: 5, arbitrary: fc.record({ hold: parts, span: spans }) },
    { weight: 4, arbitrary: fc.record({ drop: fc.integer({ min: 1, max: 150 }) }) },
    { weight: 1, arbitrary: fc.record({ purge: fc.integer({ min: 2, max: 7 }) }) },
  ),
  { maxLength: 25, size: 'max' },
);

/** Both queues side by side; every look at the one is a look at the other. */
class Pair {
  private now = 0;
  private seq = 0;
  private readonly twin = new NaiveQueue();

  constructor(private readonly queue: EventQueue) {}

  step(step: Step): void {
    if ('push' in step) for (const part of step.push) this.push(part, step.span);
    else if ('hold' in step) for (const part of step.hold) this.hold(part, step.span);
    else if ('drop' in step) for (let i = 0; i < step.drop && this.twin.size > 0; i++) this.drop();
    else this.purge(step.purge);
    this.compare();
  }

  drain(): void {
    while (this.twin.size > 0) this.drop();
    this.compare();
  }

  private push(part: number, span: number): void {
    const time = this.now + Math.floor((part * span) / 1000);
    const seq = part % 10 === 9 ? this.seq++ - 0.5 : this.seq++; // some out of turn
    this.queue.push(time, seq, part, -seq | 0);
    this.twin.push(time, seq, part, -seq | 0);
  }

  private hold(part: number, span: number): void {
    if (this.twin.size > 0) this.drop();
    this.push(part, span);
  }

  private drop(): void {
    this.compare();
    this.now = this.twin.topTime;
    this.queue.drop();
    this.twin.drop();
  }

  private purge(modulus: number): void {
    const claimed: number[][] = [];
    for (const queue of [this.queue, this.twin]) {
      const seen: number[] = [];
      queue.purge({ claims: (handler, arg) => seen.push(arg) > 0 && handler % modulus === 0 });
      claimed.push(seen.sort((a, b) => a - b));
    }
    expect(claimed[0]).toEqual(claimed[1]);
  }

  private compare(): void {
    expect(this.queue.size).toBe(this.twin.size);
    expect(this.queue.topTime).toBe(this.twin.topTime);
    if (this.twin.size === 0) return;
    expect(this.queue.topSeq).toBe(this.twin.topSeq);
    expect(this.queue.topHandler).toBe(this.twin.topHandler);
    expect(this.queue.topArg).toBe(this.twin.topArg);
  }
}

describe.each(Object.keys(implementations))('%s', (name) => {
  const make = implementations[name];

  it('agrees with the naive queue', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const pair = new Pair(make());
        for (const step of drawn) pair.step(step);
        pair.drain();
      }),
      { numRuns: 40 },
    );
  });

  it('is empty at first, at a time that never comes', () => {
    expect(make().size).toBe(0);
    expect(make().topTime).toBe(Infinity);
  });

  it('keeps the order around every power of 64, where a digit of the wheel carries', () => {
    const times: number[] = Array.from({ length: 100 }, () => 0);
    for (let power = 1; power <= 64 * 1024 * 1024 * 1024; power *= 64) {
      for (const offset of [-1, 0, 1]) times.push(power + offset, 3 * power + offset);
    }
    const queue = make();
    times.forEach((time, seq) => queue.push(time, seq, 0, time | 0));
    for (const time of [...times].sort((a, b) => a - b)) {
      expect(queue.topTime).toBe(time);
      expect(queue.topArg).toBe(time | 0);
      queue.drop();
    }
  });

  it('keeps the order of scheduling among thousands of equal times', () => {
    const queue = make();
    for (let seq = 0; seq < 5000; seq++) queue.push(seq % 3, seq, 0, seq);
    for (const time of [0, 1, 2]) {
      for (let arg = time; arg < 5000; arg += 3) {
        if (queue.topTime !== time || queue.topArg !== arg) throw new Error('out of order');
        queue.drop();
      }
    }
  });

  it('holds a hundred thousand events, from microseconds to years ahead', () => {
    const queue = make();
    const count = 100_000;
    for (let seq = 0; seq < count; seq++) {
      const scale = 1 + (seq % 7);
      queue.push((Math.imul(seq, 0x9e3779b1) >>> 0) * scale * scale * 1000, seq, seq & 3, seq);
    }
    let last = -1;
    for (let i = 0; i < count; i++) {
      if (queue.topTime < last) throw new Error('out of order');
      last = queue.topTime;
      queue.drop();
    }
    expect(queue.size).toBe(0);
  });
});
