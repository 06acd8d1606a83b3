// A database is a station with so many servers (statements at a time) and so many places (connections): under `ideal`
// nothing stands between it and the formulas.

import { describe, test, vi } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { bundledEngine } from '../support/bundled-engine.js';
import { expectTheory } from '../support/confidence.js';
import { erlangC, mg1Sojourn, mmckBlocking, mmcSojourn } from './formulas.js';

vi.setConfig({ testTimeout: 240_000 });

const { loadScenario, simulate } = await bundledEngine();
const SEEDS = 20;

interface Setup {
  readonly rate: number;
  readonly writeTime: string;
  readonly parallelism: number;
  readonly maxConnections: number;
  readonly seconds: number;
}

function runs({ rate, writeTime, parallelism, maxConnections, seconds }: Setup): RunResult[] {
  const read = (): string => `name: station
profile: ideal
duration: ${seconds}s
warmUp: ${Math.round(seconds / 10)}s
traffic: { clients: { write: db, rate: ${rate}/s } }
resources:
  db:
    type: rds.instance
    engine: mysql
    dbInstanceClass: db.m6g.large
    maxConnections: ${maxConnections}
    assume: { writeTime: ${writeTime}, parallelism: ${parallelism} }
`;
  return Array.from({ length: SEEDS }, (_, i) =>
    simulate(loadScenario('database.yaml', { read, seed: String(i + 1) })),
  );
}

const meanResponse = ({ traffic }: RunResult): number =>
  traffic['clients'].response.meanSeconds ?? NaN;
const failedShare = ({ traffic }: RunResult): number =>
  traffic['clients'].failed / traffic['clients'].sent;

const EXPONENTIAL = '{ dist: exponential, mean: 1s }';
const ROOM = 100_000;

test('the formulas: M/M/1/2 by hand, and Erlang B at K = c', ({ expect }) => {
  expect(mmckBlocking(1, 2, 1)).toBeCloseTo(1 / 3, 12);
  const load = 1.6;
  const blocking = mmckBlocking(2, 2, load);
  const rho = load / 2;
  expect(blocking / (1 - rho * (1 - blocking))).toBeCloseTo(erlangC(2, load), 12);
});

describe('statements wait for their turn', () => {
  test.each([
    [1, 0.7, 80_000],
    [4, 0.8, 30_000],
    [16, 0.9, 20_000],
  ])('M/M/c: c = %i, ρ = %f', (parallelism, rho, seconds) => {
    const rate = rho * parallelism;
    const setup = { rate, writeTime: EXPONENTIAL, parallelism, maxConnections: ROOM, seconds };
    expectTheory(runs(setup).map(meanResponse), mmcSojourn(parallelism, rho, 1));
  });

  test('M/G/1: lognormal statements', () => {
    const writeTime = '{ dist: lognormal, mean: 1s, cv: 1.5 }';
    const setup = { rate: 0.6, writeTime, parallelism: 1, maxConnections: ROOM, seconds: 400_000 };
    expectTheory(runs(setup).map(meanResponse), mg1Sojourn(0.6, 1, 1.5));
  });
});

describe('connections run out', () => {
  test.each([
    [2, 2, 1.6, 5_000],
    [1, 5, 0.9, 40_000],
    [4, 20, 6, 5_000],
  ])('M/M/c/K: c = %i, K = %i, λ/μ = %f', (parallelism, maxConnections, load, seconds) => {
    const setup = { rate: load, writeTime: EXPONENTIAL, parallelism, maxConnections, seconds };
    expectTheory(runs(setup).map(failedShare), mmckBlocking(parallelism, maxConnections, load));
  });
});
