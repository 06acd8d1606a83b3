// Instances over Availability Zones: where they are launched, which zone scales in, outages and rebalancing.

import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../../src/kernel/time.js';
import { InstanceState, RunEnd } from '../../../../src/components/facts.js';
import { Zones } from '../../../../src/components/autoscaling/life/zones.js';
import { work } from '../../programs.js';
import { lifeRig } from './life-rig.js';

const THREE = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

describe('which zone', () => {
  test('the one with the fewest, the first of the list among equals, none that is down', () => {
    const zones = new Zones(THREE);
    expect(zones.fewest([0, 0, 0])).toBe(0);
    expect(zones.fewest([2, 1, 1])).toBe(1);
    zones.fault(1, true);
    expect(zones.fewest([2, 1, 1])).toBe(2);
    zones.fault(0, true);
    zones.fault(2, true);
    expect(zones.fewest([2, 1, 1])).toBe(-1);
  });

  test('uneven is a difference of two or more among the zones that work', () => {
    const zones = new Zones(THREE);
    expect(zones.move([2, 1, 1])).toBeNull();
    expect(zones.move([3, 2, 1])).toEqual({ from: 0, to: 2 });
    zones.fault(2, true);
    expect(zones.move([3, 2, 0])).toBeNull();
  });

  test('two faults on one zone end apart', () => {
    const zones = new Zones(THREE);
    expect([zones.fault(0, true), zones.fault(0, true)]).toEqual([true, false]);
    expect([zones.fault(0, false), zones.isDown(0)]).toEqual([false, true]);
    expect([zones.fault(0, false), zones.isDown(0)]).toEqual([true, false]);
  });
});

describe('a group over zones', () => {
  test('launches take turns', () => {
    const { group, zones, to } = lifeRig({ availabilityZones: THREE, desiredCapacity: 4 });
    expect(zones()).toBe('aabc');
    group.setDesired(7);
    to(200);
    expect(zones()).toBe('aaabbcc');
  });

  test('scaling in takes from the zone with the most first, whoever is older elsewhere', () => {
    const { group, story, to } = lifeRig({ desiredCapacity: 3 }); // 0 and 2 in a, 1 in b
    to(10);
    group.setDesired(2);
    expect(story.from(10)).toEqual(['10 0 Terminating']);
    group.setDesired(1); // even: the oldest of all
    expect(story.from(10)).toEqual(['10 0 Terminating', '10 1 Terminating']);
  });

  test('an outage kills all in the zone, however far they are; others take their places elsewhere', () => {
    const { group, faults, story, zones, to, put } = lifeRig({
      desiredCapacity: 4,
      handler: [work(100 * SECOND)],
    });
    put(4);
    to(10);
    group.setDesired(6); // 4 goes to a, 5 to b: pending
    faults.zone('us-east-1a', true);
    expect(story.count(InstanceState.Failed)).toBe(3);
    expect(story.ends).toEqual([RunEnd.Crashed, RunEnd.Crashed]);
    expect(zones()).toBe('bbbbbb');
    to(400);
    expect(story.count(InstanceState.InService)).toBe(6);
    faults.zone('eu-west-1a', true); // nobody's
    faults.zone('us-east-1b', true);
    expect(zones()).toBe('');
    group.setDesired(5);
    to(500);
    expect(story.count(InstanceState.Failed)).toBe(9);
    faults.zone('us-east-1b', false);
    expect(zones()).toBe('bbbbb');
  });

  test('when the zone is back, instances are launched there before others go, beyond maxSize by one', () => {
    const { faults, story, zones, to, group } = lifeRig({ desiredCapacity: 4, maxSize: 4 });
    to(10);
    faults.zone('us-east-1a', true);
    to(200);
    expect(zones()).toBe('bbbb');
    faults.zone('us-east-1a', false);
    expect(zones()).toBe('abbbb');
    expect(group.members.size).toBe(5);
    to(224);
    expect(story.count(InstanceState.Terminating)).toBe(0);
    to(226); // in service for Auto Scaling: one of b goes, the next is launched
    expect(story.count(InstanceState.Terminating)).toBe(1);
    expect(zones()).toBe('aabbb');
    to(260);
    expect(zones()).toBe('aabb');
    to(600);
    expect(story.count(InstanceState.InService)).toBe(4);
    expect(story.lines.filter((line) => line.endsWith(' Pending'))).toHaveLength(4);
  });

  test('the margin is ten percent where that is more', () => {
    const { faults, to, group } = lifeRig({ desiredCapacity: 40, maxSize: 40 });
    to(10);
    faults.zone('us-east-1a', true);
    to(200);
    faults.zone('us-east-1a', false);
    expect(group.members.size).toBe(44);
    to(600);
    expect([group.members.size, ...group.members.counts]).toEqual([40, 20, 20]);
  });

  test('a move that loses one of its two ends there', () => {
    const { faults, to, group, zones } = lifeRig({ desiredCapacity: 4, maxSize: 10 });
    to(10);
    faults.zone('us-east-1a', true);
    to(200);
    faults.zone('us-east-1a', false); // two moves
    expect(zones()).toBe('aabbbb');
    faults.crash(4, false); // all that are in service: their places are taken at once
    expect([group.members.size, ...group.members.counts]).toEqual([4, 2, 2]);
    to(600);
    expect(zones()).toBe('aabb');
  });

  test('what is protected from scale-in is not moved', () => {
    const { faults, to, zones } = lifeRig({
      desiredCapacity: 4,
      termination: { protectsNew: true },
    });
    to(10);
    faults.zone('us-east-1a', true);
    to(200);
    faults.zone('us-east-1a', false);
    to(600);
    expect(zones()).toBe('bbbb');
  });
});
