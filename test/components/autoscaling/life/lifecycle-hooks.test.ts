// Lifecycle hooks: what holds an instance, for how long, and what becomes of it.

import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../../src/kernel/time.js';
import { InstanceState, Outcome, RunEnd } from '../../../../src/components/facts.js';
import { holdOf } from '../../../../src/components/autoscaling/life/lifecycle-hooks.js';
import type { LifecycleHook } from '../../../../src/components/autoscaling/life/lifecycle-hooks.js';
import { work } from '../../programs.js';
import { lifeRig } from './life-rig.js';

const LAUNCHING = 'autoscaling:EC2_INSTANCE_LAUNCHING';
const TERMINATING = 'autoscaling:EC2_INSTANCE_TERMINATING';
const hook = (
  lifecycleTransition: LifecycleHook['lifecycleTransition'],
  seconds: number,
  defaultResult: LifecycleHook['defaultResult'],
): LifecycleHook => ({
  lifecycleTransition,
  heartbeatTimeout: seconds * SECOND,
  defaultResult,
});

test('what several hooks come to: the first ABANDON, else the last CONTINUE', () => {
  const hooks = [
    hook(LAUNCHING, 100, 'CONTINUE'),
    hook(LAUNCHING, 300, 'ABANDON'),
    hook(LAUNCHING, 200, 'ABANDON'),
    hook(TERMINATING, 60, 'CONTINUE'),
    hook(TERMINATING, 90, 'CONTINUE'),
  ];
  expect(holdOf(hooks, LAUNCHING)).toEqual({ time: 200 * SECOND, isAbandoned: true });
  expect(holdOf(hooks, TERMINATING)).toEqual({ time: 90 * SECOND, isAbandoned: false });
  expect(holdOf(hooks.slice(0, 1), TERMINATING)).toBeNull();
});

describe('on the way in (up after 25 s, booted after 70 s)', () => {
  const warmAt = (seconds: number, hold: ReturnType<typeof holdOf>): number => {
    const { group, to } = lifeRig({ desiredCapacity: 0, launchHold: hold });
    group.setDesired(1);
    to(seconds);
    return group.capacityNow(10 * SECOND).warm;
  };

  test('without a hook, warm-up begins when the instance is up', () => {
    expect([warmAt(34, null), warmAt(35, null)]).toEqual([0, 1]);
  });

  test('the program completes the hook when it has booted', () => {
    const hold = { time: 60 * SECOND, isAbandoned: true };
    expect([warmAt(79, hold), warmAt(80, hold)]).toEqual([0, 1]);
    const { group, story, to } = lifeRig({ desiredCapacity: 0, launchHold: hold });
    group.setDesired(1);
    to(60);
    expect(group.activities.areUnderWay).toBe(true);
    to(300);
    expect(group.activities.endedAt).toBe(70 * SECOND);
    expect(story.lines).toEqual(['0 0 Pending', '25 0 Running', '70 0 InService']);
  });

  test('one that times out goes on', () => {
    const hold = { time: 30 * SECOND, isAbandoned: false };
    expect([warmAt(64, hold), warmAt(65, hold)]).toEqual([0, 1]);
  });

  test('or is given up, and another one launched, for good', () => {
    const { group, story, to } = lifeRig({
      desiredCapacity: 0,
      launchHold: { time: 30 * SECOND, isAbandoned: true },
    });
    group.setDesired(1);
    to(100);
    expect(story.lines).toEqual([
      '0 0 Pending',
      '25 0 Running',
      '55 0 Terminating',
      '55 1 Pending',
      '75 0 Terminated',
      '80 1 Running',
    ]);
    to(1000);
    expect(story.count(InstanceState.InService)).toBe(0);
    expect(story.states).toHaveLength(19);
  });

  test('those of time 0 are in service', () => {
    const { group } = lifeRig({ launchHold: { time: 30 * SECOND, isAbandoned: true } });
    expect(group.capacityNow(300 * SECOND).warm).toBe(1);
  });
});

describe('on the way out', () => {
  const terminationHold = { time: 300 * SECOND, isAbandoned: false };

  test('the program may finish what it holds while the hook holds the instance', () => {
    const { group, story, put, to } = lifeRig({
      terminationHold,
      handler: [work(200 * SECOND)],
      visibilityTimeout: 1000 * SECOND,
    });
    put(1);
    to(10);
    group.setDesired(0);
    to(1000);
    expect(story.outcomes).toEqual([Outcome.Processed]);
    expect(story.from(10)).toEqual(['10 0 Terminating', '220 0 Terminated']);
  });

  test('after the hook it has its stopTimeout', () => {
    const { group, story, put, to } = lifeRig({
      terminationHold,
      handler: [work(400 * SECOND)],
      visibilityTimeout: 1000 * SECOND,
    });
    put(1);
    to(10);
    group.setDesired(0);
    to(1000);
    expect(story.ends).toEqual([RunEnd.Killed]);
    expect(story.from(10)).toEqual(['10 0 Terminating', '360 0 Terminated']);
  });
});
