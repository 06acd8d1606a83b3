// What came too early, and what broke the order of a group, by hand.

import { describe, expect, test } from 'vitest';
import { CopyStage, NOBODY, Outcome, RunEnd } from '../../../src/components/facts.js';
import { Makes } from '../../../src/components/makes.js';
import { BOTS, DEAD, MAILS, ORDERS, scene, SHOPPERS, WORKERS } from '../driver.js';
import type { Driver, Scene } from '../driver.js';

function done(driver: Driver, delivery: number, end: RunEnd = RunEnd.Ok): void {
  driver.begin(delivery);
  driver.end(delivery, end);
}

/** What the bots send is about one thing, what shoppers send about nothing. */
function keyed(): Scene {
  const makes = new Makes();
  makes.set(BOTS, { key: () => 2 ** 50, attribute: () => undefined, isKeyed: true });
  makes.set(SHOPPERS, { key: (mark0) => mark0 >>> 0, attribute: () => undefined, isKeyed: false });
  return scene({}, 1, makes);
}

describe('by key, in a standard queue', () => {
  const two = (driver: Driver, source = BOTS): number[] =>
    [0, 1].map(() => driver.send(ORDERS, WORKERS, source));

  test('done before an earlier one with its key', () => {
    const { driver, watch } = keyed();
    const [first, second] = two(driver);
    done(driver, driver.take(ORDERS, second));
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
    done(driver, driver.take(ORDERS, first));
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
  });

  test('nothing is out of order where no key was said', () => {
    const { driver, watch } = keyed();
    const [, second] = two(driver, SHOPPERS);
    done(driver, driver.take(ORDERS, second));
    expect(watch.order.reorderedOf(WORKERS)).toBe(0);
  });

  test('each queue has its own order', () => {
    const { driver, watch } = keyed();
    driver.send(MAILS, WORKERS, BOTS);
    done(driver, driver.take(ORDERS, driver.send(ORDERS, WORKERS, BOTS)));
    expect(watch.order.reorderedOf(WORKERS)).toBe(0);
  });

  const ways: [string, (driver: Driver, copy: number) => void][] = [
    ['done', (driver, copy) => done(driver, driver.take(ORDERS, copy))],
    ['skipped', (driver, copy) => done(driver, driver.take(ORDERS, copy), RunEnd.Skipped)],
    ['dead-lettered', (driver, copy) => void driver.deadLetter(ORDERS, copy, DEAD)],
    ['expired', (driver, copy) => driver.expire(ORDERS, copy)],
    ['purged', (driver, copy) => driver.purge(ORDERS, copy, CopyStage.Visible)],
    [
      'lost',
      (driver, copy) => {
        driver.messages.fate(driver.messages.copies.obligation[copy], Outcome.DeletedOnReceipt);
        driver.remove(ORDERS, copy);
      },
    ],
  ];
  test.each(ways)('one that was %s is waited for no more', (_, way) => {
    const { driver, watch } = keyed();
    const [first, second, third] = [...two(driver), driver.send(ORDERS, WORKERS, BOTS)];
    way(driver, second);
    const before = watch.order.reorderedOf(WORKERS); // the second may itself have been too early
    way(driver, first);
    done(driver, driver.take(ORDERS, third));
    expect(watch.order.reorderedOf(WORKERS)).toBe(before);
  });

  test('one in hand, failed or deleted on receipt, is waited for', () => {
    const { driver, watch } = keyed();
    const [first, second] = two(driver);
    const delivery = driver.take(ORDERS, first);
    driver.begin(delivery);
    driver.remove(ORDERS, first, delivery);
    done(driver, driver.take(ORDERS, second));
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
  });

  test('redriven, it comes behind what was sent meanwhile', () => {
    const { driver, watch } = keyed();
    const [first, second] = two(driver);
    const dead = driver.deadLetter(ORDERS, first, DEAD);
    driver.redrive(dead, ORDERS, WORKERS, CopyStage.Visible);
    const third = driver.send(ORDERS, WORKERS, BOTS);
    done(driver, driver.take(ORDERS, second));
    expect(watch.order.reorderedOf(WORKERS)).toBe(0);
    done(driver, driver.take(ORDERS, third));
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
  });

  test('what nobody waits for is not followed', () => {
    const { driver, watch } = keyed();
    driver.send(ORDERS, NOBODY, BOTS);
    done(driver, driver.take(ORDERS, driver.send(ORDERS, WORKERS, BOTS)));
    expect(watch.order.reorderedOf(WORKERS)).toBe(0);
  });
});

describe('by group, in a FIFO queue', () => {
  const G = 1;
  const fifo = (): Scene => scene({ fifo: [ORDERS] });
  const poll = (driver: Driver): void => {
    driver.facts.pollOpened(ORDERS, WORKERS, 2);
    driver.facts.pollClosed(ORDERS, WORKERS, 1, 0);
  };
  /** Each in a receive of its own. */
  const take = (driver: Driver, copy: number, group = G): number => {
    const delivery = driver.takeOf(group, 0, ORDERS, copy);
    poll(driver);
    return delivery;
  };
  function broken({ watch, clock }: Scene): number {
    watch.finish(clock.now + 1);
    return watch.invariantResults().find(({ name }) => name === 'fifo-order')!.violations;
  }

  test('one after the other', () => {
    const stage = fifo();
    const { driver, watch } = stage;
    const copies = [0, 1, 2].map(() => driver.send());
    for (const copy of copies) {
      const delivery = take(driver, copy);
      done(driver, delivery);
      driver.remove(ORDERS, copy, delivery);
    }
    expect(watch.order.reorderedOf(WORKERS)).toBe(0);
    expect(broken(stage)).toBe(0);
  });

  test('several in one receive', () => {
    const stage = fifo();
    const [one, two] = [0, 1].map(() => stage.driver.send());
    stage.driver.takeOf(G, 0, ORDERS, one);
    stage.driver.takeOf(G, 0, ORDERS, two);
    poll(stage.driver);
    expect(broken(stage)).toBe(0);
  });

  test('others go on while a group is in hand', () => {
    const stage = fifo();
    const [one, two] = [0, 1].map(() => stage.driver.send());
    take(stage.driver, one, 1);
    take(stage.driver, two, 2);
    expect(broken(stage)).toBe(0);
  });

  test('the next one goes out while the first is in flight', () => {
    const stage = fifo();
    const [one, two] = [0, 1].map(() => stage.driver.send());
    take(stage.driver, one);
    take(stage.driver, two);
    expect(broken(stage)).toBe(1);
  });

  test('the next one goes out while the first is visible again', () => {
    const stage = fifo();
    const [one, two] = [0, 1].map(() => stage.driver.send());
    stage.driver.giveBack(ORDERS, take(stage.driver, one));
    take(stage.driver, two);
    expect(broken(stage)).toBe(1);
  });

  test('the first goes out again while the next is in flight: that is allowed', () => {
    const stage = fifo();
    const { driver } = stage;
    const [one, two] = [0, 1].map(() => driver.send());
    const first = driver.takeOf(G, 0, ORDERS, one);
    driver.takeOf(G, 0, ORDERS, two);
    poll(driver);
    driver.giveBack(ORDERS, first);
    take(driver, one);
    expect(broken(stage)).toBe(0);
  });

  test('a first hand-out comes behind a later one, though the group was idle in between', () => {
    const stage = fifo();
    const { driver } = stage;
    const [one, two] = [0, 1].map(() => driver.send());
    driver.remove(ORDERS, two, take(driver, two));
    take(driver, one);
    expect(broken(stage)).toBe(1);
  });

  test('a dead letter lets the next one go', () => {
    const stage = fifo();
    const { driver, watch } = stage;
    const [one, two] = [0, 1].map(() => driver.send());
    driver.giveBack(ORDERS, take(driver, one));
    driver.deadLetter(ORDERS, one, DEAD);
    done(driver, take(driver, two));
    expect(watch.order.reorderedOf(WORKERS)).toBe(0);
    expect(broken(stage)).toBe(0);
  });

  test('deleted on receipt: the next overtakes what is still being handled', () => {
    const stage = fifo();
    const { driver, watch } = stage;
    const [one, two] = [0, 1].map(() => driver.send());
    const first = take(driver, one);
    driver.begin(first);
    driver.remove(ORDERS, one, first);
    done(driver, take(driver, two));
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
    driver.end(first);
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
    expect(broken(stage)).toBe(0);
  });

  test('a fleet that goes on with the rest of a batch after a failure', () => {
    const { driver, watch } = fifo();
    const [one, two] = [0, 1].map(() => driver.send());
    const first = driver.takeOf(G, 0, ORDERS, one);
    const second = driver.takeOf(G, 0, ORDERS, two);
    poll(driver);
    done(driver, first, RunEnd.Failed);
    done(driver, second);
    expect(watch.order.reorderedOf(WORKERS)).toBe(1);
  });
});
