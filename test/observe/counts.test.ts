// Ledger, runs, workers and plain counts, by hand.

import { describe, expect, test } from 'vitest';
import {
  Cause,
  CAUSES,
  InstanceState,
  LOSSES,
  NOBODY,
  Outcome,
  RunEnd,
} from '../../src/components/facts.js';
import { BOTS, DEAD, MAILERS, ORDERS, scene, SHOPPERS, WORKERS } from './driver.js';
import type { Scene } from './driver.js';

const none = CAUSES.map(() => 0);
const only = (cause: Cause, n = 1): number[] => none.map((_, i) => (i + 1 === cause ? n : 0));

describe('ledger', () => {
  test('where obligations ended', () => {
    const { driver, watch } = scene();
    const done = driver.take(ORDERS, driver.send());
    driver.arrive(done);
    driver.begin(done);
    driver.end(done);
    driver.remove(ORDERS, driver.messages.deliveries.copy[done], done);
    driver.release(done);
    driver.expire(ORDERS, driver.send());
    driver.deadLetter(ORDERS, driver.send(), DEAD);
    const deleted = driver.send();
    driver.messages.fate(driver.messages.copies.obligation[deleted], Outcome.DeletedOnReceipt);
    driver.remove(ORDERS, deleted);
    driver.send();
    driver.send(ORDERS, NOBODY);
    watch.finish(1);
    const lost = LOSSES.map((name) => (name === 'deletedOnReceipt' ? 1 : 0));
    const ledger = { owed: 5, processed: 1, deadLettered: 1, expired: 1, unfinished: 1, lost };
    expect(watch.ledger.of(WORKERS)).toEqual(ledger);
    expect(watch.ledger.total()).toEqual(ledger);
    expect(watch.ledger.of(MAILERS).owed).toBe(0);
    expect(watch.ledger.unowed).toBe(1);
  });

  test('done, but not deleted: processed', () => {
    const { driver, watch } = scene();
    const delivery = driver.take(ORDERS, driver.send());
    driver.begin(delivery);
    driver.end(delivery);
    watch.finish(1);
    expect(watch.ledger.of(WORKERS)).toMatchObject({ owed: 1, processed: 1, unfinished: 0 });
  });
});

describe('runs', () => {
  /** Two hand-outs of one copy; the first is returned by its timeout, blamed on `cause`. */
  function twice(
    cause: Cause,
    first: (stage: Scene, delivery: number) => void,
  ): [Scene, number, number] {
    const stage = scene();
    const { driver } = stage;
    const copy = driver.send();
    const one = driver.take(ORDERS, copy);
    first(stage, one);
    driver.giveBack(ORDERS, one, cause);
    const other = driver.take(ORDERS, copy);
    driver.begin(other, 1);
    return [stage, one, other];
  }

  test('handled twice in full', () => {
    const [{ driver, watch }, , other] = twice(Cause.LostDelete, ({ driver: d }, one) => {
      d.begin(one);
      d.end(one);
    });
    driver.end(other);
    expect(watch.runs.of(WORKERS)).toMatchObject({
      runs: 2,
      duplicates: only(Cause.LostDelete),
      redelivered: only(Cause.LostDelete),
      unexplained: 0,
    });
    expect(watch.workers.of(WORKERS).map(({ processed }) => processed)).toEqual([1]);
  });

  test('overtaken: the first run ends last, and is the duplicate', () => {
    const [{ driver, watch }, one, other] = twice(
      Cause.VisibilityTimeout,
      ({ driver: d }, first) => {
        d.begin(first);
      },
    );
    driver.end(other, RunEnd.Ok, 1);
    driver.end(one, RunEnd.Ok, 0);
    expect(watch.runs.of(WORKERS)).toMatchObject({
      duplicates: only(Cause.VisibilityTimeout),
      redelivered: only(Cause.VisibilityTimeout),
      unexplained: 0,
    });
    expect(watch.workers.of(WORKERS).map(({ processed }) => processed)).toEqual([0, 1]);
  });

  test('a try after `fail` is no redelivery', () => {
    const [{ driver, watch }, , other] = twice(Cause.VisibilityTimeout, ({ driver: d }, one) => {
      d.begin(one);
      d.end(one, RunEnd.Failed);
    });
    driver.end(other);
    expect(watch.runs.of(WORKERS)).toMatchObject({
      runs: 2,
      failedRuns: 1,
      duplicates: none,
      redelivered: none,
      unexplained: 0,
    });
  });

  test('a run that is skipped ends the obligation, and is no duplicate', () => {
    const [{ driver, watch }, , other] = twice(Cause.VisibilityTimeout, ({ driver: d }, one) => {
      d.begin(one);
      d.end(one);
    });
    driver.end(other, RunEnd.Skipped);
    expect(watch.runs.of(WORKERS)).toMatchObject({
      runs: 2,
      skipped: 1,
      duplicates: none,
      redelivered: only(Cause.VisibilityTimeout),
      unexplained: 0,
    });
    expect(watch.runs.processedOf(WORKERS)).toBe(1);
  });

  test('what is skipped at its first run is processed', () => {
    const { driver, watch } = scene();
    const delivery = driver.take(ORDERS, driver.send());
    driver.arrive(delivery);
    driver.begin(delivery);
    driver.end(delivery, RunEnd.Skipped);
    watch.finish(1);
    expect(watch.runs.processedOf(WORKERS)).toBe(1);
    expect(watch.ledger.of(WORKERS)).toMatchObject({ owed: 1, processed: 1 });
    expect(watch.latencies.consumerSummary(WORKERS).count).toBe(1);
    expect(watch.workers.of(WORKERS)[0].processed).toBe(1);
  });

  test('after a crash it is', () => {
    const [{ driver, watch }, , other] = twice(Cause.Crash, ({ driver: d }, one) => {
      d.begin(one);
      d.end(one, RunEnd.Crashed);
    });
    driver.end(other, RunEnd.Killed);
    expect(watch.runs.of(WORKERS)).toMatchObject({
      runs: 2,
      crashed: 1,
      killed: 1,
      duplicates: none,
      redelivered: only(Cause.Crash),
      unexplained: 0,
    });
  });

  test('without a cause it is unexplained', () => {
    const [{ driver, watch }, , other] = twice(Cause.None, ({ driver: d }, one) => {
      d.begin(one);
      d.end(one);
    });
    driver.end(other);
    expect(watch.runs.of(WORKERS)).toMatchObject({
      duplicates: none,
      redelivered: none,
      unexplained: 2,
    });
  });
});

describe('workers', () => {
  test('busy is the mean over loops, in service only', () => {
    const { clock, driver, watch } = scene();
    const { facts } = driver;
    const batch = () => driver.take(ORDERS, driver.send());
    facts.instance(WORKERS, 0, InstanceState.Running);
    clock.now = 10;
    facts.instance(WORKERS, 0, InstanceState.InService);
    facts.loopFree(WORKERS, ORDERS, 0);
    facts.loopFree(WORKERS, ORDERS, 0);
    clock.now = 20;
    facts.arrived(WORKERS, ORDERS, 0, batch());
    expect(watch.levels.value(WORKERS, 5)).toBe(1);
    clock.now = 30;
    facts.arrived(WORKERS, ORDERS, 0, batch());
    expect(watch.levels.value(WORKERS, 5)).toBe(2);
    clock.now = 50;
    facts.loopFree(WORKERS, ORDERS, 0);
    clock.now = 70;
    facts.instance(WORKERS, 0, InstanceState.Terminating);
    expect(watch.levels.value(WORKERS, 5)).toBe(0);
    facts.loopTaken(WORKERS, ORDERS, 0); // gone
    clock.now = 90;
    facts.instance(WORKERS, 0, InstanceState.Terminated);
    watch.finish(100);
    expect(watch.workers.of(WORKERS)).toEqual([
      { processed: 0, busy: (10 * 1 + 20 * 2 + 20 * 1) / 2, inService: 60, idle: 10 },
    ]);
    expect(watch.levels.summary(WORKERS, 3)).toEqual({ mean: 0.6, min: 0, max: 1, end: 0 });
  });

  test('in order of their number, those that never served too', () => {
    const { clock, driver, watch } = scene();
    driver.facts.instance(WORKERS, 1, InstanceState.InService);
    driver.facts.instance(WORKERS, 2, InstanceState.Pending);
    clock.now = 7;
    watch.finish(8);
    expect(watch.workers.of(WORKERS).map(({ inService }) => inService)).toEqual([0, 8, 0]);
    expect(watch.workers.of(MAILERS)).toEqual([]);
  });
});

test('traffic, requests, stores', () => {
  const { driver, watch } = scene();
  const { facts } = driver;
  driver.answer(driver.birth(SHOPPERS, 100));
  driver.giveUp(driver.birth(SHOPPERS, 50));
  const stubborn = driver.birth(SHOPPERS, 100);
  facts.retried(SHOPPERS, stubborn, 0);
  facts.retried(SHOPPERS, stubborn, 1);
  facts.request(ORDERS, 0, 100);
  facts.request(ORDERS, 0, 100_000);
  facts.throttled(ORDERS, 0, SHOPPERS);
  facts.throttled(ORDERS, 0, WORKERS);
  facts.deduplicated(ORDERS, stubborn);
  facts.pollOpened(ORDERS, WORKERS, 2);
  facts.pollClosed(ORDERS, WORKERS, 0, 0);
  facts.pollOpened(ORDERS, WORKERS, 2);
  facts.pollClosed(ORDERS, WORKERS, 3, 100);
  driver.expire(ORDERS, driver.send(ORDERS, WORKERS, BOTS));
  driver.deadLetter(ORDERS, driver.send(ORDERS, WORKERS, BOTS), DEAD);
  driver.remove(ORDERS, driver.send(ORDERS, WORKERS, BOTS));
  expect(watch.traffic.of(SHOPPERS)).toEqual({
    sent: 3,
    bytes: 250,
    accepted: 1,
    failed: 1,
    attempts: 5,
    throttled: 1,
  });
  expect(watch.traffic.retriesOf(SHOPPERS)).toBe(2);
  expect([0, 1, 2].map((operation) => watch.requests.count(ORDERS, operation))).toEqual([2, 0, 2]);
  expect([ORDERS, DEAD].map((queue) => watch.requests.throttledCalls(queue))).toEqual([2, 0]);
  expect(watch.stores.of(ORDERS)).toEqual({
    stored: 3,
    deleted: 1,
    expired: 1,
    purged: 0,
    deadLettered: 1,
    redriven: 0,
    deduplicated: 1,
    receives: 2,
    emptyReceives: 1,
  });
  expect(watch.stores.of(DEAD).stored).toBe(1);
  expect([ORDERS, DEAD].map((queue) => watch.stores.present(queue))).toEqual([0, 1]);
});
