// What a scenario may say about programs and services outside AWS, and what each mistake gets.

import { expect, test } from 'vitest';
import { lineOfFinding, ScenarioError } from '../../../src/scenario/findings.js';
import { loadScenario } from '../../../src/scenario/load.js';

const TEXT = `name: Mails
duration: 1h
traffic:
  shop: { send: mails, rate: 1/s }
resources:
  mails: { type: sqs.queue, visibilityTimeout: 2m }
  mails.fifo: { type: sqs.queue, visibilityTimeout: 2m }
  senders:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: t4g.small
    client: { timeout: 9s }
    consumes:
      mails: { waitTimeSeconds: 20s, onFailure: { visibilityTimeout: 0s } }
    handler:
      - work: 5ms
      - call: mailer
  mailer: { type: external.http, serves: { rateLimit: 10/s }, handler: [ work: 90ms ] }
`;

function errorsOf(text: string): string[] {
  try {
    loadScenario('a.yaml', { read: () => text });
    return [];
  } catch (error) {
    if (error instanceof ScenarioError)
      return error.findings.map(lineOfFinding).filter((line) => line.includes(' error '));
    throw error;
  }
}

test('the base is free of errors', () => expect(errorsOf(TEXT)).toEqual([]));

test.each<[from: string, to: string]>([
  ['20s, onFailure', '20s, heartbeat: { every: 10s, visibilityTimeout: 60s }, onFailure'],
  [
    '20s, onFailure',
    '20s, heartbeat: { every: 10s, visibilityTimeout: [30s, 1m, 120] }, onFailure',
  ],
  ['      mails: {', '      mails.fifo: { receiveRequestAttemptId: true,'],
  ['mails: { waitTimeSeconds: 20s, onFailure: {', 'mails.fifo: { onFailure: { group: goOn,'],
  ['- work: 5ms', '- once: memory'],
  ['- work: 5ms', '- { once: memory, by: key, for: 1h, atMost: 500 }'],
  ['- call: mailer', '- { call: mailer, count: 3, onError: ignore }'],
  ['- call: mailer', '- { call: mailer, client: { timeout: 2s, retry: { maxAttempts: 2 } } }'],
  [
    '- call: mailer',
    '- { call: mailer, when: { kind: [placed, { prefix: re }], source: [shop] } }',
  ],
  ['- call: mailer', '- { call: mailer, when: { amount: [{ numeric: [">", 5, "<=", 9] }] } }'],
  [
    '- call: mailer',
    '- { fail: 1%, when: { key: [{ anything-but: [a, b] }], x: [{ exists: false }] } }',
  ],
  ['- work: 5ms', '- { work: 5ms, when: { kind: [true], order: { tier: [gold, null] } } }'],
  [
    '- work: 5ms',
    '- { work: 5ms, when: { $or: [ { ip: [{ cidr: 10.0.0.0/8 }] }, { a: [{ wildcard: "x*y" }] } ] } }',
  ],
  ['- work: 5ms', '- { send: mails, count: 3, onError: ignore, chance: 10%, per: message }'],
  [
    '- work: 5ms',
    '- { send: mails, key: { of: 10 }, attributes: { step: mail }, size: 2KiB, delaySeconds: 5s, ' +
      'messageGroupId: step, client: { timeout: 1s, batch: { size: 10, wait: 1s } } }',
  ],
  ['[ work: 90ms ]', '[ work: 90ms, send: mails ]'],
  ['rateLimit: 10/s', 'concurrency: 5, queueLimit: 100'],
  ['[ work: 90ms ]', '[ work: 90ms, { fail: 1%, status: 429, per: message } ]'],
  ['name: Mails', 'name: Mails\nassume: { network: { client: 5ms } }'],
])('%s → %s is fine', (from, to) => {
  const text = TEXT.replace(from, to);
  expect(text).not.toBe(TEXT);
  expect(errorsOf(text)).toEqual([]);
});

test.each<[from: string, to: string, line: string]>([
  // heartbeat
  [
    '20s, onFailure',
    '20s, heartbeat: { every: 10s }, onFailure',
    'error missing: visibilityTimeout',
  ],
  [
    '20s, onFailure',
    '20s, heartbeat: { every: 10s, visibilityTimeout: [30s, 10s] }, onFailure',
    'error out-of-range: the next is asked for before this one has begun; allowed: longer than every (10s)',
  ],
  [
    '20s, onFailure',
    '20s, heartbeat: { every: 10s, visibilityTimeout: 13h }, onFailure',
    'AWS answers InvalidParameterValue',
  ],
  [
    '20s, onFailure',
    '20s, visibilityTimeout: 1m, heartbeat: { every: 10s, visibilityTimeout: [30s] }, onFailure',
    'error choice: visibilityTimeout beside a list of them',
  ],
  [
    '20s, onFailure: { visibilityTimeout: 0s }',
    '20s, deletes: onReceipt, heartbeat: { every: 10s, visibilityTimeout: 30s }',
    'error no-effect: heartbeat has no effect with deletes: onReceipt',
  ],
  // onFailure, attempt ids
  [
    '0s }',
    '0s }, deletes: onReceipt',
    'error no-effect: onFailure.visibilityTimeout has no effect',
  ],
  ['visibilityTimeout: 0s', 'visibilityTimeout: 13h', 'error out-of-range'],
  ['0s }', '0s, group: goOn }', 'error no-effect: group would have no effect'],
  ['0s }', '0s, group: all }', 'error choice: group is all; allowed: stop | goOn'],
  ['0s }', '0s }, receiveRequestAttemptId: true', 'error aws-refuses: receiveRequestAttemptId'],
  // steps
  [
    'call: mailer',
    'call: mails',
    'error wrong-kind: mails is of type sqs.queue, not lambda.function or external.http',
  ],
  ['call: mailer', 'call: mailr', 'nearest: mailer'],
  ['- work: 5ms', '- once: seen', 'error not-modelled: once: seen: a table that remembers'],
  ['- work: 5ms', '- once: memory\n      - once: memory', 'a second once in one handler'],
  ['- work: 5ms', '- { work: 5ms, status: 500 }', 'error choice: status beside work'],
  ['- work: 5ms', '- { fail: 5%, status: 500 }', 'error no-effect: status would have no effect'],
  ['- work: 5ms', '- { work: 5ms, onError: ignore }', 'error choice: onError beside work'],
  ['- work: 5ms', '- { once: memory, count: 2 }', 'error choice: count beside once'],
  ['- work: 5ms', '- { once: memory, atMost: 0 }', 'error out-of-range: atMost is 0'],
  ['- work: 5ms', '- { work: 5ms, when: { kind: placed } }', 'nearest: [placed]'],
  [
    '- work: 5ms',
    '- { work: 5ms, when: { kind: [{ cidr: 10.0.0.0 }] } }',
    "error wrong-kind: Malformed CIDR, one '/' required",
  ],
  ['- work: 5ms', '- { work: 5ms, when: { kind: [{ prefx: a }] } }', 'error wrong-kind'],
  [
    '- work: 5ms',
    '- { work: 5ms, when: { kind: [{ numeric: [">"] }] } }',
    'Value of > must be numeric',
  ],
  ['- work: 5ms', '- { work: 5ms, when: { kind: [[a]] } }', 'error wrong-kind'],
  ['- work: 5ms', '- { work: 5ms, when: {} }', 'an empty pattern'],
  ['- work: 5ms', '- { client: { timeout: 1s } }', 'error choice: none of work'],
  // send
  ['- work: 5ms', '- { send: mailer }', 'error wrong-kind: mailer is of type external.http'],
  [
    '- work: 5ms',
    '- { send: mails, size: 2MiB }',
    'error out-of-range: larger than SQS takes, and a step has no claim check',
  ],
  [
    '- work: 5ms',
    '- { send: mails, messageDeduplicationId: key }',
    'not valid for this queue type',
  ],
  ['- work: 5ms', '- { send: mails, attributes: { source: a } }', 'source is a word of its own'],
  ['- work: 5ms', '- { send: mails, messageGroupId: key, key: "a b" }', 'an id would be'],
  ['- work: 5ms', '- { send: mails, body: { a: [[1]] } }', 'a list of texts, numbers'],
  ['- work: 5ms', '- { send: mails, source: shop }', 'mails is no event bus'],
  ['- work: 5ms', '- { crash: 1%, body: { a: 1 } }', 'body beside crash'],
  ['- work: 5ms', '- { send: mails, status: 500 }', 'error choice: status beside send'],
  [
    '- work: 5ms',
    '- { send: mails, client: { batch: { size: 11, wait: 1s } } }',
    'AWS answers TooManyEntriesInBatchRequest',
  ],
  [
    '- work: 5ms',
    '- { call: mailer, client: { batch: { size: 2, wait: 1s } } }',
    'batch would have no effect: call sends no messages',
  ],
  ['- work: 5ms', '- { publish: mails }', 'nearest: send'],
  [
    '- work: 5ms',
    '- { send: mails, messageGroupId: knid }',
    'no message of this scenario has an attribute knid',
  ],
  [
    'client: { timeout: 9s }',
    'client: { batch: { size: 2, wait: 1s } }',
    'batch would have no effect: no step of this program sends',
  ],
  ['- work: 5ms', '- { call: mailer, size: 3KiB }', 'size is not modelled yet'],
  [
    '- work: 5ms',
    '- { call: mailer, onError: [ work: 1s ] }',
    'error wrong-kind: onError is a list',
  ],
  [
    '- work: 5ms',
    '- { call: mailer, client: { circuitBreaker: {} } }',
    'circuitBreaker is not modelled yet',
  ],
  // services
  ['{ rateLimit: 10/s }', '{ rateLimit: 10 }', 'error wrong-unit: rateLimit is 10'],
  ['{ rateLimit: 10/s }', '{ rateLimit: 0/s }', 'error out-of-range: rateLimit is 0/s'],
  [
    '{ rateLimit: 10/s }',
    '{ queueLimit: 10 }',
    'queueLimit without concurrency: nobody ever waits',
  ],
  ['{ rateLimit: 10/s }', '{ concurrency: 0 }', 'error out-of-range: concurrency is 0'],
  ['[ work: 90ms ]', '[ crash: 1% ]', 'crash in the handler of an external.http is not modelled'],
  ['[ work: 90ms ]', '[ { fail: 1%, status: 200 } ]', 'error out-of-range: status is 200'],
  ['serves:', 'subscribers: 0, serves:', 'subscribers is 0; allowed: a whole number 1..12500000'],
  [', handler: [ work: 90ms ]', '', 'handler'],
  [
    'name: Mails',
    'name: Mails\nassume: { network: { betweenZones: 1ms } }',
    'betweenZones is not modelled yet',
  ],
])('%s → %s', (from, to, line) => {
  const text = TEXT.replace(from, to);
  expect(text).not.toBe(TEXT);
  const errors = errorsOf(text);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(line);
});
