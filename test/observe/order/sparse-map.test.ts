import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SparseMap } from '../../../src/observe/order/sparse-map.js';

/** Labels as World.labels makes them: texts, ranges, fresh ones. */
const label = fc.oneof(
  fc.nat(30),
  fc.nat(30).map((n) => 2 ** 40 + n),
  fc.nat(30).map((n) => 2 ** 40 + 2 ** 30 * n),
  fc.nat(30).map((n) => 2 ** 50 + n),
);

test('says what a Map says', () => {
  const step = fc.record({ what: fc.nat(2), label, row: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { size: 'max', maxLength: 300 }), (steps) => {
      const found = new SparseMap();
      const wanted = new Map<number, number>();
      for (const one of steps) {
        if (one.what > 0) {
          found.set(one.label, one.row);
          wanted.set(one.label, one.row);
        } else {
          found.delete(one.label);
          wanted.delete(one.label);
        }
        expect(found.size).toBe(wanted.size);
      }
      for (const { label: key } of steps) expect(found.get(key)).toBe(wanted.get(key) ?? -1);
    }),
  );
});

test('memory follows what is in it', () => {
  const map = new SparseMap();
  const empty = map.memoryBytes;
  for (let i = 0; i < 10_000; i++) map.set(2 ** 40 + i, i);
  expect(map.memoryBytes).toBeLessThanOrEqual(10_000 * 4 * 12);
  for (let i = 0; i < 10_000; i++) map.delete(2 ** 40 + i);
  expect(map.memoryBytes).toBe(empty);
  expect(map.size).toBe(0);
});
