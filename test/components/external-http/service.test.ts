// An HTTP service outside AWS: its limits, its answers, faults on it, and a program that calls it.

import { describe, expect, test } from 'vitest';
import { retryOptions } from '../../../src/components/client/retry.js';
import { CallOperation } from '../../../src/components/call-port.js';
import { RateLimit } from '../../../src/components/external-http/rate-limit.js';
import { buildNetwork } from '../../../src/components/external-http/network.js';
import type { HttpOptions } from '../../../src/components/external-http/options.js';
import { HttpService } from '../../../src/components/external-http/service.js';
import { CallError } from '../../../src/components/port.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { Verb } from '../../../src/components/program/steps.js';
import type { World } from '../../../src/components/world.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { SECOND } from '../../../src/kernel/time.js';
import { fakeWorld, SilentFacts } from '../fakes.js';
import { fail, NO_CLIENT, whenOf, work } from '../programs.js';
import { MAILER, Rig } from '../program/rig.js';

const CLIENT = 0;
const SERVICE = 1;

class Counts extends SilentFacts {
  requests = 0;
  throttles = 0;
  override request(): void {
    this.requests++;
  }
  override throttled(): void {
    this.throttles++;
  }
}

/** Calls a service by hand. */
class Caller {
  readonly counts = new Counts();
  readonly world: World;
  readonly service: HttpService;
  /** When each call was answered, and its error, by its number. */
  readonly answers: string[] = [];
  readonly rows: number[] = [];
  private readonly answered: Handler;

  constructor(options: Partial<HttpOptions> = {}, latency = 0) {
    this.world = fakeWorld(['client', 'mailer'], { facts: this.counts });
    this.service = new HttpService(this.world, SERVICE, {
      name: 'mailer',
      concurrency: Infinity,
      queueLimit: 0,
      rateLimit: null,
      handler: [work(SECOND)],
      ...options,
    });
    this.answered = this.world.kernel.handler('answered', (call) => {
      const { calls, kernel } = this.world;
      if (calls.abandoned[call] === 0)
        this.answers[calls.context[call]] = `${kernel.now / SECOND} ${calls.error[call]}`;
      calls.free(call);
    });
    this.service.open(
      latency === 0 ? null : distribution({ kind: 'constant', value: latency * SECOND }),
    );
  }

  call(count = 1): this {
    const { calls } = this.world;
    for (let i = 0; i < count; i++) {
      const number = this.rows.length;
      const call = calls.begin(CLIENT, SERVICE, CallOperation.Call, this.answered, number);
      calls.a[call] = number * 7919;
      calls.b[call] = ~number;
      calls.c[call] = number;
      calls.carries[call] = CLIENT;
      this.rows.push(call);
      calls.go(call, number, 1, 0);
    }
    return this;
  }

  to(seconds: number): this {
    this.world.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }
}

const OK = CallError.None;
const BUSY = CallError.Unavailable;

describe('how many', () => {
  test('any number at a time by default', () => {
    expect(new Caller().call(3).to(5).answers).toEqual([`1 ${OK}`, `1 ${OK}`, `1 ${OK}`]);
  });

  test('concurrency: beyond, 503', () => {
    const caller = new Caller({ concurrency: 2 }).call(3).to(5);
    expect(caller.answers).toEqual([`1 ${OK}`, `1 ${OK}`, `0 ${BUSY}`]);
    expect(caller.call(2).to(9).answers.slice(3)).toEqual([`6 ${OK}`, `6 ${OK}`]);
  });

  test('queueLimit: so many wait, first come, first served', () => {
    const caller = new Caller({ concurrency: 1, queueLimit: 2 }).call(4).to(9);
    expect(caller.answers).toEqual([`1 ${OK}`, `2 ${OK}`, `3 ${OK}`, `0 ${BUSY}`]);
    expect(caller.world.calls.count).toBe(0);
  });

  test('who has hung up while waiting takes nobody’s time', () => {
    const caller = new Caller({ concurrency: 1, queueLimit: 9 }).call(3).to(0.5);
    expect(caller.world.calls.abandon(caller.rows[1])).toBe(false);
    expect(caller.to(9).answers).toEqual([`1 ${OK}`, undefined, `2 ${OK}`]);
    expect(caller.world.calls.count).toBe(0);
  });

  test('a long queue behind one call that takes time, in front of a handler that takes none', () => {
    const first: StepOptions = {
      ...work(SECOND),
      when: whenOf({ is: ['first'] }),
    };
    const caller = new Caller({ concurrency: 1, queueLimit: 100_000, handler: [first] });
    caller.world.makes.set(CLIENT, {
      key: () => 0,
      attribute: (_, __, mark1) => (~mark1 === 0 ? 'first' : undefined),
      isKeyed: false,
    });
    caller.call(50_000).to(100);
    expect(caller.answers[49_999]).toBe(`1 ${OK}`);
  });
});

describe('rateLimit', () => {
  test('beyond, 429, told as throttled', () => {
    const caller = new Caller({ rateLimit: 10 }).call(25).to(5);
    const passed = caller.answers.filter((answer) => answer.endsWith(` ${OK}`));
    expect(passed).toHaveLength(10);
    expect(caller.counts.throttles).toBe(15);
    expect(caller.counts.requests).toBe(25);
    expect(caller.answers.at(-1)).toBe(`0 ${CallError.Throttled}`);
  });

  test('fills up evenly, to one second at most', () => {
    const limit = new RateLimit(10);
    const passing = (from: number, to: number, step: number): number => {
      let count = 0;
      for (let at = from; at < to; at += step) if (limit.passes(Math.round(at * SECOND))) count++;
      return count;
    };
    expect(passing(0, 10, 0.01)).toBe(10 + 99);
    expect(passing(100, 100.000_05, 0.000_001)).toBe(10);
    const slow = new RateLimit(0.5);
    expect([0, 1, 2, 3, 4].map((at) => slow.passes(at * SECOND))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('answers', () => {
  const answerOf = (status: number): string | undefined =>
    new Caller({ handler: [work(SECOND), { ...fail(1), status }] }).call().to(5).answers[0];

  test.each([
    [500, BUSY],
    [503, BUSY],
    [429, CallError.Throttled],
    [400, 1],
    [404, 1],
  ])('fail with status %d', (status, error) => expect(answerOf(status)).toBe(`1 ${error}`));

  test('without a status it is 500', () => {
    expect(new Caller({ handler: [fail(1)] }).call().to(1).answers).toEqual([`0 ${BUSY}`]);
  });

  test('a share: per try, or for all tries of a message', () => {
    const failing = (perMessage: boolean): number[] => {
      const caller = new Caller({ handler: [fail(0.5, perMessage)] });
      const { calls } = caller.world;
      for (let i = 0; i < 40; i++) {
        caller.call();
        calls.a[caller.rows[i]] = 12345;
        calls.b[caller.rows[i]] = 54321;
      }
      return caller.to(1).answers.map((answer) => Number(answer.split(' ')[1]));
    };
    expect(new Set(failing(true)).size).toBe(1);
    expect(new Set(failing(false)).size).toBe(2);
  });

  test('when: what the call is about', () => {
    const handler: StepOptions[] = [{ ...fail(1), when: whenOf({ kind: ['bad'] }) }];
    const caller = new Caller({ handler });
    caller.world.makes.set(CLIENT, {
      key: () => 0,
      attribute: (_, __, mark1) => (~mark1 === 1 ? 'bad' : 'good'),
      isKeyed: false,
    });
    expect(caller.call(3).to(1).answers).toEqual([`0 ${OK}`, `0 ${BUSY}`, `0 ${OK}`]);
  });
});

describe('faults', () => {
  test('down: nobody gets a connection; what is under way is finished', () => {
    const caller = new Caller().call().to(0.5);
    caller.service.down(1, true, true);
    caller.call(2).to(2);
    caller.service.down(1, true, false);
    caller.call().to(5);
    const refused = `0.5 ${CallError.NoConnection}`;
    expect(caller.answers).toEqual([`1 ${OK}`, refused, refused, `3 ${OK}`]);
    expect(caller.counts.requests).toBe(2);
  });

  test('down for a share of the calls', () => {
    const caller = new Caller();
    caller.service.down(0.3, true, true);
    const refused = caller
      .call(1000)
      .to(5)
      .answers.filter((answer) => answer.endsWith(` ${CallError.NoConnection}`));
    expect(refused.length).toBeGreaterThan(240);
    expect(refused.length).toBeLessThan(360);
  });

  test('slow: its work takes longer', () => {
    const caller = new Caller();
    caller.service.slow(3, 2 * SECOND);
    caller.call().to(5.5);
    caller.service.slow(1, 0);
    expect(caller.call().to(9).answers).toEqual([`5 ${OK}`, `6.5 ${OK}`]);
  });
});

test('the network takes half of its time there and half back', () => {
  const caller = new Caller({ concurrency: 1 }, 0.2).call().to(0.15).call().to(0.5);
  expect(caller.answers).toEqual([undefined, `0.35 ${BUSY}`].slice(0, caller.answers.length));
  expect(caller.to(5).answers[0]).toBe(`1.2 ${OK}`);
});

test('the network opens the ports of all services of a world', () => {
  const world = fakeWorld(['client', 'mailer']);
  const options = { name: 'mailer', concurrency: 1, queueLimit: 0, rateLimit: null, handler: [] };
  expect(new HttpService(world, SERVICE, options).id).toBe(SERVICE);
  buildNetwork(world, { client: { kind: 'constant', value: 40_000 } });
  const times: number[] = [];
  const answered = world.kernel.handler('answered', () => times.push(world.kernel.now));
  world.calls.go(world.calls.begin(CLIENT, SERVICE, CallOperation.Call, answered, 0), 1, 2, 3);
  world.kernel.advance(SECOND);
  expect(times).toEqual([40_000]);
});

describe('an e-mail queue behind a provider that takes ten a second', () => {
  const rigOf = (client: typeof NO_CLIENT, release: boolean): Rig => {
    const build = (world: World): void => {
      new HttpService(world, MAILER, {
        name: 'mailer',
        concurrency: Infinity,
        queueLimit: 0,
        rateLimit: 10,
        handler: [work(SECOND / 20)],
      }).open(null);
    };
    const call = { target: MAILER, count: 1, client, ignoresErrors: false };
    const step: StepOptions = { verb: Verb.Call, call, chance: 1, perMessage: false };
    const visibilityTimeout = release ? 5 * SECOND : -1;
    return new Rig([step], {
      build,
      source: { concurrency: 5, onFailure: { visibilityTimeout, stopsGroup: true } },
    });
  };

  test('the queue buffers: all are sent, at ten a second', () => {
    const retry = retryOptions('standard');
    const rig = rigOf({ timeout: Infinity, retry }, true);
    rig.put(300).start().to(25);
    const sent = rig.story.of('ok').length;
    expect(sent).toBeGreaterThan(180);
    expect(sent).toBeLessThanOrEqual(10 * 26);
    rig.to(200);
    expect(rig.isClean()).toBe(true);
    expect(rig.story.throttles.length).toBeGreaterThan(50);
  });

  test('without retries, messages wait for their visibility timeout instead', () => {
    const rig = rigOf(NO_CLIENT, false);
    rig.put(300).start().to(25);
    expect(rig.story.of('ok').length).toBeLessThan(60);
    rig.to(1000);
    expect(rig.isClean()).toBe(true);
  });
});
