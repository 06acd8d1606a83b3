import { describe, expect, test } from 'vitest';
import { jsonText, summaryJson } from '../../src/report/summary-json.js';
import type { RunResult } from '../../src/experiment/result.js';
import { makeResult } from './fixture.js';

describe('summary.json', () => {
  test('has the keys of RunResult in the documented order', () => {
    expect(Object.keys(JSON.parse(summaryJson(makeResult())) as object)).toEqual([
      'schema',
      'engine',
      'scenario',
      'complete',
      'stoppedBy',
      'fingerprint',
      'events',
      'trafficEndSeconds',
      'endSeconds',
      'drained',
      'verdict',
      'expectations',
      'invariants',
      'warnings',
      'ledger',
      'unowed',
      'traffic',
      'consumers',
      'resources',
      'cost',
    ]);
  });

  test('orders keys whoever built the object', () => {
    expect(summaryJson(reversed(makeResult()) as RunResult)).not.toBe('');
    const backwards = {
      ...(reversed(makeResult()) as RunResult),
      traffic: makeResult().traffic,
      consumers: makeResult().consumers,
      resources: makeResult().resources,
    };
    expect(summaryJson(backwards as RunResult)).toBe(summaryJson(makeResult()));
  });

  test('is the result again when parsed', () => {
    const { resources, ...result } = makeResult();
    const parsed = JSON.parse(summaryJson(makeResult())) as RunResult;
    expect(parsed).toMatchObject(result);
    expect(parsed.resources['orders'].levels['depth'].mean).toBe(0.3);
    expect(resources['orders'].levels['depth'].mean).not.toBe(0.3);
  });

  test('is indented by 2 and ends in one newline', () => {
    const text = summaryJson(makeResult());
    expect(text.startsWith('{\n  "schema": "wavetank.run/1",\n  "engine"')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.endsWith('\n\n')).toBe(false);
  });

  test('drops keys that are not documented, and misses none', () => {
    const extra = { ...makeResult(), wallClock: 12 };
    expect(summaryJson(extra)).toBe(summaryJson(makeResult()));
    const { seed, ...scenario } = makeResult().scenario;
    expect(seed).toBe('42');
    expect(() => summaryJson(makeResult({ scenario: scenario as RunResult['scenario'] }))).toThrow(
      'documented key',
    );
  });

  test('holds no figure that JSON cannot', () => {
    expect(() => jsonText({ x: Number.NaN })).toThrow('finite');
    expect(() => jsonText([Infinity])).toThrow('finite');
  });
});

/** The same object with its keys, and those of its parts, in reversed order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
}
