import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { problemsOf } from '../../../src/components/settings/setting.js';
import { writtenSize, writtenTime } from '../../../src/components/settings/units.js';
import {
  byteRate,
  count,
  duration,
  factor,
  money,
  monthlyShare,
  number,
  rate,
  share,
  size,
} from '../../../src/components/settings.js';

function read(schema: z.ZodType, written: unknown): unknown {
  const result = schema.safeParse(written);
  return result.success ? result.data : problemsOf(result.error)[0];
}

describe('a duration', () => {
  test.each([
    ['250us', 250],
    ['80ms', 80_000],
    ['1.5s', 1_500_000],
    ['0.1s', 100_000],
    ['5m', 300_000_000],
    ['12h', 43_200_000_000],
    ['14d', 1_209_600_000_000],
    ['0s', 0],
    ['0.000001s', 1],
    ['1.005s', 1_005_000],
  ])('%s is %d µs', (written, micros) => {
    expect(read(duration(), written)).toBe(micros);
  });

  test.each([
    ['1h30m', '90m'],
    ['5 s', '5s'],
    ['10sec', '10s'],
    ['2min', '2m'],
    ['.5s', '0.5s'],
    ['2w', '14d'],
    ['7M', '7m'],
    ['30', '30s'],
    ['1..10s', '{ dist: uniform, min: 1s, max: 10s }'],
  ])('%s leads to %s', (written, nearest) => {
    expect(read(duration(), written)).toMatchObject({
      code: 'wrong-unit',
      found: written,
      nearest,
    });
  });

  test('a share a month says so', () => {
    expect(read(monthlyShare(), '5%/month')).toBe(0.05);
    expect(read(monthlyShare(), '250%/month')).toBe(2.5);
    expect(read(monthlyShare(), '5%')).toMatchObject({ code: 'wrong-unit', nearest: '5%/month' });
    expect(read(monthlyShare(), '-1%/month')).toMatchObject({ code: 'out-of-range' });
  });

  test('a bare number is taken only where AWS takes one', () => {
    expect(read(duration({ bare: 's' }), 30)).toBe(30_000_000);
    expect(read(duration(), 30)).toMatchObject({ code: 'wrong-unit', nearest: '30s' });
  });

  test('must come out whole in the unit of AWS', () => {
    const setting = duration({ bare: 's', min: '0s', max: '12h' });
    expect(read(setting, '30500ms')).toMatchObject({ code: 'not-whole', nearest: '31s' });
    expect(read(setting, 0.5)).toMatchObject({ code: 'not-whole' });
    expect(read(setting, '1.5m')).toBe(90_000_000);
    expect(read(duration(), '0.1us')).toMatchObject({ code: 'not-whole' });
  });

  test('outside the range: the range, the nearest bound and the name of the error', () => {
    const setting = duration({
      bare: 's',
      min: '1m',
      max: '14d',
      awsError: 'InvalidAttributeValue',
    });
    expect(read(setting, '15d')).toEqual({
      code: 'out-of-range',
      found: '15d',
      allowed: '1m..14d',
      nearest: '14d',
      awsError: 'InvalidAttributeValue',
      path: [],
    });
    expect(read(setting, 30)).toMatchObject({ code: 'out-of-range', nearest: '1m' });
    expect(read(duration(), '-5s')).toMatchObject({ code: 'out-of-range', nearest: '0s' });
  });

  test.each([
    [null],
    [true],
    [[]],
    [{}],
    ['abc'],
    [''],
    ['1e3s'],
    [Infinity],
    [NaN],
    ['9'.repeat(400) + 's'],
  ])('refuses %j', (written) => {
    expect(read(duration({ bare: 's' }), written)).toHaveProperty('code');
  });

  test('missing without a default, the default otherwise', () => {
    expect(read(duration(), undefined)).toMatchObject({ code: 'missing' });
    expect(read(duration({ default: '30s' }), undefined)).toBe(30_000_000);
  });

  test('what is written is read back, for any time and size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (value) => {
        expect(read(duration(), writtenTime(value))).toBe(value);
        expect(read(size(), writtenSize(value))).toBe(value);
      }),
    );
  });

  test('decimal text is exact: thousandths of a second are whole milliseconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 999 }),
        (seconds, thousandths) => {
          const text = `${seconds}.${String(thousandths).padStart(3, '0')}s`;
          expect(read(duration({ whole: 'ms' }), text)).toBe(
            seconds * 1_000_000 + thousandths * 1_000,
          );
        },
      ),
    );
  });
});

describe('sizes, rates, shares, factors, money, counts', () => {
  test.each([
    ['200B', 200],
    ['64KiB', 65_536],
    ['1MiB', 1_048_576],
    ['2GB', 2e9],
    ['1KB', 1000],
    ['0.5KiB', 512],
  ])('%s is %d bytes', (written, bytes) => {
    expect(read(size(), written)).toBe(bytes);
  });
  test('64kb leads to 64KB, 1 MiB to 1MiB', () => {
    expect(read(size(), '64kb')).toMatchObject({ code: 'wrong-unit', nearest: '64KB' });
    expect(read(size(), '1 MiB')).toMatchObject({ code: 'wrong-unit', nearest: '1MiB' });
    expect(read(size({ bare: 'MiB' }), 5)).toBe(5_242_880);
  });
  test.each([
    ['2000/s', 2000],
    ['12/m', 0.2],
    ['30/d', 30 / 86_400],
    ['0/s', 0],
    ['0.5/s', 0.5],
  ])('%s is %d per second', (written, perSecond) => {
    expect(read(rate(), written)).toBe(perSecond);
  });
  test('rates without or with a wrong unit', () => {
    expect(read(rate(), 50)).toMatchObject({ code: 'wrong-unit', nearest: '50/s' });
    expect(read(rate(), '50/min')).toMatchObject({ code: 'wrong-unit', nearest: '50/m' });
    expect(read(rate(), '50 / sec')).toMatchObject({ code: 'wrong-unit', nearest: '50/s' });
    expect(read(rate({ min: '1/m' }), '1/h')).toMatchObject({ code: 'out-of-range' });
    expect(read(byteRate(), '5MiB/s')).toBe(5_242_880);
    expect(read(byteRate(), '5/s')).toMatchObject({ code: 'wrong-unit' });
  });
  test.each([
    ['0.5%', 0.005],
    ['100%', 1],
    ['0.0001%', 0.000001],
    ['30%', 0.3],
    ['0%', 0],
  ])('%s is %d', (written, value) => {
    expect(read(share(), written)).toBe(value);
  });
  test('a bare share says what was probably meant', () => {
    expect(read(share(), 0.005)).toMatchObject({ code: 'wrong-unit', nearest: '0.5%' });
    expect(read(share(), 5)).toMatchObject({ code: 'wrong-unit', nearest: '5%' });
    expect(read(share(), '101%')).toMatchObject({ code: 'out-of-range', nearest: '100%' });
  });
  test('factors, money, counts, numbers', () => {
    expect(read(factor(), '5x')).toBe(5);
    expect(read(factor(), 5)).toMatchObject({ nearest: '5x' });
    expect(read(money(), '900 USD')).toBe('900');
    expect(read(money(), 900)).toMatchObject({ code: 'wrong-unit', nearest: '900 USD' });
    expect(read(count({ min: 1, max: 10 }), 10)).toBe(10);
    expect(read(count({ min: 1, max: 10 }), 11)).toMatchObject({
      code: 'out-of-range',
      allowed: 'a whole number 1..10',
      nearest: '10',
    });
    expect(read(count(), 2.5)).toMatchObject({ code: 'not-whole' });
    expect(read(count(), 'two')).toMatchObject({ code: 'wrong-kind' });
    expect(read(number(), -1.5)).toBe(-1.5);
  });
});
