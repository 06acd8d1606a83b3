// Sampling, late publication, the phase of evaluations, and what an alarm tells.

import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../../src/kernel/distributions/distribution.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { MINUTE, SECOND } from '../../../src/kernel/time.js';
import { CloudWatch } from '../../../src/components/cloudwatch/cloudwatch.js';
import { Series } from '../../../src/components/cloudwatch/series.js';
import { AlarmState } from '../../../src/components/facts.js';
import type { AlarmDefinition, Statistic } from '../../../src/components/metric-port.js';
import {
  Metrics,
  STATISTICS,
  isBreaching,
  statisticOf,
} from '../../../src/components/metric-port.js';
import { SilentFacts, fakeWorld } from '../fakes.js';

const constant = (seconds: number) => distribution({ kind: 'constant', value: seconds * SECOND });
const HIGH: AlarmDefinition = {
  owner: 2,
  number: 7,
  name: 'high',
  resource: 1,
  metric: 'depth',
  statistic: 'Average',
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 10,
  period: MINUTE,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: 'missing',
};

/** A world whose queue's depth is what the test says, and one alarm on it. */
function rig(
  definition: Partial<AlarmDefinition>,
  publishDelay: Distribution = constant(0),
  phase: Distribution = constant(0),
) {
  const told: string[] = [];
  const actions: number[] = [];
  class Told extends SilentFacts {
    override alarm(owner: number, alarm: number, state: AlarmState): void {
      told.push(`${world.kernel.now / SECOND} ${owner}.${alarm} ${Object.keys(AlarmState)[state]}`);
    }
  }
  const world = fakeWorld(['traffic', 'orders', 'workers'], { facts: new Told() });
  const gauge = { name: 'depth', value: 0, read: (): number => gauge.value };
  world.addGauge(1, gauge);
  const metrics = world.shared(Metrics);
  const action = world.kernel.handler('act', () => actions.push(world.kernel.now / SECOND));
  metrics.addAlarm({ ...HIGH, ...definition }, action);
  new CloudWatch(world, { publishDelay, evaluationPhase: phase }).start();
  const at = (seconds: number, value: number): void => {
    world.kernel.advance(Math.round(seconds * SECOND));
    gauge.value = value;
  };
  return { told, actions, at, alarm: metrics.alarms[0] };
}

describe('an alarm', () => {
  test('begins without data, sees the end of each minute, acts at every evaluation in ALARM', () => {
    const { told, actions, at, alarm } = rig({});
    expect(alarm.state).toBe(AlarmState.InsufficientData);
    at(30, 50);
    at(59, 0); // nobody saw it
    at(61, 50);
    at(241, 3);
    at(400, 3);
    expect(told).toEqual(['60 2.7 Ok', '120 2.7 Alarm', '300 2.7 Ok']);
    expect(actions).toEqual([120, 180, 240]);
    expect(alarm.values).toEqual([3]);
  });

  test('sees a data point only once it is published', () => {
    const { told, at } = rig({}, constant(70));
    at(0, 50);
    at(400, 50);
    expect(told).toEqual(['180 2.7 Alarm']); // the point of minute one is there at 130 s
  });

  test('is evaluated at its own phase', () => {
    const { actions, at } = rig({}, constant(20), constant(45));
    at(0, 50);
    at(240, 50);
    expect(actions).toEqual([105, 165, 225]);
  });

  test('needs M of N', () => {
    const { told, at } = rig({ evaluationPeriods: 3, datapointsToAlarm: 2 });
    const depths = [0, 0, 0, 50, 0, 50, 0, 0, 0];
    depths.forEach((depth, i) => at(i * 60 + 1, depth));
    at(600, 0);
    expect(told).toEqual(['60 2.7 Ok', '360 2.7 Alarm', '420 2.7 Ok']);
  });

  test('is left without data where the gauge has none', () => {
    const { told, at } = rig({});
    at(0, 0);
    at(61, NaN);
    at(600, NaN);
    expect(told).toEqual(['60 2.7 Ok', '240 2.7 InsufficientData']);
  });
});

describe('a series', () => {
  const sampled = (statistic: Statistic, values: readonly number[]): number[] => {
    const gauge = { name: 'depth', value: 0, read: (): number => gauge.value };
    const key = fakeWorld(['orders']).streams.key('orders', 'publishDelay');
    const series = new Series(gauge, statistic, 5 * MINUTE, constant(0), key);
    series.keep(3);
    values.forEach((value, i) => {
      gauge.value = value;
      series.sample((i + 1) * MINUTE, false);
    });
    return series.range(2, values.length * MINUTE);
  };

  test.each([
    ['Average', 3],
    ['Sum', 15],
    ['Minimum', 1],
    ['Maximum', 5],
    ['SampleCount', 5],
  ] as const)('of five minutes: %s', (statistic, expected) => {
    expect(sampled(statistic, [1, 2, 3, 4, 5])).toEqual([NaN, expected]);
    expect(sampled(statistic, [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 9])).toEqual([expected, expected]);
  });

  test('has no point where there is no sample', () => {
    for (const statistic of STATISTICS) expect(statisticOf(statistic, [])).toBeNaN();
  });
});

test.each([
  ['GreaterThanOrEqualToThreshold', [false, true, true]],
  ['GreaterThanThreshold', [false, false, true]],
  ['LessThanThreshold', [true, false, false]],
  ['LessThanOrEqualToThreshold', [true, true, false]],
] as const)('%s', (operator, expected) => {
  expect([9, 10, 11].map((value) => isBreaching(value, operator, 10))).toEqual(expected);
});
