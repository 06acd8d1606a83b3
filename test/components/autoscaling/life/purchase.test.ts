// On-Demand and Spot: AWS's table of instances distributions, and a group that follows it.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  hasSpot,
  launchesSpot,
  onDemandOf,
  terminatesSpot,
} from '../../../../src/components/autoscaling/life/purchase.js';
import { lifeRig } from './life-rig.js';

const of = (onDemandBaseCapacity: number, onDemandPercentageAboveBaseCapacity: number) => ({
  onDemandBaseCapacity,
  onDemandPercentageAboveBaseCapacity,
});

describe('how many are On-Demand', () => {
  // EC2 Auto Scaling User Guide, "Example: Scaling behavior": On-Demand of 10, 20, 30 and 40 instances.
  test.each([
    ['example 1', of(10, 50), [10, 15, 20, 25]],
    ['example 2', of(0, 0), [0, 0, 0, 0]],
    ['example 3', of(0, 60), [6, 12, 18, 24]],
    ['example 4', of(0, 100), [10, 20, 30, 40]],
    ['example 5', of(12, 0), [10, 12, 12, 12]],
  ])('%s', (_name, distribution, expected) => {
    expect([10, 20, 30, 40].map((n) => onDemandOf(distribution, n))).toEqual(expected);
  });

  test('a part of an instance is one On-Demand', () => {
    expect(onDemandOf(of(0, 50), 3)).toBe(2);
    expect(onDemandOf(of(1, 10), 3)).toBe(2);
  });

  test('launching one by one, and terminating one by one, keeps to it', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(100), fc.nat(60), (base, share, size) => {
        const distribution = of(base, share);
        let onDemand = 0;
        let spot = 0;
        while (onDemand + spot < size) {
          if (launchesSpot(distribution, onDemand, spot)) spot++;
          else onDemand++;
          expect(onDemand).toBe(onDemandOf(distribution, onDemand + spot));
        }
        while (onDemand + spot > 0) {
          if (terminatesSpot(distribution, onDemand, spot)) spot--;
          else onDemand--;
          expect(onDemand).toBe(onDemandOf(distribution, onDemand + spot));
        }
      }),
    );
  });

  test('100 % leave no Spot Instance', () => {
    expect([hasSpot(of(0, 100)), hasSpot(of(5, 99))]).toEqual([false, true]);
  });
});

test('a group launches its base first and takes Spot Instances out first', () => {
  const { group, story, to } = lifeRig({
    desiredCapacity: 4,
    termination: { distribution: of(2, 0) },
  });
  expect(story.spots).toEqual([2, 3]);
  to(10);
  group.setDesired(2);
  expect(story.from(10)).toEqual(['10 2 Terminating', '10 3 Terminating']);
  group.setDesired(4);
  expect(story.spots).toEqual([2, 3, 4, 5]);
});
