// Scheduled actions: when they are done, in which order, and what they change.

import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../../src/kernel/time.js';
import type { CronTimes } from '../../../../src/components/cron.js';
import { readCron } from '../../../../src/components/autoscaling/policies/cron.js';
import { readMoment } from '../../../../src/components/settings/moment.js';
import { distribution } from '../../../../src/kernel/distributions/distribution.js';
import { action, constant, rig, simple } from './policies-rig.js';

const at = (text: string): number => readMoment(text, () => undefined)!;
const cron = (text: string): CronTimes => readCron(text) as CronTimes;
const START = at('2026-03-01T07:30Z');

test('once, at its time', () => {
  const first = at('2026-03-01T08:00:10Z');
  const { story, runTo } = rig({
    startSeconds: START,
    scheduledActions: [action('sale', { first, desiredCapacity: 6 })],
  });
  runTo(30 * HOUR);
  expect(story.desiredAt).toEqual(['0 1', '1810 6']);
  expect(story.scaledAt).toEqual(['1810 0: 6 → 6']);
});

test('again and again, from a first time to a last', () => {
  const { story, runTo } = rig({
    startSeconds: START,
    scheduledActions: [
      action('up', { cron: cron('0 8 * * *'), desiredCapacity: 5 }),
      action('down', {
        cron: cron('0 9 * * *'),
        first: at('2026-03-02T08:30Z'),
        last: at('2026-03-03T09:00Z'),
        desiredCapacity: 2,
      }),
    ],
  });
  runTo(96 * HOUR);
  // Its first time is no time of the recurrence; the last one is.
  const hours = story.desiredAt.map((line) => {
    const [seconds, desired] = line.split(' ');
    return `${Number(seconds) / 3600 + 7.5} ${desired}`;
  });
  expect(hours).toEqual(['7.5 1', '8 5', '32.5 2', '56 5', '57 2', '80 5']);
});

test('one that is due when the run starts is done then', () => {
  const { story, runTo } = rig({
    startSeconds: START,
    scheduledActions: [action('now', { cron: cron('30 7 * * *'), desiredCapacity: 4 })],
  });
  runTo(MINUTE);
  expect(story.desiredAt).toEqual(['0 1', '0 4']);
});

test('new bounds move what is wanted', () => {
  const { story, group, runTo } = rig({
    startSeconds: START,
    desiredCapacity: 8,
    scheduledActions: [
      action('low', { first: START + 60, maxSize: 5 }),
      action('high', { first: START + 120, minSize: 7, maxSize: 9 }),
      action('bad', { first: START + 180, minSize: 10 }),
      action('far', { first: START + 240, desiredCapacity: 100 }),
    ],
  });
  runTo(5 * MINUTE);
  expect(story.desiredAt).toEqual(['0 8', '60 5', '120 7', '240 9']);
  expect(group.capacityNow(0)).toMatchObject({ min: 7, max: 9 });
  expect(story.scaledAt).toEqual(['60 0: 5 → 5', '120 1: 7 → 7', '180 2: 7 → 7', '240 3: 100 → 9']);
});

test('however late one is, a later one is done after it', () => {
  const late = distribution({ kind: 'uniform', min: 0, max: 120 * SECOND });
  for (let seed = 1; seed <= 20; seed++) {
    const { story, runTo } = rig({
      seed: String(seed),
      startSeconds: START,
      scheduledDelay: late,
      scheduledActions: [3, 4, 5, 6].map((desiredCapacity, i) =>
        action(`a${i}`, { first: START + 60 + 10 * i, desiredCapacity }),
      ),
    });
    runTo(10 * MINUTE);
    expect(story.decisions.map(({ wanted }) => wanted)).toEqual([3, 4, 5, 6]);
    story.decisions.forEach((one, i) => {
      expect(one.at).toBeGreaterThanOrEqual(60 + 10 * i);
      expect(one.at).toBeLessThanOrEqual(60 + 10 * i + 120);
    });
  }
});

describe('beside policies', () => {
  test('it waits for no cooldown, and counts after the policies in facts', () => {
    const { story, levels, runTo } = rig({
      startSeconds: START,
      policies: [simple(2)],
      scheduledActions: [action('sale', { first: START + 90, desiredCapacity: 9 })],
      assume: {
        actionDelay: constant(0),
        scheduledDelay: constant(0),
        launch: constant(25 * SECOND),
        terminate: constant(20 * SECOND),
      },
    });
    levels[0] = 500;
    runTo(100 * SECOND);
    expect(story.scaledAt).toEqual(['60 0: 3 → 3', '90 1: 9 → 9']);
  });
});
