// Alarms in scenarios: what is wrong with their metrics, periods and actions; alarms that stand alone; what they cost.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { simulate } from '../../src/core.js';
import { AlarmState } from '../../src/components/facts.js';
import { SilentFacts } from '../components/fakes.js';
import { errorsIn, findingsIn, loadText, SHOP } from './fixtures/real.js';

const VISIBLE = 'ApproximateNumberOfMessagesVisible';

/** The shop with an alarm on `metric` that stands alone. */
function alone(metric: string, more = ''): string {
  return `${SHOP}  high:
    type: cloudwatch.alarm
    metric: ${metric}
    comparisonOperator: GreaterThanThreshold
    threshold: 100
${more}`;
}

describe('metrics', () => {
  test.each([
    `${VISIBLE}(orders)`,
    `${VISIBLE}(sales.fifo) / 2 + 1`,
    `(${VISIBLE}(orders) + ApproximateNumberOfMessagesNotVisible(orders)) / GroupInServiceInstances(workers)`,
    'backlogPerInstance(sales.fifo)',
    'CPUUtilization(workers)',
    'NumberOfMessagesSent(orders)',
    'ApproximateNumberOfGroupsWithInflightMessages(sales.fifo)',
  ])('%s', (metric) => expect(errorsIn(alone(metric))).toEqual([]));

  const allowed = `allowed: ${VISIBLE}`;
  test.each([
    [
      'ApproximateNumberOfMessages(orders)',
      'unknown-measure: ApproximateNumberOfMessages is no metric of CloudWatch, but an attribute or a setting; ' +
        allowed,
    ],
    [
      'depth(orders)',
      `unknown-measure: depth is the truth; alarms and policies see what CloudWatch shows; ${allowed}`,
    ],
    ['latency(shoppers)', `unknown-measure: latency is no metric of CloudWatch; ${allowed}`],
    ['GroupStandbyInstances(workers)', 'not-modelled: the metric GroupStandbyInstances is not'],
    [VISIBLE, `missing: ${VISIBLE} does not say whose it is; allowed: ${VISIBLE}(…) of orders,`],
    [`${VISIBLE}(ordres)`, 'unknown-name: nothing is called ordres'],
    [
      `${VISIBLE}(workers)`,
      `wrong-kind: workers (autoscaling.group) has no metric ${VISIBLE}; allowed: ${VISIBLE}(…) of orders,`,
    ],
    ['GroupMaxSize(orders)', 'wrong-kind: orders (sqs.queue) has no metric GroupMaxSize'],
    [
      'ApproximateNumberOfNoisyGroups(sales.fifo)',
      'wrong-kind: only standard queues have the metric ApproximateNumberOfNoisyGroups',
    ],
    [`${VISIBLE}(orders -> workers)`, 'wrong-kind: a link has no metrics'],
    [`${VISIBLE}(orders).max`, 'choice: .max in a metric'],
    [`${VISIBLE}(orders) / 5m`, 'wrong-unit: 5m is a time; allowed: a plain number'],
    ['5 + 5', 'missing: no metric in 5 + 5'],
    [`${VISIBLE}(orders) +`, 'syntax: found the end of the line; allowed: a measure or a number'],
    [
      'backlogPerInstance(orders-dlq)',
      'choice: whose instances share the backlog of orders-dlq: no group consumes it',
    ],
  ])('%s is refused', (metric, error) => {
    const errors = errorsIn(alone(metric));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(error);
  });

  test('the nearest: what CloudWatch calls it', () => {
    const nearest = (metric: string) => /nearest: (\S+)/.exec(errorsIn(alone(metric))[0])?.[1];
    expect(nearest('ApproximateNumberOfMessages(orders)')).toBe(`${VISIBLE}(orders)`);
    expect(nearest('age(orders)')).toBe('ApproximateAgeOfOldestMessage(orders)');
    expect(nearest('inFlight(orders)')).toBe('ApproximateNumberOfMessagesNotVisible(orders)');
    expect(nearest('instances(workers)')).toBe('GroupInServiceInstances(workers)');
    expect(nearest('ASGAverageCPUUtilization(workers)')).toBe('CPUUtilization(workers)');
    expect(nearest('GroupInServceInstances(workers)')).toBe('GroupInServiceInstances(workers)');
    expect(nearest(`${VISIBLE}(ordres)`)).toBe('orders');
  });

  test('a finding points into the expression', () => {
    const [finding] = findingsIn(alone(`${VISIBLE}(orders) / GroupMaxSize(orders)`));
    const start = '    metric: '.length + 1;
    expect(finding.column).toBe(start + `${VISIBLE}(orders) / GroupMaxSize(`.length);
  });

  test('at most ten metrics, however often', () => {
    const ten = ['', 'Not']
      .flatMap((not) =>
        ['orders', 'orders-dlq', 'sales.fifo', 'sales-dlq.fifo'].map(
          (queue) => `ApproximateNumberOfMessages${not}Visible(${queue})`,
        ),
      )
      .concat('NumberOfMessagesSent(orders)', 'NumberOfMessagesDeleted(orders)');
    expect(errorsIn(alone([...ten, ...ten].join(' + ')))).toEqual([]);
    expect(errorsIn(alone([...ten, 'GroupMaxSize(workers)'].join(' + ')))).toEqual([
      expect.stringContaining('aws-refuses: 11 metrics in one expression; allowed: at most 10'),
    ]);
  });

  test('of a queue with mistakes of its own nothing more is told', () => {
    const text = alone(`${VISIBLE}(orders)`).replace('orders: { type: sqs.queue,', '$& delay: 5,');
    expect(errorsIn(text)).toHaveLength(1);
  });

  test('two groups that consume the queue: whose instances?', () => {
    const other =
      '  others: { type: autoscaling.group, minSize: 1, maxSize: 1, instanceType: m7g.large, ' +
      'consumes: { orders: { waitTimeSeconds: 20s } }, handler: [] }\n';
    const [error] = errorsIn(alone('backlogPerInstance(orders)', other));
    expect(error).toContain('workers and others consume it');
    // In a policy it is the group of the policy, whatever its kind.
    const tracking =
      '      track: { policyType: TargetTrackingScaling, targetTrackingConfiguration: ' +
      '{ metric: backlogPerInstance(orders), targetValue: 10 } }\n';
    const inPolicy = other.replace(
      'handler: []',
      `handler: [], scalingPolicies: { ${tracking.trim()} }`,
    );
    expect(errorsIn(alone(`${VISIBLE}(orders)`, inPolicy))).toEqual([]);
  });
});

describe('periods', () => {
  const errors = (more: string) => errorsIn(alone(`${VISIBLE}(orders)`, more));

  test.each(['10s', '20s', '30s', '60s', '5m', '1h', '7d'])('%s', (period) =>
    expect(errors(`    period: ${period}\n`)).toEqual([]),
  );
  test.each([
    ['40s', 'aws-refuses: period is 40s; allowed: 10s, 20s, 30s, or a multiple of 60s'],
    ['90s', 'aws-refuses: period is 90s'],
    ['5s', 'out-of-range: period is 5s'],
  ])('%s is refused', (period, error) =>
    expect(errors(`    period: ${period}\n`)[0]).toContain(error),
  );

  const range = (period: string, periods: number) =>
    errors(`    period: ${period}\n    evaluationPeriods: ${periods}\n`);
  test('at most a day; with periods of an hour or more at most seven', () => {
    expect([range('10s', 8640), range('60s', 1440), range('1h', 168)].flat()).toEqual([]);
    expect(range('60s', 1441)[0]).toContain('aws-refuses: evaluationPeriods is 1441 periods');
    expect(range('30m', 49)[0]).toContain('of at most a day');
    expect(range('1h', 169)[0]).toContain('at most 7 days');
  });

  test('percentiles by name', () => {
    expect(errors('    statistic: p99\n')[0]).toContain('not-modelled');
    expect(errors('    extendedStatistic: p99\n')[0]).toContain('not-modelled');
  });
});

describe('actions of an alarm that stands alone', () => {
  const errors = (actions: string) =>
    errorsIn(alone(`${VISIBLE}(orders)`, `    alarmActions: ${actions}\n`));

  test('none', () => expect(errors('[]')).toEqual([]));

  test('a group: its alarm stands inside its policy', () => {
    expect(errors('[workers]')).toEqual([
      expect.stringContaining(
        'not-modelled: workers as the action of an alarm is not modelled (docs/components/cloudwatch.alarm.md); ' +
          'allowed: none: the alarm that scales workers stands inside its policy, ' +
          'resources.workers.scalingPolicies.<policy>.alarm',
      ),
    ]);
    expect(errors('[on-call]')[0]).toContain('no action: []');
  });
});

/** The runs' alarms: when, whose, which, and the new state. */
class Told extends SilentFacts {
  readonly told: string[] = [];
  override alarm(owner: number, alarm: number, state: AlarmState): void {
    this.told.push(`${owner}.${alarm} ${Object.keys(AlarmState)[state]}`);
  }
}

function run(more: string, expectations: readonly string[] = []) {
  const observer = new Told();
  const result = simulate(
    loadText(`name: Alarms
duration: 40m
profile: ideal
traffic: { clients: { send: jobs, rate: 2/s, arrivals: constant } }
resources:
  jobs: { type: sqs.queue }
${more}
expect: [ ${expectations.join(', ')} ]
`),
    { observer },
  );
  return { result, told: observer.told };
}

const WORKERS = (more: string, work = '1s') => `  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 4
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ work: ${work} ]
${more}`;
const STEP = (alarm: string, adjustment: string) => `      out:
        policyType: StepScaling
        adjustmentType: ExactCapacity
        stepAdjustments: [ ${adjustment} ]
        alarm: { ${alarm} }
`;
const UP = '{ metricIntervalLowerBound: 0, scalingAdjustment: 3 }';
const shown = ({ expectations }: RunResult) => expectations.map(({ pass }) => pass);

describe('at work', () => {
  test('an alarm alone tells its state, and scales nothing', () => {
    const alarm = `  high:
    type: cloudwatch.alarm
    metric: backlogPerInstance(jobs)
    threshold: 1000
    comparisonOperator: GreaterThanThreshold
`;
    const { told, result } = run(`${alarm}${WORKERS('')}`);
    expect(told).toEqual(['1.0 Ok', '1.0 Alarm', '1.0 Ok']);
    expect(result.resources['workers'].levels['instances'].max).toBe(1);
  });

  test('a policy scales on the backlog of each instance', () => {
    const alarm =
      'metric: backlogPerInstance(jobs), threshold: 300, comparisonOperator: GreaterThanThreshold, period: 10s';
    const { result } = run(WORKERS(`    scalingPolicies:\n${STEP(alarm, UP)}`));
    expect(result.resources['workers'].levels['instances'].max).toBe(3);
  });

  test('a policy scales on the processors of its own instances', () => {
    const alarm =
      'metric: CPUUtilization(workers), threshold: 90, comparisonOperator: GreaterThanThreshold, period: 5m';
    const { told, result } = run(WORKERS(`    scalingPolicies:\n${STEP(alarm, UP)}`), [
      'CPUUtilization(workers).max > 95%',
      'CPUUtilization(workers).max <= 100%',
      'GroupInServiceInstances(workers).max == 3',
      'sometimes GroupDesiredCapacity(workers) == 3',
      'always GroupMaxSize(workers) == 4',
      'always GroupMinSize(workers) == 1',
      'GroupTotalInstances(workers).max == 3',
      'GroupTerminatingInstances(workers).max == 0',
    ]);
    expect(told[0]).toBe('1.0 Alarm');
    expect(shown(result)).toEqual(Array(8).fill(true));
  });

  test('half of the time at work is a CPU of 50 %, each minute with detailed monitoring', () => {
    const lines = (first: string) => [
      'CPUUtilization(workers).mean > 49%',
      'CPUUtilization(workers).mean < 51%',
      `sometimes CPUUtilization(workers) > 0% before ${first}`,
    ];
    const detailed = WORKERS('    monitoring: { enabled: true }\n', '250ms');
    expect(shown(run(detailed, lines('70s')).result)).toEqual([true, true, true]);
    expect(shown(run(WORKERS('', '250ms'), lines('299s')).result)).toEqual([true, true, false]);
    expect(shown(run(WORKERS('', '250ms'), lines('301s')).result)).toEqual([true, true, true]);
  });

  test('what is hidden of a group nobody sees', () => {
    const faults = 'faults: [ { at: 0s, for: 20m, on: workers, hide: 100% } ]';
    const lines = [
      'sometimes GroupMaxSize(workers) == 4 before 20m',
      'GroupMaxSize(workers).max == 4',
    ];
    expect(shown(run(`${WORKERS('')}${faults}`, lines).result)).toEqual([false, true]);
  });

  test('what somebody asks of metrics changes nothing', () => {
    const asked = run(WORKERS(''), ['CPUUtilization(workers).max <= 100%']);
    expect(asked.result.fingerprint).toBe(run(WORKERS('')).result.fingerprint);
  });
});

describe('from no instance at all', () => {
  /** Minutes until the first message is handled, after so many hours in which nobody used the queue. */
  function reaction(hours: number, assume: string): number {
    const alarm = `metric: ${VISIBLE}(jobs), threshold: 0, comparisonOperator: GreaterThanThreshold`;
    const workers = WORKERS(`    scalingPolicies:\n${STEP(alarm, UP)}`).replace(
      'minSize: 1',
      'minSize: 0',
    );
    const result = simulate(
      loadText(`name: From nothing
duration: ${hours * 60 + 30}m
profile: ideal
assume: { cloudwatch: { ${assume} } }
traffic: { clients: { send: jobs, arrivals: constant, phases: [ { for: ${hours}h, rate: 0/s }, { burst: 1 } ] } }
resources:
  jobs: { type: sqs.queue }
${workers}
`),
    );
    return (result.consumers['workers'].latency.maxSeconds as number) / 60;
  }

  test('after six hours the metrics of the queue come late', () => {
    const late = 'activationDelay: 10m';
    const [after5, after7] = [reaction(5, late), reaction(7, late)];
    expect(after5).toBeLessThan(3);
    expect(after7 - after5).toBeGreaterThan(8);
    expect(after7 - after5).toBeLessThan(11);
    expect(reaction(7, 'activationDelay: 0s')).toBe(after5);
  });
});

describe('cost', () => {
  const alarm = (name: string, metric: string, period: string) =>
    `  ${name}: { type: cloudwatch.alarm, metric: ${metric}, period: ${period}, threshold: 1,
    comparisonOperator: GreaterThanThreshold }
`;

  test('a month of alarms costs by their metrics, whatever the run is long', () => {
    const standard = alarm('a', `${VISIBLE}(jobs)`, '60s');
    const high = alarm('b', 'backlogPerInstance(jobs)', '10s');
    const { result } = run(`${standard}${high}${WORKERS('')}`, [
      'cost(a).perMonth == 0.1 USD',
      'cost(b).perMonth == 0.6 USD',
      'cost(a).window > 0.00009 USD',
      'cost(a).window < 0.0003 USD',
    ]);
    expect(shown(result)).toEqual([true, true, true, true]);
  });

  test('those inside policies stand on the bill of their group', () => {
    const metric = `metric: ${VISIBLE}(jobs)`;
    const never = `${metric}, threshold: 1000000, comparisonOperator: GreaterThanThreshold`;
    const perMonth = (more: string) => Number(run(WORKERS(more)).result.cost.perMonthUsd);
    const dearer = perMonth(`    scalingPolicies:\n${STEP(never, UP)}`) - perMonth('');
    expect(dearer).toBeCloseTo(0.1, 6);
  });
});
