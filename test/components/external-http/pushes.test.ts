// Webhooks: an HTTP service outside AWS as the target of pushes, by hand and with many subscribers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { externalHttp } from '../../../src/components/external-http/external-http.js';
import { buildNetwork } from '../../../src/components/external-http/network.js';
import type { HttpOptions } from '../../../src/components/external-http/options.js';
import { HttpService } from '../../../src/components/external-http/service.js';
import { Endpoints } from '../../../src/components/endpoints.js';
import { CAUSES } from '../../../src/components/facts.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { SECOND } from '../../../src/kernel/time.js';
import { PushRig, TARGET, THREE_TIMES } from '../delivery/push-rig.js';
import type { RigOptions } from '../delivery/push-rig.js';
import { fail, work } from '../programs.js';

const NO_NETWORK = { client: { kind: 'constant', value: 0 } } as const;

/** A service that is pushed to. */
function webhook(options: Partial<HttpOptions> = {}, rigOptions: RigOptions = {}): PushRig {
  const rig = new PushRig(rigOptions);
  void new HttpService(rig.world, TARGET, {
    name: 'target',
    concurrency: Infinity,
    queueLimit: 0,
    rateLimit: null,
    handler: [work(SECOND)],
    ...options,
  });
  const source = { name: 'target', settings: { subscribers: 1 }, assume: {} };
  rig.world.shared(Endpoints).set(TARGET, externalHttp.endpoint!(source));
  buildNetwork(rig.world, NO_NETWORK);
  return rig;
}

const failing = (status: number): StepOptions => ({ ...fail(1), status });

const latency = (rig: PushRig) => rig.watch.latencies.consumerSummary(TARGET);

describe('one push', () => {
  test('is a run of the service, done when the handler has ended well', () => {
    const rig = webhook().link(TARGET).publish().finish(100);
    expect(rig.ledger()).toMatchObject({ owed: 1, processed: 1 });
    expect(rig.runs()).toMatchObject({ runs: 1, failedRuns: 0 });
    expect(latency(rig)).toMatchObject({ count: 1, min: SECOND, max: SECOND });
    expect(rig.watch.requests.count(TARGET, 0)).toBe(1);
    expect(rig.rows).toBe(0);
  });

  test('500: tried at 0, 20, 40 and 60 s, then lost', () => {
    const rig = webhook({ handler: [failing(500)] })
      .link(TARGET)
      .publish();
    const seen = [0, 19, 20, 59, 60].map((second) => rig.to(second).runs().runs);
    expect(seen).toEqual([1, 1, 2, 3, 4]);
    rig.finish(100);
    expect(rig.ledger()).toMatchObject({ owed: 1, processed: 0, lost: [1, 0, 0, 0, 0, 0, 0] });
    expect(rig.link0()).toMatchObject({ attempts: 4, failedAttempts: 4, delivered: 0 });
    expect(rig.runs().redelivered.every((n) => n === 0)).toBe(true); // retries after failures are none
    expect(rig.rows).toBe(0);
  });

  test('404: one attempt, refused for good', () => {
    const rig = webhook({ handler: [failing(404)] })
      .link(TARGET)
      .publish()
      .finish(100);
    expect(rig.link0()).toMatchObject({ attempts: 1, lost: [0, 1, 0, 0, 0, 0, 0] });
  });

  test('429: for good, unless it is to be tried again', () => {
    const hook = () => webhook({ rateLimit: 1, handler: [] });
    const strict = hook().link(TARGET).publish(2).finish(100);
    expect(strict.ledger()).toMatchObject({ owed: 2, processed: 1, lost: [0, 1, 0, 0, 0, 0, 0] });
    expect(strict.watch.requests.throttledCalls(TARGET)).toBe(1);
    const mild = hook().link(TARGET, { refusesThrottled: false }).publish(2).finish(100);
    expect(mild.ledger()).toMatchObject({ owed: 2, processed: 2 });
  });

  test('503 beyond what it serves: no run, and tried again', () => {
    const rig = webhook({ concurrency: 1 }).link(TARGET).publish(2).finish(100);
    expect(rig.ledger()).toMatchObject({ owed: 2, processed: 2 });
    expect(rig.runs().runs).toBe(2);
    expect(rig.link0()).toMatchObject({ attempts: 3, failedAttempts: 1, delivered: 2 });
    expect(latency(rig)).toMatchObject({ min: SECOND, max: 21 * SECOND });
  });

  test('a handler of 16 s: each attempt times out after 15 s, and is done all the same', () => {
    const rig = webhook({ handler: [work(16 * SECOND)] })
      .link(TARGET)
      .publish();
    // Attempts set out at 0, 35, 70 and 105 s.
    const seen = [34, 35, 69, 70, 104, 105].map((second) => rig.to(second).runs().runs);
    expect(seen).toEqual([1, 2, 2, 3, 3, 4]);
    rig.finish(200);
    const { duplicates, redelivered } = rig.runs();
    const retry = CAUSES.indexOf('deliveryRetry');
    expect([duplicates[retry], redelivered[retry]]).toEqual([3, 3]);
    expect(rig.ledger()).toMatchObject({ owed: 1, processed: 1, lost: [0, 0, 0, 0, 0, 0, 0] });
    expect(rig.link0().lost[0]).toBe(1); // as far as the pusher knows
    expect(rig.rows).toBe(0);
  });

  test('who waits for longer than the pusher does is not served any more', () => {
    const rig = webhook({ concurrency: 1, queueLimit: 9, handler: [work(40 * SECOND)] });
    rig
      .link(TARGET, { schedule: { delay: () => -1 } })
      .publish(2)
      .finish(200);
    expect(rig.runs().runs).toBe(1);
    expect(rig.ledger()).toMatchObject({ owed: 2, processed: 1, lost: [1, 0, 0, 0, 0, 0, 0] });
    expect(rig.rows).toBe(0);
  });

  test('a refused connection is tried again', () => {
    const rig = webhook().link(TARGET);
    const breakable = rig.world.breakable(TARGET)!;
    breakable.down(1, true, true);
    rig.publish().to(10);
    breakable.down(1, true, false);
    rig.finish(100);
    expect(rig.ledger()).toMatchObject({ processed: 1 });
    expect(rig.link0()).toMatchObject({ attempts: 2, failedAttempts: 1 });
  });
});

test('subscribers: each push, run, duplicate and loss counts as so many', () => {
  const rig = webhook({ handler: [work(16 * SECOND)] }, { subscribers: [250] });
  rig.link(TARGET).publish(2).finish(300);
  expect(rig.ledger()).toMatchObject({ owed: 500, processed: 500 });
  expect(rig.runs()).toMatchObject({ runs: 2_000 });
  expect(rig.runs().duplicates[CAUSES.indexOf('deliveryRetry')]).toBe(1_500);
  expect(rig.link0()).toMatchObject({ dispatched: 500, attempts: 2_000, failedAttempts: 2_000 });
  expect(latency(rig).count).toBe(2); // a distribution of pushes
});

test('whatever a webhook does, what is owed is the sum of the rest, and no row is left', () => {
  fc.assert(
    fc.property(
      fc.record({
        concurrency: fc.integer({ min: 1, max: 3 }),
        queueLimit: fc.integer({ min: 0, max: 3 }),
        seconds: fc.constantFrom(0, 1, 14, 16, 50),
        share: fc.constantFrom(0, 0.3, 1),
        status: fc.constantFrom(400, 429, 500),
        subscribers: fc.integer({ min: 1, max: 9 }),
        batches: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
        duplicates: fc.constantFrom(0, 0.5),
        outage: fc.boolean(),
      }),
      ({ concurrency, queueLimit, seconds, share, status, subscribers, batches, ...rest }) => {
        const handler = [work(seconds * SECOND), { ...fail(share), status }];
        const options = { concurrency, queueLimit, handler };
        const rig = webhook(options, { subscribers: [subscribers] });
        rig.link(TARGET, { schedule: THREE_TIMES, duplicates: rest.duplicates });
        batches.forEach((count, i) => {
          rig.publish(count);
          if (rest.outage) rig.world.breakable(TARGET)!.down(0.5, true, i % 2 === 0);
          rig.to(10 * (i + 1));
        });
        rig.finish(3_600);
        const ledger = rig.ledger();
        const sent = batches.reduce((sum, count) => sum + count, 0);
        expect(ledger.owed).toBe(sent * subscribers);
        const ends = [ledger.processed, ledger.unfinished, ...ledger.lost];
        expect(ends.reduce((sum, n) => sum + n, 0)).toBe(ledger.owed);
        expect(rig.runs().unexplained).toBe(0);
        expect(rig.rows).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});
