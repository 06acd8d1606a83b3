// Mutated scenarios (issue: bad input): each either is a scenario or is refused with a place; none
// crashes, hangs or is silently accepted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ERROR_CODES } from '../../src/components/settings/problem.js';
import { ScenarioError } from '../../src/scenario/findings.js';
import type { Plain, Spot } from '../support/mutated-trees.js';
import { changedAt, KEYS, renamed, SCALARS, spotsOf } from '../support/mutated-trees.js';
import { BASIC, findingsOf, load } from './fixtures/files.js';

const RICH = BASIC.replace(
  'send: orders',
  'send: orders\n    key: { of: 1000, zipf: 1.1, hot: { big: 12% } }\n    client: { batch: { size: 10, wait: 100ms } }',
)
  .replace(
    'maxSize: 40',
    `maxSize: 40
    scalingPolicies:
      out:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        estimatedInstanceWarmup: 60s
        stepAdjustments: [ { metricIntervalLowerBound: 0, scalingAdjustment: 6 } ]
        alarm: { metric: x(orders), comparisonOperator: GreaterThanThreshold, threshold: 1000 }`,
  )
  .replace(
    'faults: [ {',
    `faults: [ { at: 1m, for: 10s, on: shoppers -> orders, lose: 5%, api: SendMessage },
  { at: 2m, on: orders, fail: 5%, status: 503 }, { at: 3m, every: 2m, for: 5s, on: orders, throttle: 5/s }, {`,
  )
  .replace(
    'faults:',
    `cost: { discount: 5% }
quotas: { sqs: { inFlight: 5000 } }
operations:
  - { at: 2m, every: 3m, on: orders, purge: true }
  - { at: 3m, on: orders-dlq, redrive: { maxNumberOfMessagesPerSecond: 50, to: orders } }
  - { at: 4m, on: orders, set: { visibilityTimeout: 40s, redrivePolicy: { maxReceiveCount: 7 } } }
assume: { sqs.queue: { apiLatency: { quantiles: { p10: 1ms, p50: 2ms, p99: 9ms } } } }
faults:`,
  );

/** Either a scenario, or findings that a person can use. */
function judge(text: string): 'fine' | 'refused' {
  let findings;
  try {
    const scenario = load(text);
    expect(Number.isSafeInteger(scenario.duration + scenario.drain)).toBe(true);
    return 'fine';
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    findings = error.findings;
  }
  expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  for (const { severity, code, file, line, column, message } of findings) {
    if (severity === 'error') expect(ERROR_CODES).toContain(code);
    expect(file).toBe('a.yaml');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toMatch(/undefined|NaN|\[object|\n/);
    expect(message.length).toBeGreaterThan(0);
  }
  return 'refused';
}

const TREE = parse(RICH) as Plain;
const SPOTS = spotsOf(TREE);
/** JSON is YAML, and keeps every mutation what it is. */
const text = (tree: Plain): string => JSON.stringify(tree, null, 1);
const isName = (spot: Spot): boolean => {
  const isTop = spot.length === 2 && (spot[0] === 'resources' || spot[0] === 'traffic');
  return isTop || spot[spot.length - 2] === 'scalingPolicies';
};
const isFree = (spot: Spot): boolean => {
  const path = spot.join('.');
  return (
    path === 'name' ||
    path === 'operations.0.purge' ||
    path.endsWith('instanceType') ||
    path.includes('.hot.') ||
    path.endsWith('.alarm.metric')
  );
};

test('the scenario that is mutated is fine', () => {
  expect(findingsOf(RICH)).toEqual([]);
  expect(judge(text(TREE))).toBe('fine');
  expect(SPOTS.length).toBeGreaterThan(80);
});

describe('every spot', () => {
  const keys = SPOTS.filter(
    (spot) => typeof spot[spot.length - 1] === 'string' && !isName(spot) && !isFree(spot),
  );
  test.each(keys.map((spot) => [spot.join('.'), spot] as const))(
    'an unknown key instead of %s is refused',
    (_, spot) => {
      expect(judge(text(renamed(TREE, spot, 'qqqqqqqqqq')))).toBe('refused');
    },
  );
  const scalars = SPOTS.filter(
    (spot) =>
      !isFree(spot) &&
      spot.reduce<Plain | undefined>((value, key) => (value as Record<string, Plain>)[key], TREE)
        ?.constructor !== Object,
  );
  test.each(scalars.map((spot) => [spot.join('.'), spot] as const))(
    'nonsense instead of %s is refused',
    (_, spot) => {
      for (const nonsense of ['?!', { qqqq: 1 }, true]) {
        expect(judge(text(changedAt(TREE, spot, () => nonsense)))).toBe('refused');
      }
    },
  );
  test('nothing instead of it is refused or has a default', () => {
    for (const spot of SPOTS) judge(text(changedAt(TREE, spot, () => null)));
  });
});

const spot = fc.nat({ max: SPOTS.length - 1 }).map((i) => SPOTS[i]);
const treeMutation = fc.oneof(
  fc.tuple(spot, fc.constantFrom(...SCALARS)).map(
    ([at, to]) =>
      (tree: Plain) =>
        changedAt(tree, at, () => to),
  ),
  fc.tuple(spot, fc.constantFrom(...KEYS)).map(
    ([at, to]) =>
      (tree: Plain) =>
        renamed(tree, at, to),
  ),
  fc
    .tuple(spot, fc.constantFrom(...KEYS), fc.constantFrom(...SCALARS))
    .map(([at, key, to]) => (tree: Plain) => {
      return changedAt(tree, at, (inner) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? { ...inner, [key]: to }
          : [inner, to],
      );
    }),
  fc.tuple(spot, spot).map(([at, from]) => (tree: Plain) => {
    const other = from.reduce<Plain>(
      (value, key) => ((value ?? {}) as Record<string, Plain>)[key] ?? null,
      tree,
    );
    return changedAt(tree, at, () => other);
  }),
);

test('mutated trees', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(treeMutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      if (judge(text(mutations.reduce((tree, mutate) => mutate(tree), TREE))) === 'refused')
        refused++;
    }),
    { numRuns: 300, seed: 20_261_120 },
  );
  expect(refused).toBeGreaterThan(200);
});

const BITS = [
  ':',
  '-',
  '{',
  '}',
  '[',
  ']',
  ',',
  '&a ',
  '*a ',
  '<<: *a',
  '#',
  '"',
  "'",
  '|',
  '>',
  '%',
  '!',
  '\t',
  '\n',
  '  ',
  '? ',
  '---\n',
  '\u0000',
  '\u2028',
  '\ufeff',
  'null',
  '~',
  '0',
  'x',
  '{{',
  '- - -',
];
const textMutation = fc.oneof(
  fc.tuple(fc.nat(), fc.constantFrom(...BITS)).map(([at, bit]) => (whole: string) => {
    const i = at % (whole.length + 1);
    return whole.slice(0, i) + bit + whole.slice(i);
  }),
  fc.tuple(fc.nat(), fc.nat({ max: 12 })).map(([at, length]) => (whole: string) => {
    const i = at % (whole.length + 1);
    return whole.slice(0, i) + whole.slice(i + length);
  }),
  fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (whole: string) => {
    const all = whole.split('\n');
    const [line] = all.splice(a % all.length, 1);
    all.splice(b % (all.length + 1), 0, line);
    return all.join('\n');
  }),
);

test('mutated texts', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(textMutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      if (judge(mutations.reduce((whole, mutate) => mutate(whole), RICH)) === 'refused') refused++;
    }),
    { numRuns: 300, seed: 20_261_121 },
  );
  expect(refused).toBeGreaterThan(100);
});

test('any text at all', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (whole) => void judge(whole)),
    { numRuns: 200, seed: 20_261_122 },
  );
});

test('any override at all', () => {
  const part = fc.constantFrom(
    ...KEYS,
    'resources',
    'orders',
    'workers',
    'traffic',
    'shoppers',
    'phases[1]',
    '[0]',
    '[',
    'faults[0]',
  );
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.'));
  const written = fc.oneof(
    fc.constantFrom(...SCALARS).map((plain) => JSON.stringify(plain)),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(path, written, fc.constantFrom('=', '', ' = '), (at, to, equals) => {
      const findings = findingsOf(RICH, { set: [`${at}${equals}${to}`] });
      for (const { line, column, message } of findings) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message).not.toMatch(/undefined|NaN|\[object/);
      }
    }),
    { numRuns: 200, seed: 20_261_123 },
  );
});
