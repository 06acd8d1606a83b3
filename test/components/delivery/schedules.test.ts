// Retry schedules on the worked vectors of AWS's documentation (SNS Developer Guide "sns-message-delivery-retries").

import { describe, expect, test } from 'vitest';
import { AWS_MANAGED, CUSTOMER_MANAGED } from '../../../src/components/delivery/limits.js';
import type { BackoffFunction, RetrySchedule } from '../../../src/components/delivery/schedules.js';
import {
  DoublingSchedule,
  NEVER_AGAIN,
  NO_RETRY,
  PhasedSchedule,
} from '../../../src/components/delivery/schedules.js';
import { httpSchedule } from '../../../src/components/sns/links.js';
import { SECOND } from '../../../src/kernel/time.js';

/** All delays, s. */
function delaysOf(schedule: RetrySchedule): number[] {
  const delays: number[] = [];
  for (let retry = 0; schedule.delay(retry) !== NO_RETRY; retry++)
    delays.push(schedule.delay(retry) / SECOND);
  return delays;
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
const rounded = (all: readonly number[], places = 1): number[] =>
  all.map((one) => Number(one.toFixed(places)));

describe('endpoints that AWS manages', () => {
  const delays = delaysOf(AWS_MANAGED);

  test('100,015 retries over 23 days', () => {
    expect(delays.length).toBe(100_015);
    expect(Math.round(sum(delays))).toBe(2_000_070);
  });

  test('three at once, two a second apart, ten from 1 to 20 s, then 20 s apart', () => {
    const backoff = [1, 1.39, 1.95, 2.71, 3.79, 5.28, 7.37, 10.28, 14.34, 20];
    expect(rounded(delays.slice(0, 15), 2)).toEqual([0, 0, 0, 1, 1, ...backoff]);
    expect(new Set(delays.slice(15))).toEqual(new Set([20]));
    expect(rounded([sum(delays.slice(0, 15))])).toEqual([70.1]);
  });
});

test('endpoints that customers manage: 50 retries over 24,444 s', () => {
  const delays = delaysOf(CUSTOMER_MANAGED);
  expect(delays.length).toBe(50);
  expect(delays.slice(0, 3)).toEqual([10, 10, 10]);
  expect(new Set(delays.slice(11))).toEqual(new Set([600]));
  expect(Math.round(sum(delays))).toBe(24_444);
});

describe('backoff functions', () => {
  const backoff = (name: BackoffFunction, retries = 10, first = 5, last = 260): number[] =>
    delaysOf(
      new PhasedSchedule([{ retries, first: first * SECOND, last: last * SECOND, backoff: name }]),
    );

  test.each([
    ['linear', [5, 33.3, 61.7, 90, 118.3, 146.7, 175, 203.3, 231.7, 260], 1325],
    ['arithmetic', [5, 10.7, 22, 39, 61.7, 90, 124, 163.7, 209, 260], 985],
    ['geometric', [5, 7.8, 12, 18.7, 28.9, 44.9, 69.7, 108.1, 167.6, 260], 722.6],
    ['exponential', [5, 5.5, 6.5, 8.5, 12.5, 20.5, 36.4, 68.4, 132.3, 260], 555.5],
  ] as const)('%s, from 5 to 260 s in ten', (name, delays, total) => {
    expect(rounded(backoff(name))).toEqual(delays);
    expect(sum(backoff(name))).toBeCloseTo(total, 1);
  });

  test('AWS names this one: linear from 20 to 40 s in three', () => {
    expect(backoff('linear', 3, 20, 40)).toEqual([20, 30, 40]);
  });

  test.each(['linear', 'arithmetic', 'geometric', 'exponential'] as const)(
    '%s: one alone waits as the shortest, equal ends are equal, none are none',
    (name) => {
      expect(backoff(name, 1)).toEqual([5]);
      expect(backoff(name, 3, 7, 7)).toEqual([7, 7, 7]);
      expect(backoff(name, 0)).toEqual([]);
    },
  );
});

describe('policies of HTTP endpoints', () => {
  const policy = {
    numRetries: 3,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    numMaxDelayRetries: 0,
    minDelayTarget: 20 * SECOND,
    maxDelayTarget: 20 * SECOND,
    backoffFunction: 'linear',
  } as const;

  test('by default three, 20 s apart', () => {
    expect(delaysOf(httpSchedule(policy))).toEqual([20, 20, 20]);
  });

  test('the documented example: 3 at once, 2 after a second, 10 with backoff, 35 after a minute', () => {
    const delays = delaysOf(
      httpSchedule({
        ...policy,
        numRetries: 50,
        numNoDelayRetries: 3,
        numMinDelayRetries: 2,
        numMaxDelayRetries: 35,
        minDelayTarget: SECOND,
        maxDelayTarget: 60 * SECOND,
        backoffFunction: 'exponential',
      }),
    );
    expect(delays.length).toBe(50);
    expect(delays.slice(0, 6)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(delays[14]).toBe(60);
    expect(new Set(delays.slice(15))).toEqual(new Set([60]));
    const backoff = delays.slice(5, 15);
    expect(backoff).toEqual([...backoff].sort((a, b) => a - b));
  });

  test('phases that fill numRetries leave nothing for backoff', () => {
    const delays = delaysOf(
      httpSchedule({ ...policy, numNoDelayRetries: 1, numMaxDelayRetries: 2 }),
    );
    expect(delays).toEqual([0, 20, 20]);
  });
});

test('delays that double: 185 retries of EventBridge come to 86,399 s', () => {
  const delays = delaysOf(new DoublingSchedule(185));
  expect(delays.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 488, 488]);
  expect(sum(delays)).toBe(86_399);
});

test('never again', () => {
  expect(delaysOf(NEVER_AGAIN)).toEqual([]);
});
