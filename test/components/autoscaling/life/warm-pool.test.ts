// Warm pools: how many wait, how they are prepared, what a warm start takes, and reuse.

import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../../src/kernel/time.js';
import { InstanceState, Outcome } from '../../../../src/components/facts.js';
import type { WarmPoolOptions } from '../../../../src/components/autoscaling/life/warm-pool.js';
import { work } from '../../programs.js';
import type { LifeSetup } from './life-rig.js';
import { lifeRig } from './life-rig.js';

const POOL: WarmPoolOptions = {
  poolState: 'Stopped',
  minSize: 0,
  maxGroupPreparedCapacity: null,
  reuseOnScaleIn: false,
};
const rigOf = (pool: Partial<WarmPoolOptions>, more: LifeSetup = {}) =>
  lifeRig({ warmPool: { ...POOL, ...pool }, availabilityZones: ['us-east-1a'], ...more });
const { Stopped, Running, Pending, InService, Terminated } = InstanceState;

describe('size', () => {
  // EC2 Auto Scaling User Guide, "Warm pool size": desired 6, maximum 10, prepared 8.
  test.each([
    ['max less desired', {}, 4],
    ['prepared capacity less desired', { maxGroupPreparedCapacity: 8 }, 2],
    ['prepared capacity below desired', { maxGroupPreparedCapacity: 5 }, 0],
    ['at least minSize', { maxGroupPreparedCapacity: 8, minSize: 3 }, 3],
  ])('%s', (_name, pool, size) => {
    const { story } = rigOf(pool, { desiredCapacity: 6 });
    expect(story.count(InService)).toBe(6);
    expect(story.count(Stopped)).toBe(size);
  });

  test('it follows desired and maxSize', () => {
    const { story, group, to } = rigOf({}, { desiredCapacity: 2, maxSize: 4 });
    to(10);
    group.setDesired(3); // one of the pool
    to(200);
    expect([story.count(InService), story.count(Stopped)]).toEqual([3, 1]);
    group.setDesired(1); // terminated, and the pool replenished
    to(400);
    expect([story.count(InService), story.count(Stopped), story.count(Terminated)]).toEqual([
      1, 3, 2,
    ]);
    group.resize({ maxSize: 2 });
    to(600);
    expect([story.count(InService), story.count(Stopped), story.count(Terminated)]).toEqual([
      1, 1, 4,
    ]);
  });
});

test('what goes out of the pool was no capacity, and is none on its way', () => {
  const { group, to } = rigOf({}, { desiredCapacity: 1, maxSize: 4 });
  to(10);
  group.resize({ maxSize: 2 });
  to(11);
  expect(group.capacityNow(0)).toMatchObject({ warm: 1, leaving: 0 });
  group.setDesired(0);
  to(12);
  expect(group.capacityNow(0)).toMatchObject({ warm: 0, leaving: 1 });
});

describe('preparation and warm start', () => {
  test('stopped: launched and booted once, started and booted again', () => {
    const { story, group, to } = rigOf({}, { desiredCapacity: 1, maxSize: 2 });
    expect(story.lines.slice(2)).toEqual(['0 1 Stopped']);
    to(10);
    group.setDesired(2);
    group.resize({ maxSize: 3 }); // a new one is prepared
    to(200);
    expect(story.from(10)).toEqual([
      '10 1 Pending',
      '10 2 Pending',
      '30 1 Running',
      '35 2 Running',
      '75 1 InService',
      '80 2 Stopped',
    ]);
  });

  test('hibernated: its program is there when it is up', () => {
    const { story, group, to } = rigOf({ poolState: 'Hibernated' }, { maxSize: 2 });
    to(10);
    group.setDesired(2);
    to(200);
    expect(story.from(10)).toEqual(['10 1 Pending', '30 1 Running', '30 1 InService']);
  });

  test('running: five seconds', () => {
    const { story, group, to } = rigOf({ poolState: 'Running' }, { maxSize: 2 });
    expect(story.lines.slice(2)).toEqual(['0 1 Running']);
    to(10);
    group.setDesired(2);
    to(200);
    expect(story.from(10)).toEqual(['15 1 InService']);
  });

  test('what is not ready is not taken: a cold start', () => {
    const { story, group, to } = rigOf({}, { desiredCapacity: 1, maxSize: 3 });
    to(10);
    group.setDesired(3);
    to(12);
    group.resize({ maxSize: 5 }); // two are being prepared
    to(20);
    group.setDesired(4);
    expect(story.from(20)).toEqual(['20 5 Pending', '20 3 Terminating']);
    to(300);
    expect([story.count(InService), story.count(Stopped)]).toEqual([4, 1]);
  });

  test('a launch hook holds it again', () => {
    const { group, to } = rigOf(
      {},
      { maxSize: 2, launchHold: { time: 600 * SECOND, isAbandoned: true } },
    );
    to(10);
    group.setDesired(2);
    to(74);
    expect(group.capacityNow(0).warm).toBe(1);
    to(75);
    expect(group.capacityNow(0).warm).toBe(2);
  });
});

describe('reuse', () => {
  test('what comes back after a deployment that has not waited for it is outdated: another is prepared', () => {
    const { story, group, to, put } = rigOf(
      { reuseOnScaleIn: true },
      { desiredCapacity: 1, maxSize: 1, handler: [work(20 * SECOND)] },
    );
    put(1);
    to(10);
    group.setDesired(0);
    to(12);
    group.deploy({ batch: 1, isShare: false, wait: 0 });
    to(200);
    expect(story.from(12)).toEqual([
      '40 0 Stopped',
      '40 0 Terminating',
      '40 1 Pending',
      '60 0 Terminated',
      '65 1 Running',
      '110 1 Stopped',
    ]);
    group.setDesired(1);
    to(300);
    expect(story.from(200)).toEqual(['200 1 Pending', '220 1 Running', '265 1 InService']);
  });

  test('what goes finishes its work and waits in the pool; nothing is launched for it', () => {
    const { story, group, to, put } = rigOf(
      { reuseOnScaleIn: true },
      { desiredCapacity: 2, maxSize: 2, handler: [work(20 * SECOND)] },
    );
    put(2);
    to(10);
    group.setDesired(1);
    to(100);
    expect(story.outcomes).toEqual([Outcome.Processed, Outcome.Processed]);
    expect(story.from(10)).toEqual(['10 0 Terminating', '40 0 Stopped']);
    group.setDesired(2);
    to(300);
    expect(story.from(100)).toEqual(['100 0 Pending', '120 0 Running', '165 0 InService']);
    put(2);
    to(400);
    expect(story.outcomes).toHaveLength(4);
  });

  test('a stop timeout of its first time does not strike the second', () => {
    const { story, group, to, put } = rigOf(
      { reuseOnScaleIn: true, poolState: 'Running' },
      { desiredCapacity: 1, maxSize: 1, stopTimeout: 100 * SECOND, handler: [work(90 * SECOND)] },
    );
    to(1);
    group.setDesired(0); // its poll is over at 20 s: in the pool at 40 s
    to(41);
    group.setDesired(1);
    to(50);
    put(1);
    to(200);
    expect(story.ends).toEqual([0]);
  });
});

test('those that wait die with their zone, and are prepared elsewhere', () => {
  const { story, faults, to } = rigOf(
    {},
    { availabilityZones: ['us-east-1a', 'us-east-1b'], desiredCapacity: 2, maxSize: 6 },
  );
  to(10);
  faults.zone('us-east-1a', true);
  to(300);
  expect(story.count(InstanceState.Failed)).toBe(3);
  expect([story.count(InService), story.count(Stopped), story.count(Pending)]).toEqual([2, 4, 0]);
  expect(story.count(Running)).toBe(0);
});
