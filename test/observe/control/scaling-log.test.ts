// The log of control loops, by hand.

import { expect, test } from 'vitest';
import { AlarmState, InstanceState } from '../../../src/components/facts.js';
import { ScalingLog } from '../../../src/observe/control/scaling-log.js';

const FLEET = 3;
const OTHER = 4;

function start(fleets = [FLEET]) {
  const clock = { now: 0 };
  return { clock, log: new ScalingLog(clock, fleets) };
}

test('without a fleet that can scale nothing is logged', () => {
  const { log } = start([]);
  log.metric(OTHER, 0, 5);
  log.alarm(OTHER, 0, AlarmState.Alarm);
  log.desired(FLEET, 2);
  log.decision(FLEET, 0, 3, 3);
  log.instance(FLEET, 0, InstanceState.Pending);
  expect(log.isOn).toBe(false);
  expect(log.rows).toEqual([]);
});

test('a metric is logged when its newest data point is another', () => {
  const { clock, log } = start();
  for (const value of [NaN, NaN, 4, 4, 5, NaN, 5]) {
    clock.now++;
    log.metric(FLEET, 0, value);
  }
  log.metric(FLEET, 1, 5);
  expect(log.rows.map((row) => [row.time, 'value' in row ? row.value : null])).toEqual([
    [1, NaN],
    [3, 4],
    [5, 5],
    [6, NaN],
    [7, 5],
    [7, 5],
  ]);
});

test('a decision tells what it changed; one that repeats itself in vain is left out', () => {
  const { clock, log } = start();
  log.desired(FLEET, 2);
  const decide = (time: number, decider: number, wanted: number, desired: number): void => {
    clock.now = time;
    log.decision(FLEET, decider, wanted, desired);
  };
  const wants = (time: number, capacity: number): void => {
    clock.now = time;
    log.desired(FLEET, capacity);
  };
  decide(10, 0, 2, 2);
  decide(20, 0, 2, 2);
  decide(20, 1, 2, 2);
  wants(30, 8);
  decide(30, 0, 9, 8);
  decide(30, 1, 8, 8);
  decide(40, 0, 9, 8);
  wants(50, 2); // by hand
  wants(60, 8);
  decide(60, 0, 9, 8);
  const decisions = log.rows.flatMap((row) => {
    return row.kind === 'decision'
      ? [[row.time, row.number, row.wanted, `${row.from} -> ${row.to}`]]
      : [];
  });
  expect(decisions).toEqual([
    [10, 0, 2, '2 -> 2'],
    [20, 1, 2, '2 -> 2'],
    [30, 0, 9, '2 -> 8'],
    [30, 1, 8, '8 -> 8'],
    [60, 0, 9, '2 -> 8'],
  ]);
});

test('of fleets that cannot scale, alarms only', () => {
  const { log } = start();
  log.desired(OTHER, 2);
  log.instance(OTHER, 0, InstanceState.Pending);
  log.decision(OTHER, 0, 2, 2);
  log.alarm(OTHER, 0, AlarmState.Ok);
  expect(log.rows).toEqual([
    { time: 0, resource: OTHER, kind: 'alarm', number: 0, state: AlarmState.Ok },
  ]);
});
