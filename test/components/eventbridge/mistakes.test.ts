// What AWS refuses of buses and schedules, and what it accepts and regrets.

import { describe, expect, test } from 'vitest';
import { errorsIn, warningsIn } from '../../scenario/fixtures/real.js';

const QUEUES = `  orders: { type: sqs.queue }
  pay.fifo: { type: sqs.queue, contentBasedDeduplication: true }
  plain.fifo: { type: sqs.queue }
  dead: { type: sqs.queue }
  dead.fifo: { type: sqs.queue }
`;

const bus = (rule: string, more = '', traffic = ''): string => `name: Mistakes
duration: 10m
traffic: { shop: { send: events, rate: 1/s${traffic} } }
resources:
  events: { type: eventbridge.bus, rules: { one: { ${rule} } }${more} }
${QUEUES}`;

const PATTERN = 'eventPattern: { source: [ shop ] }';

test('nothing is wrong with a plain rule', () => {
  expect(errorsIn(bus(`${PATTERN}, targets: { orders: {} }`))).toEqual([]);
});

describe('rules', () => {
  test.each([
    ['neither pattern nor schedule', 'targets: { orders: {} }', 'eventPattern'],
    [
      'a schedule on a custom bus',
      'scheduleExpression: rate(5 minutes), targets: { orders: {} }',
      'ScheduleExpression is supported only on the default event bus',
    ],
    [
      'a FIFO queue without a message group',
      `${PATTERN}, targets: { pay.fifo: {} }`,
      'pay.fifo is a FIFO queue and needs a message group',
    ],
    [
      'a FIFO queue without content-based deduplication',
      `${PATTERN}, targets: { plain.fifo: { sqsParameters: { messageGroupId: all } } }`,
      'plain.fifo has no contentBasedDeduplication',
    ],
    [
      'a message group for a standard queue',
      `${PATTERN}, targets: { orders: { sqsParameters: { messageGroupId: all } } }`,
      'sqsParameters for orders, which is no FIFO queue',
    ],
    [
      'dead letters in a FIFO queue',
      `${PATTERN}, targets: { orders: { deadLetterConfig: { target: dead.fifo } } }`,
      'dead.fifo is a FIFO queue',
    ],
    [
      'more retries than there are',
      `${PATTERN}, targets: { orders: { retryPolicy: { maximumRetryAttempts: 186 } } }`,
      '0..185',
    ],
    [
      'too short an age',
      `${PATTERN}, targets: { orders: { retryPolicy: { maximumEventAgeInSeconds: 59 } } }`,
      '1m..24h',
    ],
    [
      'itself as a target',
      `${PATTERN}, targets: { events: {} }`,
      'a bus is no target of its own rules',
    ],
    ['a broken pattern', 'eventPattern: { source: shop }, targets: { orders: {} }', 'source'],
    [
      'parameters of a stream',
      `${PATTERN}, targets: { orders: { kinesisParameters: {} } }`,
      'kinesisParameters',
    ],
  ])('%s', (_, rule, problem) => {
    const errors = errorsIn(bus(rule));
    expect(errors.join('\n')).toContain(problem);
  });

  test('six targets', () => {
    const names = [1, 2, 3, 4, 5, 6].map((n) => `q${n}`);
    const targets = names.map((name) => `${name}: {}`).join(', ');
    const queues = names.map((name) => `  ${name}: { type: sqs.queue }\n`).join('');
    const errors = errorsIn(`${bus(`${PATTERN}, targets: { ${targets} }`)}${queues}`);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('6 targets');
    expect(errors[0]).toContain('LimitExceededException');
  });

  test('301 rules', () => {
    const rules = Array.from({ length: 300 }, (_, i) => `r${i}: { ${PATTERN}, targets: {} }`);
    const errors = errorsIn(
      bus(`${PATTERN}, targets: {} }, ${rules.join(', ').replace(/ }$/, '')}`),
    );
    expect(errors.join('\n')).toContain('301 rules');
  });

  test("AWS's own services publish to the default bus only", () => {
    const rule = `${PATTERN}, targets: { orders: {} }`;
    const errors = errorsIn(bus(rule, '', ', source: aws.ec2'));
    expect(errors.join('\n')).toContain('NotAuthorizedForSourceException');
  });

  test('two default buses in a region', () => {
    const errors = errorsIn(`name: Mistakes
duration: 10m
traffic: { shop: { send: default, rate: 1/s } }
resources: { default: { type: eventbridge.bus }, default-two: { type: eventbridge.bus } }
`);
    expect(errors.join('\n')).toContain('default is the default bus of us-east-1 already');
  });
});

describe('warnings', () => {
  test('a rule that matches nothing that is sent', () => {
    const warnings = warningsIn(
      bus('eventPattern: { source: [ shops ] }, targets: { orders: {} }'),
    );
    expect(warnings.join()).toContain('filter-never-matches resources.events');
    expect(warningsIn(bus(`${PATTERN}, targets: { orders: {} }`)).join()).not.toContain(
      'filter-never-matches',
    );
  });

  test('nobody sends', () => {
    const text = bus(`${PATTERN}, targets: { orders: {} }`).replace('send: events', 'send: orders');
    expect(warningsIn(text)).toContain('nobody-sends resources.events');
  });
});

describe('schedules', () => {
  const schedule = (settings: string): string => `name: Mistakes
duration: 10m
traffic: { shop: { send: orders, rate: 1/s } }
resources:
  tick: { type: eventbridge.schedule, ${settings} }
  events: { type: eventbridge.bus }
${QUEUES}`;

  test.each([
    [
      'no such expression',
      'scheduleExpression: every day, target: orders',
      'ScheduleExpression is not valid',
    ],
    [
      'a window without its length',
      'scheduleExpression: rate(1 day), target: orders, flexibleTimeWindow: { mode: FLEXIBLE }',
      'mode FLEXIBLE without maximumWindowInMinutes',
    ],
    [
      'a bus without source',
      'scheduleExpression: rate(1 day), target: events',
      'needs to know what the event is',
    ],
    [
      "a source of AWS's own",
      'scheduleExpression: rate(1 day), target: events, eventBridgeParameters: { source: aws.ec2, detailType: x }',
      'NotAuthorizedForSourceException',
    ],
    [
      'a time zone',
      'scheduleExpression: rate(1 day), target: orders, scheduleExpressionTimezone: Europe/Berlin',
      'scheduleExpressionTimezone',
    ],
  ])('%s', (_, settings, problem) => {
    expect(errorsIn(schedule(settings)).join('\n')).toContain(problem);
  });
});

describe('replays', () => {
  const replay = (archive: string, what: string): string =>
    `${bus(`${PATTERN}, targets: { orders: {} }`, archive)}operations: [ { at: 5m, on: events, replay: ${what} } ]\n`;

  test.each([
    ['no archive', '', '{}', 'events has no archive'],
    [
      'of what is still to come',
      ', archive: {}',
      '{ startingPosition: AT_TIMESTAMP, startingPositionTimestamp: 6m }',
      'a replay of what is still to come',
    ],
    [
      'a position without its time',
      ', archive: {}',
      '{ startingPosition: AT_TIMESTAMP }',
      'without',
    ],
  ])('%s', (_, archive, what, problem) => {
    expect(errorsIn(replay(archive, what)).join('\n')).toContain(problem);
  });

  test('a queue has none', () => {
    const text = replay(', archive: {}', '{}').replace('on: events', 'on: orders');
    expect(errorsIn(text).join('\n')).toContain('not sns.topic or eventbridge.bus');
  });
});
