// The observers against their plain twins over whole runs in which everything may break: what they made of the facts
// that the components really tell.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Scenario } from '../../src/core.js';
import { isFifoName } from '../../src/components/settings.js';
import { SeveralFacts } from '../../src/observe/several-facts.js';
import type { Model } from '../../src/scenario/wire.js';
import { NaiveBookkeeper } from '../reference/naive-bookkeeper.js';
import { PlainGaps, PlainLatencies, PlainRuns } from '../reference/plain-observers.js';
import type { PlainLatency } from '../reference/plain-observers.js';
import { PlainOrder } from '../reference/plain-order.js';
import { PlainWatch } from '../reference/plain-watch.js';
import { randomBreaking } from '../support/random-breaking.js';
import { randomSending } from '../support/random-sending.js';
import type { PlainScenario } from '../support/random-scenarios.js';
import { filesOf } from '../support/random-scenarios.js';
import { drive, scenarioOf, TINY_TABLES } from '../support/simulations.js';

vi.setConfig({ testTimeout: 240_000 });

interface QueueSettings {
  readonly delaySeconds?: number;
  readonly redrivePolicy?: { readonly deadLetterTarget: string; readonly maxReceiveCount: number };
}

interface Observed {
  readonly model: Model;
  readonly latencies: PlainLatencies;
  readonly order: PlainOrder;
  readonly book: NaiveBookkeeper;
  readonly fifo: readonly number[];
}

/** A run with all twins on its extra slot. */
function observed(scenario: Scenario): Observed {
  const names = [...scenario.resources, ...scenario.traffic].map(({ name }) => name);
  const settings = names.map((_, id) => (scenario.resources[id]?.settings ?? {}) as QueueSettings);
  const policies = settings.map(({ redrivePolicy }) => redrivePolicy);
  const fifo = names.flatMap((name, id) => (isFifoName(name) ? [id] : []));
  const at: { model: Model | null } = { model: null };
  const clock = {
    get now() {
      return at.model?.kernel.now ?? 0;
    },
  };
  const gaps = new PlainGaps();
  const latencies = new PlainLatencies(gaps);
  const order = new PlainOrder(fifo, ({ about: { source, mark0, mark1 } }) => {
    const make = at.model!.world.makes.of(source);
    return make?.isKeyed === true ? make.key(mark0, mark1) : undefined;
  });
  const delays = Float64Array.from(settings, ({ delaySeconds }) => delaySeconds ?? 0);
  const tables = () => at.model!.world.messages;
  const twins = [gaps, latencies, order, new PlainRuns()];
  const book = new NaiveBookkeeper(
    policies.map((policy) => policy?.maxReceiveCount ?? 0),
    names.map((name) => policies.some((policy) => policy?.deadLetterTarget === name)),
  );
  const { model } = drive(scenario, {
    tables: TINY_TABLES,
    observer: new SeveralFacts([new PlainWatch(clock, tables, delays, twins), book]),
    ready: (wired) => {
      at.model = wired;
      book.clock = () => wired.kernel.now;
      book.messages = wired.world.messages;
    },
  });
  return { model, latencies, order, book, fifo };
}

/** Mean parts, only those that are more than 0. */
function partsOf(done: readonly PlainLatency[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { parts, total } of done) {
    expect([...parts.values()].reduce((sum, micros) => sum + micros, 0)).toBe(total);
    for (const [part, micros] of parts) sums[part] = (sums[part] ?? 0) + micros;
  }
  const means = Object.entries(sums).map(([part, sum]) => [part, sum / done.length] as const);
  return Object.fromEntries(means.filter(([, mean]) => mean > 0));
}

function expectSame({ model, latencies, order, fifo }: Observed, warmUp: number): string[] {
  const { cast, watch } = model;
  const seen = new Set<string>();
  const note = (parts: Record<string, number>): Record<string, number> => {
    Object.keys(parts).forEach((part) => seen.add(part));
    return parts;
  };
  for (const id of cast.consumers) {
    const done = latencies.done.filter(
      ({ consumer, message }) => consumer === id && message.bornAt >= warmUp,
    );
    const { count, parts } = watch.latencies.consumerSummary(id);
    expect(count).toBe(done.length);
    expect(parts.all ?? {}).toEqual(note(partsOf(done)));
    const reordered = order.reordered.get(id) ?? 0;
    expect(watch.order.reorderedOf(id)).toBe(reordered);
    if (reordered > 0) seen.add('reordered');
  }
  for (const id of cast.traffic) {
    const answers = latencies.responses.filter(
      ({ message }) => message.source === id && message.bornAt >= warmUp,
    );
    const late = answers.filter(({ total }) => total > 0);
    const wholes = latencies.wholes.filter(
      ({ message }) => message.source === id && message.bornAt >= warmUp,
    );
    const whole = watch.latencies.trafficSummary(id);
    expect(whole.count).toBe(wholes.length);
    expect(whole.parts.all ?? {}).toEqual(note(partsOf(wholes)));
    const { parts } = watch.latencies.responseSummary(id);
    const found = parts.all ?? {};
    for (const [part, mean] of Object.entries(note(partsOf(late))))
      expect(found[part as keyof typeof found]).toBeCloseTo(
        (mean * late.length) / answers.length,
        6,
      );
  }
  for (const queue of fifo) expect(order.broken.get(queue) ?? 0).toBe(0);
  return [...seen];
}

/** What the books say of limits is not so any more after a setting was changed. */
function complaintsOf({ book }: Observed, plain: PlainScenario): string[] {
  const changes = JSON.stringify(plain).includes('"set"');
  return book.complaints.filter((one) => !changes || !one.includes('limit'));
}

test('twins say the same of what components tell', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(randomBreaking, (plain) => {
      const scenario = scenarioOf(filesOf(plain));
      const run = observed(scenario);
      expectSame(run, scenario.warmUp).forEach((what) => seen.add(what));
      expect(complaintsOf(run, plain)).toEqual([]);
    }),
    { numRuns: 120 },
  );
  for (const what of ['reordered', 'groupWait', 'throttleWait', 'producerRetry', 'visibilityWait'])
    expect(seen).toContain(what);
});

test('and where handlers send: of children, and of all that came of a message', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(randomSending, (plain) => {
      const scenario = scenarioOf(filesOf(plain));
      const run = observed(scenario);
      expectSame(run, scenario.warmUp).forEach((what) => seen.add(what));
      expect(complaintsOf(run, plain)).toEqual([]);
      if (run.latencies.messages.some(({ parent }) => parent !== null)) seen.add('children');
      if (run.latencies.messages.some(({ parent }) => parent !== null && parent.parent !== null))
        seen.add('grandchildren');
      if (run.latencies.wholes.some(({ message: first }) => first.parent === null))
        seen.add('wholes');
    }),
    { numRuns: 60 },
  );
  for (const what of ['children', 'grandchildren', 'wholes']) expect(seen).toContain(what);
});
