// What messages of a step say in their bodies, and around events: as the message in hand, unless the step says more.

import { describe, expect, test } from 'vitest';
import { loadScenario, simulate } from '../../src/index.js';
import { errorsIn } from './fixtures/real.js';

interface Chain {
  /** What the first fleet's step says beside `send`. */
  readonly said?: string;
  /** What the body filter of the topic in between asks for. */
  readonly filter?: string;
  readonly traffic?: string;
}

/** Orders → workers → topic → jobs. */
function chain({ said = '', filter = '{ kind: [ gift ] }', traffic = '' }: Chain): string {
  return `name: Chain
duration: 100s
profile: ideal
traffic: { shoppers: { send: orders, rate: 1/s, arrivals: constant, size: 2KiB${traffic} } }
resources:
  orders: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s } }
    handler: [ { send: news${said} } ]
  news:
    type: sns.topic
    subscriptions: { jobs: { filterPolicyScope: MessageBody, filterPolicy: ${filter} } }
  jobs: { type: sqs.queue }
  readers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: []
`;
}

const owed = (text: string, consumer = 'readers'): number =>
  simulate(loadScenario('a.yaml', { read: () => text })).consumers[consumer].ledger.owed;

const BODY = ', body: { kind: gift, order: { amount: 5 } }';

describe('the body of a child', () => {
  test("is the parent's unless the step says one", () => {
    expect(owed(chain({ traffic: BODY }))).toBe(100);
    expect(owed(chain({ traffic: BODY, said: ', key: vip' }))).toBe(100);
    expect(owed(chain({ traffic: ', body: { kind: own }' }))).toBe(0);
  });

  test('is what the step says, as a whole', () => {
    const said = ', body: { kind: gift }';
    expect(owed(chain({ said }))).toBe(100);
    expect(owed(chain({ said, traffic: ', body: { kind: own }' }))).toBe(100);
    const filter = '{ order: { amount: [ 5 ] } }';
    expect(owed(chain({ traffic: BODY, filter }))).toBe(100);
    expect(owed(chain({ traffic: BODY, filter, said }))).toBe(0);
  });

  test('is drawn for each child of its own', () => {
    const said = ', body: { kind: { oneOf: { gift: 50%, own: 50% } } }';
    const some = owed(chain({ said }));
    expect(some).toBeGreaterThan(25);
    expect(some).toBeLessThan(75);
  });

  test('has its mistakes where they stand', () => {
    expect(errorsIn(chain({ said: ', body: { kind: [[1]] }' }))).toEqual([
      expect.stringMatching(/^wrong-kind: kind\[0\] is a list/) as string,
    ]);
  });
});

describe('around the event of a child', () => {
  const bus = (said: string, pattern: string, more = ''): string => `name: Chain
duration: 100s
profile: ideal
traffic: { shoppers: { send: orders, rate: 1/s, arrivals: constant } }
resources:
  orders: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s } }
    handler: [ { send: events${said} } ]
  events: { type: eventbridge.bus, rules: { all: { eventPattern: ${pattern}, targets: { jobs: {} } } } }
  jobs: { type: sqs.queue }
  readers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: []
${more}`;

  test("stands what the step says, else the program's name", () => {
    const said = ', source: shop, detailType: OrderPaid';
    expect(owed(bus(said, '{ source: [ shop ], detail-type: [ OrderPaid ] }'))).toBe(100);
    expect(owed(bus(', source: shop', '{ source: [ shop ], detail-type: [ workers ] }'))).toBe(100);
    expect(owed(bus('', '{ source: [ workers ] }'))).toBe(100);
    expect(owed(bus(said, '{ source: [ workers ] }'))).toBe(0);
  });

  test('stands nothing of what its parent was as an event', () => {
    // readers → again: a bus whose events come of events.
    const again = (said: string): string =>
      bus(', source: shop', '{ source: [ shop ] }')
        .replace('    handler: []\n', `    handler: [ { send: more${said} } ]\n`)
        .concat(
          '  more: { type: eventbridge.bus, rules: { all: { eventPattern: { source: [ readers ] }, ' +
            'targets: { last: {} } } } }\n  last: { type: sqs.queue }\n',
        );
    // What lies in `last` is owed to nobody.
    const inLast = (said: string): number =>
      simulate(loadScenario('a.yaml', { read: () => again(said) })).unowed;
    expect(inLast('')).toBe(100);
    expect(inLast(', key: vip')).toBe(100);
    expect(inLast(', source: x')).toBe(0);
  });

  test('nor of what an earlier step of the same program said of it', () => {
    const loop = bus('', '{ source: [ shop ] }')
      .replace('consumes: { orders: {', 'consumes: { jobs: { waitTimeSeconds: 20s }, orders: {')
      .replace(
        'consumes: { jobs: { waitTimeSeconds: 20s } }',
        'consumes: { last: { waitTimeSeconds: 20s } }',
      )
      .replace(
        '[ { send: events } ]',
        '[ { send: events, source: shop, when: { source: [ shoppers ] } }, ' +
          '{ send: more, when: { source: [ workers ] } } ]',
      )
      .concat(
        '  more: { type: eventbridge.bus, rules: { all: { eventPattern: { source: [ workers ] }, ' +
          'targets: { last: {} } } } }\n  last: { type: sqs.queue }\n',
      );
    expect(owed(loop)).toBe(100);
  });

  test('nothing stands around what goes to a queue', () => {
    const text = bus('', '{ source: [ workers ] }').replace(
      'handler: []',
      'handler: [ { send: orders, source: shop } ]',
    );
    expect(errorsIn(text)).toEqual([
      expect.stringMatching(/source would have no effect: orders is no event bus/) as string,
    ]);
  });

  test("not under the name of AWS's services on a bus of one's own", () => {
    expect(errorsIn(bus(', source: aws.s3', '{ source: [ aws.s3 ] }'))).toEqual([
      expect.stringMatching(/NotAuthorizedForSource/) as string,
    ]);
  });
});
