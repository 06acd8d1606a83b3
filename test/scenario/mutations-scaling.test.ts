// Mutated scenarios of control loops: wrong units, names and keys in all that groups, alarms and databases take. Each
// is refused with a place, or is a scenario; none crashes.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ERROR_CODES } from '../../src/components/settings/problem.js';
import type { Plain, Spot } from '../support/mutated-trees.js';
import { changedAt, KEYS, renamed, SCALARS, spotsOf } from '../support/mutated-trees.js';
import { findingsIn } from './fixtures/real.js';

/** Every setting of control loops once. */
const LOOPS = `name: Control loops
start: 2026-11-02T08:00:00Z
duration: 1h
profile: ideal
traffic:
  shoppers: { send: orders, rate: 5/s }
  pages: { write: ledger, rate: 1/s, client: { retry: { maxAttempts: 3, base: 1s }, timeout: 2s, senders: 3 } }
resources:
  orders: { type: sqs.queue, redrivePolicy: { deadLetterTarget: orders-dlq, maxReceiveCount: 3 } }
  orders-dlq: { type: sqs.queue, messageRetentionPeriod: 14d }
  ledger:
    type: rds.instance
    dbInstanceClass: db.t4g.micro
    engine: mysql
    multiAZ: true
    storageType: gp3
    allocatedStorage: 40GiB
    maxConnections: 30
    assume: { writeTime: 10ms, readTime: { p50: 5ms, p99: 9ms }, connect: 20ms,
      failover: 80s, parallelism: { perVcpu: 2 } }
  watcher:
    { type: cloudwatch.alarm, metric: backlogPerInstance(orders), threshold: 5,
      comparisonOperator: GreaterThanThreshold, statistic: Maximum, period: 20s,
      evaluationPeriods: 4, datapointsToAlarm: 2, treatMissingData: ignore }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 9
    desiredCapacity: 2
    instanceType: m7g.large
    defaultInstanceWarmup: 90s
    monitoring: { enabled: true }
    cooldown: 2m
    stopTimeout: 20s
    availabilityZones: [ us-east-1a, us-east-1c ]
    terminationPolicies: [ OldestInstance, Default ]
    newInstancesProtectedFromScaleIn: false
    healthCheckType: EC2
    capacityRebalance: true
    mixedInstancesPolicy:
      instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 20 }
    lifecycleHooks:
      ready: { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", heartbeatTimeout: 50s,
          defaultResult: CONTINUE }
    startup: 20s
    assume: { launch: 10s, terminate: 5s, warmStart: 8s, actionDelay: 2s, scheduledDelay: 3s, trackingHighDatapoints: 2,
      trackingLowDatapoints: 5, trackingLowFactor: 80%, trackingLowFactorCpu: 60%, launchFailure: 5%,
      instanceFailures: 3%/month, spotInterruptions: 9%/month }
    consumes: { orders: { waitTimeSeconds: 20s, heartbeat: { every: 5s, visibilityTimeout: 20s } } }
    handler: [ work: 20ms, { write: ledger, count: 2, onError: ignore, client: { timeout: 1s } }, read: ledger ]
    scalingPolicies:
      steps:
        policyType: StepScaling
        adjustmentType: PercentChangeInCapacity
        minAdjustmentMagnitude: 2
        metricAggregationType: Maximum
        estimatedInstanceWarmup: 80s
        stepAdjustments:
          - { metricIntervalLowerBound: 0, metricIntervalUpperBound: 20, scalingAdjustment: 20 }
          - { metricIntervalLowerBound: 20, scalingAdjustment: 60 }
        alarm: { metric: ApproximateNumberOfMessagesVisible(orders) / GroupDesiredCapacity(workers), threshold: 7,
          comparisonOperator: GreaterThanOrEqualToThreshold, period: 30s, evaluationPeriods: 3, datapointsToAlarm: 2,
          statistic: Average, treatMissingData: notBreaching }
      simple:
        policyType: SimpleScaling
        adjustmentType: ChangeInCapacity
        scalingAdjustment: -1
        cooldown: 70s
        alarm: { metric: CPUUtilization(workers), threshold: 10, comparisonOperator: LessThanThreshold }
      cpu:
        policyType: TargetTrackingScaling
        targetTrackingConfiguration:
          predefinedMetricSpecification: { predefinedMetricType: ASGAverageCPUUtilization }
          targetValue: 60
          disableScaleIn: true
      backlog:
        policyType: TargetTrackingScaling
        targetTrackingConfiguration:
          { metric: backlogPerInstance(orders), statistic: Average, targetValue: 10, period: 10s }
      forecast:
        policyType: PredictiveScaling
        predictiveScalingConfiguration: { metric: NumberOfMessagesSent(orders), targetValue: 60, mode: ForecastAndScale,
          schedulingBufferTime: 200s, maxCapacityBreachBehavior: IncreaseMaxCapacity, maxCapacityBuffer: 10 }
    scheduledActions:
      morning: { recurrence: 30 8 * * MON-FRI, startTime: 2026-11-02T08:20:00Z, endTime: 2026-11-02T08:50:00Z,
        timeZone: UTC,
        minSize: 2, maxSize: 8, desiredCapacity: 3 }
  pool:
    type: autoscaling.group
    minSize: 0
    maxSize: 4
    instanceType: m7g.large
    warmPool: { poolState: Stopped, minSize: 1, maxGroupPreparedCapacity: 3,
      instanceReusePolicy: { reuseOnScaleIn: true } }
    consumes: { orders-dlq: { waitTimeSeconds: 20s } }
    handler: [ work: 20ms ]
faults:
  - { at: 5m, on: workers, interrupt: 50% }
  - { at: 6m, for: 5m, on: us-east-1a, down: 100% }
  - { at: 7m, for: 5m, on: orders, hide: 50% }
  - { at: 8m, on: ledger, crash: 1 }
  - { at: 9m, for: 1m, on: workers -> ledger, slow: 2s }
operations:
  - { at: 10m, on: workers, deploy: { batch: 50%, wait: 30s } }
  - { at: 11m, on: workers, set: { minSize: 2, maxSize: 7, desiredCapacity: 3 } }
`;

/** Either a scenario, or findings that a person can use. */
function judge(tree: Plain): 'fine' | 'refused' {
  const text = JSON.stringify(tree, null, 1);
  const findings = findingsIn(text);
  for (const { severity, code, line, column, message } of findings) {
    if (severity === 'error') expect(ERROR_CODES).toContain(code);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message, JSON.stringify(findings)).not.toMatch(/undefined|NaN|\[object|\n/);
    expect(message.length).toBeGreaterThan(0);
  }
  return findings.some(({ severity }) => severity === 'error') ? 'refused' : 'fine';
}

// MUTANTS=20000 WAVETANK_SEED=random npx vitest run test/scenario/mutations-scaling.test.ts: more of them.
const MUTANTS = Number(process.env['MUTANTS'] ?? 100);
/** All of a list; of a few mutants one or two, each spot others. */
function some<T>(list: readonly T[], place: number, count: number): readonly T[] {
  if (MUTANTS > 100) return list;
  return list.slice(0, count).map((_, i) => list[(place + i) % list.length]);
}

const TREE = parse(LOOPS) as Plain;
const SPOTS = spotsOf(TREE);
const valueAt = (spot: Spot): Plain =>
  spot.reduce<Plain>((value, key) => (value as Record<string, Plain>)[key], TREE);

/** Names are the author's. */
const isName = (spot: Spot): boolean =>
  (spot.length === 2 && (spot[0] === 'resources' || spot[0] === 'traffic')) ||
  ['scalingPolicies', 'scheduledActions', 'lifecycleHooks'].includes(String(spot.at(-2)));

test('the scenario that is mutated is fine', () => {
  expect(findingsIn(LOOPS).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(judge(TREE)).toBe('fine');
});

describe('every spot', () => {
  test('an unknown key instead of it is refused', () => {
    const keys = SPOTS.filter((spot) => typeof spot.at(-1) === 'string' && !isName(spot));
    const fine = keys.filter((spot) => judge(renamed(TREE, spot, 'qqqqqqqqqq')) === 'fine');
    expect(fine.map((spot) => spot.join('.'))).toEqual([]);
    expect(keys.length).toBeGreaterThan(150);
  });

  test('nonsense instead of it is refused', () => {
    const isText = (spot: Spot): boolean => spot.length === 1 && spot[0] === 'name';
    const leaves = SPOTS.filter((spot) => typeof valueAt(spot) !== 'object' && !isText(spot));
    const fine = leaves.flatMap((spot, i) => {
      const isFlag = typeof valueAt(spot) === 'boolean';
      const all: Plain[] = ['?!', { qqqq: 1 }, [1], ...(isFlag ? [] : [true])];
      return some(all, i, 1)
        .filter((nonsense) => judge(changedAt(TREE, spot, () => nonsense)) === 'fine')
        .map((one) => `${spot.join('.')}: ${JSON.stringify(one)}`);
    });
    expect(fine).toEqual([]);
  });

  test('another unit than its own is refused', () => {
    const UNITS = ['7s', '7%', '7/s', '7KiB', '7x', '7%/month', '7 USD'];
    const unitOf = (text: string): string => /^\d+(.*)$/.exec(text)?.[1] ?? '';
    const isTime = (unit: string): boolean => /^(ms|s|m|h|d)$/.test(unit);
    const isSize = (unit: string): boolean => /^[KMG]iB$/.test(unit);
    const leaves = SPOTS.filter((spot) => {
      const value = valueAt(spot);
      const hasUnit =
        typeof value === 'string' && /^\d+(ms|s|m|h|d|%|%\/month|\/s|GiB)$/.test(value);
      return typeof value === 'number' || hasUnit;
    });
    const fine = leaves.flatMap((spot, i) => {
      const own = unitOf(JSON.stringify(valueAt(spot)).replaceAll('"', ''));
      const others = UNITS.filter((text) => {
        const unit = unitOf(text);
        if (unit === own || (isTime(unit) && isTime(own)) || (isSize(unit) && isSize(own)))
          return false;
        // Faults and deployments hit so many, or a share of them.
        return !['interrupt', 'batch', 'crash', 'slow'].includes(String(spot.at(-1)));
      });
      return some(others, i, 1)
        .filter((text) => judge(changedAt(TREE, spot, () => text)) === 'fine')
        .map((text) => `${spot.join('.')}: ${text}`);
    });
    expect(fine).toEqual([]);
  });

  test('nothing instead of it is refused or has a default', () => {
    for (const at of SPOTS.filter((_, i) => MUTANTS > 100 || i % 3 === 0))
      judge(changedAt(TREE, at, () => null));
  });
});

const MORE_SCALARS: readonly Plain[] = [
  ...SCALARS,
  '5%/month',
  '100%',
  'ledger',
  'pool',
  'us-east-1a',
  'db.t4g.micro',
  'ApproximateNumberOfMessages(orders)',
  'CPUUtilization(ledger)',
  'backlogPerInstance(workers)',
  'CPUUtilization(workers) / 0',
  '((((((1))))))',
  '* * * * *',
  '0 0 31 2 *',
  '2026-11-02T08:30:00Z',
  '1970-01-01',
  'autoscaling:EC2_INSTANCE_TERMINATING',
  'ExactCapacity',
  'SimpleScaling',
  'GreaterThanUpperThreshold',
  ['us-east-1a', 'us-east-1a'],
  ['Default', 'OldestInstance'],
  [{ scalingAdjustment: 1 }],
  { set: { maxSize: null } },
  { write: 'orders' },
];
const MORE_KEYS = [
  ...KEYS,
  'minSize',
  'desiredCapacity',
  'warmPool',
  'mixedInstancesPolicy',
  'metric',
  'metrics',
  'alarm',
  'cooldown',
  'write',
  'read',
  'interrupt',
  'down',
  'hide',
  'deploy',
  'startTime',
  'recurrence',
  'period',
  'enabled',
];

const spot = fc.constantFrom(...SPOTS);
const to = fc.constantFrom(...MORE_SCALARS);
const mutation = fc.oneof(
  fc.tuple(spot, to).map(
    ([at, value]) =>
      (tree: Plain) =>
        changedAt(tree, at, () => value),
  ),
  fc.tuple(spot, fc.constantFrom(...MORE_KEYS)).map(
    ([at, key]) =>
      (tree: Plain) =>
        renamed(tree, at, key),
  ),
  fc.tuple(spot, fc.constantFrom(...MORE_KEYS), to).map(
    ([at, key, value]) =>
      (tree: Plain) =>
        changedAt(tree, at, (inner) =>
          typeof inner === 'object' && inner !== null && !Array.isArray(inner)
            ? { ...inner, [key]: value }
            : [inner, value],
        ),
  ),
  fc.tuple(spot, spot).map(
    ([at, from]) =>
      (tree: Plain) =>
        changedAt(tree, at, () => valueAt(from)),
  ),
);

test('mutated trees', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      if (judge(mutations.reduce((tree, mutate) => mutate(tree), TREE)) === 'refused') refused++;
    }),
    { numRuns: MUTANTS },
  );
  expect(refused).toBeGreaterThan(0.6 * MUTANTS);
});
