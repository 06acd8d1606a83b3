// The parts of latencies, by hand. Times are µs; total and parts of the one message that is done.

import { describe, expect, test } from 'vitest';
import { CopyStage, NOBODY, RunEnd } from '../../src/components/facts.js';
import { DEAD, MAILERS, MAILS, NAMES, ORDERS, scene, SHOPPERS, WORKERS } from './driver.js';
import type { Scene } from './driver.js';

function at({ clock }: Scene, time: number): void {
  clock.now = time;
}

/** Total and parts of all that the consumer has done. */
function doneAt({ watch, clock }: Scene, consumer = WORKERS) {
  watch.finish(clock.now + 1);
  const { mean, unfinished, parts } = watch.latencies.consumerSummary(consumer);
  return { mean, unfinished, parts: parts.all };
}

/** Born at 0, sent at 5, stored at 12 and visible at once. */
function sent(stage: Scene, queue = ORDERS): number {
  const message = stage.driver.birth();
  at(stage, 12);
  stage.driver.messages.messages.buffered[message] = 5;
  return stage.driver.store(message, queue, WORKERS, CopyStage.Visible);
}

test('straight through', () => {
  const stage = scene();
  const copy = sent(stage);
  at(stage, 40);
  const delivery = stage.driver.take(ORDERS, copy);
  at(stage, 43);
  stage.driver.arrive(delivery);
  at(stage, 50);
  stage.driver.begin(delivery);
  at(stage, 150);
  stage.driver.end(delivery);
  expect(doneAt(stage)).toEqual({
    mean: 150,
    unfinished: 0,
    parts: { network: 7 + 3, queueWait: 28, batching: 5 + 7, handler: 100 },
  });
  expect(stage.watch.latencies.trafficSummary(SHOPPERS)).toMatchObject({
    count: 1,
    p99: 150,
    unfinished: 0,
  });
});

test('delay as far as it was asked for, the rest is delivery', () => {
  const delays = new Float64Array(NAMES);
  delays[ORDERS] = 60;
  const stage = scene({ delays });
  const message = stage.driver.birth();
  const copy = stage.driver.store(message, ORDERS, WORKERS);
  at(stage, 75);
  stage.driver.show(ORDERS, copy);
  const delivery = stage.driver.take(ORDERS, copy);
  stage.driver.arrive(delivery);
  stage.driver.begin(delivery);
  stage.driver.end(delivery);
  expect(doneAt(stage)).toEqual({ mean: 75, unfinished: 0, parts: { delay: 60, delivery: 15 } });
});

test('poll gap: while a loop was free and no poll was open', () => {
  const stage = scene();
  const { facts } = stage.driver;
  facts.loopFree(WORKERS, ORDERS, 0); // the clock runs from here
  const copy = sent(stage);
  at(stage, 20);
  facts.pollOpened(ORDERS, WORKERS, 2);
  at(stage, 25);
  facts.pollClosed(ORDERS, WORKERS, 0, 0);
  at(stage, 35);
  facts.loopTaken(WORKERS, ORDERS, 0); // gone, or busy with something else
  at(stage, 60);
  const delivery = stage.driver.take(ORDERS, copy);
  stage.driver.arrive(delivery);
  stage.driver.begin(delivery);
  stage.driver.end(delivery);
  expect(doneAt(stage).parts).toEqual({
    network: 7,
    batching: 5,
    pollGap: 8 + 10,
    queueWait: 5 + 25,
  });
});

describe('hand-outs that did not finish', () => {
  /** The first hand-out is taken at 20 and returned at 100; the second is done from 130 on, at 180. */
  function secondTry(first: (stage: Scene, delivery: number) => void): ReturnType<typeof doneAt> {
    const stage = scene();
    const copy = sent(stage);
    at(stage, 20);
    const lost = stage.driver.take(ORDERS, copy);
    first(stage, lost);
    at(stage, 100);
    stage.driver.giveBack(ORDERS, lost);
    at(stage, 130);
    const delivery = stage.driver.take(ORDERS, copy);
    stage.driver.arrive(delivery);
    stage.driver.begin(delivery);
    at(stage, 180);
    stage.driver.end(delivery);
    return doneAt(stage);
  }
  const after = { network: 7, batching: 5, queueWait: 8 + 30, handler: 50 };

  test('the answer was lost', () => {
    expect(secondTry(() => {}).parts).toEqual({ ...after, visibilityWait: 80 });
  });

  test('its turn in the batch never came', () => {
    const parts = secondTry((stage, delivery) => {
      at(stage, 24);
      stage.driver.arrive(delivery);
    });
    expect(parts.parts).toEqual({ ...after, network: 7 + 4, visibilityWait: 76 });
  });

  test.each([RunEnd.Failed, RunEnd.Crashed, RunEnd.Killed])('its run ended with %d', (end) => {
    const parts = secondTry((stage, delivery) => {
      at(stage, 24);
      stage.driver.arrive(delivery);
      at(stage, 30);
      stage.driver.begin(delivery);
      at(stage, 65);
      stage.driver.end(delivery, end);
    });
    expect(parts).toEqual({
      mean: 180,
      unfinished: 0,
      parts: { network: 11, batching: 5 + 6, queueWait: 38, handler: 35 + 50, visibilityWait: 35 },
    });
  });

  test('its run was still going', () => {
    const parts = secondTry((stage, delivery) => {
      stage.driver.arrive(delivery);
      at(stage, 30);
      stage.driver.begin(delivery);
    });
    expect(parts.parts).toEqual({ ...after, visibilityWait: 80 });
  });
});

test('the split is that of the hand-out that finished first', () => {
  const stage = scene();
  const copy = sent(stage);
  const slow = stage.driver.take(ORDERS, copy);
  stage.driver.arrive(slow);
  stage.driver.begin(slow, 0);
  at(stage, 50);
  stage.driver.giveBack(ORDERS, slow);
  at(stage, 70);
  const second = stage.driver.take(ORDERS, copy);
  stage.driver.arrive(second);
  stage.driver.begin(second, 1);
  at(stage, 112);
  stage.driver.end(slow, RunEnd.Ok, 0); // the first one is through first after all
  at(stage, 900);
  stage.driver.end(second, RunEnd.Ok, 1);
  expect(doneAt(stage)).toEqual({
    mean: 112,
    unfinished: 0,
    parts: { network: 7, batching: 5, handler: 100 },
  });
});

test('a copy that the store brought forth shares the past of the hand-out', () => {
  const stage = scene();
  const copy = sent(stage);
  at(stage, 30);
  const lost = stage.driver.take(ORDERS, copy);
  const twin = stage.driver.spawn(ORDERS, stage.driver.messages.deliveries.obligation[lost]);
  at(stage, 33);
  stage.driver.show(ORDERS, twin);
  at(stage, 40);
  const delivery = stage.driver.take(ORDERS, twin);
  stage.driver.arrive(delivery);
  stage.driver.begin(delivery);
  stage.driver.end(delivery);
  expect(doneAt(stage)).toEqual({
    mean: 40,
    unfinished: 0,
    parts: { network: 7, batching: 5, queueWait: 18 + 7, delivery: 3 },
  });
});

test('what the store brings forth while another message is between two queues keeps its own past', () => {
  const story = (another: boolean) => {
    const stage = scene();
    const copy = sent(stage);
    const doomed = sent(stage);
    at(stage, 20);
    const { obligation } = stage.driver.messages.copies;
    const taken = stage.driver.take(ORDERS, copy);
    if (another) stage.driver.facts.deadLettered(ORDERS, doomed, DEAD);
    const twin = stage.driver.spawn(ORDERS, obligation[copy]);
    if (another) stage.driver.facts.stored(DEAD, doomed, CopyStage.Visible);
    stage.driver.remove(ORDERS, copy, taken);
    stage.driver.release(taken);
    at(stage, 50);
    stage.driver.facts.visible(ORDERS, twin);
    const second = stage.driver.take(ORDERS, twin);
    stage.driver.arrive(second);
    stage.driver.begin(second);
    at(stage, 60);
    stage.driver.end(second);
    return doneAt(stage).parts;
  };
  const alone = story(false);
  expect(alone).toMatchObject({ handler: 10 });
  expect(story(true)).toEqual(alone);
});

test('the consumer of a dead-letter queue sees all that went before', () => {
  const stage = scene();
  const copy = sent(stage);
  at(stage, 20);
  const lost = stage.driver.take(ORDERS, copy);
  at(stage, 50);
  stage.driver.giveBack(ORDERS, lost);
  stage.driver.release(lost);
  at(stage, 60);
  const moved = stage.driver.deadLetter(ORDERS, copy, DEAD, MAILERS);
  at(stage, 90);
  const delivery = stage.driver.take(DEAD, moved, MAILERS);
  stage.driver.arrive(delivery);
  stage.driver.begin(delivery);
  at(stage, 100);
  stage.driver.end(delivery);
  expect(doneAt(stage, MAILERS)).toEqual({
    mean: 100,
    unfinished: 0,
    parts: { network: 7, batching: 5, queueWait: 8 + 10 + 30, visibilityWait: 30, handler: 10 },
  });
  // For the workers, and so for the shoppers, it was never done.
  expect(stage.watch.latencies.consumerSummary(WORKERS)).toMatchObject({
    count: 0,
    unfinished: 1,
    p50: Infinity,
  });
  expect(stage.watch.latencies.trafficSummary(SHOPPERS)).toMatchObject({ count: 0, unfinished: 1 });
});

describe('what counts', () => {
  function handle(stage: Scene, queue: number, copy: number, consumer = WORKERS): void {
    const delivery = stage.driver.take(queue, copy, consumer);
    stage.driver.arrive(delivery);
    stage.driver.begin(delivery);
    stage.driver.end(delivery);
    stage.driver.release(delivery);
  }

  test('a message owed to several is done when the last is', () => {
    const stage = scene();
    const message = stage.driver.birth();
    const orders = stage.driver.store(message, ORDERS, WORKERS);
    const mails = stage.driver.store(message, MAILS, MAILERS);
    stage.driver.show(ORDERS, orders);
    stage.driver.show(MAILS, mails);
    at(stage, 10);
    handle(stage, ORDERS, orders);
    at(stage, 30);
    handle(stage, MAILS, mails, MAILERS);
    stage.watch.finish(40);
    const { latencies } = stage.watch;
    expect(latencies.consumerSummary(WORKERS)).toMatchObject({ count: 1, p50: 10 });
    expect(latencies.consumerSummary(MAILERS)).toMatchObject({ count: 1, p50: 30 });
    expect(latencies.trafficSummary(SHOPPERS)).toMatchObject({
      count: 1,
      p50: 30,
      parts: { all: { queueWait: 30 } },
    });
  });

  test('messages born before the warm-up ended do not', () => {
    const stage = scene({ warmUp: 100 });
    const early = stage.driver.send();
    at(stage, 100);
    const late = stage.driver.send();
    at(stage, 130);
    handle(stage, ORDERS, early);
    handle(stage, ORDERS, late);
    stage.watch.finish(200);
    expect(stage.watch.latencies.consumerSummary(WORKERS)).toMatchObject({
      count: 1,
      p50: 30,
      unfinished: 0,
    });
    expect(stage.watch.latencies.responseSummary(SHOPPERS)).toMatchObject({ count: 1, p50: 0 });
  });

  test('what nobody consumes has no latency; what expires, is dead-lettered or still there was never done', () => {
    const stage = scene();
    stage.driver.send(ORDERS, NOBODY);
    stage.driver.send();
    stage.driver.expire(ORDERS, stage.driver.send());
    stage.driver.deadLetter(ORDERS, stage.driver.send(), DEAD);
    stage.driver.giveUp(stage.driver.birth());
    stage.watch.finish(10);
    expect(stage.watch.latencies.consumerSummary(WORKERS)).toMatchObject({
      count: 0,
      unfinished: 3,
    });
    expect(stage.watch.latencies.trafficSummary(SHOPPERS)).toMatchObject({
      count: 0,
      unfinished: 4,
    });
  });

  test('a response: until the producer knows', () => {
    const stage = scene();
    const message = stage.driver.birth();
    at(stage, 90);
    stage.driver.messages.messages.buffered[message] = 60;
    stage.driver.answer(message);
    stage.driver.birth();
    stage.watch.finish(100);
    expect(stage.watch.latencies.responseSummary(SHOPPERS)).toMatchObject({
      count: 1,
      unfinished: 1,
      p50: 90,
      p90: Infinity,
      parts: { all: { network: 30, batching: 60 } },
    });
  });
});

test('pasts are given back', () => {
  const stage = scene();
  const { pasts } = stage.watch.latency as unknown as { pasts: { count: number } };
  for (let i = 0; i < 50; i++) {
    const copy = stage.driver.send();
    for (let k = 0; k < 3; k++) {
      const delivery = stage.driver.take(ORDERS, copy);
      stage.driver.giveBack(ORDERS, delivery);
      stage.driver.release(delivery);
    }
    stage.driver.remove(ORDERS, copy);
  }
  expect(pasts.count).toBeLessThan(5);
});
