// Backlog per instance: now, and over a run.

import { describe, expect, test } from 'vitest';
import { Levels, DEPTH, INSTANCES } from '../../../src/observe/levels.js';
import { Backlogs, backlogNow } from '../../../src/observe/measures/backlog.js';

const ORDERS = 0;
const MAILS = 1;
const WORKERS = 2;
const MAILERS = 3;
const ENDS = [
  { queues: [ORDERS], fleets: [WORKERS, MAILERS] },
  { queues: [MAILS], fleets: [MAILERS] },
  { queues: [ORDERS], fleets: [WORKERS] },
  { queues: [ORDERS, MAILS], fleets: [MAILERS] },
];

function start(warmUp = 0) {
  const clock = { now: 0 };
  const levels = new Levels(clock, 4, warmUp);
  const backlogs = new Backlogs(clock, levels, [0, 1, 2, 3], (id) => ENDS[id], warmUp);
  const change = (id: number, level: number, by: number) => {
    levels.change(id, level, by);
    backlogs.instance();
  };
  return { clock, levels, backlogs, change };
}

test('now: the messages of its queues by the instances of its consumers', () => {
  const { levels, change } = start();
  change(ORDERS, DEPTH, 12);
  change(MAILS, DEPTH, 6);
  change(WORKERS, INSTANCES, 1);
  change(MAILERS, INSTANCES, 3);
  expect(ENDS.map((ends) => backlogNow(levels, ends))).toEqual([3, 2, 12, 6]);
});

describe('over a run', () => {
  test('weighted by time; what lasts no time is no part of it', () => {
    const { clock, backlogs, change } = start();
    change(WORKERS, INSTANCES, 2);
    change(ORDERS, DEPTH, 50);
    change(ORDERS, DEPTH, -40);
    clock.now = 30;
    change(WORKERS, INSTANCES, 3);
    clock.now = 40;
    expect(backlogs.of(WORKERS)!.summary(40)).toEqual({ mean: 4.25, min: 2, max: 5, end: 2 });
  });

  test('without the warm-up', () => {
    const { clock, backlogs, change } = start(20);
    change(WORKERS, INSTANCES, 1);
    change(ORDERS, DEPTH, 9);
    clock.now = 10;
    change(ORDERS, DEPTH, -6);
    clock.now = 30;
    change(ORDERS, DEPTH, -2);
    expect(backlogs.of(WORKERS)!.summary(40)).toEqual({ mean: 2, min: 1, max: 3, end: 1 });
    expect(start(20).backlogs.of(WORKERS)!.summary(10)).toEqual({
      mean: 0,
      min: 0,
      max: 0,
      end: 0,
    });
  });

  test('messages and nobody: infinite; nothing and nobody: 0', () => {
    const { clock, backlogs, change } = start();
    clock.now = 10;
    change(ORDERS, DEPTH, 1);
    clock.now = 20;
    change(ORDERS, DEPTH, -1);
    expect(backlogs.of(WORKERS)!.summary(30)).toEqual({
      mean: Infinity,
      min: 0,
      max: Infinity,
      end: 0,
    });
  });
});
