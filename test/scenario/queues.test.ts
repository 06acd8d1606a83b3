// What a scenario may say about queues, and what AWS refuses of it.

import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/scenario/load.js';
import { settingsInForce } from '../../src/scenario/in-force.js';
import { errorsIn, loadText, SHOP, shopAnd, shopWith, warningsIn } from './fixtures/real.js';

/** [what stands in SHOP, what stands there instead, how the one error begins]. */
type Case = readonly [from: string, to: string, error: string];

const ORDERS = 'orders: { type: sqs.queue,';
const SALES = 'sales.fifo: { type: sqs.queue,';
const DLQ = 'orders-dlq: { type: sqs.queue,';
const FIFO_DLQ = 'sales-dlq.fifo: { type: sqs.queue';

const REFUSED: readonly Case[] = [
  [
    ORDERS,
    `${ORDERS} contentBasedDeduplication: false,`,
    'aws-refuses: contentBasedDeduplication on a standard queue; allowed: only on a FIFO queue, whose name ' +
      'ends in .fifo (orders.fifo); AWS answers InvalidAttributeName',
  ],
  [
    ORDERS,
    `${ORDERS} deduplicationScope: queue,`,
    'aws-refuses: deduplicationScope on a standard queue',
  ],
  [
    ORDERS,
    `${ORDERS} fifoThroughputLimit: perQueue,`,
    'aws-refuses: fifoThroughputLimit on a standard queue',
  ],
  [
    ORDERS,
    `${ORDERS} fifoQueue: true,`,
    'aws-refuses: fifoQueue: true against the name orders; allowed: FIFO queues, and nothing else, have a name ' +
      'that ends in .fifo; nearest: false; AWS answers InvalidParameterValue',
  ],
  [
    SALES,
    `${SALES} fifoQueue: false,`,
    'aws-refuses: fifoQueue: false against the name sales.fifo',
  ],
  [
    SALES,
    `${SALES} fifoThroughputLimit: perMessageGroupId,`,
    'aws-refuses: fifoThroughputLimit: perMessageGroupId with deduplicationScope: queue; allowed: ' +
      'perMessageGroupId only with deduplicationScope: messageGroup; AWS answers InvalidAttributeValue',
  ],
  [
    SALES,
    `${SALES} deduplicationScope: group,`,
    'choice: deduplicationScope is group; allowed: queue | messageGroup',
  ],
  [
    'deadLetterTarget: orders-dlq',
    'deadLetterTarget: sales-dlq.fifo',
    'aws-refuses: sales-dlq.fifo is a FIFO queue, orders is standard; allowed: a standard queue for a standard ' +
      'queue; AWS answers InvalidParameterValue',
  ],
  [
    'deadLetterTarget: sales-dlq.fifo',
    'deadLetterTarget: orders-dlq',
    'aws-refuses: orders-dlq is a standard queue, sales.fifo is FIFO',
  ],
  [
    DLQ,
    `${DLQ} account: 210987654321,`,
    'aws-refuses: a dead-letter queue lies in the account of its source; allowed: a queue in account ' +
      '000000000000; AWS answers InvalidParameterValue',
  ],
  [
    DLQ,
    `${DLQ} redriveAllowPolicy: { redrivePermission: denyAll },`,
    'aws-refuses: orders-dlq takes no dead letters of orders (its redriveAllowPolicy: denyAll); allowed: a ' +
      'queue whose redriveAllowPolicy allows orders; AWS answers InvalidParameterValue',
  ],
  [
    DLQ,
    `${DLQ} redriveAllowPolicy: { redrivePermission: byQueue, sourceQueues: [sales.fifo] },`,
    'aws-refuses: orders-dlq takes no dead letters of orders (its redriveAllowPolicy: byQueue)',
  ],
  [
    DLQ,
    `${DLQ} redriveAllowPolicy: { redrivePermission: byQueue },`,
    'aws-refuses: redrivePermission: byQueue without sourceQueues; allowed: 1..10 queues in sourceQueues',
  ],
  [
    DLQ,
    `${DLQ} redriveAllowPolicy: { sourceQueues: [orders] },`,
    'aws-refuses: sourceQueues with redrivePermission: allowAll; allowed: sourceQueues only with byQueue',
  ],
  [
    DLQ,
    `${DLQ} redriveAllowPolicy: { redrivePermission: byQueue, sourceQueues: [ordres] },`,
    'unknown-name: nothing is called ordres; allowed: orders,',
  ],
  [
    DLQ,
    `${DLQ} redriveAllowPolicy: { redrivePermission: none },`,
    'choice: redrivePermission is none; allowed: allowAll | denyAll | byQueue',
  ],
  [
    ORDERS,
    `${ORDERS} kmsDataKeyReusePeriodSeconds: 10m,`,
    'no-effect: kmsDataKeyReusePeriodSeconds would have no effect: no key of KMS is in use; allowed: only with ' +
      'kmsMasterKeyId',
  ],
  [
    ORDERS,
    `${ORDERS} kmsMasterKeyId: alias/shop, kmsDataKeyReusePeriodSeconds: 25h,`,
    'out-of-range: kmsDataKeyReusePeriodSeconds is 25h; allowed: 1m..24h; nearest: 24h; AWS answers ' +
      'InvalidAttributeValue',
  ],
  [
    ORDERS,
    `${ORDERS} kmsMasterKeyId: alias/shop, sqsManagedSseEnabled: true,`,
    'aws-refuses: kmsMasterKeyId and sqsManagedSseEnabled: true together; allowed: one kind of encryption at a ' +
      'time; AWS answers InvalidAttributeName',
  ],
  [
    ORDERS,
    `${ORDERS} queuePolicy: { allow: [shopers] },`,
    'unknown-name: nothing is called shopers; allowed: shoppers, tills, workers; nearest: shoppers',
  ],
  [
    ORDERS,
    `${ORDERS} queuePolicy: { allow: [orders-dlq] },`,
    'wrong-kind: orders-dlq is of type sqs.queue, not traffic or autoscaling.group',
  ],
  [
    ORDERS,
    `${ORDERS} queuePolicy: { statement: [] },`,
    'unknown-key: unknown key statement; allowed: allow; nearest: allow',
  ],
  [
    ORDERS,
    `${ORDERS} account: [],`,
    'wrong-kind: account is a list; allowed: an account such as 123456789012, or a name for it',
  ],
  [
    SALES,
    `${SALES} assume: { storageShards: 4 },`,
    'no-effect: storageShards would have no effect: it is about standard queues only; allowed: apiLatency,',
  ],
  [
    ORDERS,
    `${ORDERS} assume: { partitionRamp: 60s },`,
    'no-effect: partitionRamp would have no effect: it is about FIFO queues only',
  ],
  [
    ORDERS,
    `${ORDERS} assume: { redriveRate: 1000/s },`,
    'out-of-range: redriveRate is 1000/s; allowed: 1/s..500/s; nearest: 500/s',
  ],
  [
    '  workers:\n',
    '  workers.fifo:\n',
    'wrong-kind: only FIFO queues and topics end in .fifo; allowed: another name; nearest: workers',
  ],
];

describe('refused', () => {
  test('the shop itself is not', () => {
    expect(errorsIn(SHOP)).toEqual([]);
    expect(warningsIn(SHOP)).toEqual([]);
  });

  test.each(REFUSED)('%s → %s', (from, to, error) => {
    const found = errorsIn(shopWith(from, to));
    expect(found.map((one, i) => (i === 0 ? one.slice(0, error.length) : one))).toEqual([error]);
  });

  test('eleven source queues', () => {
    const names = Array.from({ length: 11 }, (_, i) => `q${i}`);
    const queues = names.map((name) => `  ${name}: { type: sqs.queue }\n`).join('');
    const sources = ['orders', ...names.slice(1)].join(', ');
    const policy = `redriveAllowPolicy: { redrivePermission: byQueue, sourceQueues: [${sources}] },`;
    const text = shopWith(DLQ, `${DLQ} ${policy}`).replace('  workers:\n', `${queues}  workers:\n`);
    expect(errorsIn(text)).toEqual([
      expect.stringMatching(/^aws-refuses: sourceQueues is 11 queues; allowed: at most 10/),
    ]);
  });
});

function settingsOf(scenario: Scenario, name: string): Record<string, unknown> {
  return { ...scenario.resources.find((one) => one.name === name)!.settings };
}

function assumeOf(scenario: Scenario, name: string): Record<string, unknown> {
  return { ...scenario.resources.find((one) => one.name === name)!.assume };
}

describe('taken', () => {
  test("AWS's defaults", () => {
    expect(settingsOf(loadText(SHOP), 'sales.fifo')).toMatchObject({
      visibilityTimeout: 30e6,
      delaySeconds: 0,
      messageRetentionPeriod: 345_600e6,
      receiveMessageWaitTimeSeconds: 0,
      maximumMessageSize: 1_048_576,
      fifoQueue: undefined,
      contentBasedDeduplication: false,
      deduplicationScope: 'queue',
      fifoThroughputLimit: 'perQueue',
      kmsMasterKeyId: undefined,
      kmsDataKeyReusePeriodSeconds: 300e6,
      sqsManagedSseEnabled: true,
      queuePolicy: undefined,
      redriveAllowPolicy: undefined,
    });
  });

  test('everything there is', () => {
    const everything =
      `${SALES} fifoQueue: true, contentBasedDeduplication: true, deduplicationScope: messageGroup, ` +
      'fifoThroughputLimit: perMessageGroupId, kmsMasterKeyId: alias/shop, kmsDataKeyReusePeriodSeconds: 3600, ' +
      'sqsManagedSseEnabled: false, queuePolicy: { allow: [tills, workers] }, account: 12345,';
    const text = shopWith(SALES, everything).replace(
      FIFO_DLQ,
      `${FIFO_DLQ}, account: 12345, redriveAllowPolicy: { redrivePermission: byQueue, sourceQueues: [sales.fifo] }`,
    );
    const scenario = loadText(text);
    expect(settingsOf(scenario, 'sales.fifo')).toMatchObject({
      fifoQueue: true,
      contentBasedDeduplication: true,
      deduplicationScope: 'messageGroup',
      fifoThroughputLimit: 'perMessageGroupId',
      kmsMasterKeyId: 'alias/shop',
      kmsDataKeyReusePeriodSeconds: 3600e6,
      sqsManagedSseEnabled: false,
      queuePolicy: { allow: ['tills', 'workers'] },
    });
    const accounts = scenario.resources.map(({ account }) => account);
    expect(accounts).toEqual([
      '000000000000',
      '000000000000',
      '000000012345',
      '000000012345',
      '000000000000',
    ]);
  });

  test('fifoQueue may be said with the name', () => {
    expect(errorsIn(shopWith(ORDERS, `${ORDERS} fifoQueue: false,`))).toEqual([]);
  });

  test('a FIFO queue in force shows what only it has', () => {
    const paths = (name: string): string[] =>
      settingsInForce(loadText(SHOP))
        .find((one) => one.name === name)!
        .settings.map(({ path }) => path);
    expect(paths('sales.fifo')).toContain('deduplicationScope');
    expect(paths('orders')).not.toContain('deduplicationScope');
  });
});

describe('assumptions', () => {
  const typical = loadText(SHOP.replace('profile: ideal\n', ''));

  test('a FIFO queue has a latency of its own', () => {
    expect(assumeOf(typical, 'orders')['apiLatency']).toMatchObject({ p50: 8e3, p99: 60e3 });
    expect(assumeOf(typical, 'sales.fifo')['apiLatency']).toMatchObject({ p50: 14e3, p99: 600e3 });
    expect(assumeOf(loadText(SHOP), 'sales.fifo')['apiLatency']).toMatchObject({ value: 0 });
  });

  test('the top level speaks for both, the queue for itself', () => {
    const text = shopWith(SALES, `${SALES} assume: { apiLatency: 3ms },`);
    const scenario = loadText(
      `${text}assume: { sqs.queue: { apiLatency: 9ms, storageShards: 2 } }\n`,
    );
    expect(assumeOf(scenario, 'orders')['apiLatency']).toMatchObject({ value: 9e3 });
    expect(assumeOf(scenario, 'sales.fifo')['apiLatency']).toMatchObject({ value: 3e3 });
    expect(assumeOf(scenario, 'orders')['storageShards']).toBe(2);
    expect(assumeOf(scenario, 'sales.fifo')['storageShards']).toBe(1);
  });

  test('each queue lists those that it feels, with where they come from', () => {
    const paths = typical.assumptions.map(({ path, written }) => `${path} ${written}`);
    expect(paths).toContain('resources.orders.assume.fairWindow 60s');
    expect(paths).toContain('resources.sales.fifo.assume.partitionRamp 0s');
    expect(paths).toContain('resources.sales.fifo.assume.apiLatency { p50: 14ms, p99: 600ms }');
    expect(paths).toContain('resources.orders.assume.redriveRate 500/s');
    expect(paths.some((path) => path.startsWith('resources.sales.fifo.assume.storageShards'))).toBe(
      false,
    );
    expect(paths.some((path) => path.startsWith('resources.orders.assume.partitionRamp'))).toBe(
      false,
    );
  });

  test('adversarial: partitions come late', () => {
    const text = shopWith('profile: ideal', 'profile: adversarial');
    expect(assumeOf(loadText(text), 'sales.fifo')['partitionRamp']).toBe(60e6);
  });
});

describe('quotas', () => {
  test('are told with their source', () => {
    const { quotas } = loadText(shopAnd('quotas: { sqs: { inFlight: 5000 } }'));
    expect(quotas).toEqual([
      expect.objectContaining({ path: 'quotas.sqs.inFlight', written: '5000', origin: 'scenario' }),
      expect.objectContaining({
        path: 'quotas.kms.requestsPerSecond',
        written: '100000',
        origin: 'default',
        source: expect.stringContaining('KMS') as string,
      }),
    ]);
  });

  test('depend on the region', () => {
    const { quotas } = loadText(`region: eu-north-1\n${SHOP}`);
    expect(quotas.map(({ written }) => written)).toEqual(['120000', '10000']);
  });

  test.each([
    [
      'quotas: { sqs: { inflight: 5 } }',
      'unknown-key: unknown key inflight; allowed: inFlight; nearest: inFlight',
    ],
    ['quotas: { sqs: { inFlight: 0 } }', 'out-of-range: inFlight is 0;'],
    ['quotas: { sqs: 5 }', 'wrong-kind: sqs is 5; allowed: a map'],
    ['quotas: { lambda: { concurrency: 5 } }', 'unknown-key: unknown key concurrency; al'],
    ['quotas: { s3: {} }', 'unknown-key: unknown key s3; allowed: sqs, kms'],
  ])('%s', (more, error) => {
    const found = errorsIn(shopAnd(more));
    expect(found.map((one) => one.slice(0, error.length))).toEqual([error]);
  });
});

describe('warnings', () => {
  test('a dead-letter queue of a FIFO queue may keep its messages as long', () => {
    const text = shopWith(DLQ, `${DLQ} visibilityTimeout: 31s,`).replace(
      'messageRetentionPeriod: 14d',
      'messageRetentionPeriod: 4d',
    );
    expect(warningsIn(text)).toEqual([
      'dlq-retention-shorter resources.orders.redrivePolicy.deadLetterTarget',
    ]);
  });

  test('a FIFO queue without a key keeps no order', () => {
    const text = shopWith(', key: { of: 100, prefix: till- }', '');
    expect(warningsIn(text)).toEqual(['fifo-without-key traffic.tills.key']);
    expect(warningsIn(`${text}allow: [ fifo-without-key(sales.fifo) ]\n`)).toEqual([]);
    const byMessage = shopWith('prefix: till- }', 'prefix: till- }, messageGroupId: message');
    expect(warningsIn(byMessage)).toEqual(['fifo-without-key traffic.tills.messageGroupId']);
    const byAttribute = shopWith(
      ', key: { of: 100, prefix: till- }',
      ', messageGroupId: till, attributes: { till: { oneOf: [a, b, c] } }',
    );
    expect(warningsIn(byAttribute)).toEqual([]);
  });

  test.each([
    ['key: till-1', 'rate: 60/s', ['hot-key traffic.tills.key']],
    ['key: till-1', 'rate: 40/s', []],
    ['key: { of: 100, hot: { big: 60% } }', 'rate: 90/s', ['hot-key traffic.tills.key']],
    ['key: { of: 100, hot: { big: 50% } }', 'rate: 90/s', []],
    ['key: { of: 3, zipf: 2 }', 'rate: 90/s', ['hot-key traffic.tills.key']],
    ['key: { oneOf: { a: 90%, b: 10% } }', 'rate: 60/s', ['hot-key traffic.tills.key']],
    ['key: { of: 1000 }', 'rate: 90/s', []],
    ['key: a', 'phases: [ { for: 59s, rate: 60/s }, { for: 5m, rate: 5/s } ]', []],
    [
      'key: a',
      'phases: [ { for: 60s, rate: 60/s }, { for: 5m, rate: 5/s } ]',
      ['hot-key traffic.tills.key'],
    ],
  ])('one message of a group after the other takes 20 ms: %s, %s', (key, plan, expected) => {
    const text = shopWith('rate: 5/s, key: { of: 100, prefix: till- }', `${plan}, ${key}`);
    expect(warningsIn(text).filter((one) => !one.startsWith('fleet-too-small'))).toEqual(expected);
  });
});

describe('regions', () => {
  test('a bill needs prices', () => {
    expect(errorsIn(`region: eu-south-1\n${SHOP}`)).toEqual([
      expect.stringMatching(
        /^not-modelled: prices in eu-south-1 are not known \(SQS, EC2\); allowed: us-east-1,/,
      ),
    ]);
    expect(errorsIn(`region: eu-central-1\n${SHOP}`)).toEqual([]);
  });
});
