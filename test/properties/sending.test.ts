// The whole engine on random scenarios in which handlers send, and everything may break meanwhile.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Simulation } from '../../src/core.js';
import type { RunReport, Scenario } from '../../src/core.js';
import { filesOf } from '../support/random-scenarios.js';
import { randomSending } from '../support/random-sending.js';
import { drive, scenarioOf, TINY_TABLES } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

vi.setConfig({ testTimeout: 240_000 });

const EVENTS_MAX = 150_000;

function limitedTo(scenario: Scenario): RunReport {
  const simulation = new Simulation(scenario, { maxEvents: EVENTS_MAX });
  for (let i = 1; !simulation.advance(i); i = (i * 7) % 997);
  return simulation.finish(null);
}

test('sums and bounds hold, tables and slices change nothing, and nothing is left behind', () => {
  const seen = { sent: 0, failed: 0, emptied: 0 };
  fc.assert(
    fc.property(randomSending, (plain) => {
      const scenario = scenarioOf(filesOf(plain));
      const limited = limitedTo(scenario);
      expectSound(limited, scenario.warmUp);
      if (!limited.result.complete) return;
      const { report, model } = drive(scenario, { tables: TINY_TABLES });
      expect(report.result).toEqual(limited.result);
      const { cast, watch, world } = model;
      for (const fleet of cast.consumers) {
        const { sent, accepted, failed } = watch.traffic.of(fleet);
        expect(accepted + failed).toBeLessThanOrEqual(sent);
        if (report.result.drained) expect(accepted + failed).toBe(sent);
        seen.sent += Math.min(1, sent);
        seen.failed += Math.min(1, failed);
      }
      const { messages, obligations, copies } = world.messages;
      if (report.result.drained && obligations.count === copies.count) {
        expect(messages.count).toBeLessThanOrEqual(copies.count);
        seen.emptied++;
      }
    }),
    { numRuns: 60 },
  );
  for (const [what, runs] of Object.entries(seen)) expect(runs, what).toBeGreaterThanOrEqual(1);
});
