// Faults and operations at work: each does what it says, when it says it, and no more.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { loadScenario, simulate } from '../../src/index.js';
import { loadText } from './fixtures/real.js';

/** One message a second for a hundred seconds, at even distances, to one worker that takes no time. */
interface Changes {
  readonly traffic?: string;
  readonly queue?: string;
  readonly resources?: string;
  readonly consumes?: string;
  readonly handler?: string;
  readonly more?: string;
}

function run(changes: Changes): RunResult {
  const { traffic = '', queue = '', resources = '', more = '' } = changes;
  const { consumes = 'waitTimeSeconds: 20s', handler = '' } = changes;
  return simulate(
    loadText(`name: Running
duration: 100s
profile: ideal
traffic: { clients: { send: jobs, rate: 1/s, arrivals: constant${traffic} } }
resources:
  jobs: { type: sqs.queue${queue} }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { ${consumes} } }
    handler: [ ${handler} ]
${resources}
${more}
`),
  );
}

const faults = (...items: readonly string[]): string => `faults: [ ${items.join(', ')} ]`;
const operations = (...items: readonly string[]): string => `operations: [ ${items.join(', ')} ]`;

const requests = (result: RunResult, operation: string): number =>
  result.resources['jobs'].requests[operation] ?? 0;

test('nothing happens', () => {
  const result = run({});
  expect(result.traffic['clients']).toMatchObject({ sent: 100, accepted: 100, failed: 0 });
  expect(result.ledger).toMatchObject({ owed: 100, processed: 100 });
});

describe('faults on calls', () => {
  const plain = ', client: { timeout: 500ms, retry: none }';

  test('lose: it is done, and the producer does not know', () => {
    const on = 'clients -> jobs';
    const result = run({
      traffic: plain,
      more: faults(`{ at: 10s, for: 20s, on: ${on}, lose: 100% }`),
    });
    expect(result.traffic['clients']).toMatchObject({ sent: 100, accepted: 80, failed: 20 });
    expect(result.ledger.processed).toBe(100);
  });

  test('cut: it never passes', () => {
    const on = 'clients -> jobs';
    const result = run({
      traffic: plain,
      more: faults(`{ at: 10s, for: 20s, on: ${on}, cut: 100% }`),
    });
    expect(result.traffic['clients']).toMatchObject({ accepted: 80, failed: 20 });
    expect(result.ledger.processed).toBe(80);
    expect(requests(result, 'SendMessage')).toBe(80);
  });

  test('fail and down: refused without effect, for all who call', () => {
    for (const verb of ['fail', 'down']) {
      const more = faults(`{ at: 10s, for: 20s, on: jobs, ${verb}: 100% }`);
      const result = run({ traffic: plain, more });
      expect(result.traffic['clients']).toMatchObject({ accepted: 80, failed: 20 });
      expect(result.ledger.processed).toBe(80);
    }
  });

  test('a share hits about that share, the same ones each time', () => {
    const more = faults('{ at: 10s, for: 50s, on: clients -> jobs, fail: 40% }');
    const { failed } = run({ traffic: plain, more }).traffic['clients'];
    expect(failed).toBeGreaterThan(10);
    expect(failed).toBeLessThan(30);
    expect(run({ traffic: plain, more }).traffic['clients'].failed).toBe(failed);
  });

  test('throttle: what exceeds the rate', () => {
    const more = faults('{ at: 0s, on: clients -> jobs, throttle: 0.5/s }');
    const result = run({ traffic: plain, more });
    expect(result.traffic['clients'].failed).toBeGreaterThanOrEqual(49);
    expect(result.traffic['clients'].failed).toBeLessThanOrEqual(51);
    expect(result.resources['jobs'].throttled).toBe(result.traffic['clients'].failed);
  });

  test('throttle 0/s lets nothing pass', () => {
    const result = run({
      traffic: plain,
      more: faults('{ at: 0s, on: clients -> jobs, throttle: 0/s }'),
    });
    expect(result.traffic['clients']).toMatchObject({ accepted: 0, failed: 100 });
  });

  test('slow: each call takes longer', () => {
    const more = faults('{ at: 0s, on: clients -> jobs, slow: 2s }');
    const result = run({ more });
    expect(result.traffic['clients'].response).toMatchObject({ minSeconds: 2, maxSeconds: 2 });
  });

  test('api narrows it to one operation, the link to one client', () => {
    const lost = run({
      queue: ', visibilityTimeout: 5s',
      more: faults('{ at: 10s, for: 20s, on: jobs -> workers, fail: 100%, api: DeleteMessage }'),
    });
    expect(lost.traffic['clients']).toMatchObject({ accepted: 100, failed: 0 });
    expect(lost.consumers['workers'].duplicates.lostDelete).toBeGreaterThan(0);
    expect(lost.ledger.processed).toBe(100);
  });

  test('again and again', () => {
    const more = faults('{ every: 20s, for: 5s, on: clients -> jobs, cut: 100% }');
    expect(run({ traffic: plain, more }).traffic['clients']).toMatchObject({
      failed: 20,
      accepted: 80,
    });
    const back = faults('{ at: 10s, every: 5s, for: 5s, on: clients -> jobs, cut: 100% }');
    expect(run({ traffic: plain, more: back }).traffic['clients'].failed).toBe(90);
  });

  test('another fault beside it changes none of its draws', () => {
    const own = '{ at: 10s, for: 50s, on: clients -> jobs, fail: 40% }';
    const other = '{ at: 1s, for: 5s, on: jobs, fail: 1%, api: DeleteMessage }';
    const { failed } = run({ traffic: plain, more: faults(own) }).traffic['clients'];
    expect(run({ traffic: plain, more: faults(other, own) }).traffic['clients'].failed).toBe(
      failed,
    );
  });
});

describe('hide', () => {
  /** A fleet that grows when the queue is long. */
  const scaled = (more: string): RunResult =>
    simulate(
      loadText(`name: Hidden
duration: 10m
profile: ideal
traffic: { clients: { send: jobs, rate: 10/s, arrivals: constant } }
resources:
  jobs: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 2
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ work: 200ms ]
    scalingPolicies:
      out:
        policyType: StepScaling
        adjustmentType: ExactCapacity
        stepAdjustments: [ { metricIntervalLowerBound: 0, scalingAdjustment: 2 } ]
        alarm:
          metric: ApproximateNumberOfMessagesVisible(jobs)
          comparisonOperator: GreaterThanThreshold
          threshold: 100
${more}
`),
    );

  test('an alarm sees nothing while its metric is hidden', () => {
    expect(scaled('').resources['workers'].levels['instances'].max).toBe(2);
    const hidden = scaled(faults('{ at: 0s, on: jobs, hide: 100% }'));
    expect(hidden.resources['workers'].levels['instances'].max).toBe(1);
    const late = scaled(faults('{ at: 0s, for: 5m, on: jobs, hide: 100% }'));
    expect(late.resources['workers'].levels['instances'].max).toBe(2);
    expect(late.resources['workers'].levels['instances'].mean).toBeLessThan(
      scaled('').resources['workers'].levels['instances'].mean,
    );
  });
});

describe('operations', () => {
  const dlq = {
    queue: ', visibilityTimeout: 1s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 1 }',
    resources: '  dead: { type: sqs.queue, messageRetentionPeriod: 14d }',
    handler: 'fail: 100%',
  };

  test('purge: what waits is gone', () => {
    const result = run({
      consumes: 'waitTimeSeconds: 20s, concurrency: 1',
      handler: 'work: 10s',
      more: operations('{ at: 50500ms, on: jobs, purge: true }'),
    });
    expect(result.resources['jobs'].purged).toBeGreaterThan(40);
    expect(result.ledger.lost.purge).toBeGreaterThan(40);
    expect(result.warnings.filter(({ code }) => code === 'aws-refuses')).toEqual([]);
  });

  test('redrive: dead letters come back, at the pace that was asked for', () => {
    const redrive = '{ at: 80s, on: dead, redrive: { maxNumberOfMessagesPerSecond: 5 } }';
    const without = run(dlq);
    const result = run({ ...dlq, more: operations(redrive) });
    expect(without.resources['jobs'].deadLettered).toBe(100);
    expect(result.resources['jobs'].deadLettered).toBeGreaterThan(150);
    expect(result.resources['jobs'].deadLettered).toBeLessThan(200);
  });

  test('what AWS refuses while it runs is told', () => {
    const slow = (at: string): string =>
      `{ at: ${at}, on: dead, redrive: { maxNumberOfMessagesPerSecond: 1 } }`;
    const { warnings } = run({ ...dlq, more: operations(slow('50s'), slow('52s')) });
    const told = warnings.filter(({ code }) => code === 'aws-refuses');
    expect(told).toEqual([
      expect.objectContaining({
        severity: 'warning',
        path: 'operations[1].redrive',
        line: 15,
        message: expect.stringMatching(
          /^the redrive of dead at 52s was refused; AWS answered \w+$/,
        ) as string,
      }),
    ]);
  });

  test('set: a queue changes while it runs', () => {
    const poison = { handler: 'fail: 100%', queue: ', messageRetentionPeriod: 2m' };
    const before = run(poison).resources['jobs'].requests['ReceiveMessage'];
    const set = operations('{ at: 10s, on: jobs, set: { visibilityTimeout: 1s } }');
    expect(
      run({ ...poison, more: set }).resources['jobs'].requests['ReceiveMessage'],
    ).toBeGreaterThan(2 * before);
    const policy = '{ deadLetterTarget: dead, maxReceiveCount: 1 }';
    const saved = run({
      ...poison,
      resources: '  dead: { type: sqs.queue, messageRetentionPeriod: 14d }',
      more: operations(`{ at: 50s, on: jobs, set: { redrivePolicy: ${policy} } }`),
    });
    expect(saved.resources['jobs'].deadLettered).toBeGreaterThan(90);
    expect(saved.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test('set: a fleet grows and shrinks', () => {
    const more = operations(
      '{ at: 10s, on: workers, set: { maxSize: 3, desiredCapacity: 3 } }',
      '{ at: 90s, on: workers, set: { maxSize: 2, desiredCapacity: 2 } }',
    );
    const { instances } = run({ more }).resources['workers'].levels;
    expect(instances).toMatchObject({ min: 1, max: 3, end: 2 });
  });
});

describe('scenarios/fifo-poison.yaml', () => {
  const poison = (...set: readonly string[]): RunResult =>
    simulate(loadScenario('scenarios/fifo-poison.yaml', { set }));

  test('keeps its promises: the group stands still, the others run on', () => {
    const { verdict, expectations, traffic } = poison();
    expect(expectations.filter(({ pass }) => !pass)).toEqual([]);
    expect(verdict).toBe('pass');
    expect(traffic['shops'].latency.p99Seconds).toBeLessThan(2);
    expect(traffic['shops'].latency.maxSeconds).toBeGreaterThan(240);
  });

  test('without the redrive it dies once', () => {
    const result = poison('operations=[]');
    expect(result.resources['orders.fifo'].deadLettered).toBe(1);
  });
});

describe('accounts', () => {
  test('another account needs the queue policy', () => {
    const denied = run({ queue: ', account: 111111111111' });
    expect(denied.traffic['clients']).toMatchObject({ sent: 100, accepted: 0, failed: 100 });
    const allowed = run({
      queue: ', account: 111111111111, queuePolicy: { allow: [clients, workers] }',
    });
    expect(allowed.ledger.processed).toBe(100);
    const half = run({ queue: ', queuePolicy: { allow: [clients] }' });
    expect(half.traffic['clients'].accepted).toBe(100);
    expect(half.ledger.processed).toBe(0);
  });
});

describe('quotas', () => {
  test('in flight', () => {
    const result = run({
      consumes: 'waitTimeSeconds: 20s, batchSize: 10, concurrency: 50',
      handler: 'work: 20s',
      more: 'quotas: { sqs: { inFlight: 7 } }',
    });
    expect(result.resources['jobs'].levels['inFlight'].max).toBe(7);
  });
});

describe('what it costs', () => {
  const items = (result: RunResult): string[] =>
    result.cost.lines
      .filter(({ period, resource }) => period === 'window' && resource.startsWith('jobs'))
      .map(({ service, item, quantity }) => `${service} ${item} ${quantity}`);

  test('a key of KMS: its calls', () => {
    const plain = items(run({}));
    expect(plain).toHaveLength(1);
    // One producer asks for a key and has it checked, one consumer has it opened, once in five minutes.
    const encrypted = items(run({ queue: ', kmsMasterKeyId: alias/jobs' }));
    expect(encrypted).toEqual([...plain, 'KMS Requests (data keys) 3']);
  });

  test('message groups on a standard queue: the surcharge on its requests', () => {
    const [plain] = items(run({}));
    const fair = items(run({ traffic: ', messageGroupId: key, key: { of: 5 }' }));
    expect(fair).toEqual([
      plain,
      plain.replace('Requests (standard)', 'Requests (fair queue surcharge)'),
    ]);
  });
});
