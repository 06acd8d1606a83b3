import fc from 'fast-check';
import { expect, test } from 'vitest';
import { POWERS_OF_TWO, POWER_ZERO } from '../../../src/kernel/math/powers-of-two.js';
import { pow } from '../../../src/kernel/math/pow.js';

test('a power is as exact as the docstring says', () => {
  const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  const exponent = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(base, exponent, (x, y) => {
      const size = Math.abs(y * Math.log(x)) + 1;
      return Math.abs(pow(x, y) / Math.pow(x, y) - 1) <= size * 3e-16 + 3e-16;
    }),
    { numRuns: 2000 },
  );
});

test('powers at the ends', () => {
  expect([pow(0, 2), pow(0, -1), pow(0, 0), pow(7, 0)]).toEqual([0, Infinity, 1, 1]);
  expect([pow(1, 1e300), pow(3, 1), pow(-2, 0.5), pow(2, Infinity)]).toEqual([1, 3, NaN, Infinity]);
});

test('the table of powers of two is exact', () => {
  for (let k = -1022; k <= 1023; k++) expect(POWERS_OF_TWO[POWER_ZERO + k]).toBe(Math.pow(2, k));
});
