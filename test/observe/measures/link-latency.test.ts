// Latency over links that go through two pushers: arrival at the first, acceptance by the second, done behind it.

import { expect, test } from 'vitest';
import { CopyStage } from '../../../src/components/facts.js';
import { AskedObserver } from '../../../src/observe/measures/asked.js';
import { readExpectation } from '../../../src/scenario/expect/check.js';
import { Names } from '../../../src/scenario/expect/names.js';
import { FEED, MAILERS, MAILS, PARTNER, scene, SHOPPERS, TOPIC } from '../driver.js';
import { LINKS, PushDriver } from '../push-driver.js';

const NAMES = 'shoppers bots orders mails dead workers mailers topic feed partner'.split(' ');
const ROLES = { 0: 'traffic', 3: 'queue', 6: 'consumer', 7: 'pusher', 8: 'pusher' } as const;
const NEXT: Readonly<Record<number, readonly string[]>> = {
  0: ['topic'],
  3: ['mailers'],
  7: ['orders', 'mails', 'partner', 'feed'],
  8: ['mails', 'partner'],
};
const CHECKED = new Names(
  NAMES.map((name, id) => ({
    name,
    kind: 'thing',
    roles: id in ROLES ? [ROLES[id as keyof typeof ROLES]] : [],
    levels: [],
    operations: [],
    next: NEXT[id] ?? [],
  })),
);

test('from a topic, through a topic behind it, to a queue and its consumer', () => {
  const { clock, driver, watch } = scene();
  const links = ['topic -> feed', 'topic -> mails', 'topic -> mailers', 'feed -> mailers'];
  const lines = links.map((link) => readExpectation(`latency(${link}).p50 < 1s`, CHECKED));
  const asked = new AskedObserver(
    clock,
    driver.messages,
    {
      names: NAMES,
      isTraffic: (id) => id === SHOPPERS,
      isQueue: (id) => id === MAILS,
      targetOf: (id) => (id === SHOPPERS ? TOPIC : undefined),
      relays: [FEED],
      linkTargets: NAMES.map((_, id) => LINKS[id] ?? []),
    },
    lines.map(({ expectation }) => expectation!),
    0,
  );
  watch.extra = asked;
  const pushes = new PushDriver(driver);
  const message = driver.birth();
  clock.now = 100;
  const push = pushes.accept(TOPIC, 3, message, FEED);
  const lost = pushes.accept(TOPIC, 1, message, MAILERS);
  driver.answer(message);
  pushes.attempt(push);
  pushes.attempt(lost);
  pushes.fail(lost);
  pushes.drop(lost);
  clock.now = 140;
  const [on] = pushes.passOn(push, [0], (target) => (target === PARTNER ? PARTNER : MAILERS));
  pushes.delivered(push);
  pushes.attempt(on);
  clock.now = 200;
  const copy = pushes.store(on, MAILS, MAILERS, CopyStage.Visible);
  pushes.delivered(on);
  clock.now = 250;
  const delivery = driver.take(MAILS, copy, MAILERS);
  driver.arrive(delivery, MAILS);
  driver.begin(delivery);
  clock.now = 300;
  driver.end(delivery);
  asked.finish();
  const found = asked.namedLinks().map(([name, { totals, unfinished }]) => {
    return [name, totals.count, totals.sum, unfinished];
  });
  expect(found).toEqual([
    ['topic -> feed', 1, 40, 0],
    ['topic -> mails', 1, 100, 1],
    ['topic -> mailers', 1, 200, 1],
    ['feed -> mailers', 1, 160, 0],
  ]);
});
