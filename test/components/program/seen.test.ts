// The bounded memory of seen ids against an obvious one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeenMemory } from '../../../src/components/program/seen.js';

/** A list, the oldest first. */
class NaiveMemory {
  private ids: { id: string; at: number }[] = [];

  constructor(
    private readonly atMost: number,
    private readonly keepFor: number,
  ) {}

  has(id: string, now: number): boolean {
    this.ids = this.ids.filter(({ at }) => now - at < this.keepFor);
    return this.ids.some((one) => one.id === id);
  }

  add(id: string, now: number): void {
    if (this.has(id, now)) return;
    this.ids.push({ id, at: now });
    if (this.ids.length > this.atMost) this.ids.shift();
  }
}

test('remembers what the obvious memory does', () => {
  const id = fc.integer({ min: -9, max: 9 });
  const step = fc.record({
    id0: id,
    id1: id,
    add: fc.boolean(),
    pause: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 200 })),
      (steps, atMost, keepFor) => {
        const memory = new SeenMemory(atMost, keepFor);
        const naive = new NaiveMemory(atMost, keepFor);
        let now = 0;
        for (const { id0, id1, add, pause } of steps) {
          now += pause;
          const text = `${id0} ${id1}`;
          expect(memory.has(id0, id1, now)).toBe(naive.has(text, now));
          if (!add) continue;
          memory.add(id0, id1, now);
          naive.add(text, now);
          expect(memory.size).toBeLessThanOrEqual(atMost);
        }
      },
    ),
    { numRuns: 300 },
  );
});

describe('memory', () => {
  test('follows what is remembered, and is bounded', () => {
    const memory = new SeenMemory(1000, Infinity);
    expect(memory.memoryBytes).toBeLessThan(1000);
    for (let i = 0; i < 1000; i++) memory.add(i, i * 31, i);
    const full = memory.memoryBytes;
    expect(full).toBeLessThanOrEqual(1000 * 16 + 2048 * 2 * 4);
    for (let i = 1000; i < 50_000; i++) memory.add(i, i * 31, i);
    expect(memory.memoryBytes).toBe(full);
    expect(memory.size).toBe(1000);
    expect(memory.has(49_000, 49_000 * 31, 50_000)).toBe(true);
    expect(memory.has(48_999, 48_999 * 31, 50_000)).toBe(false);
  });

  test('ids that are close to each other find their place', () => {
    const memory = new SeenMemory(4096, Infinity);
    for (let i = 0; i < 4096; i++) memory.add(i, 0, 0);
    for (let i = 0; i < 4096; i++) expect(memory.has(i, 0, 0)).toBe(true);
    expect(memory.has(4096, 0, 0)).toBe(false);
    expect(memory.has(0, 1, 0)).toBe(false);
  });
});
