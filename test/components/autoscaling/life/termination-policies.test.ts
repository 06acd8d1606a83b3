// Which instances go when a group scales in: AWS's policies, and protection.

import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../../src/kernel/time.js';
import { InstanceState } from '../../../../src/components/facts.js';
import type { TerminationPolicy } from '../../../../src/components/autoscaling/life/termination-policies.js';
import { lifeRig } from './life-rig.js';

const ONE_ZONE = { availabilityZones: ['us-east-1a'] };

/** Instances 0 and 1 of time 0, 2 of minute 20, 3 of minute 50; the first that goes at `minute`. */
function first(policies: readonly TerminationPolicy[], minute: number): string[] {
  const { group, story, to } = lifeRig({
    ...ONE_ZONE,
    desiredCapacity: 2,
    termination: { policies },
  });
  to(20 * 60);
  group.setDesired(3);
  to(50 * 60);
  group.setDesired(4);
  to(minute * 60);
  group.setDesired(3);
  return story.from(minute * 60);
}

describe('policies', () => {
  test.each<[string, readonly TerminationPolicy[], number]>([
    ['where AWS draws lots, the oldest', ['Default'], 0],
    ['the oldest', ['OldestInstance'], 0],
    ['the newest', ['NewestInstance'], 3],
    ['nothing to tell them apart by', ['AllocationStrategy'], 0],
    ['one template', ['OldestLaunchTemplate'], 0],
    ['one configuration', ['OldestLaunchConfiguration', 'NewestInstance'], 3],
  ])('%s', (_what, policies, worker) => {
    expect(first(policies, 70)).toEqual([`4200 ${worker} Terminating`]);
  });

  test.each([
    [55, 0], // 55 minutes into its hour
    [70, 2], // 10, 10, 49.6, 19.6 minutes into their hours
    [105, 3],
  ])('closest to the next instance hour, at minute %i', (minute, worker) => {
    expect(first(['ClosestToNextInstanceHour'], minute)[0]).toBe(
      `${minute * 60} ${worker} Terminating`,
    );
  });

  test('the next policy of the list decides among equals', () => {
    expect(first(['ClosestToNextInstanceHour', 'NewestInstance'], 55)).toEqual([
      '3300 1 Terminating',
    ]);
  });

  test('instances of an older deployment go first', () => {
    const { group, story, to } = lifeRig({ ...ONE_ZONE, desiredCapacity: 2 });
    to(10);
    group.deploy({ batch: 0.5, isShare: true, wait: HOUR }); // 0 is replaced by 2
    to(200);
    group.setDesired(3);
    to(400);
    group.setDesired(2);
    expect(story.from(400)).toEqual(['400 1 Terminating']);
  });

  test('what is still on its way in goes last', () => {
    const { group, story, to } = lifeRig({
      ...ONE_ZONE,
      desiredCapacity: 1,
      termination: { policies: ['NewestInstance'] },
    });
    to(10);
    group.setDesired(2);
    to(15);
    group.setDesired(1);
    expect(story.from(15)).toEqual(['15 0 Terminating']);
  });
});

describe('protection from scale-in', () => {
  const termination = { protectsNew: true };

  test('desired falls, nothing goes; what is not in service yet is not protected', () => {
    const { group, story, to } = lifeRig({ desiredCapacity: 3, termination });
    to(10);
    group.setDesired(4);
    to(20);
    group.setDesired(1);
    to(300);
    expect(story.wanted).toEqual([3, 4, 1]);
    expect(story.from(20)).toEqual(['20 3 Terminating', '40 3 Terminated']);
    expect(group.members.size).toBe(3);
  });

  test('it does not keep one that dies, and what is more than wanted is not replaced', () => {
    const { group, story, faults, to } = lifeRig({ desiredCapacity: 3, termination });
    to(10);
    group.setDesired(2);
    faults.crash(2, false);
    expect(story.count(InstanceState.Failed)).toBe(2);
    expect(story.count(InstanceState.Pending)).toBe(1);
  });
});

test('many go at once in the order of their zones', () => {
  const { group, story, to } = lifeRig({ desiredCapacity: 9 });
  to(1);
  group.setDesired(0);
  const order = story
    .from(1)
    .flatMap((line) => (line.includes('Term') ? [line.split(' ')[1]] : []));
  expect(order.join('')).toBe('012345678');
});
