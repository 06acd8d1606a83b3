// Each invariant is shown to notice what breaks it.

import { describe, expect, test } from 'vitest';
import { CopyStage, InstanceState, NOBODY, Outcome } from '../../src/components/facts.js';
import { WHOLE } from '../../src/observe/invariants/broken.js';
import type { Watch } from '../../src/observe/watch.js';
import { DEAD, MAILERS, NAMES, ORDERS, scene, TOPIC, WORKERS } from './driver.js';
import { PushDriver } from './push-driver.js';

function broken(watch: Watch, end = 1_000): [name: string, on: number, violations: number][] {
  watch.finish(end);
  const results = watch.invariantResults().filter(({ violations }) => violations > 0);
  return results.map(({ name, on, violations }) => [name, on, violations]);
}

test('nothing is broken where nothing is', () => {
  const { driver, watch } = scene();
  const copy = driver.send();
  const delivery = driver.take(ORDERS, copy);
  driver.begin(delivery);
  driver.end(delivery);
  driver.remove(ORDERS, copy, delivery);
  driver.release(delivery);
  driver.deadLetter(ORDERS, driver.send(), DEAD);
  driver.send(ORDERS, NOBODY);
  expect(broken(watch)).toEqual([]);
  expect(watch.invariantResults().length).toBeGreaterThan(8);
});

describe('exclusive-visibility', () => {
  test('a hidden copy is handed out', () => {
    const { driver, watch } = scene();
    const copy = driver.send();
    driver.take(ORDERS, copy);
    driver.take(ORDERS, copy);
    expect(broken(watch)).toContainEqual(['exclusive-visibility', ORDERS, 1]);
  });

  test('a delayed copy is handed out', () => {
    const { driver, watch } = scene();
    driver.take(ORDERS, driver.store(driver.birth(), ORDERS, WORKERS));
    expect(broken(watch)).toContainEqual(['exclusive-visibility', ORDERS, 1]);
  });

  test('a copy leaves from where it is not', () => {
    const { driver, watch } = scene();
    driver.expire(ORDERS, driver.send(), CopyStage.InFlight);
    const found = broken(watch);
    expect(found).toContainEqual(['exclusive-visibility', ORDERS, 1]);
    expect(found).toContainEqual(['conservation', ORDERS, 1]);
  });
});

test('receive-count', () => {
  const maxReceiveCounts = new Float64Array(NAMES).fill(Infinity);
  maxReceiveCounts[ORDERS] = 2;
  const { driver, watch } = scene({ maxReceiveCounts });
  const copy = driver.send();
  for (let i = 0; i < 4; i++) driver.giveBack(ORDERS, driver.take(ORDERS, copy));
  expect(broken(watch)).toEqual([['receive-count', ORDERS, 2]]);
});

test('receive-count: a dead-letter queue counts its own receives', () => {
  const maxReceiveCounts = new Float64Array(NAMES).fill(Infinity);
  maxReceiveCounts[ORDERS] = 2;
  maxReceiveCounts[DEAD] = 1;
  const { driver, watch } = scene({ maxReceiveCounts });
  const copy = driver.send();
  for (let i = 0; i < 2; i++) driver.giveBack(ORDERS, driver.take(ORDERS, copy));
  driver.deadLetter(ORDERS, copy, DEAD);
  driver.giveBack(DEAD, driver.take(DEAD, copy)); // its third receive, the first here
  driver.giveBack(DEAD, driver.take(DEAD, copy));
  driver.redrive(copy, ORDERS, WORKERS, CopyStage.Visible);
  for (let i = 0; i < 2; i++) driver.giveBack(ORDERS, driver.take(ORDERS, copy));
  expect(broken(watch)).toEqual([['receive-count', DEAD, 1]]);
});

test('at-least-once: a copy that just goes', () => {
  const { driver, watch } = scene();
  driver.remove(ORDERS, driver.send()); // nobody handled it, and nobody said why it is gone
  expect(broken(watch)).toEqual([['at-least-once', WORKERS, 1]]);
});

describe('conservation', () => {
  test('a copy that is in the tables but was not told of', () => {
    const { driver, watch } = scene();
    driver.messages.addCopy(driver.messages.owe(driver.birth(), WORKERS));
    expect(broken(watch)).toEqual([['conservation', WHOLE, 1]]);
  });

  test('an obligation that is gone but was not told of', () => {
    const { driver, watch } = scene();
    const copy = driver.send();
    watch.settled(WORKERS, driver.messages.copies.obligation[copy], 1);
    expect(broken(watch)).toContainEqual(['conservation', WHOLE, 1]);
  });
});

describe('deliveries', () => {
  /** A push of the topic to the queue of orders that has set out. */
  function pushed() {
    const { driver, watch } = scene();
    const pushes = new PushDriver(driver);
    const message = driver.birth();
    const push = pushes.accept(TOPIC, 0, message, WORKERS);
    driver.answer(message);
    pushes.attempt(push);
    return { driver, watch, pushes, push };
  }

  test('delivered, dead-lettered, lost, or under way: nothing is broken', () => {
    const { driver, watch, pushes, push } = pushed();
    pushes.store(push, ORDERS, WORKERS, CopyStage.Visible);
    pushes.delivered(push);
    const links = [1, 2, 4].map((link) => pushes.accept(TOPIC, link, driver.birth(), MAILERS));
    for (const one of links) pushes.attempt(one);
    pushes.fail(links[0]);
    pushes.divert(links[0], NOBODY, CopyStage.Visible);
    pushes.drop(links[1]);
    expect(broken(watch)).toEqual([]);
    const { deadLettered, lost, unfinished } = watch.ledger.of(MAILERS);
    expect([deadLettered, lost[0], unfinished]).toEqual([1, 1, 1]);
  });

  test('an end that is told twice', () => {
    const { driver, watch, pushes, push } = pushed();
    pushes.store(push, ORDERS, WORKERS, CopyStage.Visible);
    driver.facts.delivered(TOPIC, push.obligation, 0);
    pushes.delivered(push);
    expect(broken(watch)).toEqual([['deliveries', TOPIC, 1]]);
  });

  test('an attempt after the end, and one of another link', () => {
    const { driver, watch, pushes, push } = pushed();
    pushes.store(push, ORDERS, WORKERS, CopyStage.Visible);
    driver.facts.pushed(TOPIC, push.obligation, 1, 1);
    pushes.delivered(push);
    pushes.attempt(push);
    pushes.fail(push);
    expect(broken(watch)).toEqual([['deliveries', TOPIC, 3]]);
  });

  test('an obligation that is over while its push is under way', () => {
    const { driver, watch, push } = pushed();
    driver.messages.fate(push.obligation, Outcome.DeliveryRefused);
    driver.messages.letGo(push.obligation);
    expect(broken(watch)).toEqual([['deliveries', TOPIC, 2]]);
  });

  test('given up without a reason: at-least-once', () => {
    const { driver, watch, push } = pushed();
    driver.facts.delivered(TOPIC, push.obligation, 0);
    driver.messages.letGo(push.obligation); // nobody has stored it
    expect(broken(watch)).toEqual([['at-least-once', WORKERS, 1]]);
  });
});

test('time-forward', () => {
  const { clock, driver, watch } = scene({ levels: false });
  clock.now = 50;
  driver.send();
  clock.now = 40;
  driver.send();
  expect(broken(watch)).toContainEqual(['time-forward', WHOLE, 1]);
});

test('switched off, there are none', () => {
  const { driver, watch } = scene({ invariants: false });
  driver.remove(ORDERS, driver.send());
  expect(broken(watch)).toEqual([]);
});

describe('of fleets that can scale', () => {
  const fleets = [{ id: WORKERS, queues: [ORDERS], scales: { min: 1, max: 4 } }];
  const { Pending, InService, Terminated, Failed } = InstanceState;

  function told(...states: readonly (readonly [worker: number, state: InstanceState])[]): Watch {
    const { driver, watch } = scene({ fleets });
    for (const [worker, state] of states) driver.facts.instance(WORKERS, worker, state);
    return watch;
  }

  test('nothing is broken where nothing is', () => {
    const watch = told([0, Pending], [0, InService], [1, Pending], [1, Failed], [0, Terminated]);
    expect(broken(watch)).toEqual([]);
    const counted = watch.invariantResults().filter(({ on }) => on === WORKERS);
    expect(counted.map(({ name }) => name)).toContain('instance-conservation');
    expect(watch.instances.of(WORKERS)).toEqual({ launched: 2, terminated: 1, failed: 1 });
  });

  test('instance-conservation: one that is gone comes back, or goes again', () => {
    const back = told([0, InService], [0, Terminated], [0, InService]);
    expect(broken(back)).toEqual([['instance-conservation', WORKERS, 2]]);
    const again = told([0, InService], [0, Terminated], [0, Failed]);
    expect(broken(again)).toEqual([['instance-conservation', WORKERS, 2]]);
  });

  test('capacity-bounds', () => {
    const { driver, watch } = scene({ fleets });
    for (const capacity of [1, 4, 0, 2, 5, 6]) driver.facts.desired(WORKERS, capacity);
    expect(broken(watch)).toEqual([['capacity-bounds', WORKERS, 3]]);
  });

  test('are not listed of others', () => {
    const { watch } = scene({ fleets: [{ ...fleets[0], scales: null }] });
    expect(broken(watch)).toEqual([]);
    expect(watch.invariantResults().map(({ name }) => name)).not.toContain('capacity-bounds');
  });
});
