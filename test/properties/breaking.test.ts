// The whole engine on random scenarios in which calls get lost, queues are purged and redriven, and settings change.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Simulation } from '../../src/core.js';
import type { RunReport, Scenario } from '../../src/core.js';
import { randomBreaking } from '../support/random-breaking.js';
import { filesOf } from '../support/random-scenarios.js';
import { drive, scenarioOf, TINY_TABLES } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

vi.setConfig({ testTimeout: 240_000 });

const EVENTS_MAX = 150_000;

function limitedTo(scenario: Scenario): RunReport {
  const simulation = new Simulation(scenario, { maxEvents: EVENTS_MAX });
  for (let i = 1; !simulation.advance(i); i = (i * 7) % 997);
  return simulation.finish(null);
}

test('sums and bounds hold; tables and slices change nothing', () => {
  const seen = { purged: 0, redriven: 0, reordered: 0, retries: 0, throttled: 0, lost: 0, kms: 0 };
  fc.assert(
    fc.property(randomBreaking, (plain) => {
      const scenario = scenarioOf(filesOf(plain));
      const limited = limitedTo(scenario);
      expectSound(limited, scenario.warmUp);
      if (!limited.result.complete) return;
      const { report } = drive(scenario, { tables: TINY_TABLES });
      expect(report.result).toEqual(limited.result);
      const { result } = report;
      const resources = Object.values(result.resources);
      seen.purged += Math.min(
        1,
        resources.reduce((n, one) => n + one.purged, 0),
      );
      seen.redriven += Math.min(
        1,
        resources.reduce((n, one) => n + (one.requests['StartMessageMoveTask'] ?? 0), 0),
      );
      const consumers = Object.values(result.consumers);
      seen.reordered += Math.min(
        1,
        consumers.reduce((n, one) => n + one.reordered, 0),
      );
      seen.lost += Math.min(1, result.ledger.lost.total);
      seen.throttled += Math.min(
        1,
        resources.reduce((n, one) => n + one.throttled, 0),
      );
      seen.kms += Number(result.cost.lines.some(({ service }) => service === 'KMS'));
      const traffic = Object.values(result.traffic);
      seen.retries += Math.min(
        1,
        traffic.reduce((n, one) => n + one.attempts - one.sent, 0),
      );
    }),
    { numRuns: 120 },
  );
  // The scenarios do exercise what they are for.
  for (const [what, runs] of Object.entries(seen)) expect(runs, what).toBeGreaterThanOrEqual(1);
});
