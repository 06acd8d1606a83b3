// Parts of latencies of events that a function runs, by hand: starts of environments, waits after a try. Times are µs.

import { expect, test } from 'vitest';
import { PlainWatch } from '../reference/plain-watch.js';
import { PlainGaps, PlainLatencies, PlainRuns } from '../reference/plain-observers.js';
import { RunEnd } from '../../src/components/facts.js';
import { CONCURRENCY } from '../../src/observe/levels.js';
import { NAMES, ORDERS, scene, WORKERS } from './driver.js';
import type { Scene } from './driver.js';

function at({ clock }: Scene, time: number): void {
  clock.now = time;
}

function withTwin(): { readonly stage: Scene; readonly latencies: PlainLatencies } {
  const stage = scene();
  const gaps = new PlainGaps();
  const latencies = new PlainLatencies(gaps);
  const delays = new Float64Array(NAMES);
  stage.watch.extra = new PlainWatch(stage.clock, () => stage.driver.messages, delays, [
    gaps,
    latencies,
    new PlainRuns(),
  ]);
  return { stage, latencies };
}

/** Total and parts of what the function has done, one event; the twin says the same. */
function done({ stage, latencies }: ReturnType<typeof withTwin>): unknown {
  stage.watch.finish(stage.clock.now + 1);
  const { mean, parts } = stage.watch.latencies.consumerSummary(WORKERS);
  const [plain] = latencies.done;
  expect(plain.total).toBe(mean);
  for (const [part, time] of Object.entries(parts.all ?? {}))
    expect(plain.parts.get(part), part).toBe(time);
  return { mean, ...parts.all };
}

/** Accepted at 0, dispatched at 50, taken at once; the environment is ready 300 later, 260 of them its start. */
function firstTry(stage: Scene, coldStart: number): number {
  const { driver } = stage;
  const message = driver.birth();
  const copy = driver.store(message, ORDERS, WORKERS);
  driver.answer(message);
  at(stage, 50);
  driver.show(ORDERS, copy);
  const delivery = driver.take(ORDERS, copy);
  at(stage, 350);
  driver.facts.environmentReady(WORKERS, delivery, coldStart);
  driver.begin(delivery);
  at(stage, 1_350);
  return delivery;
}

test('a start is coldStart, the rest until the environment is ready is network', () => {
  const { stage, latencies } = withTwin();
  stage.driver.end(firstTry(stage, 260));
  expect(done({ stage, latencies })).toEqual({
    mean: 1_350,
    delivery: 50,
    coldStart: 260,
    network: 40,
    handler: 1_000,
  });
});

test('without a start all of it is network', () => {
  const { stage, latencies } = withTwin();
  stage.driver.end(firstTry(stage, 0));
  expect(done({ stage, latencies })).toEqual({
    mean: 1_350,
    delivery: 50,
    network: 300,
    handler: 1_000,
  });
});

test('from a run that failed to the next one it is backOff; the failed run stays handler', () => {
  const { stage, latencies } = withTwin();
  const { driver } = stage;
  const first = firstTry(stage, 260);
  const { copy } = driver.messages.deliveries;
  const event = copy[first];
  driver.end(first, RunEnd.Failed);
  driver.giveBack(ORDERS, first, 0);
  at(stage, 61_350);
  const second = driver.take(ORDERS, event);
  driver.facts.heldBack(ORDERS, second, 60_000);
  at(stage, 61_355);
  driver.facts.environmentReady(WORKERS, second, 0);
  driver.begin(second);
  at(stage, 62_355);
  driver.end(second);
  expect(done({ stage, latencies })).toEqual({
    mean: 62_355,
    delivery: 50,
    coldStart: 260,
    network: 45,
    handler: 2_000,
    backOff: 60_000,
  });
});

test('concurrency is a level; starts are counted', () => {
  const { driver, watch, clock } = scene();
  driver.facts.invoked(WORKERS, 0, 1);
  driver.facts.invoked(WORKERS, 1, 0);
  clock.now = 100;
  driver.facts.invocationEnded(WORKERS, 0);
  clock.now = 200;
  expect(watch.levels.value(WORKERS, CONCURRENCY)).toBe(1);
  expect(watch.functions.coldStarts[WORKERS]).toBe(1);
  expect(watch.functions.invocations[WORKERS]).toBe(2);
  watch.finish(200);
  expect(watch.levels.summary(WORKERS, CONCURRENCY)).toMatchObject({ mean: 1.5, max: 2 });
});
