// The index against a Map of texts, with few distinct hashes so that places collide.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LabelIndex } from '../../../src/components/sqs/label-index.js';

const label = fc.oneof(
  fc.nat(5),
  fc.constantFrom(2 ** 40, 2 ** 40 + 1, 2 ** 50, 2 ** 50 + 1, 2 ** 53 - 1),
);

test('keeps, finds and forgets as a Map does', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), label, label), { maxLength: 400 });
  fc.assert(
    fc.property(steps, (all) => {
      const index = new LabelIndex(
        (row, first, second) => all[row][1] === first && all[row][2] === second,
      );
      const plain = new Map<string, number>();
      all.forEach(([isSet, first, second], row) => {
        const key = `${first}/${second}`;
        expect(index.get(first, second)).toBe(plain.get(key) ?? -1);
        if (isSet && !plain.has(key)) {
          index.set(first, second, row);
          plain.set(key, row);
        } else if (!isSet) {
          index.delete(first, second);
          plain.delete(key);
        }
        expect(index.size).toBe(plain.size);
      });
      const rows: number[] = [];
      index.forEach((row) => rows.push(row));
      expect(rows.sort((a, b) => a - b)).toEqual([...plain.values()].sort((a, b) => a - b));
    }),
  );
});

test('grows and shrinks with what is in it', () => {
  const index = new LabelIndex((row, first) => row === first);
  for (let i = 0; i < 100_000; i++) index.set(i, 2 ** 50 + 7 * i, i);
  for (let i = 0; i < 100_000; i++) expect(index.get(i, 2 ** 50 + 7 * i)).toBe(i);
  for (let i = 0; i < 99_990; i++) index.delete(i, 2 ** 50 + 7 * i);
  expect([index.size, index.get(99_995, 2 ** 50 + 7 * 99_995)]).toEqual([10, 99_995]);
  expect(index['places'].length).toBeLessThanOrEqual(512);
});
