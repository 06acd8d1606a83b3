// Simple scaling: one adjustment, then a wait for activities and the cooldown.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../../../src/kernel/time.js';
import { Activities } from '../../../../src/components/autoscaling/activities.js';
import {
  Cooldown,
  simpleWanted,
} from '../../../../src/components/autoscaling/policies/simple-scaling.js';
import { metricOf } from '../../../../src/components/metric-math.js';
import { alarm, rig, simple, SOURCE } from './policies-rig.js';

test('one adjustment per action; the next waits for the activities and the cooldown after them', () => {
  const { story, levels, runTo } = rig({ policies: [simple(2)] });
  levels[0] = 500;
  runTo(13 * MINUTE);
  // 25 s after an action both are up; the cooldown of 300 s counts from there, and the alarm acts each minute.
  expect(story.desiredAt).toEqual(['0 1', '60 3', '420 5', '780 7']);
  expect(story.scaledAt.slice(0, 3)).toEqual(['60 0: 3 → 3', '120 0: 5 → 3', '180 0: 5 → 3']);
});

test("a policy's own cooldown holds instead of the group's, and one of 0 waits for activities alone", () => {
  for (const [cooldown, times] of [
    [60, ['0 1', '60 3', '180 5', '300 7']],
    [0, ['0 1', '60 3', '120 5', '180 7', '240 9', '300 11']],
  ] as const) {
    const { story, levels, runTo } = rig({
      policies: [simple(2, { cooldown: cooldown * SECOND })],
    });
    levels[0] = 500;
    runTo(5 * MINUTE);
    expect(story.desiredAt).toEqual(times);
  }
});

test('with several instances the cooldown counts from the last one, scaling in from when it is gone', () => {
  const { story, levels, runTo } = rig({
    desiredCapacity: 10,
    policies: [simple(-1, { cooldown: 100 * SECOND })],
  });
  levels[0] = 500;
  runTo(5 * MINUTE);
  // Gone after 20 s: 60 + 20 + 100 = 180, and at 180 the alarm acts.
  expect(story.desiredAt).toEqual(['0 10', '60 9', '180 8', '300 7']);
});

test('the cooldown of one simple policy holds back the others', () => {
  const other = simple(5, {
    name: 'other',
    alarm: alarm({ number: 1, name: 'other', metric: metricOf(SOURCE, 'm1') }),
    cooldown: 0,
  });
  const { story, levels, runTo } = rig({ policies: [simple(2), other] });
  levels[0] = 500;
  runTo(90 * SECOND);
  levels[0] = 0;
  levels[1] = 500;
  runTo(7 * MINUTE);
  expect(story.desiredAt).toEqual(['0 1', '60 3', '420 8']);
});

test('changes by hand and replacements wait for no cooldown', () => {
  const { story, group, levels, runTo } = rig({ policies: [simple(2)] });
  levels[0] = 500;
  runTo(100 * SECOND);
  group.setDesired(9);
  group.fail(0);
  expect(story.desiredAt).toEqual(['0 1', '60 3', '100 9']);
  expect(group.instances.bound).toBe(10); // nine are wanted, and one is in place of the dead
});

test('an adjustment that changes nothing begins no cooldown', () => {
  const { story, group, levels, runTo } = rig({ maxSize: 3, policies: [simple(2)] });
  levels[0] = 500;
  runTo(8 * MINUTE);
  expect(story.desiredAt).toEqual(['0 1', '60 3']);
  group.resize({ maxSize: 20 });
  runTo(9 * MINUTE);
  expect(story.desiredAt).toEqual(['0 1', '60 3', '540 5']);
});

describe('the cooldown', () => {
  test('an unrelated activity holds back while it lasts, and begins none', () => {
    const clock = { now: 0 };
    const activities = new Activities();
    const cooldown = new Cooldown(clock, activities);
    activities.begin();
    expect(cooldown.isOver).toBe(false);
    activities.end(10);
    expect(cooldown.isOver).toBe(true);
    cooldown.startAfter(100);
    activities.begin();
    clock.now = 20;
    activities.end(20);
    clock.now = 119;
    expect(cooldown.isOver).toBe(false);
    activities.begin();
    clock.now = 150;
    activities.end(150);
    expect(cooldown.isOver).toBe(true); // 120 has passed
  });
});

test('what is asked for is never below 0', () => {
  expect(simpleWanted('ChangeInCapacity', -5, 3, 0)).toBe(0);
  expect(simpleWanted('PercentChangeInCapacity', 25, 4, 2)).toBe(6);
  expect(simpleWanted('ExactCapacity', 7, 4, 0)).toBe(7);
});

test('whatever the metric does, two changes are at least an activity and a cooldown apart', () => {
  const level = fc.constantFrom(0, 50, 500);
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 20, maxLength: 40 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0),
      (metrics, cooldown, adjustment) => {
        const policies = [
          simple(adjustment, { cooldown: cooldown * SECOND }),
          simple(-1, {
            name: 'in',
            cooldown: cooldown * SECOND,
            alarm: alarm({
              number: 1,
              name: 'in',
              comparisonOperator: 'LessThanThreshold',
              threshold: 20,
            }),
          }),
        ];
        const { story, levels, runTo } = rig({ desiredCapacity: 5, policies });
        metrics.forEach((metric, i) => {
          levels[0] = metric;
          runTo((i + 1) * MINUTE);
        });
        const times = story.desiredAt.slice(1).map((line) => Number(line.split(' ')[0]));
        times.forEach((time, i) => {
          // The shortest activity takes 20 s.
          if (i > 0) expect(time - times[i - 1]).toBeGreaterThanOrEqual(20 + cooldown);
        });
      },
    ),
    { numRuns: 40 },
  );
});
