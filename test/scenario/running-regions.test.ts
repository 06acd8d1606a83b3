// Several regions at work: how long calls take, what crossing costs, what an outage does to each side.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { simulate } from '../../src/index.js';
import { loadText } from './fixtures/real.js';

interface Changes {
  readonly top?: string;
  readonly traffic?: string;
  readonly queue?: string;
  readonly more?: string;
  readonly between?: string;
  readonly plan?: string;
}

/** One message of 1 KiB a second for a hundred seconds, to a queue in Tokyo that a worker in Oregon polls. */
function run(changes: Changes): RunResult {
  const { top = 'region: us-west-2', traffic = '', queue = ', region: ap-northeast-1' } = changes;
  const { between = '100ms', more = '', plan = 'rate: 1/s' } = changes;
  const result = simulate(
    loadText(`name: Running
${top}
duration: 100s
profile: ideal
assume: { network: { betweenRegions: ${between} } }
traffic: { shops: { send: jobs, ${plan}, arrivals: constant, size: 1KiB${traffic} } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 10s${queue} }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ work: 10ms ]
${more}
`),
  );
  expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  return result;
}

const FROM_OREGON = ', from: us-west-2, client: { timeout: 2s, retry: none }';
const ms = 1000;

function answers({ traffic }: RunResult): readonly number[] {
  const { minSeconds, maxSeconds } = traffic['shops'].response;
  return [minSeconds, maxSeconds].map((seconds) => Math.round(Number(seconds) * 1_000_000));
}

describe('the way of a call', () => {
  test('takes the round trip on top, between different regions only', () => {
    expect(answers(run({ traffic: FROM_OREGON }))).toEqual([100 * ms, 100 * ms]);
    expect(answers(run({}))).toEqual([0, 0]);
    expect(answers(run({ queue: '', traffic: FROM_OREGON }))).toEqual([0, 0]);
  });

  test('comes on top of what the service takes, and half of it lies before the effect', () => {
    const queue = ', region: ap-northeast-1, assume: { apiLatency: 20ms }';
    const result = run({ traffic: FROM_OREGON, queue });
    expect(answers(result)).toEqual([120 * ms, 120 * ms]);
    // 60 ms there, 60 ms back to the worker that waits, 10 ms of work, 60 ms until it is deleted.
    const { minSeconds } = result.traffic['shops'].latency;
    expect(Math.round(minSeconds! * 1000)).toBe(130);
  });

  test.each([
    ['{ us-west-2 -> ap-northeast-1: 90ms }', 90],
    ['{ ap-northeast-1 -> us-west-2: 90ms }', 90],
    ['{ ap-northeast-1 -> us-west-2: 70ms, us-west-2 -> ap-northeast-1: 90ms }', 90],
    ['{ eu-west-1 -> us-west-2: 90ms }', 0],
  ])('%s: the pair, the pair backwards, or the default of the profile', (between, time) => {
    expect(answers(run({ traffic: FROM_OREGON, between }))).toEqual([time * ms, time * ms]);
  });

  test('what a map leaves out takes 80 ms in the profile typical', () => {
    const top = 'region: us-west-2';
    const typical = simulate(
      loadText(`name: Typical
${top}
duration: 10s
assume: { network: { betweenRegions: { eu-west-1 -> us-west-2: 90ms } } }
traffic: { shops: { send: jobs, rate: 1/s, from: eu-central-1 } }
resources: { jobs: { type: sqs.queue, assume: { apiLatency: 0s } } }
`),
    );
    expect(answers(typical)).toEqual([80 * ms, 80 * ms]);
  });

  test('over the internet it is the one of network.client, with its spread', () => {
    const network = 'assume: { network: { client: { p50: 20ms, p99: 51ms } } }';
    const text = (more: string) => `name: Internet
duration: 100s
profile: ideal
${network}
traffic: { shops: { send: jobs, rate: 1/s, from: internet } }
resources: { jobs: { type: sqs.queue${more} } }
`;
    const [min, max] = answers(simulate(loadText(text(''))));
    expect([min > 0, max > min, max < 200 * ms]).toEqual([true, true, true]);
    expect(answers(simulate(loadText(text(', region: eu-west-1'))))).toEqual([min, max]);
  });
});

test('saying the region that holds anyway changes nothing', () => {
  const plain = run({ top: '', queue: '' });
  const said = run({
    top: 'region: us-east-1',
    queue: ', region: us-east-1',
    traffic: ', from: us-east-1',
  });
  expect(said.fingerprint).toBe(plain.fingerprint);
  expect(said.cost).toEqual(plain.cost);
});

describe('what crosses', () => {
  const lines = (result: RunResult) =>
    result.cost.lines
      .filter(({ period, service }) => period === 'window' && service === 'Data transfer')
      .map(({ resource, region, item, unit, unitPriceUsd, amountUsd }) => {
        return [resource, region, item, unit, unitPriceUsd, amountUsd];
      });

  test('is billed by the GB where it leaves: sends by the sender, what is received by the queue', () => {
    // 102,400 bytes / 2^30 × 0.09 USD, and × 0.02 USD.
    expect(lines(run({ traffic: FROM_OREGON }))).toEqual([
      ['jobs', 'ap-northeast-1', 'Data transfer (to us-west-2)', 'GB', '0.09', '0.000008583069'],
      ['shops', 'us-west-2', 'Data transfer (to ap-northeast-1)', 'GB', '0.02', '0.000001907349'],
    ]);
  });

  test('is cheaper between us-east-1 and us-east-2', () => {
    const result = run({
      top: 'region: us-east-2',
      queue: ', region: us-east-1',
      traffic: ', from: us-east-1',
    });
    expect(lines(result)).toEqual([
      ['jobs', 'us-east-1', 'Data transfer (to us-east-2)', 'GB', '0.01', '0.000000953674'],
    ]);
  });

  test('payloads in a bucket cross as well, there and back', () => {
    // 102,400 bytes leave Oregon for the bucket, and the bucket for the worker; pointers are in the messages.
    const result = run({
      queue: '',
      traffic: ', client: { largePayloads: { bucket: blobs, above: 512B } }',
      more: '  blobs: { type: s3.bucket, region: ap-northeast-1 }',
    });
    expect(lines(result)).toEqual([
      ['blobs', 'ap-northeast-1', 'Data transfer (to us-west-2)', 'GB', '0.09', '0.000008583069'],
      ['shops', 'us-west-2', 'Data transfer (to ap-northeast-1)', 'GB', '0.02', '0.000001907349'],
    ]);
  });

  test('and costs nothing within a region, or when it comes over the internet', () => {
    expect(lines(run({ queue: '', traffic: ', from: internet' }))).toEqual([]);
    expect(lines(run({ queue: '' }))).toEqual([]);
  });
});

describe('a region that is down', () => {
  const down = (region: string, at = '10500ms', length = '20s') =>
    `faults: [ { at: ${at}, for: ${length}, on: ${region}, down: 100% } ]`;

  test('is reached by nobody, until it is back', () => {
    const result = run({ traffic: FROM_OREGON, more: down('ap-northeast-1') });
    expect(result.traffic['shops']).toMatchObject({ sent: 100, accepted: 80, failed: 20 });
    expect(result.resources['jobs'].requests['SendMessage']).toBe(80);
    expect(result.ledger).toMatchObject({ owed: 80, processed: 80 });
  });

  test('callers find no connection, after the way there and back, and try again', () => {
    const retry = '{ maxAttempts: 2, backoff: exponential, base: 30s, cap: 30s, on: [connection] }';
    const traffic = `, from: us-west-2, client: { timeout: 2s, retry: ${retry} }`;
    const result = run({ traffic, more: down('ap-northeast-1') });
    expect(result.traffic['shops']).toMatchObject({ accepted: 100, failed: 0, attempts: 120 });
    const slowest = Math.max(...answers(result));
    expect(slowest).toBe(30_000 * ms + 200 * ms);
  });

  test('what is on its way arrives, and its answer does not', () => {
    const plan = 'phases: [ { for: 10s, rate: 0/s }, { burst: 1 } ]';
    const cases = [
      // Sent at 10 s, there at 10.05 s.
      { at: '9999ms', accepted: 0, stored: 0 },
      { at: '10020ms', accepted: 0, stored: 1 },
      { at: '10060ms', accepted: 1, stored: 1 },
    ];
    for (const { at, accepted, stored } of cases) {
      const more = down('ap-northeast-1', at, '200ms');
      const result = run({ traffic: FROM_OREGON, more, plan });
      expect(result.traffic['shops']).toMatchObject({ accepted, failed: 1 - accepted });
      expect(result.ledger).toMatchObject({ owed: stored, processed: stored });
    }
  });

  test('a lost region of the consumers: the queue fills, and they poll again afterwards', () => {
    const lines = ['sometimes depth(jobs) >= 19', 'always busy(workers) == 0 during 12s..30s'];
    const more = `${down('us-west-2')}\nexpect: ${JSON.stringify(lines)}`;
    const result = run({ more });
    expect(result.traffic['shops']).toMatchObject({ accepted: 100, failed: 0 });
    expect(result.expectations.map(({ pass }) => pass)).toEqual([true, true]);
    expect(result.ledger).toMatchObject({ owed: 100, processed: 100 });
  });

  test('traffic from there fails', () => {
    const result = run({ queue: '', traffic: FROM_OREGON, more: down('us-west-2') });
    expect(result.traffic['shops']).toMatchObject({ sent: 100, accepted: 80, failed: 20 });
  });

  test('a database there is not reached either, nor does it lose anything', () => {
    const text = `name: Ledger
region: us-west-2
duration: 100s
profile: ideal
traffic: { tills: { write: ledger, rate: 1/s, arrivals: constant, from: us-west-2, client: { timeout: 2s } } }
resources: { ledger: { type: rds.instance, region: ap-northeast-1, engine: mysql, dbInstanceClass: db.m6g.large } }
${down('ap-northeast-1')}
`;
    const result = simulate(loadText(text));
    expect(result.traffic['tills']).toMatchObject({ sent: 100, accepted: 80, failed: 20 });
  });

  test('others feel nothing', () => {
    const plain = run({ queue: '', traffic: ', from: us-west-2' });
    const others = '\n  far: { type: sqs.queue, region: eu-west-1 }';
    const text = run({
      queue: `}${others.slice(0, -2)}`,
      traffic: ', from: us-west-2',
      more: down('eu-west-1'),
    });
    expect(text.traffic).toEqual(plain.traffic);
    expect(text.ledger).toEqual(plain.ledger);
  });
});

describe('the way between regions', () => {
  const fault = (what: string) =>
    `faults: [ { at: 10500ms, for: 20s, on: us-west-2 -> ap-northeast-1, ${what} } ]`;

  test('cut: calls that way wait for their timeouts', () => {
    const result = run({ traffic: FROM_OREGON, more: fault('cut: 100%') });
    expect(result.traffic['shops']).toMatchObject({ accepted: 80, failed: 20 });
    expect(result.resources['jobs'].requests['SendMessage']).toBe(80);
  });

  test('lose: done, without an answer', () => {
    const result = run({ traffic: FROM_OREGON, more: fault('lose: 100%') });
    expect(result.traffic['shops']).toMatchObject({ accepted: 80, failed: 20 });
    expect(result.resources['jobs'].requests['SendMessage']).toBe(100);
  });

  test('slow: the API latency and the way, times the factor', () => {
    const result = run({ traffic: FROM_OREGON, more: fault('slow: 5x') });
    expect(answers(result)).toEqual([100 * ms, 500 * ms]);
  });

  test('calls within a region, and those from elsewhere, pass', () => {
    const result = run({ more: fault('cut: 100%') });
    expect(result.traffic['shops']).toMatchObject({ accepted: 100, failed: 0 });
  });
});
