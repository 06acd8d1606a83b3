// What is held against a run with control loops: its result, its books, its bill, and what groups did.

import { expect } from 'vitest';
import { Simulation } from '../../../src/core.js';
import type { RunReport, Scenario } from '../../../src/core.js';
import { SeveralFacts } from '../../../src/observe/several-facts.js';
import { NaiveBookkeeper } from '../../reference/naive-bookkeeper.js';
import { PlainScaling } from '../../reference/plain-scaling.js';
import type { PlainScenario } from '../../support/random-scenarios.js';
import { filesOf } from '../../support/random-scenarios.js';
import type { Driven } from '../../support/simulations.js';
import {
  drive,
  scenarioOf,
  SECOND,
  simulateAtMost,
  TINY_TABLES,
} from '../../support/simulations.js';
import { expectSound } from '../../support/sound-result.js';

/** Longer runs are judged by what they have shown until then. */
const EVENTS_MAX = 25_000;

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

/** A run on tiny, poisoned tables, with everybody who listens. */
function watched(scenario: Scenario): Driven & { book: NaiveBookkeeper; plain: PlainScaling } {
  const book = bookkeeperFor(scenario);
  const plain = new PlainScaling(scenario);
  const driven = drive(scenario, {
    tables: TINY_TABLES,
    observer: new SeveralFacts([book, plain]),
    ready: (model) => {
      book.clock = () => model.kernel.now;
      book.messages = model.world.messages;
      plain.listenTo(model);
    },
  });
  plain.end();
  return { ...driven, book, plain };
}

/** Every number is one: what is infinite or unknown has a word. */
function expectNumbers(value: unknown, path = 'result'): void {
  if (typeof value === 'number') expect(Number.isFinite(value), `${path} is ${value}`).toBe(true);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) expectNumbers(inner, `${path}.${key}`);
}

/** Messages of instances that are gone are done elsewhere, or still owed: none has vanished. */
function expectSameBooks({ model, book }: ReturnType<typeof watched>, text: string): void {
  const { messages } = model.world;
  // What the books say of limits is not so any more after a setting was changed.
  const changes = text.includes('"set"');
  const complaints = book.complaints.filter((one) => !changes || !one.includes('limit'));
  expect(complaints.join('; ')).toBe('');
  expect(book.open.size, 'open').toBe(messages.obligations.count);
  expect(book.present, 'copies').toBe(messages.copies.count);
  expect(book.owedEver, 'owed').toBe(model.watch.ledger.owed);
  for (const row of book.open.keys()) {
    const isWaiting = messages.obligations.consumer[row] !== undefined;
    expect(isWaiting, 'who waits for it').toBe(true);
  }
}

/** The bill against the sum over instances of max(60 s, running to gone). */
function expectBilled({ report, model, plain }: ReturnType<typeof watched>): void {
  const end = Math.round(report.result.endSeconds * SECOND);
  for (const [id, group] of plain.groups) {
    for (const [word, isSpot] of [
      ['on demand', false],
      ['Spot', true],
    ] as const) {
      const lines = report.result.cost.lines.filter(
        ({ resource, period, item }) =>
          resource === model.cast.names[id] && period === 'window' && item.includes(`(${word},`),
      );
      const hours = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const seconds = group.seconds(isSpot, end);
      expect(Math.abs(hours - seconds / 3600), `${word}: ${hours} h`).toBeLessThan(0.6e-6);
    }
  }
}

/** What is asked for in `expect` is watched from within; nobody notices. */
function asked(plain: PlainScenario): PlainScenario {
  const fleets = Object.entries(plain['resources'] as Record<string, { type: string }>)
    .filter(([, { type }]) => type === 'autoscaling.group')
    .map(([name]) => name);
  const expectations = fleets.flatMap((name) => [
    `always instances(${name}) < 1000`,
    `sometimes redelivered.scaleIn(${name}) > 0`,
    `reactionTime(${name}) < 1h`,
    `overshoot(${name}) < 50`,
    `oscillations(${name}) < 50`,
    `duplicates(${name}) < 90%`,
  ]);
  return { ...plain, expect: [...expectations, 'lost == 0'] };
}

function limitedTo(scenario: Scenario, sizes: readonly number[]): RunReport {
  const simulation = new Simulation(scenario, { maxEvents: EVENTS_MAX });
  for (let i = 0; !simulation.advance(sizes[i % sizes.length]); i++);
  return simulation.finish(null);
}

/** What the run has shown, in words. */
export function judge(plain: PlainScenario, sizes: readonly number[], share: number): string[] {
  const text = JSON.stringify(plain);
  const scenario = scenarioOf(filesOf(plain));
  const limited = limitedTo(scenario, sizes);
  expectSound(limited, scenario.warmUp);
  expectNumbers(limited);
  const { complete, events, fingerprint } = limited.result;
  const stopped = simulateAtMost(scenario, Math.max(1, Math.floor(events * share)));
  expect([stopped.complete, stopped.stoppedBy === null]).toEqual([false, false]);
  if (!complete) return [];
  const run = watched(scenario);
  expect(run.plain.complaints.join('; ')).toBe('');
  expectSound(run.report, scenario.warmUp);
  expectSameBooks(run, text);
  expectBilled(run);
  expect(limited.result, 'other tables, other slices, no listener').toEqual(run.report.result);
  expect({ ...limited, result: null }).toEqual({ ...run.report, result: null });
  const { result } = drive(scenarioOf(filesOf(asked(plain)))).report;
  expect(result.fingerprint, 'whatever is asked').toBe(fingerprint);
  return seenIn(run);
}

function seenIn({ report, plain }: ReturnType<typeof watched>): string[] {
  const groups = [...plain.groups.values()];
  const { resources, consumers } = report.result;
  const all = Object.values(resources);
  const seen = groups.flatMap((group) => [...group.seen]);
  for (const group of groups) {
    if (group.instances.some(({ isSpot }) => isSpot)) seen.push('Spot');
    if (group.instances.some(({ billed }) => billed.length > 1)) seen.push('started again');
  }
  if (all.some(({ requests }) => (requests['write'] ?? 0) > 0)) seen.push('write');
  if (Object.values(consumers).some(({ redelivered }) => redelivered['scaleIn'] > 0))
    seen.push('redelivered');
  return seen;
}

/** The same of a run too long to be repeated. */
export function judgeOnce(plain: PlainScenario): string[] {
  const scenario = scenarioOf(filesOf(plain));
  const run = watched(scenario);
  expect(run.plain.complaints.join('; ')).toBe('');
  expectSound(run.report, scenario.warmUp);
  expectBilled(run);
  return seenIn(run);
}
