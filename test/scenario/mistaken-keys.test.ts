// What a key gets that stands where it should not (docs/scenario.md): one message at the place where it was
// written, with what is allowed there, and the nearest spelling.

import { describe, expect, test } from 'vitest';
import { basicWith, lines } from './fixtures/files.js';

/** [what is in BASIC, what stands there instead, the one line that it gets, up to where it is cut]. */
type Case = readonly [from: string, to: string, line: string];

const KEYS: readonly Case[] = [
  [
    'visibilityTimeout: 30s',
    'visibilityTimout: 30s',
    '10:5: error unknown-key: unknown key visibilityTimout; allowed: type, visibilityTimeout',
  ],
  [
    'send: orders',
    'publish: orders',
    '4:5: error unknown-key: unknown key publish; allowed: send, write, read, rate',
  ],
  ['send: orders', 'queueUrl: orders', '4:5: error unknown-key: unknown key queueUrl'],
  ['send: orders', 'to: orders', '4:5: error unknown-key: unknown key to;'],
  ['minSize: 2', 'minSise: 2', '16:5: error unknown-key: unknown key minSise'],
  ['consumes:', 'polls:', '19:5: error unknown-key: unknown key polls'],
  [
    'deadLetterTarget:',
    'deadLetterTargetArn:',
    '11:22: error unknown-key: unknown key deadLetterTargetArn',
  ],
  [
    'fail: 0.5%',
    'fial: 0.5%',
    '20:49: error unknown-key: unknown key fial; allowed: work, send, fail, crash, call, write, read, once, chance',
  ],
  ['p50: 80ms, p99', 'p50: 80ms, p9', '20:35: error unknown-key: unknown key p9;'],
  [
    'crash: 30%',
    'kill: 30%',
    '21:35: error unknown-key: unknown key kill; allowed: at, every, on, for, api, crash, inte',
  ],
  [
    'duplicateOnReceive',
    'duplicatesOnReceive',
    '12:15: error unknown-key: unknown key duplicatesOnReceive; allowed: apiLatency, duplicateOnReceive; near',
  ],
  ['name: Basic', 'name: Basic\ntitle: x', '2:1: error unknown-key: unknown key title;'],
  [
    'visibilityTimeout: 30s',
    'tags: { a: b }',
    '10:5: error no-effect: tags would have no effect: tags change no behaviour',
  ],
  [
    'visibilityTimeout: 30s',
    'queueName: x',
    '10:5: error no-effect: queueName would have no effect',
  ],
];

const NOT_MODELLED: readonly Case[] = [
  [
    'send: orders',
    'call: orders',
    '4:5: error not-modelled: call is not modelled yet (docs/reference/not-modelled.md)',
  ],
  [
    'size: {',
    'explicitHashKey: even\n    size: {',
    '6:5: error not-modelled: explicitHashKey is not modelled yet',
  ],
  [
    'burst: 100',
    'for: 1h, daily: { low: 1/s, high: 2/s, peakAt: 12h }',
    '5:93: error not-modelled: daily is not modelled yet',
  ],
  ['fail: 0.5%', 'await: workers', '20:49: error not-modelled: await is not modelled yet'],
  ['fail: 0.5%', '{ fail: 1%, size: 1KiB }', '20:61: error choice: size beside fail'],
  [
    'type: sqs.queue, messageRetentionPeriod: 14d',
    'type: kinesis.stream',
    '13:23: error not-modelled: kinesis.stream is not modelled yet',
  ],
  [
    'visibilityTimeout: 30s',
    'kmsMasterKeyId: x',
    '10:5: error not-modelled: kmsMasterKeyId is not modelled yet (docs/components/test.md)',
  ],
  [
    'minSize: 2',
    'minSize: 2\n    serves: { concurrency: 1 }',
    '17:5: error not-modelled: serves is not modelled yet',
  ],
  [
    'minSize: 2',
    'minSize: 2\n    warmPool: {}',
    '17:5: error not-modelled: warmPool is not modelled yet (docs/components/test.md)',
  ],
  [
    'concurrency: 8',
    'concurrency: 8, library: kcl3',
    '19:80: error not-modelled: library is not modelled yet',
  ],
  ['crash: 30%', 'pause: 30%', '21:35: error not-modelled: pause is not modelled yet'],
  [
    'on: workers, crash',
    'on: us-east-1a, crash',
    '21:45: error not-modelled: faults other than down on a zone',
  ],
  [
    'faults: [ {',
    'operations: [ { at: 1m, on: workers, set: { maxSize: 5 } } ]\nfaults: [ {',
    '21:29: error not-modelled: set on autoscaling.group is not modelled yet',
  ],
  [
    'name: Basic',
    'name: Basic\ncost: { freeTier: true }',
    '2:9: error not-modelled: freeTier is not modelled yet',
  ],
  [
    'name: Basic',
    'name: Basic\nassume: { cloudwatch: { betweenZones: 1ms } }',
    '2:25: error not-modelled: betweenZones is not modelled yet',
  ],
  [
    'name: Basic',
    'name: Basic\nwarmUp: auto',
    '2:9: error not-modelled: warmUp: auto is not modelled yet',
  ],
];

describe.each([
  ['keys', KEYS],
  ['not modelled', NOT_MODELLED],
] as const)('%s', (_, cases) => {
  test.each(cases)('%j → %j', (from, to, line) => {
    const found = lines(basicWith(from, to)).filter(
      (one) => !one.includes('error unknown-key: unknown key x;'),
    );
    const expected = line === '' ? [] : [`a.yaml:${line}`];
    expect(found.map((one, i) => one.slice(0, expected[i]?.length ?? Infinity))).toEqual(expected);
  });
});
