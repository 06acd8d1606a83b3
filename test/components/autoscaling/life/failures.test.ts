// What goes wrong by itself: instances that die, interruptions, launches that find no capacity.

import { describe, expect, test } from 'vitest';
import { InstanceState } from '../../../../src/components/facts.js';
import { lifeRig } from './life-rig.js';

/** Of instances: one in four within an hour. */
const QUARTER_PER_HOUR = 730 / 4;
const TWO_HOURS = 2 * 3600;
const countOf = (lines: readonly string[], word: string) =>
  lines.filter((line) => line.endsWith(word)).length;

describe('in two hours of a hundred instances', () => {
  test('so many die as said, and each is replaced at once', () => {
    const { story, group, to } = lifeRig({
      desiredCapacity: 100,
      maxSize: 100,
      chances: { instanceFailures: QUARTER_PER_HOUR },
    });
    to(TWO_HOURS);
    const died = countOf(story.lines, 'Failed');
    expect(died).toBeGreaterThan(29); // 50 on average, standard deviation 7
    expect(died).toBeLessThan(71);
    expect(group.members.size).toBe(100);
    expect(countOf(story.lines, 'Pending')).toBe(died);
  });

  test('so many Spot Instances are interrupted', () => {
    const { story, to } = lifeRig({
      desiredCapacity: 100,
      maxSize: 100,
      chances: { spotInterruptions: QUARTER_PER_HOUR },
      termination: {
        distribution: { onDemandBaseCapacity: 50, onDemandPercentageAboveBaseCapacity: 0 },
      },
    });
    to(TWO_HOURS);
    const interrupted = countOf(story.lines, 'Terminated');
    expect(interrupted).toBeGreaterThan(10); // 25 on average, standard deviation 5
    expect(interrupted).toBeLessThan(40);
    expect(countOf(story.lines, 'Failed')).toBe(0);
  });

  test('an instance more changes nothing for the others', () => {
    const deaths = (desiredCapacity: number): string[] => {
      const { story, to } = lifeRig({
        desiredCapacity,
        maxSize: 300,
        chances: { instanceFailures: QUARTER_PER_HOUR },
      });
      to(TWO_HOURS);
      return story.lines.filter((line) => / \d Failed$/.test(line));
    };
    expect(deaths(10).filter((line) => / [0-7] Failed/.test(line))).toEqual(
      deaths(8).filter((line) => / [0-7] Failed/.test(line)),
    );
  });
});

test('an instance that should have died while it was stopped dies later', () => {
  const { story, group, to } = lifeRig({
    desiredCapacity: 0,
    maxSize: 30,
    warmPool: {
      poolState: 'Stopped',
      minSize: 0,
      maxGroupPreparedCapacity: null,
      reuseOnScaleIn: false,
    },
    chances: { instanceFailures: 730 }, // one an hour
  });
  to(20 * 3600);
  expect(story.lines.filter((line) => line.endsWith('Failed'))).toEqual([]);
  group.setDesired(30);
  to(22 * 3600);
  const first = story.lines.filter(
    (line) => / [0-9]+ Failed$/.test(line) && Number(line.split(' ')[1]) < 30,
  );
  expect(first.length).toBeGreaterThan(20); // 26 of 30
});

describe('launches', () => {
  test('are tried again after 30 s', () => {
    const { story, group, to } = lifeRig({ desiredCapacity: 0, chances: { launchFailure: 1 } });
    group.setDesired(3);
    to(1000);
    expect(story.lines).toEqual([]);
    group.setDesired(0);
    to(2000);
    expect(story.lines).toEqual([]);
  });

  test('succeed in the end', () => {
    const { story, group, to } = lifeRig({ desiredCapacity: 0, chances: { launchFailure: 0.5 } });
    group.setDesired(10);
    to(1000);
    const launches = story.lines.filter((line) => line.endsWith('Pending'));
    const times = new Set(launches.map((line) => Number(line.split(' ')[0])));
    expect(launches).toHaveLength(10);
    expect(times.size).toBeGreaterThan(1);
    expect([...times].every((time) => time % 30 === 0)).toBe(true);
    expect(story.count(InstanceState.InService)).toBe(10);
  });

  test('of a warm pool as well', () => {
    const { story, to } = lifeRig({
      desiredCapacity: 1,
      maxSize: 3,
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      warmPool: {
        poolState: 'Stopped',
        minSize: 0,
        maxGroupPreparedCapacity: null,
        reuseOnScaleIn: false,
      },
      chances: { launchFailure: 0.5 },
    });
    to(10);
    story.world.fleet(2)!.crash(1, false);
    to(1000);
    expect(story.count(InstanceState.Stopped)).toBe(2);
    expect(story.count(InstanceState.InService)).toBe(1);
  });

  test('a move between zones that finds no capacity is tried again', () => {
    const { story, group, faults, to } = lifeRig({
      desiredCapacity: 4,
      chances: { launchFailure: 0.9 },
    });
    to(10);
    faults.zone('us-east-1a', true);
    to(3000);
    faults.zone('us-east-1a', false);
    to(20_000);
    expect(group.members.counts).toEqual([2, 2]);
    expect(story.count(InstanceState.InService)).toBe(4);
  });
});
