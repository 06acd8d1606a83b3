import { describe, expect, test } from 'vitest';
import type { Measure } from '../../../src/observe/measures/expression.js';
import { writtenMeasure } from '../../../src/observe/measures/expression.js';
import { judge, verdictOf } from '../../../src/observe/measures/judge.js';
import { Monitors } from '../../../src/observe/measures/monitors.js';
import type { ExpectationOutcome } from '../../../src/observe/measures/outcome.js';
import { expectation } from './support.js';

/** Figures of a run, in base units: µs, 1e-12 USD. */
const FIGURES: Readonly<Record<string, number | null>> = {
  'latency(shoppers).p99': 29_500_000,
  'latency(shoppers).p99.9': Infinity,
  'latency(workers).p99': null,
  'latency(shoppers).mean': 1_234_567.89,
  lost: 0,
  sent: 3_600,
  'duplicates(workers)': 3,
  'owed(workers)': 4_000,
  'accepted(shoppers)': 999,
  'failed(shoppers)': 1,
  'depth(orders).mean': 12.345_678_9,
  'cost.perMonth': 12_345_678_901_234_567,
  'cost.window': 50_000_000,
  processed: 100,
};

function run(...lines: readonly string[]): ExpectationOutcome[] {
  const expectations = lines.map(expectation);
  const get = (measure: Measure): number | null => FIGURES[writtenMeasure(measure)] ?? null;
  const money = (measure: Measure): bigint | null =>
    measure.detail === 'perMonth' ? 12_345_678_901_234_567n : 50_000_000n;
  const monitors = new Monitors({ now: 0 }, expectations, {
    reader: () => () => 0,
    lookAt: () => {},
  });
  return judge(expectations, { get, money }, monitors);
}

describe('figures of the whole run', () => {
  test.each([
    ['latency(shoppers).p99 < 30s', true, 29.5, 's'],
    ['latency(shoppers).p99 < 29.5s', false, 29.5, 's'],
    ['latency(shoppers).p99 == 29.5s', true, 29.5, 's'],
    ['latency(shoppers).p99.9 < 30d', false, 'inf', 's'],
    ['latency(shoppers).p99.9 > 30d', true, 'inf', 's'],
    ['latency(workers).p99 < 30s', false, null, 's'],
    ['latency(workers).p99 != 30s', false, null, 's'],
    ['latency(shoppers).mean < 2s', true, 1.234568, 's'],
    ['lost == 0', true, 0, 'count'],
    ['-lost == 0', true, 0, 'count'],
    ['0 == lost', true, 0, 'count'],
    ['duplicates(workers) < 0.1%', true, 0.00075, 'share'],
    ['availability(shoppers) >= 99.9%', true, 0.999, 'share'],
    ['sent / 1h == 1/s', true, 1, '/s'],
    ['depth(orders).mean < 13', true, 12.345679, 'count'],
    ['cost.perMonth < 900 USD', false, '12345.678901234567', 'USD'],
    ['cost.perMonth < 12345.67890123458 USD', true, '12345.678901234567', 'USD'],
    ['cost.window / processed < 1 USD', true, '0.0000005', 'USD'],
    ['lost / failed(shoppers) < 1%', true, 0, 'share'],
    ['lost / lost < 1%', false, null, 'share'],
  ])('%s', (text, pass, measured, unit) => {
    expect(run(text)).toEqual([{ text, pass, measured, unit }]);
  });
});

test('a line keeps its place, watched or not', () => {
  const outcomes = run('lost == 0', 'always depth(orders) < 10', 'latency(shoppers).p99 < 1s');
  expect(outcomes.map(({ text }) => text.split(' ')[0])).toEqual([
    'lost',
    'always',
    'latency(shoppers).p99',
  ]);
});

test('the verdict', () => {
  expect(verdictOf([])).toBe('none');
  expect(verdictOf(run('lost == 0'))).toBe('pass');
  expect(verdictOf(run('lost == 0', 'latency(shoppers).p99 < 1s'))).toBe('fail');
});
