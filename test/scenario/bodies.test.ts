// What messages say in their bodies, and what stands around events: from the file to the step that reads it.

import { describe, expect, test } from 'vitest';
import { loadScenario, simulate } from '../../src/index.js';
import type { RunResult } from '../../src/index.js';
import { findingsOf, lines } from './fixtures/files.js';

const text = (more = '', when = ''): string => `name: Bodies
duration: 10m
profile: ideal
traffic:
  shoppers: { send: orders, rate: 5/s${more} }
resources:
  orders: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s, concurrency: 4 } }
    handler: [ work: 10ms${when} ]
`;
const BODY =
  ', body: { order: { kind: { oneOf: { gift: 25%, own: 75% } }, amount: { dist: uniform, min: 0, max: 100 } } }';
const failing = (pattern: string): string => `, { fail: 100%, per: message, when: ${pattern} }`;

function run(source: string): RunResult {
  return simulate(loadScenario('a.yaml', { read: () => source }));
}

function failedShare(pattern: string): number {
  const { consumers } = run(text(BODY, failing(pattern)));
  const { failedRuns, runs } = consumers['workers'];
  return failedRuns / runs;
}

describe('when reads the body', () => {
  test('one of several, numbers, what is absent', () => {
    // Whoever fails comes back after 30 s, again and again: the share only tells that there are some.
    expect(failedShare('{ order: { kind: [gift] } }')).toBeGreaterThan(0.2);
    expect(failedShare('{ order: { kind: [lost] } }')).toBe(0);
    expect(failedShare('{ order: { amount: [{ numeric: [">", 100] }] } }')).toBe(0);
    expect(
      failedShare('{ order: { amount: [{ numeric: ["<", 50] }], more: [{ exists: false }] } }'),
    ).toBeGreaterThan(0.2);
    expect(failedShare('{ order.kind: [{ wildcard: "g*t" }] }')).toBeGreaterThan(0.2);
  });

  test('a pattern that AWS would refuse is refused where it stands', () => {
    const source = text(BODY, failing('{ order: { kind: [{ numeric: [">"] }] } }'));
    expect(lines(source)).toEqual([
      expect.stringMatching(
        /^a\.yaml:14:\d+: error wrong-kind: Value of > must be numeric/,
      ) as string,
    ]);
  });
});

test('a body that nobody reads changes nothing', () => {
  const plain = run(text()).fingerprint;
  expect(run(text(BODY)).fingerprint).toBe(plain);
});

test('a mistake in the body is told where it stands', () => {
  const [finding] = findingsOf(text(', body: { order: { lines: [[1]] } }'));
  expect(finding).toMatchObject({
    code: 'wrong-kind',
    path: 'traffic.shoppers.body.order.lines[0]',
  });
});

test.each(['source: shop', 'detailType: OrderPlaced'])('%s means nothing to a queue', (key) => {
  const name = key.split(':')[0];
  expect(lines(text(`, ${key}`))).toEqual([
    expect.stringMatching(
      new RegExp(
        `^a\\.yaml:5:\\d+: error no-effect: ${name} would have no effect: orders is no event bus`,
      ),
    ) as string,
  ]);
});
