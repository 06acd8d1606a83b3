// Target tracking: the arithmetic on the guide's examples, and policies at work in a small world.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../../../src/kernel/time.js';
import type { Capacity } from '../../../../src/components/autoscaling/policies/step-scaling.js';
import {
  gradually,
  roundUp,
  wantedByAll,
  wantedIn,
  wantedOut,
} from '../../../../src/components/autoscaling/policies/target-tracking.js';
import type { Group } from '../../../../src/components/autoscaling/group.js';
import { action, constant, rig, tracking } from './policies-rig.js';

const capacity = (warm: number, more: Partial<Capacity> = {}): Capacity => ({
  min: 0,
  max: 100,
  desired: warm,
  warm,
  isWarming: false,
  leaving: 0,
  ...more,
});

describe('the arithmetic', () => {
  test("the guide's: add 1.5 is 2, remove 1.5 is 1; 150 of 100 on 10 is 15", () => {
    expect(roundUp(1.5)).toBe(2);
    expect(roundUp(-1.5)).toBe(-1);
    expect(wantedOut(capacity(10), 150, 100)).toBe(15);
    expect(wantedIn(capacity(10), 42.5, 50)).toBe(9);
  });

  test('what should come out whole does', () => {
    expect(roundUp(7.000000000000001)).toBe(7);
    expect(roundUp(6.999999999999999)).toBe(7);
    expect(roundUp(7.001)).toBe(8);
    expect(Object.is(roundUp(-0.2), 0)).toBe(true);
  });

  test('out: warming instances are no capacity, and what is wanted already stays', () => {
    expect(wantedOut(capacity(10, { desired: 14, isWarming: true }), 120, 100)).toBe(14);
    expect(wantedOut(capacity(10, { desired: 14, isWarming: true }), 200, 100)).toBe(20);
  });

  test('in: nothing while warming, nothing that would bring the metric above the target', () => {
    expect(wantedIn(capacity(10, { isWarming: true }), 10, 100)).toBe(10);
    expect(wantedIn(capacity(10), 91, 100)).toBe(10);
    expect(wantedIn(capacity(10), 90, 100)).toBe(9);
    expect(wantedIn(capacity(1), 1, 100)).toBe(1);
    expect(wantedIn(capacity(1), 0, 100)).toBe(0);
  });

  test('in: instances that are on their way out still count', () => {
    expect(wantedIn(capacity(8, { leaving: 2 }), 40, 50)).toBe(8);
    expect(wantedIn(capacity(8), 40, 50)).toBe(7);
  });

  test('in, gradually: a share of the capacity at a time, one instance at least; the whole of it is no limit', () => {
    expect(gradually(27, 2, 0.1)).toBe(25);
    expect(gradually(27, 26, 0.1)).toBe(26);
    expect(gradually(27, 2, 1)).toBe(2);
    expect(gradually(27, 0, 1)).toBe(0);
    expect(gradually(5, 0, 0.1)).toBe(4);
    expect(gradually(10, 0, 0.3)).toBe(7);
    expect(gradually(0, 0, 1)).toBe(0);
  });

  test('several policies: out if any wants, in if all do, the largest wins', () => {
    expect(wantedByAll(10, [12, 8])).toBe(12);
    expect(wantedByAll(10, [7, 8])).toBe(8);
    expect(wantedByAll(10, [NaN, 8])).toBe(10);
    expect(wantedByAll(10, [NaN, 12])).toBe(12);
    expect(wantedByAll(10, [])).toBe(10);
  });

  test('whoever stays after scaling in is not above the target', () => {
    const number = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), number, (active, metric) => {
        const want = wantedIn(capacity(active), metric, 100);
        expect(want).toBeLessThanOrEqual(active);
        if (want < active && want > 0)
          expect((metric * active) / want).toBeLessThanOrEqual(100.00001);
      }),
    );
  });
});

/** A load that instances share: the metric falls as capacity rises. */
const shared = (load: number) => (group: Group) => load / group.capacityNow(0).warm;

describe('at work', () => {
  test('three minutes above the target, then in one go to where the metric is at it', () => {
    const { story, levels, runTo } = rig({ policies: [tracking(100)] });
    levels[0] = shared(80);
    runTo(10 * MINUTE);
    levels[0] = shared(650);
    runTo(15 * MINUTE);
    expect(story.desiredAt).toEqual(['0 1', '780 7']);
    expect(story.alarms).toContain('780 0 2');
  });

  test('new instances bring the metric down: no second step, no swinging', () => {
    const { story, levels, runTo } = rig({ policies: [tracking(100)] });
    levels[0] = shared(650);
    runTo(60 * MINUTE);
    expect(story.desiredAt).toEqual(['0 1', '180 7']);
  });

  test('a metric that does not fall is answered again when the warm-up is over', () => {
    const { story, levels, runTo } = rig({ policies: [tracking(100)] });
    levels[0] = 200;
    runTo(10 * MINUTE);
    // 180 + 25 + 300 s: warm at 505 s.
    expect(story.desiredAt).toEqual(['0 1', '180 2', '540 4']);
  });

  test('fifteen minutes below 90 % of it, then in', () => {
    const { story, levels, runTo } = rig({ desiredCapacity: 10, policies: [tracking(100)] });
    levels[0] = shared(420);
    runTo(60 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10', '900 5']);
  });

  test('between the two thresholds nothing happens', () => {
    const { story, levels, runTo } = rig({ desiredCapacity: 10, policies: [tracking(100)] });
    levels[0] = shared(950);
    runTo(60 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10']);
  });

  test('one that may not scale in has no low alarm', () => {
    const { story, levels, runTo } = rig({
      desiredCapacity: 10,
      policies: [tracking(100, { disableScaleIn: true })],
    });
    levels[0] = shared(420);
    runTo(60 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10']);
    expect(story.alarms).toEqual(['60 0 1']);
  });

  test('without data nothing is done', () => {
    const { story, levels, runTo } = rig({ desiredCapacity: 10, policies: [tracking(100)] });
    levels[0] = NaN;
    runTo(60 * MINUTE);
    expect(story.scaledAt).toEqual([]);
    expect(story.desiredAt).toEqual(['0 10']);
  });

  test('on one data point it scales in once, though the alarm repeats its action', () => {
    const { story, levels, runTo } = rig({ desiredCapacity: 10, policies: [tracking(100)] });
    levels[0] = 42; // whatever the capacity
    runTo(15 * MINUTE);
    levels[0] = NaN; // three more evaluations still see enough data points
    runTo(60 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10', '900 5']);
    expect(story.scaledAt.length).toBeGreaterThan(1);
  });

  test('with metric 0 the last instance goes only where minSize lets it', () => {
    for (const minSize of [0, 1]) {
      const { story, levels, runTo } = rig({ minSize, policies: [tracking(100)] });
      levels[0] = 0;
      runTo(20 * MINUTE);
      expect(story.desiredAt).toEqual(minSize === 0 ? ['0 1', '900 0'] : ['0 1']);
    }
  });

  test('a metric that falls to nothing: all the way in at once, or by steps of a share while it stays there', () => {
    const settings = { minSize: 2, maxSize: 30, desiredCapacity: 27 };
    const run = (scaleInStep: number): string[] => {
      const { story, levels, runTo } = rig({
        ...settings,
        policies: [tracking(100, { scaleInStep })],
      });
      levels[0] = 0;
      runTo(18 * MINUTE);
      return story.desiredAt;
    };
    expect(run(1)).toEqual(['0 27', '900 2']);
    expect(run(0.1)).toEqual(['0 27', '900 25', '960 23', '1020 21', '1080 19']);
  });

  test('two policies: in only when both want, and then no further than either', () => {
    const both = [tracking(100), tracking(100, { metric: 1 })];
    const { story, levels, runTo } = rig({ desiredCapacity: 10, policies: both });
    levels[0] = shared(300);
    levels[1] = shared(950);
    runTo(30 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10']);
    levels[1] = shared(620);
    runTo(60 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10', '2700 7']);
  });

  test('two policies: the data points that the group has scaled in on count for neither any more', () => {
    const both = [tracking(100), tracking(100, { metric: 1 })];
    const { story, levels, runTo } = rig({ desiredCapacity: 16, policies: both });
    levels[0] = 0;
    // Seldom shown, as CPUUtilization is: nothing of the smaller group yet.
    levels[1] = (group) => (group.capacityNow(0).warm === 16 ? 50 : NaN);
    runTo(20 * MINUTE);
    expect(story.desiredAt).toEqual(['0 16', '900 8']);
  });

  test('two policies: one that has no data keeps the other from scaling in, not from scaling out', () => {
    const both = [tracking(100), tracking(100, { metric: 1 })];
    const { story, levels, runTo } = rig({ desiredCapacity: 10, policies: both });
    levels[0] = shared(300);
    runTo(30 * MINUTE);
    levels[0] = shared(1500);
    runTo(40 * MINUTE);
    expect(story.desiredAt).toEqual(['0 10', '1980 15']);
  });

  test('whatever the load: bounds hold, and no policy scales in while instances warm up', () => {
    const load = fc.constantFrom(0, 50, 300, 700, 2000, NaN);
    fc.assert(
      fc.property(fc.array(load, { minLength: 5, maxLength: 15 }), (loads) => {
        const at = rig({
          minSize: 2,
          maxSize: 9,
          desiredCapacity: 3,
          policies: [tracking(100), tracking(50, { metric: 1, disableScaleIn: true })],
          scheduledActions: [action('a', { first: 1_767_225_600 + 1500, minSize: 4 })],
        });
        const { story, levels, group, runTo } = at;
        const before: boolean[] = [];
        loads.forEach((one, i) => {
          levels[0] = shared(one);
          levels[1] = shared(one / 2);
          for (let minute = 0; minute < 5; minute++) {
            const from = group.desired;
            before.push(group.capacityNow(300 * SECOND).isWarming);
            runTo((i * 5 + minute + 1) * MINUTE);
            const isIn = group.desired < from;
            if (isIn) expect(before.at(-1)).toBe(false);
            expect(group.desired).toBeGreaterThanOrEqual(2);
            expect(group.desired).toBeLessThanOrEqual(9);
          }
        });
        for (const { desired } of story.decisions) expect(desired).toBeLessThanOrEqual(9);
      }),
      { numRuns: 30 },
    );
  });
});

test('an action that arrives late decides on the metric as the alarm saw it, and on the group as it is', () => {
  const { story, group, levels, runTo } = rig({
    policies: [tracking(100)],
    assume: {
      actionDelay: constant(30 * SECOND),
      scheduledDelay: constant(0),
      launch: constant(25 * SECOND),
      terminate: constant(20 * SECOND),
    },
  });
  levels[0] = 300;
  runTo(200 * SECOND);
  levels[0] = 0;
  group.setDesired(6);
  runTo(220 * SECOND);
  expect(story.scaledAt).toEqual(['210 0: 6 → 6']);
});
