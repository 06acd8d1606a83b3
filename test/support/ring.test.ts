import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from './ring.js';

describe('Ring', () => {
  it('behaves like a plain array', () => {
    const step = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constant('shift'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const ring = new Ring(1);
        const twin: number[] = [];
        for (const drawn of steps) {
          if (typeof drawn === 'number') {
            ring.push(drawn);
            twin.push(drawn);
          } else if (twin.length > 0) expect(ring.shift()).toBe(twin.shift());
          expect(ring.length).toBe(twin.length);
          expect(twin.map((_, i) => ring.at(i))).toEqual(twin);
        }
      }),
    );
  });

  it('is empty after clear, and can be used on', () => {
    const ring = new Ring();
    ring.push(1);
    ring.push(2);
    ring.shift();
    ring.clear();
    expect(ring.length).toBe(0);
    ring.push(3);
    expect(ring.shift()).toBe(3);
  });

  it('refuses to shift when empty and to read beyond its end', () => {
    const ring = new Ring();
    expect(() => ring.shift()).toThrow('shift from an empty ring');
    expect(() => ring.at(0)).toThrow('no such item');
    expect(() => ring.at(-1)).toThrow('no such item');
  });
});
