// What each mistake gets (docs/scenario.md): one message at the place where it was written, with what was
// found, what is allowed, and the nearest spelling.

import { describe, expect, test } from 'vitest';
import { BASIC, basicWith, findingsOf, lines } from './fixtures/files.js';

/** [what is in BASIC, what stands there instead, the one line that it gets, up to where it is cut]. */
type Case = readonly [from: string, to: string, line: string];

const VALUES: readonly Case[] = [
  ['visibilityTimeout: 30s', 'visibilityTimeout: 30', ''],
  [
    'visibilityTimeout: 30s',
    'visibilityTimeout: 13h',
    '10:24: error out-of-range: visibilityTimeout is 13h; allowed: 0s..12h; nearest: 12h; AWS answers Invalid',
  ],
  [
    'visibilityTimeout: 30s',
    'visibilityTimeout: 30sec',
    '10:24: error wrong-unit: visibilityTimeout is 30sec; allowed: a time with its unit',
  ],
  [
    'visibilityTimeout: 30s',
    'visibilityTimeout: 1500ms',
    '10:24: error not-whole: visibilityTimeout is 1500ms; allowed: a whole number of s',
  ],
  [
    'visibilityTimeout: 30s',
    'visibilityTimeout: []',
    '10:24: error wrong-kind: visibilityTimeout is a list',
  ],
  [
    'rate: 50/s }',
    'rate: 50 }',
    '5:33: error wrong-unit: rate is 50; allowed: a rate with its unit, such as 50/s, 12/m or 30/d; nearest: 50/s',
  ],
  [
    'batchSize: 10',
    'batchSize: 11',
    '19:38: error out-of-range: batchSize is 11; allowed: a whole number 1..10; nearest: 10; AWS answers Read',
  ],
  ['maxReceiveCount: 5', 'maxReceiveCount: 2.5', '11:69: error not-whole: maxReceiveCount is 2.5'],
  [
    'minSize: 2',
    'minSize: two',
    '16:14: error wrong-kind: minSize is two; allowed: a whole number 0..10000',
  ],
  [
    'fail: 0.5%',
    'fail: 0.005',
    '20:55: error wrong-unit: fail is 0.005; allowed: a share with its sign, such as 0.5%; nearest: 0.5%',
  ],
  [
    'fail: 0.5%',
    'fail: 150%',
    '20:55: error out-of-range: fail is 150%; allowed: 0%..100%; nearest: 100%',
  ],
  [
    'p50: 2KiB',
    'p50: 2kb',
    '6:18: error wrong-unit: p50 is 2kb; allowed: a size with its unit, such as 200B, 64KiB or 1MiB; nearest: 2KB',
  ],
  [
    'name: Basic',
    'name: Basic\nprofile: idael',
    '2:10: error choice: profile is idael; allowed: ideal | typical | adversarial; nearest: ideal',
  ],
  ['name: Basic', 'name: Basic\nregion: us-est-1', '2:9: error choice: region is us-est-1;'],
  [
    'name: Basic',
    'name: Basic\nstart: 2026-02-30T00:00Z',
    '2:8: error out-of-range: start is 2026-02-30T00:00Z;',
  ],
  ['name: Basic', 'name: [x]', '1:7: error wrong-kind: name is a list; allowed: a text'],
  ['traffic:\n', 'traffic: []\nx:\n', '2:10: error wrong-kind: traffic is a list'],
  ['crash: 30%', 'crash: 0', '21:42: error out-of-range: crash is 0;'],
  ['crash: 30%', 'slow: 5', '21:41: error wrong-unit: slow is 5,'],
];

const CHOICES: readonly Case[] = [
  [
    '    send: orders\n',
    '',
    '3:3: error choice: none of send, write, read; allowed: exactly one of send',
  ],
  [
    'send: orders',
    'send: orders\n    rate: 5/s',
    '6:5: error choice: rate and phases together; allowed: exactly one of rate | phases | replay',
  ],
  [
    'fail: 0.5%',
    '{ work: 1s, fail: 1% }',
    '20:61: error choice: work and fail together; allowed: exactly one of work | send | fail | crash',
  ],
  ['fail: 0.5%', '{}', '20:49: error choice: none of work, send, fail'],
  [', crash: 30%', '', '21:11: error choice: none of crash, inte'],
  [
    'burst: 100',
    'burst: 100, for: 1m',
    '5:96: error choice: for beside burst; allowed: a burst takes no time: { burst }',
  ],
  ['for: 2m, rate', 'rate', '5:41: error missing: the phase does not say how long: for is missing'],
  [
    'type: autoscaling.group',
    '',
    '14:3: error missing: workers has no type; allowed: sqs.queue, autoscaling.group',
  ],
  [
    'type: autoscaling.group',
    'typ: autoscaling.group',
    '15:5: error unknown-key: workers has no type; allowed: sqs.queue, autoscaling.group; nearest: type',
  ],
  ['    maxSize: 40\n', '', '14:3: error missing: maxSize is missing'],
  ['deadLetterTarget: orders-dlq, ', '', '11:5: error missing: deadLetterTarget is missing'],
  ['name: Basic\n', '', '1:1: error missing: name is missing'],
  [
    'send: orders',
    'send: orders\n    client: { batch: { size: 10, wait: 2h } }',
    '5:40: error out-of-range: wait is 2h; allowed: 0s..1h',
  ],
  [
    'type: autoscaling.group',
    'type: asg',
    '15:11: error unknown-type: no type is called asg; allowed: sqs.queue, autoscaling.group; nearest: auto',
  ],
  [
    'type: sqs.queue\n',
    'type: sqs.queu\n',
    '9:11: error unknown-type: no type is called sqs.queu; allowed: sqs.queue, autoscaling.group; nearest: sqs.queue',
  ],
];

const NAMES: readonly Case[] = [
  [
    'send: orders',
    'send: oders',
    '4:11: error unknown-name: nothing is called oders; allowed: orders, orders-dlq; nearest: orders',
  ],
  [
    'send: orders',
    'send: workers',
    '4:11: error wrong-kind: workers is of type autoscaling.group, not sqs.queue; allowed: orders, orders-dlq',
  ],
  ['send: orders', 'send: shoppers', '4:11: error wrong-kind: shoppers is traffic, not sqs.queue'],
  [
    'send: orders',
    'send: "arn:aws:sqs:us-east-1:123456789012:orders"',
    '4:11: error wrong-kind: send is arn:aws:sqs:us-east-1:123456789012:orders;',
  ],
  [
    '{ orders: { batchSize',
    '{ ordres: { batchSize',
    '19:17: error unknown-name: nothing is called ordres; allowed: orders, orders-dlq; nearest: orders',
  ],
  [
    'deadLetterTarget: orders-dlq',
    'deadLetterTarget: orders-dql',
    '11:40: error unknown-name: nothing is called orders-dql; allowed: orders, orders-dlq; nearest: orders-dlq',
  ],
  [
    'on: workers',
    'on: orders',
    '21:26: error wrong-kind: orders is of type sqs.queue, not autoscaling.group; allowed: workers',
  ],
  [
    'on: workers',
    'on: wrokers',
    '21:26: error unknown-name: nothing is called wrokers; allowed: workers; nearest: workers',
  ],
  [
    '  workers:',
    '  my queue: { type: sqs.queue }\n  workers:',
    '14:3: error wrong-kind: my queue is not a name;',
  ],
  [
    '  workers:',
    '  eu-west-1: { type: sqs.queue }\n  workers:',
    '14:3: error wrong-kind: the name eu-west-1 looks like a region; allowed: another name',
  ],
  [
    '  shoppers:',
    '  workers:',
    '14:3: error duplicate-key: workers is the name of traffic already; allowed: another name',
  ],
  [
    '  shoppers:',
    '  shoppers.fifo:',
    '3:3: error wrong-kind: only FIFO queues and topics end in .fifo; allowed: another name; nearest: shoppers',
  ],
  ['lost == 0', 'lsot == 0', '23:5: error unknown-measure: no measure is called lsot'],
  [
    'lost == 0',
    'latency(shopers).p99 < 30s',
    '23:13: error unknown-name: nothing is called shopers',
  ],
  [
    'expect:\n',
    'allow: [nobody-sends(orderz)]\nexpect:\n',
    '22:9: error unknown-name: nothing is called orderz',
  ],
  [
    'expect:\n',
    'allow: [nobody-sends(orders)]\nexpect:\n',
    '22:9: error unused-allow: nobody-sends(orders) allows nothing',
  ],
  [
    'expect:\n',
    'allow: [Nobody sends]\nexpect:\n',
    '22:9: error wrong-kind: allow[0] is Nobody sends; allowed: code(name), such as',
  ],
];

const TIMES: readonly Case[] = [
  [
    'at: 12m',
    'at: 72m',
    '21:17: error never-happens: at is 72m; allowed: before the run ends at the latest (72m)',
  ],
  [
    'name: Basic',
    'name: Basic\nduration: 11m',
    '6:41: error never-happens: phase 2 ends at 12m; allowed: up to duration (11m)',
  ],
  [
    'name: Basic',
    'name: Basic\nwarmUp: 2h',
    '2:9: error never-happens: statistics would skip everything up to 2h',
  ],
  [
    'name: Basic',
    'name: Basic\nseed: null',
    '2:1: error never-happens: seed: null removes nothing',
  ],
  ['{ for: 10m, rate: 50/s }', '{ for: 0s, rate: 50/s }', '5:22: error out-of-range: for is 0s'],
];

describe.each([
  ['values', VALUES],
  ['choices', CHOICES],
  ['names', NAMES],
  ['times', TIMES],
] as const)('%s', (_, cases) => {
  test.each(cases)('%j → %j', (from, to, line) => {
    const found = lines(basicWith(from, to)).filter(
      (one) => !one.includes('error unknown-key: unknown key x;'),
    );
    const expected = line === '' ? [] : [`a.yaml:${line}`];
    expect(found.map((one, i) => one.slice(0, expected[i]?.length ?? Infinity))).toEqual(expected);
  });
});

test('the basic scenario is fine', () => {
  expect(findingsOf(BASIC)).toEqual([]);
});

test('all findings at once, in the order of the text', () => {
  const text = basicWith('visibilityTimeout: 30s', 'visibilityTimeout: 30x')
    .replace('send: orders', 'send: oders')
    .replace('maxSize: 40', 'maxsize: 40')
    .replace('crash: 30%', 'crsh: 30%')
    .replace('lost == 0', 'lsot == 0');
  expect(findingsOf(text).map(({ code, line }) => `${line} ${code}`)).toEqual([
    '4 unknown-name',
    '10 wrong-unit',
    '17 unknown-key',
    '21 unknown-key',
    '23 unknown-measure',
  ]);
});

test('what only follows from a reported mistake is not reported', () => {
  const text = basicWith('type: sqs.queue\n', 'type: sqs.queu\n').replace(
    'lost == 0',
    'eventually depth(orders) == 0',
  );
  expect(lines(text)).toHaveLength(1);
});

test('short polls without pause and latency never let time pass', () => {
  const text = `profile: ideal\n${basicWith('waitTimeSeconds: 20s', 'waitTimeSeconds: 0s')}`;
  expect(lines(text)).toEqual([
    expect.stringContaining('20:17: error endless-poll: short polls of orders without pause'),
  ]);
  expect(lines(text.replace('concurrency: 8', 'idleTimeBetweenReads: 1s'))).toEqual([]);
  expect(lines(basicWith('waitTimeSeconds: 20s', 'waitTimeSeconds: 0s'))).toEqual([]);
});

test('findings carry everything for machines', () => {
  expect(findingsOf(basicWith('visibilityTimeout: 30s', 'visibilityTimeout: 13h'))).toEqual([
    {
      severity: 'error',
      code: 'out-of-range',
      file: 'a.yaml',
      line: 10,
      column: 24,
      path: 'resources.orders.visibilityTimeout',
      found: '13h',
      allowed: '0s..12h',
      nearest: '12h',
      awsError: 'InvalidAttributeValue',
      message:
        'visibilityTimeout is 13h; allowed: 0s..12h; nearest: 12h; AWS answers InvalidAttributeValue',
    },
  ]);
});
