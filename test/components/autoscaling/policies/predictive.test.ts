// Predictive scaling: the forecast, and a policy that follows a load of days.

import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../../src/kernel/time.js';
import {
  expectedLoad,
  instancesFor,
} from '../../../../src/components/autoscaling/policies/forecast.js';
import type { PredictivePolicyOptions } from '../../../../src/components/autoscaling/policies/policy-options.js';
import { raisedMax } from '../../../../src/components/autoscaling/policies/predictive.js';
import { alarm, rig, simple } from './policies-rig.js';

describe('the forecast', () => {
  const days = (...loads: number[]) =>
    loads.flatMap((load) => Array.from({ length: 24 }, () => load));

  test('an hour is the mean of the same hour of the days before', () => {
    const history = [...days(10, 20), 33];
    expect(expectedLoad(history, 49, 14)).toBe(15);
    expect(expectedLoad(history, 49 + 24, 14)).toBe(15);
    expect(expectedLoad(history, 72, 14)).toBe((10 + 20 + 33) / 3);
  });

  test('of at most 14 days, and without hours that nobody knows', () => {
    const history = days(1000, ...Array.from({ length: 14 }, () => 7));
    expect(expectedLoad(history, history.length, 14)).toBe(7);
    expect(expectedLoad([...days(NaN), ...days(6)], 48, 14)).toBe(6);
    expect(expectedLoad(days(NaN), 24, 14)).toBeNaN();
    expect(expectedLoad([1, 2, 3], 3, 14)).toBeNaN();
  });

  test('instances are rounded up; a buffer goes beyond them', () => {
    expect(instancesFor(101, 10)).toBe(11);
    expect(instancesFor(100, 10)).toBe(10);
    expect(instancesFor(NaN, 10)).toBeNaN();
    expect(raisedMax(50, 10)).toBe(55);
    expect(raisedMax(50, 0)).toBe(50);
  });
});

const policy = (more: Partial<PredictivePolicyOptions> = {}): PredictivePolicyOptions => ({
  kind: 'predictive',
  name: 'daily',
  metric: { metric: 'NumberOfMessagesSent', resource: 'source' },
  target: 100,
  scales: true,
  bufferTime: 300 * SECOND,
  maxCapacityBuffer: null,
  ...more,
});

/** 800 a minute from 8 to 10 o'clock each day, else 100; the gauge counts from the start of the run. */
function daily(now: number): number {
  let sent = 0;
  for (let hour = 0; hour * HOUR < now; hour++) {
    const rate = hour % 24 === 8 || hour % 24 === 9 ? 800 : 100;
    sent += (rate * (Math.min(now, (hour + 1) * HOUR) - hour * HOUR)) / MINUTE;
  }
  return sent;
}

function day(more: Partial<PredictivePolicyOptions> = {}, setup: Parameters<typeof rig>[0] = {}) {
  const at = rig({ policies: [policy(more)], ...setup }, (now) => daily(now));
  return at;
}

/** What was wanted from hour to hour. */
const hourly = (lines: readonly string[]): string[] =>
  lines.map((line) => {
    const [seconds, ...rest] = line.split(' ');
    return `${Number(seconds) / 3600} ${rest.join(' ')}`;
  });

describe('at work', () => {
  test('nothing for a day; then, five minutes ahead of the hour, what it needs; and never in', () => {
    const { story, runTo } = day();
    runTo(40 * HOUR);
    expect(hourly(story.desiredAt)).toEqual(['0 1', `${32 - 1 / 12} 8`]);
    expect(story.decisions).toHaveLength(40 - 24);
    expect(story.decisions[0].at).toBe(25 * 3600 - 300);
    expect(story.decisions.filter(({ wanted }) => wanted === 8)).toHaveLength(2);
  });

  test('in forecast-only mode it tells what it would want, and does nothing', () => {
    const { story, runTo } = day({ scales: false });
    runTo(40 * HOUR);
    expect(story.desiredAt).toEqual(['0 1']);
    expect(story.scaledAt).toContain(`${32 * 3600 - 300} 0: 8 → 1`);
  });

  test('a buffer of 0 acts when the hour begins', () => {
    const { story, runTo } = day({ bufferTime: 0 });
    runTo(40 * HOUR);
    expect(hourly(story.desiredAt)).toEqual(['0 1', '32 8']);
  });

  test('maxSize is honoured, or raised for good', () => {
    for (const [buffer, desired, max] of [
      [null, 5, 5],
      [0, 8, 8],
      [30, 8, 11],
    ] as const) {
      const { story, group, runTo } = day({ maxCapacityBuffer: buffer }, { maxSize: 5 });
      runTo(40 * HOUR);
      expect(story.desiredAt.at(-1)!.split(' ')[1]).toBe(String(desired));
      expect(group.capacityNow(0).max).toBe(max);
    }
  });

  test('hours are those of the calendar', () => {
    const { story, runTo } = day({}, { startSeconds: 1_767_225_600 + 1800 });
    runTo(50 * HOUR);
    for (const { at } of story.decisions) expect((at + 1800) % 3600).toBe(3300);
  });

  test('others do not scale in below the forecast of the hour', () => {
    const down = simple(-1, {
      cooldown: 0,
      alarm: alarm({ comparisonOperator: 'LessThanThreshold', threshold: 10 }),
    });
    const early = policy({ bufferTime: 1800 * SECOND });
    const { story, levels, runTo } = day({}, { policies: [early, down] });
    runTo(32 * HOUR);
    levels[0] = 0;
    runTo(34.5 * HOUR);
    // Two hours of 8, the second to its end, although the policy has acted for the third by then.
    expect(story.desiredAt[1]).toBe(`${31.5 * 3600} 8`);
    const times = story.desiredAt.slice(2).map((line) => Number(line.split(' ')[0]) / 3600);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(34);
    expect(story.desiredAt.at(-1)!.split(' ')[1]).toBe('1');
  });
});
