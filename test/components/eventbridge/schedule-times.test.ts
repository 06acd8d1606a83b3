// Schedule expressions: what is due, and when next.

import { describe, expect, test } from 'vitest';
import {
  firstDue,
  nextDue,
  readSchedule,
} from '../../../src/components/eventbridge/schedule-times.js';
import { momentText, readMoment } from '../../../src/components/settings/moment.js';

const SECOND = 1_000_000;
const at = (text: string): number => readMoment(text, () => undefined)!;

/** The first due times of an expression in a run that begins at `start`. */
function due(expression: string, count: number, start = '2026-01-01T00:00Z'): string[] {
  const times = readSchedule(expression, true);
  if (typeof times === 'string') throw new Error(times);
  const zero = at(start);
  const found: string[] = [];
  let time = firstDue(times, zero);
  while (found.length < count && time !== Infinity) {
    found.push(momentText(zero + time / SECOND));
    time = nextDue(times, time, zero);
  }
  return found;
}

test.each([
  ['rate(5 minutes)', ['2026-01-01T00:05Z', '2026-01-01T00:10Z']],
  ['rate(1 hour)', ['2026-01-01T01:00Z', '2026-01-01T02:00Z']],
  ['rate(2 days)', ['2026-01-03T00:00Z', '2026-01-05T00:00Z']],
  ['at(2026-01-01T08:30:00)', ['2026-01-01T08:30Z']],
  // The guide's examples.
  ['cron(0 10 * * ? *)', ['2026-01-01T10:00Z', '2026-01-02T10:00Z']],
  ['cron(15 12 * * ? *)', ['2026-01-01T12:15Z', '2026-01-02T12:15Z']],
  ['cron(0 18 ? * MON-FRI *)', ['2026-01-01T18:00Z', '2026-01-02T18:00Z', '2026-01-05T18:00Z']],
  ['cron(0 8 1 * ? *)', ['2026-01-01T08:00Z', '2026-02-01T08:00Z']],
  ['cron(0/15 * * * ? *)', ['2026-01-01T00:00Z', '2026-01-01T00:15Z', '2026-01-01T00:30Z']],
  ['cron(0/5 8-17 ? * MON-FRI *)', ['2026-01-01T08:00Z', '2026-01-01T08:05Z']],
  ['cron(0 9 ? * 2#1 *)', ['2026-01-05T09:00Z', '2026-02-02T09:00Z']],
  ['cron(0 9 L * ? *)', ['2026-01-31T09:00Z', '2026-02-28T09:00Z']],
  ['cron(0 9 3W * ? *)', ['2026-01-02T09:00Z', '2026-02-03T09:00Z']],
  ['cron(0 9 ? * 6L *)', ['2026-01-30T09:00Z', '2026-02-27T09:00Z']],
  ['cron(0 0 1 1 ? 2028)', ['2028-01-01T00:00Z']],
  ['cron(0 0 1 1 ? 2025)', []],
])('%s', (expression, expected) => {
  const count = expression.startsWith('at') || expected.length < 2 ? 2 : expected.length;
  expect(due(expression, count)).toEqual(expected);
});

test('1 is Sunday, and a time at the start itself counts', () => {
  expect(due('cron(0 0 ? * 1 *)', 1)).toEqual(['2026-01-04T00:00Z']);
  expect(due('cron(0 0 1 * ? *)', 1)).toEqual(['2026-01-01T00:00Z']);
});

describe('what AWS refuses', () => {
  test.each([
    ['rate(1 minutes)', '1 minutes'],
    ['rate(5 minute)', '5 minute'],
    ['rate(0 minutes)', 'a rate of 0'],
    ['rate(30 seconds)', 'the rate 30 seconds'],
    ['cron(0 10 * * *)', '5 fields, not six'],
    ['cron(0 10 * * * *)', 'one of day of the month and day of the week is ?'],
    ['cron(0 10 ? * ? *)', 'one of day of the month and day of the week is ?'],
    ['cron(60 10 * * ? *)', 'the minutes 60'],
    ['cron(0 10 32W * ? *)', 'the day of the month 32W'],
    ['cron(0 10 ? * 8#1 *)', 'the day of the week 8#1'],
    ['0 10 * * ? *', '0 10 * * ? *'],
  ])('%s', (expression, problem) => {
    expect(readSchedule(expression, true)).toContain(problem);
  });

  test('a rule has no at(…)', () => {
    expect(readSchedule('at(2026-01-01T08:30:00)', false)).toBe('at(2026-01-01T08:30:00)');
  });
});
