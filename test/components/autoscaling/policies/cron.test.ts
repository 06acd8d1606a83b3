// Cron expressions: what fits, and when next.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { nextFit } from '../../../../src/components/cron.js';
import { readCron } from '../../../../src/components/autoscaling/policies/cron.js';
import { readMoment, momentText } from '../../../../src/components/settings/moment.js';

const at = (text: string): number => readMoment(text, () => undefined)!;

/** The next times after a Thursday, 2026-01-01T00:00Z. */
function next(text: string, from = '2026-01-01T00:00Z', count = 1): string[] {
  const cron = readCron(text);
  if (typeof cron === 'string') throw new Error(cron);
  const times: string[] = [];
  let time = at(from);
  for (let i = 0; i < count; i++) {
    time = nextFit(cron, time);
    times.push(momentText(time));
    time += 1;
  }
  return times;
}

test.each([
  ['every minute', '* * * * *', ['2026-01-01T00:00Z', '2026-01-01T00:01Z']],
  ['a time of the day', '30 8 * * *', ['2026-01-01T08:30Z', '2026-01-02T08:30Z']],
  [
    'working days',
    '0 9 * * MON-FRI',
    ['2026-01-01T09:00Z', '2026-01-02T09:00Z', '2026-01-05T09:00Z'],
  ],
  [
    'steps',
    '*/20 6-8/2 * * *',
    ['2026-01-01T06:00Z', '2026-01-01T06:20Z', '2026-01-01T06:40Z', '2026-01-01T08:00Z'],
  ],
  [
    "the guide's: first of January, June, December",
    '30 0 1 1,6,12 *',
    ['2026-01-01T00:30Z', '2026-06-01T00:30Z', '2026-12-01T00:30Z'],
  ],
  ['names of months, in any case', '0 0 1 feb,MAR *', ['2026-02-01T00:00Z', '2026-03-01T00:00Z']],
  ['Sunday by 0 and by 7', '0 0 * * 0,7', ['2026-01-04T00:00Z', '2026-01-11T00:00Z']],
  [
    'the week to its end',
    '0 0 * * 5-7',
    ['2026-01-02T00:00Z', '2026-01-03T00:00Z', '2026-01-04T00:00Z'],
  ],
  [
    'either kind of day, when both are restricted',
    '0 0 13 * FRI',
    ['2026-01-02T00:00Z', '2026-01-09T00:00Z', '2026-01-13T00:00Z'],
  ],
  ['29 February', '0 0 29 2 *', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
])('%s', (_name, text, times) => expect(next(text, undefined, times.length)).toEqual(times));

test('a time that is now fits, one within the minute does not', () => {
  expect(next('0 8 * * *', '2026-01-01T08:00Z')).toEqual(['2026-01-01T08:00Z']);
  expect(next('0 8 * * *', '2026-01-01T08:00:01Z')).toEqual(['2026-01-02T08:00Z']);
});

test('from one leap year to the next but one', () => {
  expect(next('0 0 29 2 *', '2096-03-01T00:00Z')).toEqual(['2104-02-29T00:00Z']);
});

test('what never comes', () => {
  const cron = readCron('0 0 30 2 *');
  expect(typeof cron === 'string' ? cron : nextFit(cron, at('2026-01-01T00:00Z'))).toBe(Infinity);
});

describe('what is no cron expression says why', () => {
  test.each([
    ['0 8 * *', '4 fields'],
    ['0 8 * * ? *', '6 fields'],
    ['60 8 * * *', 'minute 60'],
    ['0 24 * * *', 'hour 24'],
    ['0 0 0 * *', 'day of the month 0'],
    ['0 0 * 13 *', 'month 13'],
    ['0 0 * * 8', 'day of the week 8'],
    ['0 0 * * MON-', 'day of the week MON-'],
    ['0 0 * * FRI-MON', 'FRI-MON'],
    ['5/10 * * * *', 'minute 5/10'],
    ['*/0 * * * *', 'minute */0'],
    ['0 0 L * *', 'day of the month L'],
    ['', '1 fields'],
  ])('%s', (text, why) => expect(readCron(text)).toContain(why));
});

test('the next time is the first of all minutes that fits', () => {
  const field = (max: number, min = 0) =>
    fc.oneof(fc.constant('*'), fc.integer({ min, max }).map(String));
  const start = at('2026-01-01T00:00Z');
  fc.assert(
    fc.property(field(59), field(23), fc.nat(3000), (minute, hour, offset) => {
      const cron = readCron(`${minute} ${hour} * * *`);
      if (typeof cron === 'string') throw new Error(cron);
      let time = start + offset * 60;
      const fits = (seconds: number): boolean =>
        (minute === '*' || (seconds / 60) % 60 === Number(minute)) &&
        (hour === '*' || Math.floor(seconds / 3600) % 24 === Number(hour));
      while (!fits(time)) time += 60;
      expect(nextFit(cron, start + offset * 60)).toBe(time);
    }),
  );
});
