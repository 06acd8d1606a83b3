// What scales a group, drawn at random: policies of every kind on alarms of every kind, scheduled actions. `<q>` and
// `<f>` stand for a queue and a group of the scenario.

import fc from 'fast-check';

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const seldom = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 2 });

/** Metrics of their own, and metric math: parts that may be missing, divisions by nothing, negative figures. */
export const METRICS = [
  'ApproximateNumberOfMessagesVisible(<q>)',
  'ApproximateNumberOfMessagesNotVisible(<q>)',
  'ApproximateAgeOfOldestMessage(<q>)',
  'NumberOfMessagesSent(<q>)',
  'NumberOfEmptyReceives(<q>)',
  'CPUUtilization(<f>)',
  'GroupInServiceInstances(<f>)',
  'GroupPendingInstances(<f>) + GroupTerminatingInstances(<f>)',
  'backlogPerInstance(<q>)',
  '(ApproximateNumberOfMessagesVisible(<q>) + ApproximateNumberOfMessagesNotVisible(<q>)) / GroupDesiredCapacity(<f>)',
  '100 * NumberOfMessagesReceived(<q>) / NumberOfMessagesSent(<q>)',
  '-2.5 * CPUUtilization(<f>) + NumberOfMessagesDeleted(<q>)',
];
const metric = pick(...METRICS);
const statistic = seldom(pick('Average', 'Minimum', 'Maximum', 'Sum', 'SampleCount'));

export const alarm = fc
  .record({
    metric,
    statistic,
    comparisonOperator: pick(
      'GreaterThanThreshold',
      'GreaterThanOrEqualToThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
    ),
    threshold: pick(-1, 0, 0.5, 1, 3, 10, 40),
    period: pick('10s', '20s', '30s', '60s', '60s', '60s', '2m', '3m'),
    evaluationPeriods: pick(1, 1, 1, 2, 3),
    fewer: fc.nat({ max: 2 }),
    treatMissingData: seldom(pick('missing', 'breaching', 'notBreaching', 'ignore')),
  })
  .map(({ fewer, ...rest }) => ({
    ...rest,
    datapointsToAlarm: fewer === 0 ? undefined : Math.max(1, rest.evaluationPeriods - fewer),
  }));

/** By how much, or to what, and how it is meant. */
const adjustment = fc.oneof(
  fc.record({ adjustmentType: pick('ChangeInCapacity'), by: pick(-3, -1, 0, 1, 2, 4) }),
  fc.record({ adjustmentType: pick('ExactCapacity'), by: pick(0, 1, 3, 7, 100) }),
  fc.record({
    adjustmentType: pick('PercentChangeInCapacity'),
    by: pick(-100, -30, -1, 10, 50, 200),
    minAdjustmentMagnitude: seldom(pick(1, 2, 3)),
  }),
);

type Bounds = readonly (readonly [lower: number | undefined, upper: number | undefined])[];
const BOTH: Bounds = [
  [undefined, 0],
  [0, undefined],
];
/** Bounds that meet, relative to the threshold: of alarms at high values, and at low ones. */
const BOUNDS: Readonly<Record<string, readonly Bounds[]>> = {
  Greater: [
    [[0, undefined]],
    BOTH,
    [
      [0, 5],
      [5, 20],
      [20, undefined],
    ],
  ],
  LessTha: [
    [[undefined, 0]],
    BOTH,
    [
      [undefined, -3.5],
      [-3.5, 0],
    ],
  ],
};

const stepScaling = fc
  .record({
    adjustment,
    which: fc.nat({ max: 2 }),
    estimatedInstanceWarmup: seldom(pick('0s', '20s', '90s')),
    metricAggregationType: seldom(pick('Average', 'Minimum', 'Maximum')),
    alarm,
  })
  .map(({ adjustment: { by, ...how }, which, ...rest }) => ({
    policyType: 'StepScaling',
    ...how,
    ...rest,
    stepAdjustments: BOUNDS[rest.alarm.comparisonOperator.slice(0, 7)][which].map(
      ([lower, upper], i) => ({
        metricIntervalLowerBound: lower,
        metricIntervalUpperBound: upper,
        scalingAdjustment: by < 0 ? by - i : by + i,
      }),
    ),
  }));

const simpleScaling = fc
  .record({ adjustment, cooldown: seldom(pick('0s', '30s', '2m')), alarm })
  .map(({ adjustment: { by, ...how }, ...rest }) => ({
    policyType: 'SimpleScaling',
    ...how,
    ...rest,
    scalingAdjustment: by,
  }));

const targetTracking = fc
  .record({
    metric,
    isPredefined: fc.boolean(),
    statistic,
    targetValue: pick(0.1, 1, 5, 30, 70),
    disableScaleIn: seldom(pick(true)),
    period: seldom(pick('10s', '30s', '60s')),
    estimatedInstanceWarmup: seldom(pick('0s', '30s', '2m')),
  })
  .map(({ isPredefined, metric: tracked, estimatedInstanceWarmup, ...rest }) => {
    const predefinedMetricSpecification = { predefinedMetricType: 'ASGAverageCPUUtilization' };
    const what = isPredefined ? { predefinedMetricSpecification } : { metric: tracked };
    return {
      policyType: 'TargetTrackingScaling',
      estimatedInstanceWarmup,
      targetTrackingConfiguration: { ...what, ...rest },
    };
  });

const predictive = fc
  .record({
    mode: pick('ForecastOnly', 'ForecastAndScale', 'ForecastAndScale'),
    targetValue: pick(0.2, 1, 3),
    schedulingBufferTime: seldom(pick('0s', '20m')),
    buffer: seldom(pick(0, 50)),
  })
  .map(({ buffer, ...rest }) => ({
    policyType: 'PredictiveScaling',
    predictiveScalingConfiguration: {
      metric: 'NumberOfMessagesSent(<q>)',
      ...rest,
      maxCapacityBreachBehavior: buffer === undefined ? undefined : 'IncreaseMaxCapacity',
      maxCapacityBuffer: buffer,
    },
  }));

export interface DrawnPolicy {
  readonly policyType: string;
  readonly targetTrackingConfiguration?: { readonly metric?: string };
  readonly predictiveScalingConfiguration?: { readonly mode: string };
}

/** Those that AWS takes together: one target tracking policy for each metric, one forecast that scales. */
function together(policies: readonly DrawnPolicy[]): Record<string, DrawnPolicy> {
  const taken = new Set<string>();
  const kept = policies.filter((policy) => {
    const tracked = policy.targetTrackingConfiguration;
    const active = policy.predictiveScalingConfiguration?.mode === 'ForecastAndScale';
    const key = tracked === undefined ? String(active) : (tracked.metric ?? 'CPUUtilization(<f>)');
    if (taken.has(key) && (tracked !== undefined || active)) return false;
    if (tracked !== undefined || active) taken.add(key);
    return true;
  });
  return Object.fromEntries(kept.map((policy, i) => [`p${i}`, policy]));
}

export const policies = (isLong: boolean) =>
  fc
    .array(
      fc.oneof<fc.MaybeWeightedArbitrary<DrawnPolicy>[]>(
        { weight: 4, arbitrary: stepScaling },
        { weight: 3, arbitrary: simpleScaling },
        { weight: 3, arbitrary: targetTracking },
        { weight: isLong ? 9 : 1, arbitrary: predictive },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map(together);

/** The calendar of random scenarios. */
export const START = '2026-11-02T08:00:00Z';

const sizes = fc
  .record({
    minSize: seldom(pick(0, 1, 2, 4)),
    more: seldom(pick(0, 1, 5)),
    within: seldom(fc.nat({ max: 5 })),
    alone: pick(0, 1, 3, 6),
  })
  .map(({ minSize, more, within, alone }) => {
    if (minSize === undefined && more === undefined) return { desiredCapacity: alone };
    const maxSize = more === undefined ? undefined : (minSize ?? 2) + more;
    const least = minSize ?? 0;
    const desiredCapacity =
      within === undefined ? undefined : Math.min(maxSize ?? Infinity, least + within);
    return { minSize, maxSize, desiredCapacity };
  });

/** Each is due first at a time of its own. */
export const scheduledActions = fc
  .array(
    fc.tuple(
      sizes,
      pick<(i: number) => object>(
        (i) => ({ startTime: `2026-11-02T08:0${i + 1}:30Z` }),
        (i) => ({ recurrence: `${i + 1}-59/4 * * * *` }),
        (i) => ({ recurrence: `${i + 4}-59/2 * * * *`, endTime: '2026-11-02T08:07:00Z' }),
        (i) => ({
          recurrence: '*/3 * * * *',
          startTime: `2026-11-02T08:0${i}:45Z`,
          timeZone: 'UTC',
        }),
      ),
    ),
    { maxLength: 3 },
  )
  .map((actions) =>
    Object.fromEntries(actions.map(([size, when], i) => [`a${i}`, { ...size, ...when(i) }])),
  );
