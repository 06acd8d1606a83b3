import { describe, expect, it } from 'vitest';
import { Kernel } from '../../src/kernel/kernel.js';
import { Timers } from '../../src/kernel/timers.js';

function bench() {
  const kernel = new Kernel({ tables: { capacity: 1, poison: true } });
  const seen: string[] = [];
  const timers = new Timers(kernel, 'test/timer', (arg) => void seen.push(`${arg}@${kernel.now}`));
  return { kernel, seen, timers };
}

describe('Timers', () => {
  it('fire at their times, equal ones in the order in which they were set', () => {
    const { kernel, seen, timers } = bench();
    for (const [time, arg] of [
      [9, 1],
      [3, 2],
      [9, 3],
    ]) {
      timers.set(time, arg);
    }
    kernel.advance(10);
    expect(seen).toEqual(['2@3', '1@9', '3@9']);
    expect(kernel.eventCount).toBe(3);
  });

  it('are neither seen nor counted when cancelled', () => {
    const { kernel, seen, timers } = bench();
    const ids = [1, 2, 3].map((time) => timers.set(time, time));
    expect(timers.cancel(ids[0])).toBe(true);
    expect(timers.cancel(ids[2])).toBe(true);
    expect(kernel.nextTime()).toBe(2);
    expect(kernel.advance(2)).toBe('until');
    expect(kernel.nextTime()).toBe(Infinity);
    expect(kernel.advance(10, 1)).toBe('until');
    expect(seen).toEqual(['2@2']);
    expect(kernel.eventCount).toBe(1);
  });

  it('are not mistaken for a later timer in the same row', () => {
    const { kernel, seen, timers } = bench();
    const old = timers.set(1, 1);
    kernel.advance(1);
    const young = timers.set(5, 2);
    expect(young).not.toBe(old);
    expect(timers.isSet(old)).toBe(false);
    expect(timers.cancel(old)).toBe(false);
    expect(timers.isSet(young)).toBe(true);
    kernel.advance(5);
    expect(seen).toEqual(['1@1', '2@5']);
    expect(timers.isSet(young)).toBe(false);
    expect(timers.cancel(young)).toBe(false);
  });

  it('can be set again, and others cancelled, by one that fires', () => {
    const kernel = new Kernel();
    const seen: number[] = [];
    let other = -1;
    const timers: Timers = new Timers(kernel, 'test/timer', (arg) => {
      seen.push(arg);
      timers.cancel(other);
      if (arg < 3) timers.set(kernel.now, arg + 1);
    });
    timers.set(5, 1);
    other = timers.set(5, 99);
    kernel.advance(5);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('refuse the past', () => {
    const { kernel, timers } = bench();
    kernel.advance(5);
    expect(() => timers.set(4, 0)).toThrow('in the past');
    expect(() => timers.set(NaN, 0)).toThrow('whole number');
  });
});
