// The observers against their plain twins, on random stories.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../src/components/levels.js';
import { NOBODY } from '../../src/components/facts.js';
import { PARTS } from '../../src/observe/latency/parts.js';
import type { LatencySummary } from '../../src/observe/latency/summary.js';
import {
  BUSY,
  CONCURRENCY,
  DELAYED,
  DEPTH,
  DESIRED,
  IN_FLIGHT,
  INSTANCES,
  PENDING,
} from '../../src/observe/levels.js';
import { bucketOf, upperEdge } from '../../src/kernel/histogram.js';
import { Makes } from '../../src/components/makes.js';
import { PlainOrder } from '../reference/plain-order.js';
import {
  PlainGaps,
  PlainLatencies,
  PlainLevels,
  plainLedger,
  PlainRuns,
} from '../reference/plain-observers.js';
import { plainLink } from '../reference/plain-pushes.js';
import { PlainWatch } from '../reference/plain-watch.js';
import type { PlainLatency } from '../reference/plain-observers.js';
import {
  BOTS,
  DEAD,
  FEED,
  MAILERS,
  MAILS,
  NAMES,
  ORDERS,
  PARTNER,
  scene,
  SHOPPERS,
  WORKERS,
} from './driver.js';
import type { Scene } from './driver.js';
import { LINKS } from './push-driver.js';
import { Story, turns } from './story.js';
import type { Turn } from './story.js';

interface Told extends Scene {
  readonly plain: PlainWatch;
  readonly levels: PlainLevels;
  readonly latencies: PlainLatencies;
  readonly runs: PlainRuns;
  readonly order: PlainOrder;
  readonly end: number;
}

const DELAYS = new Float64Array(NAMES);
DELAYS[ORDERS] = 1_000;

/** What the bots send is about one of three things. */
const MAKES = new Makes();
MAKES.set(BOTS, {
  key: (mark0) => (mark0 >>> 0) % 3,
  attribute: () => undefined,
  isKeyed: true,
});

function tell(story: readonly Turn[], warmUp: number, deadConsumer: number): Told {
  const stage = scene({ warmUp, delays: DELAYS, fifo: [MAILS] }, 1, MAKES);
  const levels = new PlainLevels();
  const gaps = new PlainGaps();
  const latencies = new PlainLatencies(gaps);
  const runs = new PlainRuns();
  const order = new PlainOrder([MAILS], ({ source, mark0 }) =>
    source === BOTS ? (mark0 >>> 0) % 3 : undefined,
  );
  const plain = new PlainWatch(stage.clock, () => stage.driver.messages, DELAYS, [
    levels,
    gaps,
    latencies,
    order,
    runs,
  ]);
  stage.watch.extra = plain;
  new Story(stage.driver, deadConsumer, MAILS).tell(story);
  const end = stage.clock.now + 1;
  stage.watch.finish(end);
  return { ...stage, plain, levels, latencies, runs, order, end };
}

const stories = fc.record({
  story: turns(300),
  warmUp: fc.constantFrom(0, 0, 2_000, 3_000_000),
  dead: fc.constantFrom(NOBODY, MAILERS),
});

/** Holds for every story. */
function always(holds: (told: Told & { warmUp: number }) => void, numRuns = 150): void {
  const property = fc.property(stories, ({ story, warmUp, dead }) =>
    holds({ ...tell(story, warmUp, dead), warmUp }),
  );
  fc.assert(property, { numRuns, interruptAfterTimeLimit: 30_000 });
}

test('levels, over the run and in each step', () => {
  always(({ watch, levels, end, warmUp }) => {
    const step = watch.levels.stepLength;
    for (const resource of [ORDERS, MAILS, DEAD, WORKERS, MAILERS]) {
      for (const [level, name] of LEVELS.entries()) {
        if (end > warmUp) {
          close(watch.levels.summary(resource, level), levels.over(resource, name, warmUp, end));
        }
        const steps = watch.levels.timeline(resource, level);
        expect(steps.length).toBe(Math.ceil(end / step));
        expect(steps.length).toBeLessThanOrEqual(240);
        steps.forEach((one, i) =>
          close(one, levels.over(resource, name, i * step, Math.min((i + 1) * step, end))),
        );
      }
    }
  }, 40);
});

function close(
  found: { mean: number; min: number; max: number; end: number },
  wanted: typeof found,
): void {
  const { mean, ...others } = found;
  const { mean: wantedMean, ...wantedOthers } = wanted;
  expect(others).toEqual(wantedOthers);
  expect(mean).toBeCloseTo(wantedMean, 6);
}

function same(found: LatencySummary, done: readonly PlainLatency[], unfinished: number): void {
  expect(found.count).toBe(done.length);
  expect(found.unfinished).toBe(unfinished);
  const all = done.length + unfinished;
  const sorted = done.map(({ total }) => total).sort((a, b) => a - b);
  const at = (rank: number) => Math.min(upperEdge(bucketOf(sorted[rank - 1])), sorted.at(-1)!);
  for (const [name, q] of [
    ['p50', 0.5],
    ['p90', 0.9],
    ['p95', 0.95],
    ['p99', 0.99],
    ['p999', 0.999],
  ] as const) {
    const rank = Math.max(1, Math.ceil(q * all - 1e-9));
    expect(found[name]).toBe(all === 0 ? null : rank > done.length ? Infinity : at(rank));
    if (name === 'p95') continue;
    const here = found.parts[name];
    if (all === 0 || rank > done.length) expect(here).toBe(undefined);
    else
      sameParts(
        here,
        done.filter(({ total }) => bucketOf(total) === bucketOf(sorted[rank - 1])),
      );
  }
  if (done.length > 0) sameParts(found.parts.all, done);
  expect(found.min).toBe(sorted[0] ?? null);
  expect(found.max).toBe(unfinished > 0 ? Infinity : (sorted.at(-1) ?? null));
  if (done.length > 0)
    expect(found.mean).toBeCloseTo(sorted.reduce((sum, n) => sum + n, 0) / done.length, 3);
}

function sameParts(
  found: Partial<Record<string, number>> | undefined,
  done: readonly PlainLatency[],
): void {
  const wanted: Record<string, number> = {};
  for (const part of PARTS) {
    const sum = done.reduce((total, { parts }) => total + (parts.get(part) ?? 0), 0);
    if (sum > 0) wanted[part] = sum / done.length;
  }
  expect(found).toEqual(wanted);
}

test('parts add up to the total in the twin, too', () => {
  always(({ latencies }) => {
    for (const { total, parts } of latencies.done) {
      expect([...parts.values()].reduce((sum, n) => sum + n, 0)).toBe(total);
    }
  });
});

describe('latency', () => {
  test('of consumers', () => {
    always(({ watch, latencies, warmUp }) => {
      for (const consumer of [WORKERS, MAILERS, PARTNER]) {
        const counts = latencies.done.filter(
          (one) => one.consumer === consumer && one.message.bornAt >= warmUp,
        );
        const never = latencies.obligations.filter((one) => {
          return one.consumer === consumer && one.okRuns === 0 && one.message.bornAt >= warmUp;
        });
        same(watch.latencies.consumerSummary(consumer), counts, never.length);
      }
    });
  });

  test('of traffic: when all that came of a message is done for the first time', () => {
    always(({ watch, latencies, warmUp }) => {
      for (const source of [SHOPPERS, BOTS]) {
        const sent = latencies.messages.filter(
          (one) => one.source === source && one.bornAt >= warmUp,
        );
        const expected = sent.filter(({ obligations, isUnclaimed }) => {
          if (obligations.length === 0) return !isUnclaimed;
          return obligations.some(({ consumer }) => consumer !== NOBODY);
        });
        const done = latencies.done.filter(
          ({ isOfMessage, message }) => isOfMessage && sent.includes(message),
        );
        same(watch.latencies.trafficSummary(source), done, expected.length - done.length);
      }
    });
  });

  test('of responses', () => {
    always(({ watch, latencies, warmUp }) => {
      for (const source of [SHOPPERS, BOTS]) {
        const sent = latencies.messages.filter(
          (one) => one.source === source && one.bornAt >= warmUp,
        );
        const done = latencies.responses.filter(({ message }) => sent.includes(message));
        same(watch.latencies.responseSummary(source), done, sent.length - done.length);
      }
    });
  });
});

test('runs, duplicates and redeliveries by cause', () => {
  always(({ watch, runs }) => {
    for (const consumer of [WORKERS, MAILERS, PARTNER]) {
      const found = watch.runs.of(consumer);
      const count = (what: string) => runs.of(`${consumer}/${what}`);
      const { failedRuns, crashed, killed, skipped } = found;
      expect(found.runs).toBe(count('runs'));
      expect([failedRuns, crashed, killed, skipped]).toEqual(
        [1, 2, 3, 4].map((end) => count(`ended/${end}`)),
      );
      expect(found.duplicates).toEqual(
        found.duplicates.map((_, i) => count(`duplicates/${i + 1}`)),
      );
      expect(found.redelivered).toEqual(
        found.redelivered.map((_, i) => count(`redelivered/${i + 1}`)),
      );
      expect(found.unexplained).toBe(count('duplicates/0') + count('redelivered/0'));
      watch.workers
        .of(consumer)
        .forEach(({ processed }, i) => expect(processed).toBe(count(`processed/${i}`)));
    }
  });
});

test('ledger: each obligation ends somewhere, and invariants hold', () => {
  always(({ watch, latencies, driver }) => {
    const { obligations } = driver.messages;
    for (let row = 0; row < obligations.bound; row++) {
      if (!obligations.isLive(row)) continue;
      const message = driver.messages.messages;
      const open = latencies.obligations.filter(({ end }) => end === 0);
      expect(open.length).toBeGreaterThan(0);
      expect(message.isLive(obligations.message[row])).toBe(true);
    }
    const counts = plainLedger(latencies.obligations);
    const { total, of } = { total: watch.ledger.total(), of: (id: number) => watch.ledger.of(id) };
    const passedOn = of(FEED).processed; // what was owed of it then counts instead
    expect(total.owed + passedOn + watch.ledger.unowed).toBe(latencies.obligations.length);
    for (const consumer of [WORKERS, MAILERS, PARTNER]) {
      const { owed, lost, ...ends } = of(consumer);
      expect(owed).toBe(
        Object.values(ends).reduce((sum, n) => sum + n, 0) + lost.reduce((sum, n) => sum + n, 0),
      );
      expect(ends.expired).toBeGreaterThanOrEqual(counts.get(`${consumer}/3`) ?? 0);
    }
    // Stories take from the queue that keeps order as they like.
    const broken = watch.invariantResults().filter(({ name, violations }) => {
      return violations > 0 && name !== 'fifo-order';
    });
    expect(broken).toEqual([]);
  });
});

test('links of pushers', () => {
  const seen = { attempts: 0, retries: 0, delivered: 0, deadLettered: 0, undelivered: 0, lost: 0 };
  always(({ watch, plain, warmUp }) => {
    for (const [pusher, links] of Object.entries(LINKS)) {
      for (const link of links.keys()) {
        const { latency, ...found } = watch.pushes.of(Number(pusher), link);
        const { times, ...wanted } = plainLink(plain.facts, Number(pusher), link, warmUp);
        expect(found).toMatchObject(wanted);
        expect(latency.count).toBe(times.length);
        expect(latency.sum).toBe(times.reduce((sum, time) => sum + time, 0));
        const lost = wanted.lost.reduce((sum, n) => sum + n, 0);
        const counts = { ...wanted, lost };
        for (const name of Object.keys(seen) as (keyof typeof seen)[]) seen[name] += counts[name];
      }
    }
  });
  // The stories do tell of all of them.
  expect(
    Object.values(seen).every((n) => n > 50),
    JSON.stringify(seen),
  ).toBe(true);
});

test('order of groups and keys: what came too early, and hand-outs that broke it', () => {
  let reordered = 0;
  always(({ watch, order }) => {
    for (const consumer of [WORKERS, MAILERS, PARTNER]) {
      const count = order.reordered.get(consumer) ?? 0;
      expect(watch.order.reorderedOf(consumer)).toBe(count);
      reordered += count;
    }
    const broken = watch.invariantResults().filter(({ name }) => name === 'fifo-order');
    const violations = order.broken.get(MAILS) ?? 0;
    expect(broken).toEqual([{ name: 'fifo-order', on: MAILS, violations }]);
  });
  expect(reordered).toBeGreaterThan(10);
});

test('switches change nothing in the fingerprint, nor does the size of tables', () => {
  fc.assert(
    fc.property(turns(200), (story) => {
      const one = scene({ delays: DELAYS });
      const other = scene({ delays: DELAYS, latency: false, levels: false, invariants: false }, 64);
      for (const { driver } of [one, other]) new Story(driver, MAILERS).tell(story);
      for (const { watch, clock } of [one, other]) watch.finish(clock.now + 1);
      expect(one.watch.fingerprint.hex()).toBe(other.watch.fingerprint.hex());
      expect(one.watch.ledger.total()).toEqual(other.watch.ledger.total());
      expect(one.watch.runs.of(WORKERS)).toEqual(other.watch.runs.of(WORKERS));
    }),
    { numRuns: 100 },
  );
});

test('the levels of the twin are named as ours', () => {
  expect(LEVELS.map((name, i) => [name, i])).toEqual([
    ['depth', DEPTH],
    ['delayed', DELAYED],
    ['inFlight', IN_FLIGHT],
    ['instances', INSTANCES],
    ['desired', DESIRED],
    ['busy', BUSY],
    ['pending', PENDING],
    ['concurrency', CONCURRENCY],
  ]);
});
