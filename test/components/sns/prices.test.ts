// What topics bill, held against AWS's price list: worked by hand.

import { describe, expect, test } from 'vitest';
import { Endpoints } from '../../../src/components/endpoints.js';
import type { Endpoint } from '../../../src/components/endpoints.js';
import { externalHttp } from '../../../src/components/external-http/external-http.js';
import { buildNetwork } from '../../../src/components/external-http/network.js';
import { HttpService } from '../../../src/components/external-http/service.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import type { BilledRetries } from '../../../src/components/sns/billing.js';
import { billedOf, meterPublished, meterScanned } from '../../../src/components/sns/billing.js';
import { SNS_PRICES } from '../../../src/components/sns/prices.js';
import { SECOND } from '../../../src/kernel/time.js';
import { makeBill } from '../../../src/observe/cost/bill.js';
import { LinkCosts } from '../../../src/observe/cost/link-costs.js';
import { PUSHER, PushRig, TARGET } from '../delivery/push-rig.js';
import { fail } from '../programs.js';

const NO_NETWORK = { client: { kind: 'constant', value: 0 } } as const;

const endpoint = (protocol: Endpoint['protocol'], subscribers = 1): Endpoint => ({
  protocol,
  retries: 'http',
  takes: { style: 'call', operation: 0 },
  subscribers,
  rate: null,
  price:
    protocol === 'sms'
      ? { usd: '0.01', partBytes: 140, unit: 'message parts', source: 'the scenario' }
      : null,
});

interface Case {
  readonly endpoints: readonly Endpoint[];
  readonly name?: string;
  readonly retries?: BilledRetries;
  /** How the first two attempts of a push go. */
  readonly handler?: readonly StepOptions[];
  readonly region?: string;
}

/** A topic whose links go to webhooks that stand for endpoints of any kind. */
function topic(options: Case): PushRig {
  const { endpoints, name = 'topic', retries = 'http', handler = [], region } = options;
  const isFifo = name.endsWith('.fifo');
  const prices = SNS_PRICES;
  const links = endpoints.map((one, i) => ({ name: `s${i}`, endpoint: one }));
  const meters = prices.metersOf({ name, hasGroups: false, settings: {}, links });
  const metered = { name, region: region ?? 'us-east-1', prices, meters };
  const rig = new PushRig({ metered, subscribers: endpoints.map((one) => one.subscribers) });
  endpoints.forEach((one, link) => {
    const target = TARGET + link;
    const http = { name: `t${link}`, concurrency: Infinity, queueLimit: 0, rateLimit: null };
    void new HttpService(rig.world, target, { ...http, handler });
    const source = { name: 't', settings: { subscribers: 1 }, assume: {} };
    rig.world.shared(Endpoints).set(target, externalHttp.endpoint!(source));
    const billed = billedOf(one, link, isFifo, retries);
    rig.link(target, billed === undefined ? {} : { billed });
  });
  buildNetwork(rig.world, NO_NETWORK);
  return rig;
}

function lines(rig: PushRig): string[] {
  const terms = { windowMicros: 3_600 * SECOND, monthMicros: 3_600 * SECOND, discount: 0 };
  return makeBill(rig.watch.meters.readings(), terms)
    .lines.filter(({ period }) => period === 'window')
    .map(({ item, quantity, unit, amountUsd }) => `${item}: ${quantity} ${unit} ${amountUsd}`);
}

describe('deliveries by protocol', () => {
  test('per 64 KiB over HTTP, by e-mail, to apps; nothing to queues and functions', () => {
    const protocols = ['http', 'email', 'application', 'sqs'] as const;
    const rig = topic({ endpoints: protocols.map((protocol) => endpoint(protocol)) });
    rig.publish(10, 65_536).publish(10, 65_537).finish(100);
    expect(lines(rig)).toEqual([
      'Deliveries (HTTP/S) to s0: 30 notifications 0.000018',
      'Deliveries (e-mail) to s1: 30 notifications 0.0006',
      'Deliveries (mobile push) to s2: 30 notifications 0.000015',
    ]);
    expect(
      lines(
        topic({ endpoints: [endpoint('lambda')] })
          .publish()
          .finish(9),
      ),
    ).toEqual([]);
    const firehose = topic({ endpoints: [endpoint('firehose')], region: 'sa-east-1' });
    expect(lines(firehose.publish(1_000).finish(9))).toEqual([
      'Deliveries (Firehose) to s0: 1000 notifications 0.000348',
    ]);
  });

  test('as often as there are subscribers', () => {
    const rig = topic({ endpoints: [endpoint('email', 50_000)] })
      .publish(2)
      .finish(9);
    expect(lines(rig)).toEqual(['Deliveries (e-mail) to s0: 100000 notifications 2']);
  });

  test('SMS by part of 140 bytes at the price that its endpoint assumes, each link for itself', () => {
    const cheap = endpoint('sms', 10);
    const dear = { ...cheap, subscribers: 1, price: { ...cheap.price!, usd: '0.5' } };
    const rig = topic({ endpoints: [cheap, dear] })
      .publish(1, 280)
      .publish(1, 281)
      .finish(9);
    expect(lines(rig)).toEqual([
      'Deliveries (SMS) to s0: 50 message parts 0.5',
      'Deliveries (SMS) to s1: 5 message parts 2.5',
    ]);
  });
});

test.each([
  ['http', 'http', 4],
  ['http', 'none', 0],
  ['email', 'http', 0],
  ['email', 'all', 4],
] as const)('an attempt that fails: %s, billed %s', (protocol, retries, count) => {
  const handler = [{ ...fail(1), status: 500 }];
  const rig = topic({ endpoints: [endpoint(protocol)], retries, handler })
    .publish()
    .finish(99);
  expect(rig.link0().attempts).toBe(4);
  const counted = rig.watch.meters.readings().reduce((sum, { quantity }) => sum + quantity, 0n);
  expect(counted).toBe(BigInt(count));
});

test('a publish costs by started 64 KiB, and what body filters look at by the GB', () => {
  const rig = topic({ endpoints: [endpoint('sqs')] });
  for (const bytes of [1, 65_536, 65_537, 262_144]) meterPublished(rig.watch, PUSHER, false, bytes);
  meterScanned(rig.watch, PUSHER, 0, 1_073_741_824);
  expect(lines(rig)).toEqual([
    'Requests (publish): 8 requests 0.000004',
    'Payload filtering to s0: 1 GB 0.09',
  ]);
});

test('a FIFO topic: by message and by GB, in and out', () => {
  const rig = topic({ endpoints: [endpoint('sqs'), endpoint('sqs')], name: 'topic.fifo' });
  for (let i = 0; i < 1_024; i++) meterPublished(rig.watch, PUSHER, true, 131_072);
  rig.publish(1_024, 131_072).finish(9);
  expect(lines(rig)).toEqual([
    'Messages (publish, FIFO): 1024 messages 0.0003072',
    'Payload (publish, FIFO): 0.125 GB 0.002125',
    'Messages (FIFO) to s0: 1024 messages 0.00001024',
    'Payload (FIFO) to s0: 0.125 GB 0.000125',
    'Messages (FIFO) to s1: 1024 messages 0.00001024',
    'Payload (FIFO) to s1: 0.125 GB 0.000125',
  ]);
});

test('what a subscription costs is told of it alone', () => {
  const rig = topic({ endpoints: [endpoint('http'), endpoint('email', 3), endpoint('sqs')] });
  rig.publish(10).finish(100);
  const terms = { windowMicros: 3_600 * SECOND, monthMicros: 3_600 * SECOND, discount: 0 };
  const costs = new LinkCosts(rig.watch.meters.readings(), terms);
  expect([0, 1, 2].map((link) => costs.of('topic', link))).toEqual(['0.000006', '0.0006', '0']);
});

test('every price has a figure in every region', () => {
  const links = (['http', 'email', 'application', 'firehose', 'sqs'] as const).map((protocol) => ({
    name: protocol,
    endpoint: endpoint(protocol),
  }));
  for (const name of ['topic', 'topic.fifo'])
    for (const { price } of SNS_PRICES.metersOf({ name, hasGroups: false, settings: {}, links }))
      for (const region of SNS_PRICES.regions)
        expect(SNS_PRICES.find(region, price), `${price} in ${region}`).toBeDefined();
});
