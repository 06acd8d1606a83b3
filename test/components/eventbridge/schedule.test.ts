// Scheduled rules and schedules at work.

import { describe, expect, test } from 'vitest';
import { run } from './rig.js';

const minutes = (...times: readonly number[]): number[] => times.map((time) => time * 60);

const QUEUES = `  jobs: { type: sqs.queue }
  dead: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: []
`;

const scheduled = (settings: string, more = ''): string => `duration: 10m
traffic: { nobody: { send: jobs, phases: [ { for: 10m, rate: 0/s } ] } }
resources:
  tick: { type: eventbridge.schedule, target: jobs, ${settings} }
${QUEUES}${more}`;

const ruled = (settings: string, more = ''): string => `duration: 10m
traffic: { nobody: { send: jobs, phases: [ { for: 10m, rate: 0/s } ] } }
resources:
  default: { type: eventbridge.bus, rules: { tick: { ${settings}, targets: { jobs: {} } } } }
${QUEUES}${more}`;

describe.each([
  ['a rule', ruled, 'default'],
  ['a schedule', scheduled, 'tick'],
] as const)('%s', (_, text, name) => {
  test('fires exactly when it is due, and no more once traffic has ended', () => {
    const { link, result } = run(text('scheduleExpression: rate(3 minutes)'));
    expect(link(name).attempts).toEqual(minutes(3, 6, 9));
    expect(result.ledger).toMatchObject({ owed: 3, processed: 3 });
  });

  test('by the calendar', () => {
    const { link } = run(text('scheduleExpression: cron(2/4 * ? * * *)'));
    expect(link(name).attempts).toEqual(minutes(2, 6));
  });

  test('within the minute of its due time', () => {
    const assume = '{ dist: uniform, min: 0s, max: 60s }';
    const type = name === 'tick' ? 'eventbridge.schedule' : 'eventbridge.bus';
    const more = `assume: { ${type}: { scheduleDelay: ${assume} } }\n`;
    const { attempts } = run(text('scheduleExpression: rate(2 minutes)', more)).link(name);
    expect(attempts).toHaveLength(4);
    attempts.forEach((at, i) => {
      expect(at).toBeGreaterThanOrEqual(120 * (i + 1));
      expect(at).toBeLessThan(120 * (i + 1) + 60);
    });
    expect(new Set(attempts.map((at, i) => at - 120 * (i + 1))).size).toBe(4);
  });

  test('does nothing while it is disabled', () => {
    const { link } = run(text('state: DISABLED, scheduleExpression: rate(1 minute)'));
    expect(link(name).dispatched).toEqual([]);
  });
});

test('a schedule at a time fires once', () => {
  const { link, metered } = run(scheduled('scheduleExpression: at(2026-01-01T00:04:00)'));
  expect(link('tick').attempts).toEqual(minutes(4));
  expect(metered('tick', 4)).toBe(1);
});

test('a flexible window: some time after it is due, never before', () => {
  const window = 'flexibleTimeWindow: { mode: FLEXIBLE, maximumWindowInMinutes: 1m }';
  const { attempts } = run(scheduled(`scheduleExpression: rate(2 minutes), ${window}`)).link(
    'tick',
  );
  expect(attempts).toHaveLength(4);
  attempts.forEach((at, i) => {
    expect(at).toBeGreaterThanOrEqual(120 * (i + 1));
    expect(at).toBeLessThan(120 * (i + 1) + 60);
  });
});

test('a schedule tries again, and has a dead-letter queue', () => {
  const settings =
    'scheduleExpression: at(2026-01-01T00:01:00), deadLetterConfig: { target: dead }, ' +
    'retryPolicy: { maximumRetryAttempts: 2 }';
  const { link } = run(scheduled(settings, 'faults: [ { at: 0s, on: jobs, fail: 100% } ]\n'));
  expect(link('tick').attempts).toEqual([60, 61, 63]);
  expect(link('tick').diverted).toHaveLength(1);
});

test('what a schedule sends to a bus is matched by its source and detail-type', () => {
  const { link } = run(`duration: 10m
traffic: { nobody: { send: events, phases: [ { for: 10m, rate: 0/s } ] } }
resources:
  tick:
    type: eventbridge.schedule
    scheduleExpression: rate(5 minutes)
    target: events
    eventBridgeParameters: { source: clock, detailType: five past }
  events:
    type: eventbridge.bus
    rules:
      yes: { eventPattern: { source: [ clock ], detail-type: [ five past ] }, targets: { jobs: {} } }
      no: { eventPattern: { source: [ tick ] }, targets: { dead: {} } }
${QUEUES}`);
  expect(link('events', 0).delivered).toEqual(minutes(5));
  expect(link('events', 1).delivered).toEqual([]);
});
