// Policies and scheduled actions in the language: what is read, what is refused and how, and a run through the whole.

import { describe, expect, test } from 'vitest';
import { SilentFacts } from '../../src/observe/silent-facts.js';
import { Simulation } from '../../src/experiment/run.js';
import { errorsIn, findingsIn, loadText } from './fixtures/real.js';

interface Parts {
  readonly policies?: string;
  readonly actions?: string;
  readonly group?: string;
  readonly top?: string;
  readonly duration?: string;
}

const WHEN = 'threshold: 10, comparisonOperator: GreaterThanThreshold';
const ALARM = `alarm: { metric: ApproximateNumberOfMessagesVisible(jobs), ${WHEN} }`;
const STEPS = 'stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: 1 }]';
const STEP = `policyType: StepScaling, adjustmentType: ChangeInCapacity, ${ALARM}, ${STEPS}`;
const SIMPLE = `policyType: SimpleScaling, adjustmentType: ChangeInCapacity, scalingAdjustment: 1, ${ALARM}`;
const CPU = 'predefinedMetricSpecification: { predefinedMetricType: ASGAverageCPUUtilization }';
const BALANCER =
  'predefinedMetricSpecification: { predefinedMetricType: ALBRequestCountPerTarget }';
const RAISED = 'maxCapacityBreachBehavior: IncreaseMaxCapacity';
const TRACK = (more: string, metric = 'ApproximateNumberOfMessagesVisible(jobs)'): string =>
  `policyType: TargetTrackingScaling, targetTrackingConfiguration: { metric: ${metric}, ${more} }`;
const PREDICT = (more: string, metric = 'NumberOfMessagesSent(jobs)'): string =>
  `policyType: PredictiveScaling, predictiveScalingConfiguration: { metric: ${metric}, targetValue: 60, ${more} }`;

function text({ policies, actions, group = '', top = '', duration = '2h' }: Parts): string {
  const line = (key: string, value?: string): string =>
    value === undefined ? '' : `    ${key}: { ${value} }\n`;
  return `name: Policies
duration: ${duration}
profile: ideal
${top}
traffic: { clients: { send: jobs, rate: 1/s, arrivals: constant } }
resources:
  jobs: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 10
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ { work: 10s } ]
${line('scalingPolicies', policies)}${line('scheduledActions', actions)}${group}
`;
}

const errors = (parts: Parts): string[] => errorsIn(text(parts));

test('all kinds together are read', () => {
  const policies = [
    `a: { ${STEP} }`,
    `b: { ${SIMPLE}, cooldown: 60s }`,
    `c: { ${TRACK('targetValue: 100, disableScaleIn: true')}, estimatedInstanceWarmup: 60s }`,
    `d: { ${PREDICT(`mode: ForecastAndScale, ${RAISED}, maxCapacityBuffer: 10`)} }`,
    `e: { ${PREDICT('')} }`,
  ].join(', ');
  const actions =
    "up: { recurrence: '0 2 * * MON-FRI', timeZone: Etc/UTC, minSize: 2 }" +
    ', down: { startTime: 2026-01-01T01:00Z, maxSize: 5 }';
  expect(errors({ policies, actions, group: '    cooldown: 120s' })).toEqual([]);
});

describe('keys go with the policyType', () => {
  test.each([
    [`${STEP}, cooldown: 60s`, 'aws-refuses: cooldown is for SimpleScaling, not for StepScaling'],
    [
      `${SIMPLE}, estimatedInstanceWarmup: 60s`,
      'estimatedInstanceWarmup is for TargetTrackingScaling and StepScaling',
    ],
    [
      `${SIMPLE}, metricAggregationType: Average`,
      'metricAggregationType is for StepScaling, not for SimpleScaling',
    ],
    [`${TRACK('targetValue: 1')}, scalingAdjustment: 1`, 'scalingAdjustment is for SimpleScaling'],
    [`${TRACK('targetValue: 1')}, ${ALARM}`, 'alarm is for StepScaling and SimpleScaling'],
    [
      `policyType: StepScaling, adjustmentType: ExactCapacity, ${STEPS}`,
      'missing: alarm is missing',
    ],
    [
      'policyType: SimpleScaling, adjustmentType: ExactCapacity, ' + ALARM,
      'missing: scalingAdjustment is',
    ],
    ['policyType: TargetTrackingScaling', 'missing: targetTrackingConfiguration is'],
    ['policyType: PredictiveScaling', 'missing: predictiveScalingConfiguration is'],
    [`${SIMPLE}, enabled: false`, 'not-modelled: enabled'],
  ])('%s', (policy, line) => {
    const found = errors({ policies: `p: { ${policy} }` });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line);
  });
});

describe('what AWS refuses of a policy', () => {
  test.each([
    [
      TRACK('targetValue: 0'),
      'targetValue is 0; allowed: a number above 0; AWS answers ValidationError',
    ],
    [TRACK('targetValue: -5'), 'targetValue is -5'],
    [TRACK('targetValue: 5, period: 20s'), 'period is 20s; allowed: 10s, 30s or 60s'],
    [TRACK(`targetValue: 5, ${CPU}`), 'metric and predefinedMetricSpecification together'],
    [
      'policyType: TargetTrackingScaling, targetTrackingConfiguration: { targetValue: 5 }',
      'none of metric, predefinedMetricSpecification',
    ],
    [
      `policyType: TargetTrackingScaling, targetTrackingConfiguration: { targetValue: 5, ${BALANCER} }`,
      'predefinedMetricType is ALBRequestCountPerTarget',
    ],
    [TRACK('targetValue: 5', 'ApproximateNumberOfMessagesVisible(nobody)'), 'unknown-name'],
    [`${SIMPLE.replace('scalingAdjustment: 1', 'scalingAdjustment: 1.5')}`, 'not-whole'],
    [
      `${SIMPLE.replace('ChangeInCapacity', 'ExactCapacity').replace('scalingAdjustment: 1', 'scalingAdjustment: -1')}`,
      '0 or more for ExactCapacity',
    ],
    [`${SIMPLE}, minAdjustmentMagnitude: 2`, 'only PercentChangeInCapacity'],
    [PREDICT(RAISED), 'missing: maxCapacityBuffer is'],
    [PREDICT('maxCapacityBuffer: 10'), 'maxCapacityBuffer with HonorMaxCapacity'],
    [PREDICT('schedulingBufferTime: 3601s'), 'out-of-range'],
    [
      PREDICT('', 'ApproximateNumberOfMessagesVisible(jobs)'),
      'is no load that could be forecast here',
    ],
    [PREDICT('', 'NumberOfMessagesSent(workers)'), 'wrong-kind'],
    [PREDICT('', 'NumberOfMessagesSent(nobody)'), 'unknown-name'],
  ])('%s', (policy, line) => {
    const found = errors({ policies: `p: { ${policy} }` });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line);
  });

  test('two policies that track one metric, two that scale by a forecast', () => {
    const tracking = `a: { ${TRACK('targetValue: 5')} }, b: { ${TRACK('targetValue: 6')} }`;
    expect(errors({ policies: tracking })[0]).toContain('as a does');
    const scales = PREDICT('mode: ForecastAndScale');
    const [line] = errors({ policies: `a: { ${scales} }, b: { ${scales} }` });
    expect(line).toContain('b scales by its forecast, as a does');
  });

  test('51 policies', () => {
    const policies = Array.from({ length: 51 }, (_, i) => `p${i}: { ${STEP} }`).join(', ');
    expect(errors({ policies })[0]).toContain('51 policies; allowed: at most 50');
  });
});

test('subnets lead to Availability Zones', () => {
  const found = errors({ group: '    vpcZoneIdentifier: [subnet-1]' });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(
    /^not-modelled: vpcZoneIdentifier is not modelled.*nearest: availabilityZones/,
  );
});

describe('what is refused of a scheduled action', () => {
  test.each([
    ['minSize: 1', 'an action without a time'],
    ["recurrence: '0 8 * * *'", 'an action that sets nothing'],
    [
      "recurrence: '0 1 * * *', minSize: 5, maxSize: 4",
      'minSize is 5; allowed: at most maxSize (4)',
    ],
    ["recurrence: '0 1 * * *', desiredCapacity: 5, maxSize: 4", 'desiredCapacity is 5'],
    ["recurrence: '0 8 * *', minSize: 1", '4 fields, not five'],
    ["recurrence: '0 0 30 2 *', minSize: 1", 'never-happens: 0 0 30 2 * never comes'],
    [
      "recurrence: '0 8 * * *', timeZone: Europe/Berlin, minSize: 1",
      'not-modelled: timeZone is Europe/Berlin',
    ],
    ['startTime: 2026-01-01T01:00Z, timeZone: UTC, minSize: 1', 'timeZone is about a recurrence'],
    [
      'startTime: 2025-12-31T23:59Z, minSize: 1',
      '2025-12-31T23:59Z is past when the run starts; allowed: 2026-01-01T00:00Z',
    ],
    [
      'startTime: 2026-01-02T00:00Z, minSize: 1',
      'never-happens: startTime is 2026-01-02T00:00Z; allowed: 2026-01-01T00:00Z to 2026-01-01T03:00Z',
    ],
    [
      "recurrence: '0 8 * * *', endTime: 2026-01-01T00:00Z, minSize: 1",
      'endTime is 2026-01-01T00:00Z',
    ],
    [
      "recurrence: '45 9 * * *', minSize: 1",
      'does not come in the run, which is from 2026-01-01T00:00Z to 2026-01-01T03:00Z; see start',
    ],
    [
      "recurrence: '0 2 * * *', endTime: 2026-01-01T01:00Z, minSize: 1",
      'to 2026-01-01T03:00Z, and the action ends at 2026-01-01T01:00Z; see start',
    ],
    [
      "recurrence: '0 2 * * *', startTime: 2026-01-01T04:00Z, minSize: 1",
      'never-happens: startTime is 2026-01-01T04:00Z',
    ],
    [
      "recurrence: '0 1 * * *', minSize: 11",
      "minSize 11 is above the group's maxSize (10), and nothing raises that: the action fails each time; " +
        'allowed: at most 10, or a maxSize in the action; AWS answers ValidationError',
    ],
    [
      "recurrence: '0 1 * * *', maxSize: 0",
      "maxSize 0 is below the group's minSize (1), and nothing lowers that: the action fails each time; " +
        'allowed: at least 1',
    ],
    ['startTime: tomorrow, minSize: 1', 'wrong-kind'],
    ['cron: 0 8 * * *, minSize: 1', 'nearest: recurrence'],
  ])('%s', (action, line) => {
    const found = errors({ actions: `a: { ${action} }` });
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(line);
  });

  test('a recurrence while the run drains comes; what is wrong stands at its own place', () => {
    expect(errors({ actions: "a: { recurrence: '59 2 * * *', minSize: 1 }" })).toEqual([]);
    const [finding] = findingsIn(
      text({ actions: "a: { recurrence: '0 3 * * *', minSize: 1 }" }),
    ).filter(({ severity }) => severity === 'error');
    expect(finding.path).toBe('resources.workers.scheduledActions.a.recurrence');
  });

  test.each([
    [", b: { recurrence: '0 2 * * *', maxSize: 20 }", '', 0],
    [", b: { recurrence: '0 2 * * *', maxSize: 10 }", '', 1],
    ['', 'operations: [ { at: 1m, on: workers, set: { maxSize: 20 } } ]', 0],
    ['', 'operations: [ { at: 1m, on: workers, set: { maxSize: 9 } } ]', 1],
  ])('a minSize above maxSize, beside %s %s', (other, top, count) => {
    const actions = `a: { recurrence: '0 1 * * *', minSize: 11 }${other}`;
    expect(errors({ actions, top })).toHaveLength(count);
  });

  test('a forecast that may raise maxSize may make room for any minSize', () => {
    const policies = `p: { ${PREDICT(`mode: ForecastAndScale, ${RAISED}, maxCapacityBuffer: 10`)} }`;
    const actions = "a: { recurrence: '0 1 * * *', minSize: 11 }";
    expect(errors({ actions, policies })).toEqual([]);
  });

  test('two that are due first at one time', () => {
    const one = "recurrence: '0 1 * * *'";
    const found = errors({
      actions: `a: { ${one}, minSize: 1 }, b: { startTime: 2026-01-01T01:00Z, minSize: 2 }`,
    });
    expect(found[0]).toContain('b and a are both due first at 2026-01-01T01:00Z');
    expect(found[0]).toContain('AWS answers AlreadyExists');
  });

  test('126 of them', () => {
    const actions = Array.from({ length: 126 }, (_, i) => {
      const minute = String(i % 60).padStart(2, '0');
      return `a${i}: { startTime: 2026-01-01T0${Math.floor(i / 60)}:${minute}Z, minSize: 1 }`;
    });
    const found = errors({ actions: actions.join(', '), duration: '3h' });
    expect(found[0]).toContain('126 scheduled actions; allowed: at most 125');
  });
});

/** Decisions of a run: seconds, decider, wanted, desired. */
function decisions(parts: Parts): string[] {
  const told: string[] = [];
  class Decisions extends SilentFacts {
    now: () => number = () => 0;
    override scaled(_group: number, decider: number, wanted: number, desired: number): void {
      told.push(`${this.now()} ${decider}: ${wanted} → ${desired}`);
    }
  }
  const observer = new Decisions();
  const simulation = new Simulation(loadText(text(parts)), { observer });
  observer.now = () => simulation.progress.now / 1_000_000;
  while (!simulation.advance(1_000_000));
  return told;
}

describe('in a run', () => {
  test('an action that fails because of the bounds then is a warning of the result', () => {
    const actions =
      "sale: { recurrence: '*/30 * * * *', minSize: 11 }, more: { startTime: 2026-01-01T00:45Z, maxSize: 20 }";
    const simulation = new Simulation(loadText(text({ actions })));
    while (!simulation.advance(1_000_000));
    const told = simulation
      .finish(null)
      .result.warnings.filter(({ code }) => code === 'aws-refuses');
    expect(told.map(({ message }) => message)).toEqual([
      'the scheduled action sale of workers at 0s was refused, and 1 more time; AWS answered ValidationError',
    ]);
    expect(told[0].path).toBe('resources.workers.scheduledActions.sale');
  });

  test('scheduled actions count from start', () => {
    const told = decisions({
      top: 'start: 2026-03-06T07:45Z',
      actions: "sale: { recurrence: '0 8 * * FRI', minSize: 4 }",
    });
    expect(told).toEqual(['900 0: 4 → 4']);
  });

  test('target tracking on what is assumed of its alarms', () => {
    const policies = `t: { ${TRACK('targetValue: 100')}, estimatedInstanceWarmup: 0s }`;
    const at = (group: string): number =>
      Number(decisions({ policies, group, duration: '10m' })[0].split(' ')[0]);
    // One message a second, ten seconds each: a backlog of 100 after some two minutes.
    expect(at('') - at('    assume: { trackingHighDatapoints: 1 }')).toBe(120);
  });

  test('how much one scale-in of target tracking removes is a named assumption, without effect by default', () => {
    const policies = `t: { ${TRACK('targetValue: 100')}, estimatedInstanceWarmup: 0s }`;
    const first = (assume: string): string => {
      const group = `    desiredCapacity: 10\n${assume}`;
      return decisions({ policies, group, duration: '20m' })[0];
    };
    expect(first('')).toMatch(/ 0: 0 → 1$/);
    expect(first('    assume: { trackingScaleInStep: 20% }')).toMatch(/ 0: 8 → 8$/);
    expect(errors({ policies, group: '    assume: { trackingScaleInStep: 0% }' })[0]).toContain(
      'out-of-range',
    );
  });
});
