// Several servers, and services and arrivals that are not exponential.

import { describe, test, vi } from 'vitest';
import { expectTheory } from '../support/confidence.js';
import { figure } from './closed-forms.js';
import { mg1Sojourn, mmcSojourn } from './formulas.js';
import { meanSojourn, runs } from './stations.js';
import type { Station } from './stations.js';

// Long enough for a busy machine; a quiet one needs a tenth.
vi.setConfig({ testTimeout: 240_000 });

const SEEDS = 20;

function judge(station: Station, theory: number): void {
  expectTheory(runs(station, SEEDS).map(meanSojourn), theory);
}

describe('M/M/c', () => {
  test.each([
    [2, 0.8, 70_000],
    [5, 0.8, 14_000],
    [20, 0.9, 7_500],
    [50, 0.9, 1_500],
  ])('c = %i, ρ = %f', (servers, rho, seconds) => {
    const station = {
      traffic: `rate: ${rho * servers}/s`,
      servers,
      handler: 'work: { dist: exponential, mean: 1s }',
      seconds,
      warmUpSeconds: Math.round(seconds / 10),
    };
    judge(station, mmcSojourn(servers, rho, 1));
  });
});

describe('M/G/1', () => {
  test.each([
    ['deterministic', '1s', 0.5, 0, 20_000],
    ['deterministic', '1s', 0.8, 0, 50_000],
    ['uniform', '{ dist: uniform, min: 0s, max: 2s }', 0.5, Math.sqrt(1 / 3), 30_000],
    ['lognormal', '{ dist: lognormal, mean: 1s, cv: 1.5 }', 0.6, 1.5, 230_000],
    ['hyperexponential', '{ dist: hyperexponential, mean: 1s, cv: 2 }', 0.5, 2, 200_000],
  ])('%s %s, ρ = %f', (_, work, rho, cv, seconds) => {
    const station = {
      traffic: `rate: ${rho}/s`,
      servers: 1,
      handler: `work: ${work}`,
      seconds,
      warmUpSeconds: 2_000,
    };
    judge(station, mg1Sojourn(rho, 1, cv));
  });
});

describe('others', () => {
  test('M/D/3, ρ = 0.7', () => {
    const station = {
      traffic: 'rate: 2.1/s',
      servers: 3,
      handler: 'work: 1s',
      seconds: 20_000,
      warmUpSeconds: 500,
    };
    judge(station, figure('md3-rho0.7', 'meanSojourn'));
  });

  test('D/M/1, ρ = 0.5', () => {
    const traffic = 'rate: 0.5/s, arrivals: constant';
    const handler = 'work: { dist: exponential, mean: 1s }';
    judge(
      { traffic, servers: 1, handler, seconds: 30_000, warmUpSeconds: 500 },
      figure('gim1-D-rho0.5', 'meanSojourn'),
    );
  });
});
