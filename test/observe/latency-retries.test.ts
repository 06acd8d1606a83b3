// Parts of latencies of messages whose way was not straight, by hand: further attempts, blocked groups, delays of their
// own, copies hidden again, redrives. Times are µs.

import { describe, expect, test } from 'vitest';
import { CopyStage } from '../../src/components/facts.js';
import { DEAD, NAMES, ORDERS, scene, SHOPPERS, WORKERS } from './driver.js';
import type { Scene } from './driver.js';

function at({ clock }: Scene, time: number): void {
  clock.now = time;
}

function done(stage: Scene, delivery: number): void {
  stage.driver.arrive(delivery);
  stage.driver.begin(delivery);
  stage.driver.end(delivery);
}

/** Total and parts of what the workers have done, one message. */
function doneAtWorkers({ watch, clock }: Scene): unknown {
  watch.finish(clock.now + 1);
  const { mean, parts } = watch.latencies.consumerSummary(WORKERS);
  return { mean, ...parts.all };
}

describe('further attempts', () => {
  /** Born at 0, sent at 5, tried again at 105 (nothing came back) and at 125 (throttled). */
  function tried(stage: Scene): number {
    const message = stage.driver.birth(SHOPPERS, 1000, true);
    stage.driver.messages.messages.buffered[message] = 5;
    at(stage, 105);
    stage.driver.retry(message, 0);
    at(stage, 125);
    stage.driver.retry(message, 1);
    return message;
  }
  const parts = { batching: 5, producerRetry: 100, throttleWait: 20 };

  test('what lies before the last is producerRetry or throttleWait', () => {
    const stage = scene();
    const message = tried(stage);
    at(stage, 132);
    const copy = stage.driver.store(message, ORDERS, WORKERS, CopyStage.Visible);
    at(stage, 140);
    stage.driver.answer(message);
    at(stage, 150);
    done(stage, stage.driver.take(ORDERS, copy));
    expect(doneAtWorkers(stage)).toEqual({ mean: 150, ...parts, network: 7, queueWait: 18 });
    const response = stage.watch.latencies.responseSummary(SHOPPERS);
    expect(response.parts.all).toEqual({ ...parts, network: 15 });
  });

  test('a copy of the first attempt knows nothing of the others', () => {
    const stage = scene();
    const message = stage.driver.birth(SHOPPERS, 1000, true);
    at(stage, 7);
    const first = stage.driver.store(message, ORDERS, WORKERS, CopyStage.Visible);
    at(stage, 100);
    stage.driver.retry(message);
    at(stage, 110);
    stage.driver.store(message, ORDERS, WORKERS, CopyStage.Visible);
    done(stage, stage.driver.take(ORDERS, first));
    expect(doneAtWorkers(stage)).toEqual({ mean: 110, network: 7, queueWait: 103 });
  });

  test('the copy of a further attempt has its own way, though an earlier one was stored', () => {
    const stage = scene();
    const message = stage.driver.birth(SHOPPERS, 1000, true);
    at(stage, 7);
    stage.driver.store(message, ORDERS, WORKERS, CopyStage.Visible);
    at(stage, 100);
    stage.driver.retry(message);
    at(stage, 110);
    const second = stage.driver.store(message, ORDERS, WORKERS, CopyStage.Visible);
    at(stage, 111);
    done(stage, stage.driver.take(ORDERS, second));
    expect(doneAtWorkers(stage)).toEqual({
      mean: 111,
      producerRetry: 100,
      network: 10,
      queueWait: 1,
    });
  });

  test('stored although it was given up', () => {
    const stage = scene();
    const message = tried(stage);
    stage.driver.facts.gaveUp(SHOPPERS, message);
    at(stage, 130);
    const copy = stage.driver.store(message, ORDERS, WORKERS, CopyStage.Visible);
    done(stage, stage.driver.take(ORDERS, copy));
    expect(doneAtWorkers(stage)).toEqual({ mean: 130, ...parts, network: 5 });
  });

  test('a message in the row of one that was given up has no part in it', () => {
    const stage = scene();
    stage.driver.giveUp(tried(stage));
    const next = stage.driver.birth();
    at(stage, 130);
    done(
      stage,
      stage.driver.take(ORDERS, stage.driver.store(next, ORDERS, WORKERS, CopyStage.Visible)),
    );
    expect(doneAtWorkers(stage)).toEqual({ mean: 5, network: 5 });
  });
});

describe('a group that is blocked', () => {
  /** Visible at 0 while a loop was free and none polled; taken at 100, handled until 110. */
  function taken(blocked: number, again = false): unknown {
    const stage = scene({ fifo: [ORDERS] });
    const { driver } = stage;
    const copy = driver.send();
    at(stage, 70);
    driver.facts.loopFree(WORKERS, ORDERS, 0);
    at(stage, 100);
    let delivery = driver.takeOf(1, blocked, ORDERS, copy);
    if (again) {
      driver.giveBack(ORDERS, delivery);
      delivery = driver.takeOf(1, 0, ORDERS, copy);
    }
    driver.facts.loopTaken(WORKERS, ORDERS, 0);
    driver.arrive(delivery);
    driver.begin(delivery);
    at(stage, 110);
    driver.end(delivery);
    return doneAtWorkers(stage);
  }

  test('its wait is groupWait, the rest is as for others', () => {
    expect(taken(0)).toEqual({ mean: 110, queueWait: 70, pollGap: 30, handler: 10 });
    expect(taken(40)).toEqual({
      mean: 110,
      groupWait: 40,
      queueWait: 30,
      pollGap: 30,
      handler: 10,
    });
    expect(taken(90)).toEqual({ mean: 110, groupWait: 90, pollGap: 10, handler: 10 });
    expect(taken(100)).toEqual({ mean: 110, groupWait: 100, handler: 10 });
  });

  test('no more than it waited', () => {
    expect(taken(250)).toEqual({ mean: 110, groupWait: 100, handler: 10 });
  });

  test('is kept when the copy comes back', () => {
    expect(taken(40, true)).toEqual(taken(40));
  });
});

test('a delay of its own', () => {
  const delays = new Float64Array(NAMES);
  delays[ORDERS] = 60;
  const shown = (asked: number | null): unknown => {
    const stage = scene({ delays });
    const { driver } = stage;
    const [copy, other] = [0, 1].map(() => driver.store(driver.birth(), ORDERS, WORKERS));
    at(stage, 75);
    driver.show(ORDERS, copy, asked);
    done(stage, driver.take(ORDERS, copy));
    driver.show(ORDERS, other);
    done(stage, driver.take(ORDERS, other));
    return doneAtWorkers(stage);
  };
  expect(shown(null)).toEqual({ mean: 75, delay: 60, delivery: 15 });
  expect(shown(70)).toEqual({ mean: 75, delay: 65, delivery: 10 });
  expect(shown(0)).toEqual({ mean: 75, delay: 30, delivery: 45 });
  expect(shown(900)).toEqual({ mean: 75, delay: 67.5, delivery: 7.5 });
});

describe('hidden again', () => {
  /** Taken at 10, visible at 20, hidden at 25, visible at 45, taken again at 50. */
  function hidden(stage: Scene, finishedBy: 'first' | 'second'): unknown {
    const { driver } = stage;
    const copy = driver.send();
    at(stage, 10);
    const first = driver.take(ORDERS, copy);
    driver.arrive(first);
    at(stage, 20);
    driver.giveBack(ORDERS, first);
    at(stage, 25);
    driver.hide(ORDERS, first);
    at(stage, 45);
    driver.giveBack(ORDERS, first);
    at(stage, 50);
    const second = driver.take(ORDERS, copy);
    if (finishedBy === 'second') done(stage, second);
    else {
      driver.begin(first);
      driver.end(first);
    }
    return doneAtWorkers(stage);
  }

  test('is visibilityWait; what it was visible in between is not', () => {
    expect(hidden(scene(), 'second')).toEqual({
      mean: 50,
      queueWait: 10 + 5 + 5,
      visibilityWait: 10 + 20,
    });
  });

  test('whoever asked for it may finish after all', () => {
    expect(hidden(scene(), 'first')).toEqual({ mean: 50, queueWait: 10, batching: 40 });
  });

  test('is in flight meanwhile', () => {
    const stage = scene();
    const copy = stage.driver.send();
    const delivery = stage.driver.take(ORDERS, copy);
    stage.driver.giveBack(ORDERS, delivery);
    stage.driver.hide(ORDERS, delivery);
    expect([0, 1, 2].map((level) => stage.watch.levels.value(ORDERS, level))).toEqual([0, 0, 1]);
    stage.watch.finish(1);
    expect(stage.watch.invariantResults().every(({ violations }) => violations === 0)).toBe(true);
  });
});

test('redriven: its stay in the dead-letter queue', () => {
  const stage = scene();
  const { driver } = stage;
  const copy = driver.send();
  at(stage, 10);
  const dead = driver.deadLetter(ORDERS, copy, DEAD);
  at(stage, 70);
  driver.redrive(dead, ORDERS, WORKERS, CopyStage.Delayed);
  at(stage, 73);
  driver.show(ORDERS, dead);
  at(stage, 80);
  done(stage, driver.take(ORDERS, dead));
  expect(doneAtWorkers(stage)).toEqual({
    mean: 80,
    queueWait: 10 + 7,
    deadLetterStay: 60,
    delivery: 3,
  });
  expect(stage.watch.stores.of(DEAD)).toMatchObject({ stored: 1, redriven: 1 });
  expect(stage.watch.stores.of(ORDERS)).toMatchObject({ stored: 2, deadLettered: 1 });
  expect(stage.watch.ledger.total()).toMatchObject({ owed: 1, processed: 1, deadLettered: 0 });
  expect(stage.watch.invariantResults().every(({ violations }) => violations === 0)).toBe(true);
});
