// A bus with rules: who gets what, and what becomes of what cannot be delivered.

import { describe, expect, test } from 'vitest';
import { DoublingSchedule, NO_RETRY } from '../../../src/components/delivery/schedules.js';
import { envelopeBytes } from '../../../src/components/eventbridge/envelope.js';
import { errorsIn } from '../../scenario/fixtures/real.js';
import { run, shop } from './rig.js';

const SECOND = 1_000_000;
const DEAD = 'deadLetterConfig: { target: dead }';

describe('rules', () => {
  test('an event goes to each target of each rule that matches, and to no other', () => {
    const { link, log, result } = run(`duration: 10s
traffic:
  shop: { send: events, rate: 1/s, arrivals: constant, detailType: placed }
  desk: { send: events, rate: 2/s, arrivals: constant, detailType: cancelled }
resources:
  events:
    type: eventbridge.bus
    rules:
      placed: { eventPattern: { detail-type: [ placed ] }, targets: { orders: {}, stock: {} } }
      all: { eventPattern: { source: [ { exists: true } ] }, targets: { audit: {} } }
      off: { eventPattern: { source: [ shop ] }, state: DISABLED, targets: { audit: {} } }
  orders: { type: sqs.queue }
  stock: { type: sqs.queue }
  audit: { type: sqs.queue }
`);
    expect(link('events', 0).delivered).toHaveLength(10);
    expect(link('events', 1).delivered).toHaveLength(10);
    expect(link('events', 0).filtered).toHaveLength(20);
    expect(link('events', 2).delivered).toHaveLength(30);
    expect(link('events', 3)).toMatchObject({ dispatched: [], filtered: [] });
    expect(log.unclaimedBy.size).toBe(0);
    expect(result.traffic['shop']).toMatchObject({ sent: 10, accepted: 10 });
  });

  test('what no rule is for is accepted, and claimed by nobody', () => {
    const { log, link, result } = run(shop({ rule: 'eventPattern: { source: [ other ] }' }));
    expect(link('events').filtered).toHaveLength(10);
    expect([...log.unclaimedBy.values()]).toEqual([10]);
    expect(result.traffic['shop']).toMatchObject({ accepted: 10 });
  });

  test('a FIFO queue gets a static message group, and no two events are duplicates', () => {
    const { result, link } = run(
      shop({
        target: 'orders.fifo: { sqsParameters: { messageGroupId: all } }',
        more: `  orders.fifo: { type: sqs.queue, contentBasedDeduplication: true }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders.fifo: { waitTimeSeconds: 20s, batchSize: 10 } }
    handler: []
`,
      }),
    );
    expect(link('events').delivered).toHaveLength(10);
    expect(result.ledger).toMatchObject({ owed: 10, processed: 10 });
  });
});

describe('retries', () => {
  test('185 of them come to 86,399 s', () => {
    const schedule = new DoublingSchedule(185);
    let sum = 0;
    for (let retry = 0; retry < 185; retry++) sum += schedule.delay(retry);
    expect(sum).toBe(86_399 * SECOND);
    expect(schedule.delay(185)).toBe(NO_RETRY);
  });

  test('a target that is down for longer has 186 attempts, then the event is lost', () => {
    const { link, result } = run(
      shop({
        head: 'duration: 1s\ndrain: 30h',
        more: 'faults: [ { at: 0s, on: orders, fail: 100% } ]\n',
      }),
    );
    const { attempts, lost, delivered } = link('events');
    expect(attempts).toHaveLength(186);
    expect(attempts.slice(0, 5)).toEqual([0, 1, 3, 7, 15]);
    expect(attempts.at(-1)).toBe(86_399);
    expect(lost).toEqual([{ at: 86_399, cause: 'deliveryExhausted' }]);
    expect(delivered).toEqual([]);
    expect(result.ledger).toMatchObject({ owed: 1, processed: 0 });
    expect(result.ledger.lost.deliveryExhausted).toBe(1);
  });

  test('an event that is too old goes to the dead-letter queue, however few attempts it had', () => {
    const { link } = run(
      shop({
        head: 'duration: 1s\ndrain: 30h',
        target: `orders: { ${DEAD}, retryPolicy: { maximumEventAgeInSeconds: 60 } }`,
        more: 'faults: [ { at: 0s, on: orders, fail: 100% } ]\n',
      }),
    );
    expect(link('events').attempts).toEqual([0, 1, 3, 7, 15, 31]);
    expect(link('events').diverted).toHaveLength(1);
  });

  test('a target that comes back gets what was kept for it', () => {
    const { link } = run(
      shop({
        head: 'duration: 10s\ndrain: 2h',
        more: 'faults: [ { at: 0s, for: 60s, on: orders, fail: 100% } ]\n',
      }),
    );
    expect(link('events').delivered).toHaveLength(10);
    expect(Math.min(...link('events').delivered)).toBeGreaterThan(60);
  });

  test('what is refused for good is tried once: dead letter, or lost', () => {
    const parts = {
      more: 'faults: [ { at: 0s, on: orders, fail: 100%, status: 403 } ]\n',
    };
    const lost = run(shop(parts)).link('events');
    expect(lost.attempts).toHaveLength(10);
    expect(lost.lost.map(({ cause }) => cause)).toEqual(Array(10).fill('deliveryRefused'));
    const kept = run(shop({ ...parts, target: `orders: { ${DEAD} }` })).link('events');
    expect(kept.attempts).toHaveLength(10);
    expect(kept.diverted).toHaveLength(10);
    expect(kept.lost).toEqual([]);
  });

  test('an API destination that does not answer within 5 s is tried again', () => {
    const { link } = run(
      shop({
        head: 'duration: 1s\ndrain: 1h',
        target: `partner: { ${DEAD}, retryPolicy: { maximumRetryAttempts: 2 } }`,
        more: '  partner: { type: external.http, handler: [ work: 10s ] }\n',
      }),
    );
    expect(link('events').attempts).toEqual([0, 6, 13]);
    expect(link('events').diverted).toEqual([18]);
  });
});

describe('quotas', () => {
  test('calls of PutEvents beyond the quota are refused, and tried again by the SDK', () => {
    const { result } = run(
      shop({
        traffic: 'phases: [ { burst: 30 } ], client: { retry: none }',
        head: 'duration: 10s\nquotas: { eventbridge: { putEventsPerSecond: 20 } }',
      }),
    );
    expect(result.traffic['shop']).toMatchObject({ accepted: 20, failed: 10 });
  });

  test('a batch of ten entries is one call', () => {
    const { result } = run(
      shop({
        traffic:
          'phases: [ { burst: 30 } ], client: { retry: none, batch: { size: 10, wait: 1s } }',
        head: 'duration: 10s\nquotas: { eventbridge: { putEventsPerSecond: 3 } }',
      }),
    );
    expect(result.traffic['shop']).toMatchObject({ accepted: 30, failed: 0 });
    expect(result.resources['events'].requests['PutEvents']).toBe(3);
  });

  test('invocations beyond the quota wait; none is lost', () => {
    const { link } = run(
      shop({
        traffic: 'phases: [ { burst: 100 } ]',
        head: 'duration: 10s\ndrain: 1h\nquotas: { eventbridge: { invocationsPerSecond: 10 } }',
      }),
    );
    const { attempts, delivered } = link('events');
    expect(delivered).toHaveLength(100);
    // A second's worth at once, the others evenly behind.
    expect(attempts.filter((at) => at === 0)).toHaveLength(10);
    expect(attempts.at(-1)).toBeCloseTo(9, 5);
    for (let i = 0; i + 11 < attempts.length; i++)
      expect(attempts[i + 11] - attempts[i]).toBeGreaterThanOrEqual(0.1);
  });

  test('an API destination gets 300 a second', () => {
    const { link } = run(
      shop({
        traffic: 'phases: [ { burst: 900 } ]',
        head: 'duration: 10s\ndrain: 1h',
        target: 'partner: {}',
        more: '  partner: { type: external.http, handler: [] }\n',
      }),
    );
    expect(link('events').attempts.at(-1)).toBeCloseTo(2, 2);
    expect(link('events').delivered).toHaveLength(900);
  });

  test('entries that are too large together are refused', () => {
    const { result, link } = run(
      shop({
        traffic: 'rate: 1/s, arrivals: constant, size: 300KiB, client: { retry: none }',
        bus: 'assume: { entriesSizeMax: 256KiB }',
      }),
    );
    expect(result.traffic['shop']).toMatchObject({ accepted: 0, failed: 10 });
    expect(link('events').dispatched).toEqual([]);
  });
});

describe('buses behind buses', () => {
  const chain = (first: string) => `duration: 10s
traffic: { shop: { send: first, rate: 1/s, arrivals: constant } }
resources:
  first: { type: eventbridge.bus, rules: { on: { eventPattern: { source: [ shop ] }, targets: { ${first} } } } }
  second:
    type: eventbridge.bus
    rules: { on: { eventPattern: { source: [ shop ] }, targets: { orders: {}, third: { ${DEAD} } } } }
  third: { type: eventbridge.bus, rules: { on: { eventPattern: { source: [ shop ] }, targets: { last: {} } } } }
  orders: { type: sqs.queue }
  last: { type: sqs.queue }
  dead: { type: sqs.queue }
`;

  test('an event is forwarded once: the third bus does not get it', () => {
    const { link } = run(chain('second: {}'));
    expect(link('first').delivered).toHaveLength(10);
    expect(link('second', 0).delivered).toHaveLength(10);
    expect(link('second', 1).attempts).toHaveLength(10);
    expect(link('second', 1).diverted).toHaveLength(10);
    expect(link('third').dispatched).toEqual([]);
  });

  test('what is sent to the second bus itself reaches the third', () => {
    const { link } = run(chain('orders: {}').replace('send: first', 'send: second'));
    expect(link('second', 1).delivered).toHaveLength(10);
    expect(link('third').delivered).toHaveLength(10);
  });
});

test('a bus of another region is a target, a queue there is not', () => {
  const text = (target: string): string =>
    `duration: 10s
assume: { network: { betweenRegions: 80ms } }
traffic: { shop: { send: here, rate: 1/s, arrivals: constant } }
resources:
  here:
    type: eventbridge.bus
    rules: { on: { eventPattern: { source: [ shop ] }, targets: { ${target}: {} } } }
  there:
    type: eventbridge.bus
    region: eu-west-1
    rules: { on: { eventPattern: { source: [ shop ] }, targets: { orders: {} } } }
  orders: { type: sqs.queue, region: eu-west-1 }
`;
  const { link } = run(text('there'));
  expect(link('here').attempts[0]).toBe(0);
  expect(link('there').dispatched[0]).toBe(0.04);
  expect(link('there').delivered).toHaveLength(10);
  expect(errorsIn(`name: Regions\n${text('orders')}`).join()).toContain(
    'a target lies in the region of its rule',
  );
});

describe('the bill', () => {
  test('each entry is billed by chunks of 64 KiB, also in a batch', () => {
    const { metered } = run(
      shop({
        traffic: 'phases: [ { burst: 5 } ], size: 65537B, client: { batch: { size: 5, wait: 1s } }',
      }),
    );
    expect(metered('events', 0)).toBe(10);
  });

  test('calls of API destinations are billed, each attempt', () => {
    const { result } = run(
      shop({
        head: 'duration: 10s\ndrain: 1h',
        target: 'partner: { retryPolicy: { maximumRetryAttempts: 1 } }',
        more: `  partner: { type: external.http, handler: [] }
faults: [ { at: 0s, on: partner, fail: 100% } ]
`,
      }),
    );
    const lines = result.cost.lines.filter(({ period }) => period === 'window');
    expect(lines.map(({ item, quantity }) => [item, quantity])).toContainEqual([
      'Invocations (API destinations)',
      20,
    ]);
  });

  test("what AWS's own services publish is free, and no call of PutEvents", () => {
    const { result, metered, link } = run(`duration: 10s
quotas: { eventbridge: { putEventsPerSecond: 1 } }
traffic:
  groups:
    send: default
    phases: [ { burst: 10 } ]
    source: aws.autoscaling
    detailType: EC2 Instance Launch Successful
resources:
  default:
    type: eventbridge.bus
    rules: { on: { eventPattern: { source: [ aws.autoscaling ] }, targets: { log: {} } } }
  log: { type: sqs.queue }
`);
    expect(link('default').delivered).toHaveLength(10);
    expect(metered('default', 0)).toBe(0);
    expect(result.resources['default'].requests['PutEvents'] ?? 0).toBe(0);
  });
});

test('the envelope is the JSON around the detail', () => {
  const { length } =
    '{"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":"","source":"",' +
    '"account":"111122223333","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":}';
  expect(envelopeBytes('us-east-1')).toBe(length);
});
