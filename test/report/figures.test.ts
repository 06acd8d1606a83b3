import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { bytes, count, digits, duration, share, span } from '../../src/report/figures.js';
import { picoUsd, usd } from '../../src/report/money.js';
import { measuredText } from '../../src/report/verdicts.js';

describe('figures for a reader', () => {
  test.each([
    [null, '–'],
    ['inf', 'inf'],
    [0, '0 s'],
    [0.000001, '1.00 us'],
    [0.00035, '350 us'],
    [0.0802, '80.2 ms'],
    [0.9996, '1,000 ms'],
    [1, '1.00 s'],
    [12.3456, '12.3 s'],
    [119.99, '120 s'],
    [120, '2m 00s'],
    [200.4, '3m 20s'],
    [3_599.9, '60m 00s'],
    [7_200, '2h 00m'],
    [86_399, '24h 00m'],
    [172_800, '2d 00h'],
    [360_000, '4d 04h'],
  ] as const)('a latency of %s is %s', (time, text) => {
    expect(duration(time)).toBe(text);
  });

  test.each([
    [0, '0s'],
    [0.5, '0.5s'],
    [59, '59s'],
    [60, '1m'],
    [1_930.5, '32m 10s'],
    [3_600, '1h'],
    [90_061, '1d 1h 1m'],
  ])('a span of %d is %s', (time, text) => {
    expect(span(time)).toBe(text);
  });

  test.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [1_234_567, '1,234,567'],
    [-1_234, '-1,234'],
    [12.345, '12.3'],
    [123_456.7, '123,457'],
  ])('a count of %d is %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  test.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.5, '50.0 %'],
    [0.0012, '0.120 %'],
    [0.123456, '12.3 %'],
    [0.99998, '99.998 %'],
    [0.9996, '99.96 %'],
    [2.5, '250 %'],
    [1.0001, '100.01 %'],
    [0.9999999, '99.99999 %'],
  ])('a share of %d is %s', (value, text) => {
    expect(share(value)).toBe(text);
  });

  test.each([
    [512, '512 B'],
    [1_536, '1.50 KiB'],
    [314_572_800, '300 MiB'],
  ])('%d bytes are %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  test('digits never have an exponent', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e15, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        (value, significant) => {
          expect(digits(value, significant)).toMatch(/^[\d,]+(\.\d+)?$/u);
        },
      ),
    );
  });
});

describe('money for a reader', () => {
  test.each([
    ['0', '0.00 USD'],
    ['0.596', '0.60 USD'],
    ['812.219999999999', '812.22 USD'],
    ['1234567.005', '1,234,567.01 USD'],
    ['0.0000032', '0.0000032 USD'],
    ['0.0999', '0.10 USD'],
    ['0.0015952', '0.0016 USD'],
    ['0.0827', '0.083 USD'],
    ['0.00995', '0.01 USD'],
    ['0.000000000009', '0.000000000009 USD'],
    ['-0.0015952', '-0.0016 USD'],
    ['-3.456', '-3.46 USD'],
    ['0.000000000001', '0.000000000001 USD'],
    ['9007199254740993.5', '9,007,199,254,740,993.50 USD'],
  ])('%s is %s', (text, shown) => {
    expect(usd(text)).toBe(shown);
  });

  test('is a decimal string, or it is a bug', () => {
    expect(() => picoUsd('1e-7')).toThrow('decimal');
    expect(() => picoUsd('')).toThrow('decimal');
  });
});

describe('what an expectation measured', () => {
  test.each([
    [29.970001, 's', '29.970 s'],
    [null, 's', 'nothing to measure'],
    ['inf', 's', 'inf'],
    [5, 'count', '5'],
    [12.3456789, 'count', '12.346'],
    [200.4, 's', '3m 20s, 200.40 s'],
    [0.999, 'share', '99.900 %'],
    [0.001004, 'share', '0.10040 %'],
    [0.000002313, 'share', '0.0002313 %'],
    [0.000012, 'count', '0.000012'],
    ['812.219999999999', 'USD', '812.22 USD'],
    [2_048, 'B', '2.0000 KiB'],
    [1_000, '/s', '1,000/s'],
    [100.04, '/s', '100.04/s'],
  ] as const)('%s %s is shown as %s', (value, unit, text) => {
    expect(measuredText(value, unit)).toBe(text);
  });
});
