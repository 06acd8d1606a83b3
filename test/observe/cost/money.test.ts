import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalText, dividedRounded, picoOf, usdText } from '../../../src/observe/cost/money.js';

describe('decimal strings', () => {
  test.each([
    ['0.0000004', 400_000n],
    ['0', 0n],
    ['900', 900_000_000_000_000n],
    ['0.000000000001', 1n],
    ['12.5', 12_500_000_000_000n],
  ])('%s', (text, pico) => {
    expect(picoOf(text)).toBe(pico);
    expect(usdText(pico)).toBe(text);
  });

  test('more digits than doubles hold', () => {
    expect(usdText(picoOf('123456789012345.123456789012'))).toBe('123456789012345.123456789012');
  });

  test('what is no price is a bug', () => {
    for (const text of ['', '-1', '1e3', '.5', '1.', '0.1234567890123', ' 1'])
      expect(() => picoOf(text)).toThrow();
  });

  test('negative amounts', () => expect(decimalText(-1_050n, 2)).toBe('-10.5'));

  test('reading what was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (pico) => {
        expect(picoOf(usdText(pico))).toBe(pico);
      }),
    );
  });
});

test('halves are rounded away from zero', () => {
  const cases: [bigint, bigint, bigint][] = [
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [4n, 3n, 1n],
    [5n, 3n, 2n],
    [-4n, 3n, -1n],
    [0n, 7n, 0n],
  ];
  for (const [over, under, whole] of cases) expect(dividedRounded(over, under)).toBe(whole);
});
