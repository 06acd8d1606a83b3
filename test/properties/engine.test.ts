// The whole engine on random small scenarios: what must hold in each of them, whatever breaks.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Simulation, simulate } from '../../src/core.js';
import type { RunReport, Scenario } from '../../src/core.js';
import { Outcome } from '../../src/components/facts.js';
import { QUEUE_OPERATIONS } from '../../src/components/queue-port.js';
import { NaiveBookkeeper } from '../reference/naive-bookkeeper.js';
import type { PlainScenario } from '../support/random-scenarios.js';
import { filesOf, randomScenario } from '../support/random-scenarios.js';
import type { Driven } from '../support/simulations.js';
import { SECOND, TINY_TABLES, drive, scenarioOf } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

vi.setConfig({ testTimeout: 240_000 });

interface QueueSettings {
  readonly redrivePolicy?: { readonly deadLetterTarget: string; readonly maxReceiveCount: number };
}

function bookkeeperFor({ resources, traffic }: Scenario): NaiveBookkeeper {
  const policies = resources.map(({ settings }) => (settings as QueueSettings).redrivePolicy);
  const names = [...resources, ...traffic].map(({ name }) => name);
  return new NaiveBookkeeper(
    names.map((_, id) => policies[id]?.maxReceiveCount ?? 0),
    names.map((name) => policies.some((policy) => policy?.deadLetterTarget === name)),
  );
}

/** A run on tiny, poisoned tables with a bookkeeper that listens. */
function watched(scenario: Scenario): Driven & { readonly book: NaiveBookkeeper } {
  const book = bookkeeperFor(scenario);
  const driven = drive(scenario, {
    tables: TINY_TABLES,
    observer: book,
    ready: ({ kernel, world }) => {
      book.clock = () => kernel.now;
      book.messages = world.messages;
    },
  });
  return { ...driven, book };
}

function expectSameBooks(
  { report, model, book }: ReturnType<typeof watched>,
  warmUp: number,
): void {
  expect(book.complaints).toEqual([]);
  const { result } = report;
  const { cast, world, watch } = model;
  const { messages } = world;
  expect(book.open.size).toBe(messages.obligations.count);
  expect(book.present).toBe(messages.copies.count);
  expect(book.owedEver).toBe(watch.ledger.owed);
  for (const id of cast.consumers) {
    const { ledger } = result.consumers[cast.names[id]];
    const openAs = (outcome: Outcome): number =>
      [...book.open].filter(
        ([row, who]) =>
          (messages.obligations.consumer[row] ?? who) === id && messages.outcomeOf(row) === outcome,
      ).length;
    const ended = (outcome: Outcome): number =>
      (book.ends.get(`${id}/${outcome}`) ?? 0) + openAs(outcome);
    expect(ended(Outcome.Processed), 'processed').toBe(ledger.processed);
    expect(ended(Outcome.DeadLettered), 'dead-lettered').toBe(ledger.deadLettered);
    expect(ended(Outcome.Expired), 'expired').toBe(ledger.expired);
    expect(ended(Outcome.DeletedOnReceipt), 'deleted on receipt').toBe(
      ledger.lost.deletedOnReceipt,
    );
    expect(openAs(Outcome.Unfinished), 'unfinished').toBe(ledger.unfinished);
  }
  let waiting = 0;
  for (const id of cast.traffic) {
    const { sent, accepted, failed } = result.traffic[cast.names[id]];
    expect(book.traffic.get(id) ?? { sent: 0, accepted: 0, failed: 0 }).toEqual({
      sent,
      accepted,
      failed,
    });
    waiting += sent - accepted - failed;
  }
  expect(waiting).toBe(book.waiting);
  const end = Math.round(result.endSeconds * SECOND);
  for (const id of cast.resources) {
    const { levels, requests } = result.resources[cast.names[id]];
    const names = Object.keys(levels).filter((name) =>
      ['depth', 'delayed', 'inFlight', 'instances'].includes(name),
    );
    for (const name of names) {
      const own = book.level(id, name).summary(end);
      if (warmUp === 0) expect(levels[name], `${name} of ${cast.names[id]}`).toEqual(own);
      else expect(levels[name].end, `${name} of ${cast.names[id]}`).toBe(own.end);
    }
    for (const [operation, count] of Object.entries(requests)) {
      const place = QUEUE_OPERATIONS.findIndex((one) => one === operation);
      expect(count, operation).toBe(book.requests.get(`${id}/${place}`) ?? 0);
    }
  }
}

function sliced(scenario: Scenario, sizes: readonly number[]): RunReport {
  const simulation = new Simulation(scenario);
  for (let i = 0; !simulation.advance(sizes[i % sizes.length]); i++);
  return simulation.finish(null);
}

/** Longer runs are judged by what they have shown until then. */
const EVENTS_MAX = 200_000;

function limitedTo(scenario: Scenario, maxEvents: number): RunReport {
  const simulation = new Simulation(scenario, { maxEvents });
  while (!simulation.advance(maxEvents));
  return simulation.finish(null);
}

function judge(plain: PlainScenario, sizes: readonly number[]): RunReport {
  const scenario = scenarioOf(filesOf(plain));
  const limited = limitedTo(scenario, EVENTS_MAX);
  expectSound(limited, scenario.warmUp);
  if (!limited.result.complete) return limited;
  const run = watched(scenario);
  expectSameBooks(run, scenario.warmUp);
  expectSound(run.report, scenario.warmUp);
  const again = sliced(scenario, sizes);
  expect(again.result, 'other tables, other slices, no listener').toEqual(run.report.result);
  expect({ ...again, result: null }).toEqual({ ...run.report, result: null });
  return run.report;
}

describe('random scenarios', () => {
  test('books, sums and bounds hold; tables, slices and listeners change nothing', () => {
    const seen = {
      duplicates: 0,
      deadLettered: 0,
      expired: 0,
      lost: 0,
      killed: 0,
      unfinished: 0,
      failed: 0,
      drained: 0,
      scaled: 0,
    };
    fc.assert(
      fc.property(
        randomScenario,
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 4 }),
        (plain, sizes) => {
          const { result } = judge(plain, sizes);
          const consumers = Object.values(result.consumers);
          seen.duplicates += Math.min(
            1,
            consumers.reduce((n, one) => n + one.duplicates.total, 0),
          );
          seen.killed += Math.min(
            1,
            consumers.reduce((n, one) => n + one.killed, 0),
          );
          seen.deadLettered += Math.min(1, result.ledger.deadLettered);
          seen.expired += Math.min(1, result.ledger.expired);
          seen.lost += Math.min(1, result.ledger.lost.total);
          seen.unfinished += Math.min(1, result.ledger.unfinished);
          seen.failed += Math.min(
            1,
            Object.values(result.traffic).reduce((n, one) => n + one.failed, 0),
          );
          seen.drained += Number(result.drained);
          const { faults, resources } = plain as { faults?: unknown[]; resources?: unknown };
          const isQuiet = faults?.length === 0 && !JSON.stringify(resources).includes('crash');
          const moves = Object.values(result.resources).some(
            ({ levels }) => (levels['instances']?.max ?? 0) > (levels['instances']?.min ?? 0),
          );
          seen.scaled += Number(isQuiet && moves);
        },
      ),
      { numRuns: 250 },
    );
    // The scenarios do exercise what they are for.
    for (const [what, runs] of Object.entries(seen)) expect(runs, what).toBeGreaterThanOrEqual(1);
  });

  test('`simulate` and the driver of these tests are the same', () => {
    for (const plain of fc.sample(randomScenario, { numRuns: 20, seed: 1 })) {
      const scenario = scenarioOf(filesOf(plain));
      expect(simulate(scenario)).toEqual(drive(scenario).report.result);
    }
  });
});
