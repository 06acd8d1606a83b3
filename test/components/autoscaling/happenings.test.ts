// What a group tells in words of its policies and scheduled actions, as explain shows it.

import { describe, expect, test } from 'vitest';
import { explainScenario } from '../../../src/experiment/explain-scenario.js';
import { loadText } from '../../scenario/fixtures/real.js';

const HEAD = `name: Words
duration: 2h
profile: ideal
traffic: { clients: { send: videos, rate: 1/s } }
resources:
  videos: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 30
    instanceType: m7g.large
    consumes: { videos: { waitTimeSeconds: 20s } }
    handler: [ { work: 10s } ]
`;
const BACKLOG = 'metric: backlogPerInstance(videos), targetValue: 12';
const TRACK = (more = ''): string =>
  `policyType: TargetTrackingScaling, targetTrackingConfiguration: { ${BACKLOG}${more} }`;
const ALARM =
  'alarm: { metric: ApproximateNumberOfMessagesVisible(videos), evaluationPeriods: 3, datapointsToAlarm: 2, ' +
  'comparisonOperator: GreaterThanOrEqualToThreshold, threshold: 10 }';
const TRACKS =
  'workers scales by target tracking: backlogPerInstance(videos) to 12; alarms 3 of 3 above';

/** The lines about `workers` that a body adds, without that about zones. */
function told(body: string): string[] {
  return explainScenario(loadText(`${HEAD}    ${body}\n`)).prose.filter((line) =>
    /^workers (scales|gets)/.test(line),
  );
}

describe('policies', () => {
  const policy = (text: string, more = ''): string[] =>
    told(`scalingPolicies: { p: { ${text} } }\n${more}`);

  test('target tracking, with its two alarms and the warm-up in force', () => {
    expect(policy(TRACK())).toEqual([
      `${TRACKS}, 15 of 15 below 10.8; warm-up 5m, the group's cooldown (p).`,
    ]);
    expect(
      policy(
        `${TRACK(', disableScaleIn: true')}, estimatedInstanceWarmup: 60s`,
        '    defaultInstanceWarmup: 2m',
      ),
    ).toEqual([`${TRACKS}, never in; warm-up 1m (p).`]);
    expect(
      policy(TRACK(), '    defaultInstanceWarmup: 2m\n    assume: { trackingScaleInStep: 10% }'),
    ).toEqual([
      `${TRACKS}, 15 of 15 below 10.8, 10 % at most; warm-up 2m, defaultInstanceWarmup (p).`,
    ]);
  });

  test('steps and simple adjustments', () => {
    const steps =
      '{ metricIntervalLowerBound: 0, metricIntervalUpperBound: 50, scalingAdjustment: 1 }, ' +
      '{ metricIntervalLowerBound: 50, scalingAdjustment: 30 }';
    const trigger =
      'ApproximateNumberOfMessagesVisible(videos) at or above 10, 2 of 3 periods of 1m';
    expect(
      policy(
        `policyType: StepScaling, adjustmentType: PercentChangeInCapacity, ${ALARM}, stepAdjustments: [${steps}]`,
      ),
    ).toEqual([
      `workers scales by steps: ${trigger}; +1 % from 10 to 60, +30 % from 60; warm-up 5m, the group's cooldown (p).`,
    ]);
    expect(
      policy(
        `policyType: SimpleScaling, adjustmentType: ChangeInCapacity, scalingAdjustment: -2, ` +
          `cooldown: 60s, ${ALARM}`,
      ),
    ).toEqual([
      `workers scales by simple adjustments: ${trigger}; -2, then none for 1m (cooldown) (p).`,
    ]);
  });

  test('forecasts', () => {
    const forecast = (more: string): string[] =>
      policy(
        `policyType: PredictiveScaling, predictiveScalingConfiguration: ` +
          `{ metric: NumberOfMessagesSent(videos), targetValue: 60${more} }`,
      );
    expect(forecast('')[0]).toContain('60 to an instance, which only forecasts (p)');
    expect(forecast(', mode: ForecastAndScale')[0]).toContain(
      'its forecast: NumberOfMessagesSent(videos), 60 to an instance, 5m ahead of each hour (p)',
    );
  });
});

test.each([
  ["recurrence: '45 1 * * *', minSize: 26", 'gets minSize 26 at 01:45 UTC every day (a).'],
  [
    "recurrence: '5 1 * * MON-FRI', minSize: 2, maxSize: 9",
    'gets minSize 2, maxSize 9 at 01:05 UTC on MON-FRI (a).',
  ],
  [
    "recurrence: '*/30 * * * *', desiredCapacity: 2, endTime: 2026-01-02T00:00Z",
    'gets desiredCapacity 2 by the recurrence */30 * * * * (UTC) until 2026-01-02T00:00Z (a).',
  ],
  ['startTime: 2026-01-01T01:00Z, minSize: 2', 'gets minSize 2 at 2026-01-01T01:00Z (a).'],
])('the scheduled action %s', (action, words) => {
  expect(told(`scheduledActions: { a: { ${action} } }`)).toEqual([`workers ${words}`]);
});

test('zones, and whether somebody chose them', () => {
  const zones = (body: string): string | undefined =>
    explainScenario(loadText(`${HEAD}${body}`)).prose.find((line) => line.includes('launches in'));
  expect(zones('')).toBe('workers launches in us-east-1a, us-east-1b, by default.');
  expect(zones('    availabilityZones: [us-east-1c]\n')).toBe('workers launches in us-east-1c.');
});
