// Mutations of a scenario that uses all of the language: whatever the language accepts, the engine runs, to
// its end or to a limit, without a crash and with a sound result. (test/scenario/mutations.test.ts looks at
// what is refused.)

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ScenarioError, Simulation } from '../../src/core.js';
import type { Scenario } from '../../src/core.js';
import { readText } from '../support/source-tree.js';
import { scenarioOf } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

vi.setConfig({ testTimeout: 240_000 });

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };
type Spot = readonly (string | number)[];

// The flash sale, a thousandth of it in time.
const FLASH_SALE = parse(
  readText('scenarios/flash-sale.yaml')
    .replaceAll(/for: (\d+)m/g, 'for: $1s')
    .replace('at: 12m', 'at: 12s')
    .replaceAll('2000/s', '200/s'),
) as Plain;

function spotsOf(value: Plain, at: Spot = []): Spot[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    spotsOf(one, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return at.length === 0 ? inner : [at, ...inner];
}

function changedAt(value: Plain, at: Spot, to: Plain | undefined): Plain | undefined {
  if (at.length === 0) return to;
  const [key, ...rest] = at;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.flatMap((one, i) => {
      const changed = i === key ? changedAt(one, rest, to) : one;
      return changed === undefined ? [] : [changed];
    });
  }
  const entries = Object.entries(value).flatMap(([name, one]): [string, Plain][] => {
    const changed = name === key ? changedAt(one, rest, to) : one;
    return changed === undefined ? [] : [[name, changed]];
  });
  return Object.fromEntries(entries);
}

/** Spots whose every other value is refused tell nothing here. */
const SPOTS = spotsOf(FLASH_SALE).filter((spot) => {
  const path = spot.join('.');
  return !/^expect|type$|Type$|metric$|comparisonOperator$|deadLetterTarget$/.test(path);
});
const VALUES: Readonly<Record<string, readonly Plain[]>> = {
  time: [
    '0s',
    '1us',
    '1ms',
    '1s',
    '7s',
    '20s',
    '30s',
    '1h',
    { dist: 'exponential', mean: '1s' },
    { p50: '1ms', p99: '1h' },
  ],
  share: ['0%', '0.1%', '1%', '50%', '100%'],
  rate: ['0/s', '1/m', '3/s', '500/s'],
  size: ['1B', '1KiB', '200KiB', '1MiB'],
  count: [0, 1, 2, 5, 10, 100, 1_000],
  word: [
    'ideal',
    'adversarial',
    'orders',
    'orders-dlq',
    'workers',
    'constant',
    'us-west-2',
    'PercentChangeInCapacity',
  ],
};
const KINDS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['time', /^[\d.]+(us|ms|s|m|h|d)$/],
  ['share', /^[\d.]+%$/],
  ['rate', /^[\d.]+\/[smhd]$/],
  ['size', /^[\d.]+(B|KiB|MiB)$/],
  ['count', /^-?\d+$/],
];

function kindOf(spot: Spot): string {
  const leaf = spot.reduce<unknown>(
    (value, key) => (value as Record<string, unknown>)[key],
    FLASH_SALE,
  );
  if (typeof leaf === 'object') return 'block';
  return (
    KINDS.find(([, form]) => form.test(JSON.stringify(leaf).replaceAll('"', '')))?.[0] ?? 'word'
  );
}

const ANY = Object.values(VALUES).flat();
/** Mostly a value of the same kind, so that most mutants come to life; now and then any, or nothing. */
const mutation = fc.nat({ max: SPOTS.length - 1 }).chain((i) => {
  const spot = SPOTS[i];
  const alike = VALUES[kindOf(spot)] ?? [{}, []];
  const to = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Plain | undefined>(...alike) },
    { weight: 1, arbitrary: fc.constantFrom<Plain | undefined>(...ANY, undefined) },
  );
  return fc.tuple(fc.constant(spot), to);
});

function loaded(tree: Plain): Scenario | null {
  try {
    return scenarioOf({ 'mutant.yaml': JSON.stringify(tree), 'counts.csv': 'n\n1\n' }, { set: [] });
  } catch (error) {
    if (error instanceof ScenarioError) return null;
    throw error;
  }
}

test('what is accepted runs, and its result is sound', () => {
  let ran = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
      const tree = mutations.reduce<Plain>(
        (whole, [at, to]) => changedAt(whole, at, to) ?? whole,
        FLASH_SALE,
      );
      const scenario = loaded(tree);
      if (scenario === null) return;
      ran++;
      const simulation = new Simulation(scenario, {
        maxEvents: 20_000,
        maxMemoryBytes: 50_000_000,
      });
      while (!simulation.advance(1_000));
      expectSound(simulation.finish(null), scenario.warmUp);
    }),
    { numRuns: 900 },
  );
  expect(ran).toBeGreaterThan(200);
});
