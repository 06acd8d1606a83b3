// Sampling, late publication, the phase and the rhythm of evaluations, metric math, and what an alarm tells.

import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../../src/kernel/distributions/distribution.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/kernel/time.js';
import { CloudWatch } from '../../../src/components/cloudwatch/cloudwatch.js';
import { AlarmState } from '../../../src/components/facts.js';
import type { MetricExpression } from '../../../src/components/metric-math.js';
import { metricOf } from '../../../src/components/metric-math.js';
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
  metric: metricOf(1, 'depth'),
  written: 'ApproximateNumberOfMessagesVisible(orders)',
  statistic: 'Average',
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 10,
  period: MINUTE,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: 'missing',
};

interface Assumed {
  readonly publishDelay?: Distribution;
  readonly phase?: Distribution;
  readonly activationDelay?: Distribution;
}

/** A world whose queue's depth is what the test says, as are the workers' instances; and one alarm. */
function rig(definition: Partial<AlarmDefinition>, assumed: Assumed = {}) {
  const {
    publishDelay = constant(0),
    phase = constant(0),
    activationDelay = constant(0),
  } = assumed;
  const told: string[] = [];
  const actions: number[] = [];
  class Told extends SilentFacts {
    override alarm(owner: number, alarm: number, state: AlarmState): void {
      told.push(`${world.kernel.now / SECOND} ${owner}.${alarm} ${Object.keys(AlarmState)[state]}`);
    }
  }
  const world = fakeWorld(['traffic', 'orders', 'workers'], { facts: new Told() });
  const gauge = { name: 'depth', value: 0, read: (): number => gauge.value };
  const sent = { name: 'NumberOfMessagesSent', value: 0, read: (): number => sent.value };
  const instances = { name: 'instances', value: 1, read: (): number => instances.value };
  const coarse = { name: 'cpu', value: 0, resolution: 5 * MINUTE, read: () => coarse.value };
  world.addGauge(1, gauge);
  world.addGauge(1, sent);
  world.addGauge(2, instances);
  world.addGauge(2, coarse);
  const metrics = world.shared(Metrics);
  const action = world.kernel.handler('act', () => actions.push(world.kernel.now / SECOND));
  metrics.addAlarm({ ...HIGH, ...definition }, action);
  const start = () =>
    new CloudWatch(world, { publishDelay, evaluationPhase: phase, activationDelay }).start();
  let isStarted = false;
  const to = (seconds: number): void => {
    if (!isStarted) start();
    isStarted = true;
    world.kernel.advance(Math.round(seconds * SECOND));
  };
  const at = (seconds: number, value: number): void => {
    to(seconds);
    gauge.value = value;
  };
  const [alarm] = metrics.alarms;
  return { told, actions, at, to, alarm, metrics, gauge, sent, instances, coarse, world };
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
    const { told, at } = rig({}, { publishDelay: constant(70) });
    at(0, 50);
    at(400, 50);
    expect(told).toEqual(['180 2.7 Alarm']); // the point of minute one is there at 130 s
  });

  test('is evaluated at its own phase', () => {
    const { actions, at } = rig({}, { publishDelay: constant(20), phase: constant(45) });
    at(0, 50);
    at(240, 50);
    expect(actions).toEqual([105, 165, 225]);
  });

  test.each([
    [1, 240],
    [5, 300], // it slides, and still holds older samples
  ])('knows when its newest data point of %i minutes ended', (minutes, afterGap) => {
    const { at, alarm, metrics } = rig({ period: minutes * MINUTE });
    at(0, 50);
    at(245, 50);
    expect(alarm.newestEnd / SECOND).toBe(240);
    metrics.hide(1, 1, true);
    at(305, 50);
    expect(alarm.newestEnd / SECOND).toBe(afterGap);
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

/** The points that the alarm saw at its last evaluation, after one sample a minute. */
function seen(definition: Partial<AlarmDefinition>, values: readonly number[]): readonly number[] {
  const { at, to, alarm } = rig(definition);
  values.forEach((value, i) => at(i * 60 + 1, value));
  to(values.length * 60 + 1);
  return alarm.values;
}

describe('a period of several minutes', () => {
  test.each([
    ['Average', 3],
    ['Sum', 15],
    ['Minimum', 1],
    ['Maximum', 5],
    ['SampleCount', 5],
  ] as const)('%s of its samples', (statistic: Statistic, expected) => {
    expect(seen({ statistic, period: 5 * MINUTE }, [9, 9, 1, 2, 3, 4, 5])).toEqual([expected]);
  });

  test('has no point where there is no sample', () => {
    for (const statistic of STATISTICS) expect(statisticOf(statistic, [])).toBeNaN();
  });

  test('slides: minutes 1 to 5, then 2 to 6', () => {
    const definition = { statistic: 'Sum', period: 5 * MINUTE } as const;
    expect(seen(definition, [1, 2, 3, 4, 5])).toEqual([15]);
    expect(seen(definition, [1, 2, 3, 4, 5, 6])).toEqual([20]);
  });

  test('several of them lie behind each other, and do not overlap', () => {
    const definition = { statistic: 'Sum', period: 2 * MINUTE, evaluationPeriods: 2 } as const;
    expect(seen(definition, [1, 2, 3, 4, 5])).toEqual([5, 9]);
  });
});

describe('the metrics of sums', () => {
  test('a point is what came in its minute; Sum adds up', () => {
    const metric = metricOf(1, 'NumberOfMessagesSent');
    const totals = [5, 5, 12, 13];
    const minutes = rig({ metric, evaluationPeriods: 4 });
    const both = rig({ metric, statistic: 'Sum', period: 2 * MINUTE });
    for (const one of [minutes, both]) {
      totals.forEach((total, i) => {
        one.to(i * 60 + 1);
        one.sent.value = total;
      });
      one.to(241);
    }
    expect(minutes.alarm.values).toEqual([5, 0, 7, 1]);
    expect(both.alarm.values).toEqual([8]);
  });

  test('what is hidden for a while does not come later', () => {
    const { to, sent, alarm, metrics } = rig({
      metric: metricOf(1, 'NumberOfMessagesSent'),
      evaluationPeriods: 3,
    });
    to(1);
    metrics.hide(1, 1, true);
    sent.value = 100;
    to(61);
    metrics.hide(1, 1, false);
    sent.value = 103;
    to(181);
    expect(alarm.values).toEqual([3, 0]);
  });
});

describe('metric math', () => {
  const ratio = (isFilled: boolean): MetricExpression => ({
    kind: 'binary',
    operator: '/',
    left: { ...metricOf(1, 'depth'), isFilled },
    right: { ...metricOf(2, 'instances'), isFilled },
  });

  test('is computed from the points of the same minute', () => {
    const { at, to, alarm, instances } = rig({ metric: ratio(false), evaluationPeriods: 2 });
    at(0, 100);
    to(61);
    instances.value = 4;
    to(121);
    expect(alarm.values).toEqual([100, 25]);
  });

  test('no operand, or nothing to divide by: no point', () => {
    const { at, told, instances } = rig({ metric: ratio(false) });
    at(0, 100);
    at(61, NaN);
    at(241, 100);
    instances.value = 0;
    at(601, 100);
    expect(told).toEqual(['60 2.7 Alarm', '240 2.7 InsufficientData']);
  });

  test('filled, a point of a minute stands for all periods of 10 s', () => {
    const definition = { metric: ratio(true), period: 10 * SECOND, evaluationPeriods: 3 };
    const { at, to, told, alarm } = rig(definition, { publishDelay: constant(15) });
    at(0, 100);
    at(121, 1);
    to(300);
    // The sample of minute 3 is there at 195 s.
    expect(told).toEqual(['80 2.7 Alarm', '200 2.7 Ok']);
    expect(alarm.values).toEqual([1, 1, 1]);
  });
});

describe('high resolution', () => {
  test('on a metric of one minute: a point in one period of six, and often none in reach', () => {
    const { at, told, alarm } = rig({ period: 10 * SECOND }, { publishDelay: constant(25) });
    at(0, 50);
    at(160, 50);
    // What is stamped 0 s is seen from 85 s, and out of reach from 140 s on; what is stamped 60 s from 145 s.
    expect(told).toEqual(['90 2.7 Alarm', '140 2.7 InsufficientData', '150 2.7 Alarm']);
    expect(alarm.values).toEqual([50]);
  });

  test('is evaluated every 10 s, at its phase; the action follows the change and repeats each minute', () => {
    const definition = { period: 30 * SECOND, treatMissingData: 'ignore' } as const;
    const { at, told, actions } = rig(definition, {
      publishDelay: constant(15),
      phase: constant(47),
    });
    at(0, 50);
    at(300, 50);
    expect(told).toEqual(['77 2.7 Alarm']);
    expect(actions).toEqual([77, 137, 197, 257]);
  });
});

describe('a metric of 5 minutes', () => {
  test('is stamped with their start, and an alarm of a minute has one point in five', () => {
    const metric = metricOf(2, 'cpu');
    const five = rig({ metric, period: 5 * MINUTE });
    const one = rig({ metric });
    for (const { to, coarse } of [five, one]) {
      to(1);
      coarse.value = 50;
      to(1000);
    }
    expect(five.told).toEqual(['300 2.7 Alarm']);
    expect(one.told[0]).toBe('300 2.7 Alarm');
  });
});

describe('more than a day', () => {
  const WEEK = { period: HOUR, evaluationPeriods: 48, datapointsToAlarm: 1 };

  test('is evaluated each hour; the action repeats each minute all the same', () => {
    const { at, told, actions } = rig(WEEK, { phase: constant(30) });
    at(0, 50);
    at(HOUR / SECOND, 50);
    expect(told).toEqual([`${HOUR / SECOND / 2} 2.7 Alarm`]);
    expect(actions.slice(0, 3)).toEqual([1800, 1860, 1920]);
    expect(actions).toHaveLength(31);
  });

  test('looks back that far', () => {
    const { at, alarm } = rig({ ...WEEK, statistic: 'Maximum' });
    at(0, 50);
    at(61, 0);
    at((2 * DAY) / SECOND, 0);
    expect(alarm.state).toBe(AlarmState.Alarm);
    at((2 * DAY + 4 * HOUR) / SECOND, 0);
    expect(alarm.state).toBe(AlarmState.Ok);
  });
});

describe('a queue that nobody uses', () => {
  /** Its metrics, and how it is used. */
  function idle(activationDelay: Distribution) {
    const all = rig({}, { activationDelay });
    const use = { count: 0 };
    all.metrics.activities.set(1, {
      holdsAny: () => all.gauge.value > 0,
      uses: () => use.count,
    });
    return { ...all, use };
  }
  const SIX_HOURS = (6 * HOUR) / SECOND;

  test('has metrics for six hours', () => {
    const { told, to } = idle(constant(0));
    to(SIX_HOURS + 600);
    expect(told).toEqual(['60 2.7 Ok', `${SIX_HOURS + 120} 2.7 InsufficientData`]);
  });

  test('has them as long as it holds something, or is asked', () => {
    const { told, at, to, use } = idle(constant(0));
    at(3600, 1);
    at(2 * SIX_HOURS, 0);
    for (let hour = 12; hour < 30; hour++) {
      to(hour * 3600);
      use.count++;
    }
    expect(told).toEqual(['60 2.7 Ok']);
  });

  test('has none for some time when it becomes active again', () => {
    const { told, at, to } = idle(constant(600));
    at(SIX_HOURS + 1800 + 30, 50);
    to(SIX_HOURS + 3600);
    expect(told.at(-1)).toBe(`${SIX_HOURS + 1800 + 600} 2.7 Alarm`);
    const ideal = idle(constant(0));
    ideal.at(SIX_HOURS + 1800 + 30, 50);
    ideal.to(SIX_HOURS + 3600);
    expect(ideal.told.at(-1)).toBe(`${SIX_HOURS + 1800 + 60} 2.7 Alarm`);
  });
});

test('nobody looks: no events, and what costs time is not measured', () => {
  const world = fakeWorld(['orders']);
  let watched = 0;
  world.addGauge(0, { name: 'depth', read: () => 0, watch: () => watched++ });
  const assume = {
    publishDelay: constant(0),
    evaluationPhase: constant(0),
    activationDelay: constant(0),
  };
  new CloudWatch(world, assume).start();
  world.kernel.advance(HOUR);
  expect(world.kernel.eventCount).toBe(0);
  expect(watched).toBe(0);
});

test('an alarm without an action tells its state and nothing else', () => {
  const world = fakeWorld(['orders']);
  world.addGauge(0, { name: 'depth', read: () => 50 });
  const alarm = { ...HIGH, metric: metricOf(0, 'depth'), owner: 0 };
  world.shared(Metrics).addAlarm(alarm, null);
  const assume = {
    publishDelay: constant(0),
    evaluationPhase: constant(0),
    activationDelay: constant(0),
  };
  new CloudWatch(world, assume).start();
  world.kernel.advance(5 * MINUTE);
  expect(world.shared(Metrics).alarms[0].state).toBe(AlarmState.Alarm);
});

test.each([
  ['GreaterThanOrEqualToThreshold', [false, true, true]],
  ['GreaterThanThreshold', [false, false, true]],
  ['LessThanThreshold', [true, false, false]],
  ['LessThanOrEqualToThreshold', [true, true, false]],
] as const)('%s', (operator, expected) => {
  expect([9, 10, 11].map((value) => isBreaching(value, operator, 10))).toEqual(expected);
});
