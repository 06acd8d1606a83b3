// What is measured of queues, producers and order, through whole scenarios.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { simulate } from '../../src/core.js';
import type { MetricSpec, MetricTable } from '../../src/components/metric-table.js';
import { QUEUE_METRICS } from '../../src/components/queue-metrics.js';
import { loadText } from '../scenario/fixtures/real.js';

interface Changes {
  readonly queue?: string;
  readonly traffic?: string;
  readonly resources?: string;
  readonly consumes?: string;
  readonly handler?: string;
  readonly more?: string;
  readonly expect?: readonly string[];
}

/** A message a second for ten minutes, at even distances, to one worker. */
function run(changes: Changes): RunResult {
  const { queue = '', traffic = '', resources = '', more = '', expect: lines = [] } = changes;
  const { consumes = 'waitTimeSeconds: 20s', handler = '' } = changes;
  const name = queue.includes('fifo') ? 'jobs.fifo' : 'jobs';
  return simulate(
    loadText(`name: Measured
duration: 10m
profile: ideal
traffic: { clients: { send: ${name}, rate: 1/s, arrivals: constant${traffic} } }
resources:
  ${name}: { type: sqs.queue${queue.replace('fifo', '')} }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { ${name}: { ${consumes} } }
    handler: [ ${handler} ]
${resources}
${more}
expect: [ ${lines.map((line) => `"${line}"`).join(', ')} ]
`),
  );
}

/** What each line measured. */
function measured(changes: Changes): (number | string | null)[] {
  return run(changes).expectations.map((line) => line.measured);
}

function zeroOf(metric: string): string {
  const { unit } = (QUEUE_METRICS as MetricTable)[metric];
  return { count: '0', s: '0s', B: '0B', '%': '0%' }[unit];
}

describe('what CloudWatch shows', () => {
  test('counts of the minute, and levels as they stood', () => {
    expect(
      measured({
        queue: ', delaySeconds: 30s',
        expect: [
          'NumberOfMessagesSent(jobs).max == 60',
          'SentMessageSize(jobs).mean == 60KiB',
          'ApproximateNumberOfMessagesDelayed(jobs).end == 30',
          'ApproximateAgeOfOldestMessage(jobs).max == 30s',
          'NumberOfEmptyReceives(jobs).end == 0',
        ],
      }),
    ).toEqual([60, 60 * 1024, 30, 30, 0]);
  });

  test('late: at the end of the minute, and when it is published', () => {
    const late = 'assume: { cloudwatch: { publishDelay: 30s } }';
    const lines = [
      'sometimes NumberOfMessagesSent(jobs) > 0 before 90s',
      'sometimes NumberOfMessagesSent(jobs) > 0 before 91s',
      'always NumberOfMessagesSent(jobs) >= 60',
    ];
    expect(run({ more: late, expect: lines }).expectations.map(({ pass }) => pass)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test.each(['', 'fifo'])('every metric that a queue publishes (%s)', (queue) => {
    const kind = queue === 'fifo' ? 'fifo' : 'standard';
    const names = Object.entries<MetricSpec>(QUEUE_METRICS)
      .filter(([, { queues = kind }]) => queues === kind)
      .map(([name]) => name);
    const name = queue === 'fifo' ? 'jobs.fifo' : 'jobs';
    const lines = names.map((metric) => `always ${metric}(${name}) >= ${zeroOf(metric)}`);
    const result = run({ queue, expect: lines });
    expect(result.expectations.map(({ pass }) => pass)).toEqual(names.map(() => true));
  });

  test('nothing while it is hidden, and then no more than before', () => {
    const more = 'faults: [ { at: 130s, for: 3m, on: jobs, hide: 100% } ]';
    const lines = [
      'NumberOfMessagesSent(jobs).max == 60',
      'NumberOfMessagesSent(jobs).min == 60',
      'sometimes ApproximateNumberOfMessagesVisible(jobs) > 50',
      'sometimes ApproximateNumberOfMessagesVisible(jobs) == 0',
    ];
    const down = 'faults: [ { at: 130s, for: 3m, on: workers, down: 100% }';
    const hidden = `${down}, { at: 130s, for: 3m, on: jobs, hide: 100% } ]`;
    expect(run({ more, expect: lines.slice(0, 2) }).verdict).toBe('pass');
    expect(run({ more: `${down} ]`, expect: lines }).verdict).toBe('pass');
    const found = run({ more: hidden, expect: lines }).expectations.map(({ pass }) => pass);
    expect(found).toEqual([true, true, false, true]);
  });

  test('a run that nobody looks at has no event of it', () => {
    const plain = run({});
    expect(run({ expect: ['lost == 0'] }).events).toBe(plain.events);
    const looked = run({ expect: ['NumberOfMessagesSent(jobs).max == 60'] });
    // Nine minutes end within the ten: a sample and a publication each.
    expect(looked.events).toBe(plain.events + 2 * 9);
    expect(looked.fingerprint).toBe(plain.fingerprint);
  });
});

test('age: the truth grows while what is oldest waits', () => {
  const more = 'faults: [ { at: 100s, for: 60s, on: workers, down: 100% } ]';
  const lines = ['age(jobs).max < 1h', 'never age(jobs) > 61s', 'sometimes age(jobs) > 58s'];
  const found = run({ more, expect: lines }).expectations;
  expect(found.map(({ pass }) => pass)).toEqual([true, true, true]);
  expect(found[0].measured).toBe(59); // sent at 101 s, while all were down until 160 s
});

describe('order', () => {
  const slow = 'work: 200ms, { fail: 20%, per: attempt }';

  test('of a FIFO queue is kept, and watched', () => {
    const result = run({
      queue: 'fifo, visibilityTimeout: 2s',
      traffic: ', key: { of: 3 }',
      handler: slow,
    });
    expect(result.consumers['workers'].reordered).toBe(0);
    const fifo = result.invariants.filter(({ name }) => name === 'fifo-order');
    expect(fifo).toEqual([{ name: 'fifo-order', on: 'jobs.fifo', violations: 0, allowed: false }]);
    expect(result.consumers['workers'].latency.parts.all?.groupWait).toBeGreaterThan(0);
  });

  test('of a standard queue is not, and counted where a key is said', () => {
    const queue = ', visibilityTimeout: 2s';
    const keyed = run({ queue, traffic: ', key: { of: 3 }', handler: slow });
    expect(keyed.consumers['workers'].reordered).toBeGreaterThan(0);
    expect(keyed.invariants.some(({ name }) => name === 'fifo-order')).toBe(false);
    const plain = run({ queue, handler: slow });
    expect(plain.consumers['workers'].reordered).toBe(0);
    expect(plain.fingerprint).toBe(keyed.fingerprint);
  });
});

test('producers that try again: parts, counts and measures', () => {
  const client = ', client: { timeout: 1s, retry: { maxAttempts: 4, backoff: none } }';
  const fault = 'faults: [ { at: 100s, for: 10s, on: clients -> jobs, throttle: 100% } ]';
  const result = run({
    traffic: client.replace('backoff: none', 'backoff: exponential, base: 2s'),
    more: fault,
    expect: [
      'retries(clients) > 0',
      'throttled(clients) > 0',
      'throttled(jobs) > 0',
      'throttled > 0',
    ],
  });
  const { sent, attempts, throttled, response } = result.traffic['clients'];
  const [retries, ofClients, ofJobs, all] = result.expectations.map((line) => line.measured);
  expect(retries).toBe(attempts - sent);
  expect(ofClients).toBe(throttled);
  expect([ofJobs, all]).toEqual([ofClients, ofClients]);
  expect(response.parts.all?.throttleWait).toBeGreaterThan(0);
  expect(response.parts.all?.producerRetry).toBeUndefined();
});

test('purged by somebody: lost, by a purge, and the operation is listed', () => {
  const more = 'operations: [ { at: 300s, on: jobs, purge: true } ]';
  const result = run({ queue: ', delaySeconds: 60s', more });
  const { requests, purged } = result.resources['jobs'];
  expect(purged).toBe(60);
  expect(result.ledger.lost).toMatchObject({ total: 60, purge: 60 });
  expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  expect(requests['PurgeQueue']).toBe(1);
  expect(Object.keys(run({}).resources['jobs'].requests)).not.toContain('PurgeQueue');
});
