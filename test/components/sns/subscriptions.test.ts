// Subscriptions that are confirmed later, come, go and change while the topic is published to. Times are seconds.

import { describe, expect, test } from 'vitest';
import { QueueError } from '../../../src/components/queue-port.js';
import type { LinkFault, Plain } from '../../support/topic-story.js';
import { oneMessage, storyOf, workers } from '../../support/topic-story.js';

const QUEUE: Plain = { type: 'sqs.queue' };
const DOWN = { kind: 'fail', share: 1, error: QueueError.ServiceUnavailable } as const;

/** One message each second, without attributes. */
function everySecond(
  topic: Plain,
  set: Plain | null,
  options: { duration?: string; at?: string; resources?: Plain; faults?: LinkFault[] } = {},
) {
  const { duration = '20s', at = '10500ms', resources = {}, faults = [] } = options;
  const shop = { send: 'news', rate: '1/s', arrivals: 'constant' };
  const plain = oneMessage(
    topic,
    { jobs: QUEUE, more: QUEUE, ...(resources as Record<string, Plain>) },
    {
      duration,
      traffic: { shop },
      operations: set === null ? [] : [{ at, on: 'news', set }],
    },
  );
  return storyOf(plain, faults).told;
}

/** When messages that `queue` got were published: the first and the last. */
const span = (seconds: readonly number[]) => [seconds[0], seconds.at(-1)!];

describe('confirmation', () => {
  const confirmed = (value: unknown) =>
    everySecond({ subscriptions: { jobs: { confirmed: value } } }, null, { duration: '15m' });

  test('nothing is delivered before it', () => {
    const told = confirmed('10m');
    const [first] = told.seconds('delivered');
    expect(first).toBeGreaterThanOrEqual(600);
    expect(first).toBeLessThanOrEqual(601);
    expect(told.count('filtered')).toBe(0);
    expect(told.count('unclaimed') + told.count('delivered')).toBe(told.count('born'));
  });

  test('never, or from the start', () => {
    expect(confirmed(false).count('delivered')).toBe(0);
    const told = confirmed(true);
    expect(told.count('delivered')).toBe(told.count('born'));
  });

  test('by hand, while the topic is published to', () => {
    const topic = { subscriptions: { jobs: { confirmed: false } } };
    const told = everySecond(topic, { subscriptions: { jobs: { confirmed: true } } });
    expect(told.seconds('delivered')[0]).toBeGreaterThanOrEqual(10.5);
    expect(told.count('delivered')).toBeGreaterThan(7);
  });

  test('is not begun anew when something else is set', () => {
    const topic = { subscriptions: { jobs: { confirmed: '5s' } } };
    const set = { subscriptions: { jobs: { rawMessageDelivery: true } } };
    const seconds = everySecond(topic, set).seconds('delivered');
    expect(seconds.filter((at) => at > 10.5 && at < 15).length).toBeGreaterThan(2);
  });
});

describe('operations', () => {
  const BOTH = { subscriptions: { jobs: { rawMessageDelivery: true }, more: {} } };

  test('a new subscription gets what is published from then on; the others stay as they are', () => {
    const told = everySecond({ subscriptions: { jobs: {} } }, { subscriptions: { more: {} } });
    expect(told.count('delivered', 'jobs')).toBe(told.count('born'));
    expect(span(told.seconds('delivered', 'more'))[0]).toBeGreaterThan(10.5);
    expect(told.count('delivered', 'more')).toBeGreaterThan(7);
  });

  test('one that is removed gets no more', () => {
    const told = everySecond(BOTH, { subscriptions: { more: null } });
    expect(told.count('delivered', 'jobs')).toBe(told.count('born'));
    expect(span(told.seconds('delivered', 'more'))[1]).toBeLessThan(10.5);
  });

  test('but what was accepted before is still delivered', () => {
    const fault = { from: 'news', to: 'more', until: 15, what: DOWN };
    const told = everySecond(
      BOTH,
      { subscriptions: { more: null } },
      {
        faults: [fault],
        resources: { crew: workers('more') },
      },
    );
    expect(told.count('dispatched', 'more')).toBe(told.count('delivered', 'more'));
    expect(told.count('dispatched', 'more')).toBeGreaterThan(7);
    expect(told.seconds('delivered', 'more')[0]).toBeGreaterThan(15);
  });

  test('what is not named in a subscription stays as it is', () => {
    const told = everySecond(BOTH, {
      subscriptions: { jobs: { redrivePolicy: { deadLetterTarget: 'more' } } },
    });
    const bytes = told.of('request', 'jobs').map(({ rest }) => rest[1]);
    expect(new Set(bytes)).toEqual(new Set([1024]));
  });
});

describe('filter policies that are set', () => {
  const topic = (policyPropagation: string) => ({
    subscriptions: { jobs: {}, more: { filterPolicy: { kind: ['a'] } } },
    assume: { policyPropagation },
  });
  const NONE = { subscriptions: { jobs: { filterPolicy: { kind: [{ exists: true }] } } } };

  test('count at once, when they spread at once', () => {
    const told = everySecond(topic('0s'), NONE);
    expect(span(told.seconds('delivered', 'jobs'))[1]).toBeLessThan(10.5);
    expect(told.count('filtered', 'more')).toBe(told.count('born'));
  });

  test('count when they have spread', () => {
    const told = everySecond(topic('5s'), NONE);
    const last = span(told.seconds('delivered', 'jobs'))[1];
    expect(last).toBeGreaterThan(14);
    expect(last).toBeLessThan(15.5);
    expect(told.seconds('filtered', 'jobs')[0]).toBeGreaterThan(15.5);
  });
});
