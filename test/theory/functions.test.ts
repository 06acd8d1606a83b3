// A function with all the concurrency it wants is a station with infinitely many servers (M/G/∞): under `ideal` nothing
// stands between it and the formula, that of Little: the mean of its concurrency is the rate times the time of a run.

import { describe, test, vi } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { bundledEngine } from '../support/bundled-engine.js';
import { expectTheory } from '../support/confidence.js';

vi.setConfig({ testTimeout: 240_000 });

const { loadScenario, simulate } = await bundledEngine();

function runs(rate: number, work: string): RunResult[] {
  const read = (): string => `name: station
profile: ideal
duration: 1000s
warmUp: 100s
drain: 0s
traffic: { clients: { send: fn, rate: ${rate}/s } }
resources:
  fn: { type: lambda.function, timeout: 15m, handler: [ work: ${work} ], assume: { coldStart: 0s } }
`;
  return Array.from({ length: 10 }, (_, i) =>
    simulate(loadScenario('function.yaml', { read, seed: String(i + 1) })),
  );
}

const concurrency = ({ resources }: RunResult): number =>
  resources['fn'].levels['concurrency']?.mean ?? NaN;

describe('the mean of its concurrency is rate times run, whatever the distribution', () => {
  test.each([
    [20, '500ms', 10],
    [8, '{ dist: exponential, mean: 2s }', 16],
    [20, '{ dist: lognormal, mean: 2s, cv: 1.5 }', 40],
  ])('%s a second, %s', (rate, work, mean) => {
    expectTheory(runs(rate, work).map(concurrency), mean);
  });
});
