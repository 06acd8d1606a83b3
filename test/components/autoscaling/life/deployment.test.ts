// Rolling deployments: batch by batch, with time in between.

import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../../src/kernel/time.js';
import { InstanceState, Outcome } from '../../../../src/components/facts.js';
import { work } from '../../programs.js';
import { lifeRig } from './life-rig.js';

describe('a rolling deployment', () => {
  test('a batch goes and is replaced; the next one waits until the new ones poll, and a while', () => {
    const { story, group, to, put } = lifeRig({
      desiredCapacity: 4,
      handler: [work(5 * SECOND)],
    });
    put(4);
    to(10);
    group.deploy({ batch: 0.5, isShare: true, wait: MINUTE });
    to(11);
    expect(story.from(10)).toEqual([
      '10 0 Terminating',
      '10 1 Terminating',
      '10 4 Pending',
      '10 5 Pending',
    ]);
    to(139); // in service at 10 + 25 + 45 s, a minute later the next
    expect(story.from(81)).toEqual([]);
    to(500);
    expect(story.from(140).slice(0, 4)).toEqual([
      '140 2 Terminating',
      '140 3 Terminating',
      '140 6 Pending',
      '140 7 Pending',
    ]);
    expect(story.count(InstanceState.InService)).toBe(4);
    expect(story.states).toHaveLength(8);
    expect(story.outcomes.every((outcome) => outcome === Outcome.Processed)).toBe(true);
  });

  test('a batch is one instance at least, and may be all', () => {
    const { story, group, to } = lifeRig({ desiredCapacity: 3 });
    to(10);
    group.deploy({ batch: 0.01, isShare: true, wait: 0 });
    expect(story.count(InstanceState.Terminating)).toBe(1);
    to(300);
    expect(story.count(InstanceState.InService)).toBe(3);
    expect(story.states).toHaveLength(6);
    group.deploy({ batch: 1, isShare: true, wait: 0 });
    expect(story.count(InstanceState.Terminating)).toBe(3);
  });

  test('what dies meanwhile is replaced by the new program; an outage only delays it', () => {
    const { story, group, faults, to } = lifeRig({ desiredCapacity: 4 });
    to(10);
    group.deploy({ batch: 0.25, isShare: true, wait: 0 });
    to(20);
    faults.crash(1, false);
    faults.zone('us-east-1a', true);
    faults.zone('us-east-1b', true);
    to(1000);
    expect(story.count(InstanceState.InService)).toBe(0);
    faults.zone('us-east-1b', false);
    to(2000);
    expect(story.count(InstanceState.InService)).toBe(4);
    expect([...group.members.rows()].every((row) => group.instances.version[row] === 1)).toBe(true);
  });

  test('a second one in the middle of a batch waits for that batch', () => {
    const { story, group, to } = lifeRig({ desiredCapacity: 4 });
    to(10);
    group.deploy({ batch: 0.5, isShare: true, wait: 0 });
    to(20);
    group.deploy({ batch: 0.5, isShare: true, wait: 0 });
    for (let seconds = 21; seconds < 600; seconds++) {
      to(seconds);
      expect(story.count(InstanceState.InService)).toBeGreaterThanOrEqual(2);
    }
    expect(group.members.rows().map((row) => group.instances.version[row])).toEqual([2, 2, 2, 2]);
  });

  test('a second one takes over', () => {
    const { story, group, to } = lifeRig({ desiredCapacity: 2 });
    to(10);
    group.deploy({ batch: 0.5, isShare: true, wait: HOUR });
    to(100);
    group.deploy({ batch: 1, isShare: true, wait: 0 });
    to(3 * 3600);
    expect(story.count(InstanceState.InService)).toBe(2);
    expect(group.members.rows().map((row) => group.instances.version[row])).toEqual([2, 2]);
    expect(story.states).toHaveLength(5);
  });

  test('the warm pool is replaced last, and nothing old is taken from it', () => {
    const { story, group, to } = lifeRig({
      desiredCapacity: 1,
      maxSize: 2,
      availabilityZones: ['us-east-1a'],
      warmPool: {
        poolState: 'Stopped',
        minSize: 0,
        maxGroupPreparedCapacity: null,
        reuseOnScaleIn: true,
      },
    });
    to(10);
    group.deploy({ batch: 1, isShare: true, wait: 0 });
    to(500);
    expect(story.from(10).map((line) => line.replace(/^\S+ /, ''))).toEqual([
      '0 Terminating',
      '2 Pending',
      '2 Running',
      '0 Terminated',
      '2 InService',
      '1 Terminating',
      '3 Pending',
      '1 Terminated',
      '3 Running',
      '3 Stopped',
    ]);
  });
});
