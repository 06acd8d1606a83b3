// What people regret about programs: timeouts that heartbeats keep or do not keep, retries that multiply, options that
// a standard queue does not know.

import { describe, expect, test } from 'vitest';
import { errorsIn, findingsIn, loadText, warningsIn } from './fixtures/real.js';

interface Changes {
  readonly queue?: string;
  readonly consumes?: string;
  readonly handler?: string;
  readonly serves?: string;
}

function text({ queue = '', consumes = '', handler = 'work: 5m', serves = '' }: Changes): string {
  return `name: Calls
duration: 1h
traffic: { clients: { send: jobs, rate: 1/h } }
resources:
  jobs: { type: sqs.queue${queue}, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 4 } }
  dead: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s${consumes} } }
    handler: [ ${handler} ]
  provider: { type: external.http${serves}, handler: [ work: 40s ] }
`.replace('1/h', '24/d');
}

describe('a timeout below the handler', () => {
  test.each([
    ['', 1],
    [', visibilityTimeout: 6m', 0],
    [', deletes: onReceipt', 0],
    [', heartbeat: { every: 10s, visibilityTimeout: 30s }', 0],
    [', heartbeat: { every: 29s, visibilityTimeout: 1m }', 0],
    [', heartbeat: { every: 30s, visibilityTimeout: 1m }', 1],
    [', heartbeat: { every: 20s, visibilityTimeout: 20s }', 1],
    [', heartbeat: { every: 10s, visibilityTimeout: [30s, 1m, 2m] }', 0],
  ])('consumes: {%s}', (consumes, warnings) => {
    expect(warningsIn(text({ consumes }))).toEqual(
      Array.from(
        { length: warnings },
        () => 'visibility-below-handler resources.workers.consumes.jobs',
      ),
    );
  });

  test('the beat is told', () => {
    const consumes = ', heartbeat: { every: 45s, visibilityTimeout: 1m }';
    expect(findingsIn(text({ consumes }))[0].message).toBe(
      'the heartbeat of workers comes every 45s, and messages come back after 30s: they are handled twice',
    );
  });

  test('what a call takes counts', () => {
    expect(warningsIn(text({ handler: 'call: provider' }))).toEqual([
      'visibility-below-handler resources.workers.consumes.jobs',
    ]);
    const twice = text({
      queue: ', visibilityTimeout: 1m',
      handler: '{ call: provider, count: 2 }',
    });
    expect(warningsIn(twice)).toHaveLength(1);
    expect(warningsIn(twice.replace('1m', '2m'))).toEqual([]);
  });
});

describe('retries that multiply', () => {
  const queue = ', visibilityTimeout: 10m';
  const serves = ', serves: { rateLimit: 10/s }';
  const call = (client: string): string => `{ call: provider, client: { ${client} } }`;

  test.each([
    ['retry: { maxAttempts: 3 }', serves, 1],
    ['retry: { maxAttempts: 3 }', ', serves: { concurrency: 5 }', 1],
    ['retry: { maxAttempts: 3 }', '', 0],
    ['retry: { maxAttempts: 3, budget: 10% }', serves, 0],
    ['retry: { maxAttempts: 1 }', serves, 0],
    ['retry: standard', serves, 0],
    ['timeout: 5s', serves, 0],
  ])('client: { %s }, provider%s', (client, limits, warnings) => {
    expect(warningsIn(text({ queue, serves: limits, handler: call(client) }))).toHaveLength(
      warnings,
    );
  });

  test('tells how many calls', () => {
    const found = findingsIn(text({ queue, serves, handler: call('retry: { maxAttempts: 3 }') }));
    expect(found[0]).toMatchObject({
      code: 'retry-amplification',
      path: 'resources.workers.handler[0]',
      message: expect.stringContaining('up to 4 times, 12 calls in all') as string,
    });
  });
});

describe('faults on a service outside AWS', () => {
  const fault = (written: string): string =>
    `${text({ handler: 'call: provider' })}faults: [ ${written} ]\n`;

  test.each([
    '{ at: 1m, for: 1m, on: provider, down: 100% }',
    '{ at: 1m, for: 1m, on: provider, slow: 5x }',
    '{ at: 1m, for: 1m, on: provider, fail: 30%, status: 400 }',
    '{ at: 1m, for: 1m, on: workers -> provider, cut: 100% }',
    '{ at: 1m, for: 1m, on: workers -> provider, throttle: 1/s }',
  ])('%s', (written) => {
    expect(loadText(fault(written)).faults).toHaveLength(1);
  });

  test('has no instances, and is called by those who call it', () => {
    expect(errorsIn(fault('{ at: 1m, on: provider, crash: 1 }'))).toHaveLength(1);
    expect(errorsIn(fault('{ at: 1m, on: clients -> provider, cut: 100% }'))).toEqual([
      expect.stringContaining(
        'never-happens: nothing goes from clients to provider; allowed: clients -> jobs, jobs -> workers, ' +
          'workers -> provider',
      ),
    ]);
  });
});

describe('options that only FIFO queues know', () => {
  test.each([
    [
      ', receiveRequestAttemptId: true',
      'aws-refuses: receiveRequestAttemptId is not valid for this queue type; allowed: only with a FIFO queue; ' +
        'AWS answers InvalidParameterValue',
    ],
    [
      ', onFailure: { group: goOn }',
      'no-effect: group would have no effect: a standard queue keeps no order; allowed: only with a FIFO queue',
    ],
  ])('consumes: {%s}', (consumes, error) => {
    expect(errorsIn(text({ consumes }))).toEqual([error]);
    const fifo = text({ consumes })
      .replaceAll('jobs', 'jobs.fifo')
      .replaceAll('dead:', 'dead.fifo:');
    expect(
      errorsIn(fifo.replace('deadLetterTarget: dead,', 'deadLetterTarget: dead.fifo,')),
    ).toEqual([]);
  });
});

describe('a stop that is shorter than the work', () => {
  const fleet = (more: string): string =>
    text({ queue: ', visibilityTimeout: 6m' }).replace(
      '    maxSize: 1\n',
      `    maxSize: 2
    scalingPolicies:
      in:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        stepAdjustments: [ { metricIntervalUpperBound: 0, scalingAdjustment: -1 } ]
        alarm: { metric: ApproximateNumberOfMessagesVisible(jobs), comparisonOperator: LessThanThreshold, threshold: 1 }
${more}`,
    );
  const hook = (seconds: number): string =>
    `    lifecycleHooks:
      drain: { lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", heartbeatTimeout: ${seconds} }\n`;

  test.each([
    ['warns', '', 1],
    ['less so with a hook that holds the instance', hook(280), 0],
    ['if the hook is long enough', hook(200), 1],
    ['not where instances are protected', '    newInstancesProtectedFromScaleIn: true\n', 0],
  ])('%s', (_name, more, warnings) => {
    expect(warningsIn(fleet(more))).toEqual(
      Array.from({ length: warnings }, () => 'stop-kills-work resources.workers'),
    );
  });
});
