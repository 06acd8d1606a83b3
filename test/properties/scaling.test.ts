// Control loops over whole runs: whatever scales a group, and whatever happens to it meanwhile, what must hold of every
// run holds.
//
// `SCENARIOS=2000 SEED=7 npx vitest run test/properties/scaling.test.ts` plays more of them, and others.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { randomDays, randomScaling } from '../support/random-scaling.js';
import { judge, judgeOnce } from './scaling/judge.js';

const SCENARIOS = Number(process.env['SCENARIOS'] ?? 10);
const SEED = Number(process.env['SEED'] ?? 42);
/** A few scenarios of any seed need not come to everything. */
const IS_TELLING = SCENARIOS >= 300;
vi.setConfig({ testTimeout: 120_000 + SCENARIOS * 3_000 });

const slices = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 });

describe('control loops', () => {
  test('bounds, cooldowns, warm-ups, books and bills hold; whoever looks changes nothing', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        randomScaling,
        slices,
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (...given) => {
          for (const what of judge(...given)) seen.add(what);
        },
      ),
      { numRuns: SCENARIOS, seed: SEED },
    );
    if (!IS_TELLING) return;
    // The scenarios do exercise what they are for.
    const kinds = ['StepScaling', 'SimpleScaling', 'TargetTrackingScaling'];
    for (const what of [
      ...kinds.flatMap((kind) => [`${kind} in`, `${kind} out`]),
      'scheduled',
      'Spot',
    ])
      expect([...seen]).toContain(what);
  });

  test('forecasts neither scale in nor break bounds', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(randomDays, (plain) => {
        for (const what of judgeOnce(plain)) seen.add(what);
      }),
      { numRuns: Math.ceil(SCENARIOS / 20), seed: SEED },
    );
    if (IS_TELLING) expect([...seen]).toContain('forecast');
  });
});
