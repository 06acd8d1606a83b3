import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUDGET_RESERVE, SDK_RETRY } from '../../../src/components/client/limits.js';
import {
  GIVE_UP,
  isThrottle,
  RetryPolicy,
  retryOptions,
} from '../../../src/components/client/retry.js';
import { CallError } from '../../../src/components/port.js';
import { QUEUE_ERRORS, QueueError } from '../../../src/components/queue-port.js';
import type { RetryRules, RetrySpec } from '../../../src/components/settings/client.js';
import { BACKOFFS } from '../../../src/components/settings/client.js';
import { RULES } from './support.js';

function policy(spec: RetrySpec, processes = 1): RetryPolicy {
  return new RetryPolicy(retryOptions(spec)!, processes);
}

const SECOND = 1_000_000;
const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const backoff = fc.constantFrom(...BACKOFFS);
const rules = fc.record({
  maxAttempts: fc.integer({ min: 2, max: 20 }),
  backoff,
  base: fc.integer({ min: 1, max: SECOND }),
  cap: fc.integer({ min: SECOND, max: 60 * SECOND }),
});
const retryable = fc.constantFrom(
  CallError.Throttled,
  CallError.KeyThrottled,
  CallError.Unavailable,
  CallError.Timeout,
  CallError.NoConnection,
);

describe('laws of retries', () => {
  it('there are never more attempts than maxAttempts', () => {
    fc.assert(
      fc.property(rules, fc.array(fc.tuple(retryable, uniform)), (drawn, failures) => {
        const tried = policy({ ...RULES, ...drawn });
        let retries = 0;
        let waited = 0;
        for (const [error, u] of failures) {
          const wait = tried.delay(retries, error, u, waited);
          if (wait === GIVE_UP) break;
          waited = wait;
          retries++;
        }
        expect(1 + retries).toBeLessThanOrEqual(drawn.maxAttempts);
        expect(1 + retries).toBe(Math.min(drawn.maxAttempts, 1 + failures.length));
      }),
    );
  });

  it('waits are whole, not negative, not above the cap, and grow no faster than twofold', () => {
    fc.assert(
      fc.property(
        rules,
        retryable,
        uniform,
        fc.integer({ min: 0, max: 18 }),
        (drawn, error, u, n) => {
          const tried = policy({ ...RULES, ...drawn, maxAttempts: 20 });
          const wait = tried.delay(n, error, u, 0);
          expect(Number.isInteger(wait) && wait >= 0 && wait <= drawn.cap).toBe(true);
          if (drawn.backoff !== 'decorrelatedJitter')
            expect(wait).toBeLessThanOrEqual(drawn.base * 2 ** n);
        },
      ),
    );
  });

  it('what would be answered the same again is not tried again', () => {
    const again: readonly number[] = [
      QueueError.ThrottlingException,
      QueueError.KmsThrottled,
      QueueError.ServiceUnavailable,
      QueueError.RequestTimeout,
      CallError.NoConnection,
    ];
    QUEUE_ERRORS.forEach((name, error) => {
      if (name === '') return;
      const wait = policy('standard').delay(0, error, 0.5, 0);
      expect(wait !== GIVE_UP, name).toBe(again.includes(error));
    });
  });

  it('only what `on` names is tried again', () => {
    const only = policy({ ...RULES, on: ['throttle'] });
    expect(only.delay(0, CallError.Throttled, 0, 0)).not.toBe(GIVE_UP);
    expect(only.delay(0, CallError.Timeout, 0, 0)).toBe(GIVE_UP);
    expect(only.isRetryable(CallError.Unavailable)).toBe(false);
    expect([isThrottle(CallError.Throttled), isThrottle(CallError.Timeout)]).toEqual([true, false]);
  });
});

describe('backoffs', () => {
  const at = (kind: RetryRules['backoff'], n: number, u: number, previous = 0): number =>
    policy({ ...RULES, backoff: kind, maxAttempts: 20 }).delay(
      n,
      CallError.Unavailable,
      u,
      previous,
    );

  it('are those of their names', () => {
    expect([0, 1, 2, 8].map((n) => at('exponential', n, 0.5) / 1000)).toEqual([
      100, 200, 400, 20_000,
    ]);
    expect([0, 0.25, 0.5].map((u) => at('fullJitter', 2, u) / 1000)).toEqual([0, 100, 200]);
    expect([0, 0.5].map((u) => at('equalJitter', 2, u) / 1000)).toEqual([200, 300]);
    expect([0, 0.5].map((u) => at('decorrelatedJitter', 5, u, 200_000) / 1000)).toEqual([100, 350]);
    expect(at('decorrelatedJitter', 0, 0.5) / 1000).toBe(200);
    expect(at('none', 7, 0.9)).toBe(0);
  });
});

describe("the SDK's own modes", () => {
  it('standard: three attempts, 50 ms doubling, a second after a throttle', () => {
    const standard = policy('standard');
    const full = 1 - 2 ** -53;
    expect(standard.delay(0, CallError.Timeout, full, 0)).toBe(50_000);
    expect(standard.delay(1, CallError.Timeout, full, 0)).toBe(100_000);
    expect(standard.delay(0, CallError.Throttled, full, 0)).toBe(SECOND);
    expect(standard.delay(2, CallError.Timeout, full, 0)).toBe(GIVE_UP);
  });

  it('standard: the quota of 500 pays 35 retries, or 100 after throttles, and is earned back', () => {
    const { quota, cost, throttleCost } = SDK_RETRY.standard;
    for (const [error, most] of [
      [CallError.Timeout, Math.floor(quota / cost)],
      [CallError.Throttled, quota / throttleCost],
    ] as const) {
      const standard = policy('standard');
      let retries = 0;
      while (standard.delay(0, error, 0, 0) !== GIVE_UP) retries++;
      expect(retries).toBe(most);
    }
    const poor = policy('standard');
    while (poor.delay(0, CallError.Timeout, 0, 0) !== GIVE_UP); // 10 tokens are left
    poor.succeeded(0, CallError.None); // 11
    expect(poor.delay(0, CallError.Timeout, 0, 0)).toBe(GIVE_UP);
    poor.succeeded(0, CallError.Timeout); // a retry that succeeded gives back its 14
    expect(poor.delay(0, CallError.Timeout, 0, 0)).not.toBe(GIVE_UP);
  });

  it('standard: each process has a quota of its own', () => {
    const shared = policy('standard', 2);
    while (shared.delay(0, CallError.Timeout, 0, 0, 0) !== GIVE_UP);
    expect(shared.delay(0, CallError.Timeout, 0, 0, 1)).not.toBe(GIVE_UP);
  });

  it('legacy: five attempts, up to 1, 2, 4, 8 s, without a quota', () => {
    const legacy = policy('legacy');
    const full = 1 - 2 ** -53;
    const waits = [0, 1, 2, 3, 4].map((n) => legacy.delay(n, CallError.Throttled, full, 0));
    expect(waits).toEqual([SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND, GIVE_UP]);
    for (let i = 0; i < 1000; i++)
      expect(legacy.delay(0, CallError.Timeout, 0, 0)).not.toBe(GIVE_UP);
  });

  it('none, and one attempt, are no policy at all', () => {
    expect(retryOptions('none')).toBeNull();
    expect(retryOptions({ ...RULES, maxAttempts: 1 })).toBeNull();
  });
});

describe('a budget', () => {
  it('lets through its share of the first attempts, and what was saved up', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (budget) => {
        const tried = policy({ ...RULES, budget });
        let retries = 0;
        const first = 1000;
        for (let i = 0; i < first; i++) {
          tried.begun(0);
          if (tried.delay(0, CallError.Unavailable, 0, 0) !== GIVE_UP) retries++;
        }
        expect(retries).toBeLessThanOrEqual(budget * first + BUDGET_RESERVE + 1e-6);
        expect(retries).toBeGreaterThan(Math.min(first, budget * first + BUDGET_RESERVE) - 2);
      }),
    );
  });
});
