// Spot Instances: the notice, the two minutes, what becomes of messages, replacement.

import { describe, expect, test } from 'vitest';
import { HOUR, SECOND } from '../../../../src/kernel/time.js';
import { Cause, InstanceState, Outcome, RunEnd } from '../../../../src/components/facts.js';
import { work } from '../../programs.js';
import type { LifeSetup } from './life-rig.js';
import { lifeRig } from './life-rig.js';

const spotRig = (setup: LifeSetup = {}) =>
  lifeRig({
    termination: {
      distribution: { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 0 },
    },
    ...setup,
  });

describe('an interruption', () => {
  test('the program stops at the notice, the instance goes after two minutes, then another one comes', () => {
    const { story, faults, to, put } = spotRig({ handler: [work(60 * SECOND)] });
    put(2);
    to(10);
    faults.interrupt(1, false);
    to(300);
    expect(story.from(10)).toEqual([
      '10 0 Terminating',
      '130 0 Terminated',
      '130 1 Pending',
      '155 1 Running',
      '200 1 InService',
    ]);
    expect(story.ends).toEqual([RunEnd.Ok, RunEnd.Ok]); // the second on the new one
    expect(story.outcomes).toEqual([Outcome.Processed, Outcome.Processed]);
  });

  test('what takes longer is killed, and blamed on a planned stop', () => {
    const { story, faults, to, put } = spotRig({
      handler: [work(200 * SECOND)],
      visibilityTimeout: 1000 * SECOND,
    });
    put(1);
    to(10);
    faults.interrupt(1, true);
    to(130);
    expect(story.ends).toEqual([RunEnd.Killed]);
    to(2000);
    expect(story.causes).toEqual([Cause.ScaleIn]);
  });

  test('with capacity rebalancing the other one is launched at the notice', () => {
    const { story, faults, to } = spotRig({ capacityRebalance: true, maxSize: 1 });
    to(10);
    faults.interrupt(1, false);
    to(300);
    expect(story.from(10)).toEqual([
      '10 0 Terminating',
      '10 1 Pending',
      '35 1 Running',
      '80 1 InService',
      '130 0 Terminated',
    ]);
  });

  test('until it is gone it is capacity, so that policies remove and add no more than they say', () => {
    const { group, faults, to } = spotRig({ desiredCapacity: 10 });
    to(10);
    faults.interrupt(8, false);
    expect(group.capacityNow(0)).toMatchObject({ warm: 10, isWarming: false, leaving: 0 });
    to(140);
    expect(group.capacityNow(0)).toMatchObject({ warm: 2, isWarming: true });
  });

  test('it hits Spot Instances only, and each once', () => {
    const { story, faults, to } = lifeRig({
      desiredCapacity: 4,
      termination: {
        distribution: { onDemandBaseCapacity: 3, onDemandPercentageAboveBaseCapacity: 0 },
      },
    });
    to(10);
    faults.interrupt(1, true);
    faults.interrupt(4, false);
    expect(story.from(10)).toEqual(['10 3 Terminating']);
    to(300);
    expect(story.spots).toEqual([3, 4]);
  });

  test('one that is on its way out, or still boots, goes all the same', () => {
    const { story, group, to, put } = spotRig({
      handler: [work(600 * SECOND)],
      stopTimeout: HOUR,
      desiredCapacity: 2,
      visibilityTimeout: 10_000 * SECOND,
    });
    put(2);
    to(10);
    group.setDesired(1); // 0 drains
    group.interrupt(0);
    to(130);
    expect(story.from(130)).toEqual(['130 0 Terminated']);
    group.setDesired(2);
    to(160);
    group.interrupt(2); // up, its program boots
    group.interrupt(2);
    to(281);
    expect(story.from(160)).toEqual(['160 2 Terminating', '280 2 Terminated', '280 3 Pending']);
    expect(story.count(InstanceState.InService)).toBe(1);
  });

  test('one that was still warming up does not count as warming any more', () => {
    const { group, faults, to } = spotRig({ desiredCapacity: 0 });
    group.setDesired(2);
    to(100); // up since 25
    expect(group.capacityNow(120 * SECOND)).toMatchObject({ warm: 0, isWarming: true });
    faults.interrupt(2, false);
    expect(group.capacityNow(120 * SECOND)).toMatchObject({ warm: 0, isWarming: false });
  });

  test('a scale-in may choose it; then nothing takes its place', () => {
    const { group, story, to } = spotRig({ desiredCapacity: 1 });
    to(10);
    group.interrupt(0);
    group.setDesired(0);
    to(300);
    expect(story.from(10)).toEqual(['10 0 Terminating', '130 0 Terminated']);
  });
});
