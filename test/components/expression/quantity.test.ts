import { describe, expect, test } from 'vitest';
import {
  COUNT,
  divided,
  fits,
  inWords,
  MONEY,
  multiplied,
  NUMBER,
  RATE,
  SHARE,
  SIZE,
  SIZE_RATE,
  summed,
  TIME,
  unitOf,
} from '../../../src/components/expression/quantity.js';

const ALL = [TIME, SIZE, MONEY, COUNT, SHARE, NUMBER, RATE, SIZE_RATE];

test('a quantity fits itself, and fitting is mutual', () => {
  for (const a of ALL) {
    expect(fits(a, a)).toBe(true);
    for (const b of ALL) expect(fits(a, b)).toBe(fits(b, a));
  }
  expect(fits(COUNT, SHARE)).toBe(false);
  expect(fits(NUMBER, COUNT) && fits(NUMBER, SHARE)).toBe(true);
});

test('multiplying by what one divided by leads back', () => {
  for (const a of ALL) {
    for (const b of ALL) expect({ ...multiplied(divided(a, b), b), plain: a.plain }).toEqual(a);
  }
});

describe('units of results', () => {
  test.each([
    [divided(COUNT, TIME), '/s'],
    [multiplied(RATE, TIME), 'count'],
    [divided(COUNT, COUNT), 'count'],
    [multiplied(SHARE, TIME), 's'],
    [multiplied(COUNT, SHARE), 'count'],
    [multiplied(SHARE, COUNT), 'count'],
    [divided(MONEY, COUNT), 'USD'],
    [divided(MONEY, TIME), undefined],
    [summed(NUMBER, SHARE), 'share'],
    [SIZE_RATE, undefined],
    [multiplied(SIZE_RATE, TIME), 'B'],
  ])('%o', (quantity, unit) => {
    expect(unitOf(quantity)).toBe(unit);
  });
});

test('in words', () => {
  expect(
    [
      TIME,
      NUMBER,
      SHARE,
      RATE,
      divided(MONEY, TIME),
      multiplied(TIME, TIME),
      divided(NUMBER, SIZE),
    ].map(inWords),
  ).toEqual([
    'a time',
    'a number',
    'a share',
    'a rate',
    'money per time',
    'time^2',
    'one per size',
  ]);
});
