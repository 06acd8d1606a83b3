// Expectations judged on a small world: what the watch saw, asked for in the language.

import { describe, expect, test } from 'vitest';
import { CopyStage, RunEnd } from '../../../src/components/facts.js';
import { makeBill } from '../../../src/observe/cost/bill.js';
import { AskedObserver, asksMore } from '../../../src/observe/measures/asked.js';
import { judge } from '../../../src/observe/measures/judge.js';
import { MonitoredFacts } from '../../../src/observe/measures/monitored-facts.js';
import { Monitors } from '../../../src/observe/measures/monitors.js';
import type { ExpectationOutcome } from '../../../src/observe/measures/outcome.js';
import { RunReadings } from '../../../src/observe/measures/run-readings.js';
import { Watch } from '../../../src/observe/watch.js';
import { readExpectation } from '../../../src/scenario/expect/check.js';
import { Names } from '../../../src/scenario/expect/names.js';
import { queue, terms } from '../cost/support.js';
import {
  BOTS,
  DEAD,
  Driver,
  FakeClock,
  MAILERS,
  MAILS,
  ORDERS,
  SHOPPERS,
  watchOptions,
  WORKERS,
} from '../driver.js';

const NAMES = ['shoppers', 'bots', 'orders', 'mails', 'dead', 'workers', 'mailers'];
const OPERATIONS = ['SendMessage', 'ReceiveMessage'];
const SECOND = 1_000_000;

const traffic = (name: string, next: string) =>
  ({
    name,
    kind: 'traffic',
    roles: ['traffic'],
    levels: [],
    operations: [],
    next: [next],
  }) as const;
const store = (name: string, next: readonly string[]) =>
  ({
    name,
    kind: 'sqs.queue',
    roles: ['queue', 'resource'],
    levels: ['depth', 'inFlight'],
    operations: OPERATIONS,
    next,
  }) as const;
const fleet = (name: string) =>
  ({
    name,
    kind: 'autoscaling.group',
    roles: ['consumer', 'resource'],
    levels: ['instances'],
    operations: [],
    next: [],
  }) as const;
const CHECKED = new Names([
  traffic('shoppers', 'orders'),
  traffic('bots', 'orders'),
  store('orders', ['workers']),
  store('mails', ['mailers']),
  store('dead', []),
  fleet('workers'),
  fleet('mailers'),
]);

/** Runs `story` and judges the lines. */
function run(
  lines: readonly string[],
  story: (driver: Driver, clock: FakeClock) => void,
  warmUp = 0,
): ExpectationOutcome[] {
  const expectations = lines.map((line) => {
    const { expectation, problems } = readExpectation(line, CHECKED);
    if (expectation === undefined) throw new Error(JSON.stringify(problems));
    return expectation;
  });
  const clock = new FakeClock();
  const watch = new Watch(clock, watchOptions({ warmUp }));
  const readings = new RunReadings(watch, {
    names: NAMES,
    traffic: [SHOPPERS, BOTS],
    queues: [ORDERS, MAILS, DEAD],
    consumers: [WORKERS, MAILERS],
    pushers: [],
    linkTargets: NAMES.map(() => []),
    operations: (id) => (id >= ORDERS && id <= DEAD ? OPERATIONS : []),
    backlogOf: () => ({ queues: [ORDERS], fleets: [WORKERS] }),
  });
  const monitors = new Monitors(clock, expectations, readings);
  const driver = new Driver(clock, monitors.isEmpty ? watch : new MonitoredFacts(watch, monitors));
  watch.attach(driver.messages);
  if (asksMore(expectations)) {
    const names = {
      names: NAMES,
      isTraffic: (id: number) => id <= BOTS,
      isQueue: (id: number) => id >= ORDERS && id <= DEAD,
      targetOf: (id: number) => (id <= BOTS ? ORDERS : undefined),
      relays: [],
      linkTargets: NAMES.map(() => []),
    };
    const asked = new AskedObserver(clock, driver.messages, names, expectations, warmUp);
    watch.extra = asked;
    readings.asked = asked;
  }
  story(driver, clock);
  monitors.finish();
  readings.asked?.finish();
  watch.finish(clock.now);
  const bill = makeBill(
    [{ resource: queue('orders'), meter: queue('orders').meters[0], quantity: 1_000_000n }],
    terms(3_600 * SECOND),
  );
  readings.endings = { end: clock.now, trafficEnd: 20 * SECOND, bill, waste: new Map() };
  return judge(expectations, readings, monitors);
}

/** One message at 0 s is done at 5 s, twice; one at 10 s expires at 30 s; one at 15 s is never taken. */
function story(driver: Driver, clock: FakeClock): void {
  const copy = driver.send();
  driver.facts.request(ORDERS, 0, 1_000);
  clock.now = 2 * SECOND;
  const first = driver.take(ORDERS, copy);
  driver.arrive(first);
  driver.begin(first);
  clock.now = 4 * SECOND;
  driver.giveBack(ORDERS, first);
  const second = driver.take(ORDERS, copy);
  driver.arrive(second);
  driver.begin(second);
  clock.now = 5 * SECOND;
  driver.end(first);
  driver.release(first);
  clock.now = 6 * SECOND;
  driver.end(second);
  driver.remove(ORDERS, copy, second);
  driver.release(second);
  clock.now = 10 * SECOND;
  const doomed = driver.send();
  clock.now = 15 * SECOND;
  driver.send();
  const refused = driver.birth(BOTS);
  driver.retry(refused);
  driver.facts.throttled(ORDERS, 0, BOTS);
  driver.retry(refused, 1);
  driver.giveUp(refused);
  clock.now = 30 * SECOND;
  driver.expire(ORDERS, doomed, CopyStage.Visible);
  clock.now = 40 * SECOND;
}

describe('a whole run', () => {
  test.each([
    ['sent == 4', 4],
    ['sent(shoppers) == 3', 3],
    ['failed(bots) == 1', 1],
    ['availability(bots) == 0%', 0],
    ['availability == 75%', 0.75],
    ['processed == 1', 1],
    ['processed(workers) == 1', 1],
    ['duplicates(workers) == 1', 1],
    ['duplicates.visibilityTimeout(workers) == 1', 1],
    ['duplicates.crash == 0', 0],
    ['redelivered == 1', 1],
    ['expired(orders) == 1', 1],
    ['expired == 1', 1],
    ['unfinished(workers) == 1', 1],
    ['lost == 0', 0],
    ['killed == 0', 0],
    ['requests.SendMessage(orders) == 1', 1],
    ['requests(orders) == 1', 1],
    ['requests == 1', 1],
    ['purged(orders) == 0', 0],
    ['deadLettered == 0', 0],
    ['throttled(orders) == 1', 1],
    ['throttled(bots) == 1', 1],
    ['throttled(shoppers) == 0', 0],
    ['throttled == 1', 1],
    ['retries(bots) == 2', 2],
    ['retries == 2', 2],
    ['reordered(workers) == 0', 0],
    ['age(orders).min == 0s', 0],
    ['age(orders).mean == 10.45s', 10.45],
    ['age(orders).max == 25s', 25],
    ['age(orders).end == 25s', 25],
    ['age(mails).max == 0s', 0],
    ['depth(orders).end == 1', 1],
    ['depth(orders).max == 2', 2],
    ['inFlight(orders).mean == 0.1', 0.1],
    ['latency(shoppers).min == 5s', 5],
    ['latency(workers).mean == 5s', 5],
    ['latency(shoppers).max > 1d', 'inf'],
    ['latency(shoppers).p33 == 5s', 5],
    ['latency(shoppers).p34 > 1d', 'inf'],
    ['latency.p25 == 5s', 5],
    ['response(shoppers).p50 == 0s', 0],
    ['latency(shoppers -> workers).min == 5s', 5],
    ['latency(orders -> workers).max > 1d', 'inf'],
    ['latency(orders -> workers).p33 == 5s', 5],
    ['latency(shoppers -> orders).max == 0s', 0],
    ['latency(bots -> orders).min == 0s', null],
    ['latency(bots -> orders).p1 > 1d', 'inf'],
    ['duplicates(workers) < 34%', 0.333333333],
    ['unfinished < 34%', 0.333333333],
    ['expired(orders) < 34%', 0.333333333],
    ['failed(bots) == 100%', 1],
    ['drainTime(mails) == 0s', 0],
    ['drainTime(orders) > 1d', 'inf'],
    ['cost.window == 0.4 USD', '0.4'],
    ['cost(orders).perMonth == 292 USD', '292'],
    ['cost.perMessage == 0.4 USD', '0.4'],
    ['cost(mails).window == 0 USD', '0'],
  ])('%s', (line, measured) => {
    expect(run([line], story)).toEqual([
      expect.objectContaining({ pass: measured !== null, measured }),
    ]);
  });

  test('what is born before the warm-up is not in the latencies', () => {
    expect(run(['latency(shoppers -> workers).min > 0s'], story, SECOND)).toMatchObject([
      { measured: null },
    ]);
  });

  test('the drain time is that of the last time it was empty', () => {
    const drained = (driver: Driver, clock: FakeClock): void => {
      clock.now = 15 * SECOND;
      const copy = driver.send();
      clock.now = 25 * SECOND;
      driver.remove(ORDERS, copy);
      clock.now = 30 * SECOND;
    };
    expect(run(['drainTime(orders) == 5s'], drained)).toMatchObject([{ pass: true, measured: 5 }]);
  });

  test('a run cut off and another that ends well are no duplicate', () => {
    const crashed = (driver: Driver, clock: FakeClock): void => {
      const copy = driver.send();
      const first = driver.take(ORDERS, copy);
      driver.arrive(first);
      driver.begin(first);
      driver.end(first, RunEnd.Killed);
      driver.release(first);
      clock.now = SECOND;
    };
    expect(
      run(['killed(workers) == 1', 'killed == 1', 'duplicates == 0'], crashed).every(
        ({ pass }) => pass,
      ),
    ).toBe(true);
  });
});

describe('at every moment, and in windows', () => {
  test.each([
    ['always depth(orders) <= 2', true],
    ['sometimes inFlight(orders) == 1', true],
    ['eventually depth(orders) == 1', true],
    ['never depth(orders) == 2', false],
    ['always depth(orders) + inFlight(orders) == 1 before 6s', true],
    ['never sent > 1 before 10s', true],
    ['sent == 3 after 10s', true],
    ['sent(shoppers) == 2 during 10s..20s', true],
    ['processed == 1 during 5s..6s', true],
    ['duplicates == 1 after 6s', true],
    ['duplicates == 0 before 6s', true],
    ['expired(orders) == 1 after 30s', true],
    ['depth(orders).mean == 1 during 10s..15s', true],
    ['always duplicates(workers) <= 100%', true],
    ['always duplicates(workers) <= 50% after 15s', true],
    ['requests.SendMessage(orders) == 1 before 1s', true],
    ['availability == 50% after 15s', true],
    ['always age(orders) < 25s', true],
    ['always age(orders) < 20s before 30s', true],
    ['sometimes age(orders) > 24s', true],
    ['never age(orders) > 15s before 25s', true],
    ['never age(orders) > 15s before 26s', false],
    ['always age(orders) >= 15s after 30s', true],
    ['eventually age(orders) > 20s', true],
    ['age(orders).max == 20s during 10s..30s', true],
    ['age(orders).mean == 10s during 10s..30s', true],
    ['age(orders).end == 5s before 5s', true],
    ['retries(bots) == 2 after 15s', true],
  ])('%s', (line, pass) => {
    expect(run([line], story)).toMatchObject([{ pass }]);
  });

  test('monitors change nothing that is measured', () => {
    const plain = ['latency.p25 == 5s', 'duplicates == 1', 'depth(orders).mean < 2'];
    expect(run([...plain, 'always depth(orders) < 9'], story).slice(0, 3)).toEqual(
      run(plain, story),
    );
  });
});
