// The index against a Map of texts.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowIndex } from '../../src/kernel/row-index.js';

const label = fc.oneof(
  fc.nat(5),
  fc.nat(30).map((n) => 2 ** 40 + n),
  fc.nat(30).map((n) => 2 ** 40 + 2 ** 30 * n),
  fc.constantFrom(2 ** 50, 2 ** 50 + 1, 2 ** 53 - 1),
);

test('keeps, finds and forgets as a Map does', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), label, label), { maxLength: 400 });
  fc.assert(
    fc.property(steps, (all) => {
      const index = new RowIndex(
        (row, first, second) => all[row][1] === first && all[row][2] === second,
      );
      const plain = new Map<string, number>();
      all.forEach(([isSet, first, second], row) => {
        const key = `${first}/${second}`;
        expect(index.get(first, second)).toBe(plain.get(key) ?? -1);
        if (isSet) {
          index.set(row, first, second);
          plain.set(key, row);
        } else {
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

test('by one number, says what a Map says', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), label), { size: 'max', maxLength: 300 });
  fc.assert(
    fc.property(steps, (all) => {
      const index = new RowIndex((row, first) => all[row][1] === first);
      const plain = new Map<number, number>();
      all.forEach(([isSet, first], row) => {
        if (isSet) index.set(row, first);
        else index.delete(first);
        if (isSet) plain.set(first, row);
        else plain.delete(first);
        expect(index.size).toBe(plain.size);
      });
      for (const [, first] of all) expect(index.get(first)).toBe(plain.get(first) ?? -1);
    }),
  );
});

test('grows and shrinks with what is in it', () => {
  const index = new RowIndex((row, first) => row === first);
  for (let i = 0; i < 100_000; i++) index.set(i, i, 2 ** 50 + 7 * i);
  for (let i = 0; i < 100_000; i++) expect(index.get(i, 2 ** 50 + 7 * i)).toBe(i);
  for (let i = 0; i < 99_990; i++) index.delete(i, 2 ** 50 + 7 * i);
  expect([index.size, index.get(99_995, 2 ** 50 + 7 * 99_995)]).toEqual([10, 99_995]);
  expect(index['places'].length).toBeLessThanOrEqual(512);
});

test('memory follows what is in it', () => {
  const index = new RowIndex((row, first) => first === 2 ** 40 + row);
  const empty = index.memoryBytes;
  for (let i = 0; i < 10_000; i++) index.set(i, 2 ** 40 + i);
  expect(index.memoryBytes).toBeLessThanOrEqual(10_000 * 4 * 12);
  for (let i = 0; i < 10_000; i++) index.delete(2 ** 40 + i);
  expect([index.memoryBytes, index.size]).toEqual([empty, 0]);
});
