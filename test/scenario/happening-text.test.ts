// What is to happen beside the traffic, in words, for `explain` and report.md.

import { expect, test } from 'vitest';
import { explainScenario } from '../../src/experiment/explain-scenario.js';
import { happeningTexts } from '../../src/scenario/happening-text.js';
import { loadText } from './fixtures/real.js';

const SCENARIO = loadText(`
name: Sale
start: 2026-11-27T09:00Z
duration: 1h
traffic: { buyers: { send: orders, rate: 1/s } }
resources:
  orders: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 30
    instanceType: m7g.large
    scheduledActions:
      before: { recurrence: "45 9 * * *", minSize: 26, desiredCapacity: 27 }
      once: { startTime: 2026-11-27T09:30Z, maxSize: 28 }
      until: { recurrence: "0 9 * * *", startTime: 2026-11-27T09:10Z, endTime: 2026-11-28T00:00Z, minSize: 2 }
    consumes: { orders: {} }
    handler: [ work: 1s ]
faults:
  - { at: 30m, on: workers, crash: 1 }
  - { at: 10m, for: 1m, on: buyers -> orders, fail: 5% }
operations:
  - { at: 20m, on: orders, purge: true }
`);

test('faults and operations by time, then scheduled actions with the calendar', () => {
  expect(happeningTexts(SCENARIO)).toEqual([
    'At 10m, for 1m, 5 % of the calls on buyers -> orders are answered 503.',
    'At 20m, orders is purged.',
    'At 30m, 1 of workers crash for good.',
    'Time 0 is 2026-11-27T09:00Z.',
    'workers gets minSize 26, desiredCapacity 27 at 09:45 UTC every day (before).',
    'workers gets maxSize 28 at 2026-11-27T09:30Z (once).',
    'workers gets minSize 2 at 09:00 UTC every day from 2026-11-27T09:10Z on until 2026-11-28T00:00Z (until).',
  ]);
});

test('explain tells them, too', () => {
  expect(explainScenario(SCENARIO).prose).toEqual(expect.arrayContaining(happeningTexts(SCENARIO)));
});
