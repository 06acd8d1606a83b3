// M/M/1 at ρ = 0.9: it takes seven million customers until the interval is narrow enough to reject 3 %.

import { test } from 'vitest';
import { expectTheory } from '../support/confidence.js';
import { mmcSojourn } from './formulas.js';
import { meanSojourn, runs } from './stations.js';

test('M/M/1, ρ = 0.9', () => {
  const station = {
    traffic: 'rate: 0.9/s',
    servers: 1,
    handler: 'work: { dist: exponential, mean: 1s }',
    seconds: 450_000,
    warmUpSeconds: 10_000,
  };
  expectTheory(runs(station, 18).map(meanSojourn), mmcSojourn(1, 0.9, 1));
}, 240_000);
