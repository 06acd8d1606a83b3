// The engine of pushes through topics: attempts, retries, dead letters, fates, duplicates. Worked vectors are those of
// docs/components/sns.topic.md; times are seconds after the message was published.

import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../src/components/facts.js';
import { QueueError } from '../../../src/components/queue-port.js';
import type { LinkFault, Plain, Story } from '../../support/topic-story.js';
import { oneMessage, storyOf, workers } from '../../support/topic-story.js';

const QUEUE: Plain = { type: 'sqs.queue' };
const DOWN = { kind: 'fail', share: 1, error: QueueError.ServiceUnavailable } as const;
const REFUSED = { kind: 'fail', share: 1, error: QueueError.AccessDenied } as const;

/** One message to a queue that is polled. */
function toQueue(subscription: Plain = {}, faults: readonly LinkFault[] = [], more: Plain = {}) {
  return storyOf(
    oneMessage(
      { subscriptions: { jobs: subscription } },
      { jobs: QUEUE, crew: workers('jobs'), ...more },
    ),
    faults,
  );
}

/** One message to a webhook. */
function toHook(hook: Plain, subscription: Plain = {}, more: Plain = {}): Story {
  const topic = { subscriptions: { hook: subscription } };
  return storyOf(oneMessage(topic, { hook: { type: 'external.http', ...hook }, ...more }));
}

const after = (all: readonly number[]): number[] => all.map((at) => Number((at - 1).toFixed(2)));
const attempts = ({ told }: Story): number[] => after(told.seconds('pushed'));
const outcomes = ({ told }: Story) => told.of('dropped').map(({ rest }) => rest[0]);
const ledger = ({ report }: Story, who = 'crew') => report.result.consumers[who].ledger;

describe('a queue that is down', () => {
  const BACKOFF = [3, 4.39, 6.34, 9.06, 12.85, 18.13, 25.49, 35.77, 50.1, 70.1];

  test('is tried at once three times, then less and less often, until it is back', () => {
    const story = toQueue({}, [{ from: 'news', to: 'jobs', until: 100, what: DOWN }]);
    const found = attempts(story);
    const expected = [0, 0, 0, 0, 1, 2, ...BACKOFF, 90.1, 110.1];
    expect(found.length).toBe(expected.length);
    found.forEach((at, i) => expect(at).toBeCloseTo(expected[i], 1));
    expect(story.told.count('delivered')).toBe(1);
    expect(ledger(story)).toMatchObject({ owed: 1, processed: 1, unfinished: 0 });
  });

  test('jitter multiplies each delay by 0.5 to 1.5', () => {
    const topic = {
      subscriptions: { jobs: {} },
      assume: { retryJitter: { dist: 'uniform', min: '0.5x', max: '1.5x' } },
    };
    const plain = oneMessage(topic, { jobs: QUEUE, crew: workers('jobs') });
    const found = attempts(storyOf(plain, [{ from: 'news', to: 'jobs', until: 1000, what: DOWN }]));
    const gaps = found.slice(1).map((at, i) => at - found[i]);
    const late = gaps.slice(15); // 20 s apart
    expect(late.length).toBeGreaterThan(30);
    late.forEach((gap) => expect(Math.abs(gap - 20)).toBeLessThanOrEqual(10.01));
    expect(Math.min(...late)).toBeLessThan(13);
    expect(Math.max(...late)).toBeGreaterThan(27);
    expect(gaps.slice(0, 3)).toEqual([0, 0, 0]);
  });

  test('and stays down: after 100,015 retries and 2,000,070 s the message is lost', () => {
    const plain = oneMessage(
      { subscriptions: { jobs: {} } },
      { jobs: QUEUE, crew: workers('jobs', { handler: [{ work: '1s' }] }) },
      { drain: '30d' },
    );
    const story = storyOf(plain, [{ from: 'news', to: 'jobs', what: DOWN }]);
    expect(story.told.count('pushed')).toBe(100_016);
    expect(story.told.seconds('dropped')[0] - 1).toBeCloseTo(2_000_070, -1);
    expect(outcomes(story)).toEqual([Outcome.DeliveryExhausted]);
    expect(ledger(story).lost).toMatchObject({ total: 1, deliveryExhausted: 1 });
  });
});

describe('a webhook', () => {
  test('that answers 500: four attempts, 20 s apart, then it is lost', () => {
    const story = toHook({ handler: [{ fail: '100%', status: 500 }] });
    expect(attempts(story)).toEqual([0, 20, 40, 60]);
    expect(outcomes(story)).toEqual([Outcome.DeliveryExhausted]);
    expect(ledger(story, 'hook').lost.deliveryExhausted).toBe(1);
  });

  test('that takes too long: each attempt is given up after 15 s', () => {
    const story = toHook({ handler: [{ work: '5m' }] });
    expect(attempts(story)).toEqual([0, 35, 70, 105]);
    // What was taken for lost was delivered, four times.
    expect(ledger(story, 'hook')).toMatchObject({ processed: 1 });
    expect(story.report.result.consumers['hook'].duplicates).toMatchObject({
      total: 3,
      deliveryRetry: 3,
    });
  });

  test('that answers 404: one attempt', () => {
    const story = toHook({ handler: [{ fail: '100%', status: 404 }] });
    expect(attempts(story)).toEqual([0]);
    expect(outcomes(story)).toEqual([Outcome.DeliveryRefused]);
  });

  test.each([
    ['permanent', 1],
    ['retried', 4],
  ])('that answers 429, %s', (tooManyRequests, count) => {
    const topic = { subscriptions: { hook: {} }, assume: { tooManyRequests } };
    const hook = { type: 'external.http', handler: [{ fail: '100%', status: 429 }] };
    expect(attempts(storyOf(oneMessage(topic, { hook }))).length).toBe(count);
  });

  test('with a policy of its own: the documented one, 50 retries', () => {
    const healthyRetryPolicy = {
      numRetries: 50,
      numNoDelayRetries: 3,
      numMinDelayRetries: 2,
      numMaxDelayRetries: 35,
      minDelayTarget: '1s',
      maxDelayTarget: '60s',
      backoffFunction: 'exponential',
    };
    const handler = [{ fail: '100%', status: 503 }];
    const found = attempts(toHook({ handler }, { deliveryPolicy: { healthyRetryPolicy } }));
    expect(found.slice(0, 7)).toEqual([0, 0, 0, 0, 1, 2, 3]);
    expect(found.length).toBe(51);
    expect(found[50] - found[15]).toBeCloseTo(35 * 60, 6);
  });

  test('is not tried any more after an hour', () => {
    const healthyRetryPolicy = { numRetries: 100, minDelayTarget: '60s', maxDelayTarget: '60s' };
    const handler = [{ fail: '100%', status: 503 }];
    const story = toHook({ handler }, { deliveryPolicy: { healthyRetryPolicy } });
    expect(attempts(story).length).toBe(61);
    expect(attempts(story).at(-1)).toBe(3600);
    expect(outcomes(story)).toEqual([Outcome.DeliveryExhausted]);
  });

  test('that takes one a second: others wait, an hour at most; what is given up takes no turn', () => {
    const plain = oneMessage(
      {
        deliveryPolicy: { throttlePolicy: { maxReceivesPerSecond: '1/s' } },
        subscriptions: { hook: {} },
      },
      { hook: { type: 'external.http', handler: [{ work: '1ms' }] } },
      {
        duration: '4000s',
        traffic: {
          shop: {
            send: 'news',
            phases: [{ burst: 4000 }, { for: '3500s', rate: '0/s' }, { burst: 1 }],
          },
        },
        quotas: { sns: { messagesPerSecond: 10_000 } },
      },
    );
    const { told } = storyOf(plain);
    const pushed = told.seconds('pushed');
    expect(pushed.slice(0, 3)).toEqual([0, 1, 2]);
    expect(told.count('dropped')).toBe(399);
    expect(pushed.at(-1)).toBe(3601);
  });
});

describe('dead letters', () => {
  const SUBSCRIPTION = { redrivePolicy: { deadLetterTarget: 'dead' } };

  test('a client error: at once, and nobody consumes it', () => {
    const story = toQueue(SUBSCRIPTION, [{ from: 'news', to: 'jobs', what: REFUSED }], {
      dead: QUEUE,
    });
    expect(attempts(story)).toEqual([0]);
    expect(after(story.told.seconds('diverted'))).toEqual([0]);
    expect(story.told.of('diverted')[0].rest).toEqual(['dead']);
    expect(ledger(story)).toMatchObject({ owed: 1, processed: 0, deadLettered: 1 });
  });

  test('a client error without a dead-letter queue: lost', () => {
    const story = toQueue({}, [{ from: 'news', to: 'jobs', what: REFUSED }]);
    expect(ledger(story).lost).toMatchObject({ total: 1, deliveryRefused: 1 });
  });

  test('somebody consumes it: owed anew, and done', () => {
    const story = toQueue(SUBSCRIPTION, [{ from: 'news', to: 'jobs', what: REFUSED }], {
      dead: QUEUE,
      rescue: workers('dead'),
    });
    expect(ledger(story)).toMatchObject({ owed: 1, deadLettered: 1 });
    expect(ledger(story, 'rescue')).toMatchObject({ owed: 1, processed: 1 });
  });

  test('after the last retry of a webhook', () => {
    const hook = { handler: [{ fail: '100%', status: 500 }] };
    const story = toHook(hook, SUBSCRIPTION, { dead: QUEUE });
    expect(after(story.told.seconds('diverted'))).toEqual([60]);
    expect(ledger(story, 'hook')).toMatchObject({ owed: 1, deadLettered: 1 });
  });

  test('a dead-letter queue that refuses: lost after all, by what it was given up for', () => {
    const faults = ['jobs', 'dead'].map((to) => ({ from: 'news', to, what: REFUSED }));
    const story = toQueue(SUBSCRIPTION, faults, { dead: QUEUE });
    expect(ledger(story)).toMatchObject({ owed: 1, deadLettered: 0 });
    expect(ledger(story).lost).toMatchObject({ total: 1, deliveryRefused: 1 });
    expect(outcomes(story)).toEqual([Outcome.DeliveryRefused]);
  });

  test('a dead-letter queue that is down is tried as any queue', () => {
    const faults: LinkFault[] = [
      { from: 'news', to: 'jobs', what: REFUSED },
      { from: 'news', to: 'dead', until: 10, what: DOWN },
    ];
    const story = toQueue(SUBSCRIPTION, faults, { dead: QUEUE });
    expect(story.told.seconds('diverted')[0] - 1).toBeCloseTo(9.06, 1);
    expect(ledger(story)).toMatchObject({ deadLettered: 1 });
  });

  test('a dead-letter queue that is taken away while a dead letter is on its way: lost', () => {
    const faults = [
      { from: 'news', to: 'jobs', what: REFUSED },
      { from: 'news', to: 'dead', what: DOWN },
    ];
    const plain = oneMessage(
      { subscriptions: { jobs: SUBSCRIPTION } },
      { jobs: QUEUE, crew: workers('jobs'), dead: QUEUE },
      {
        operations: [
          { at: '5s', on: 'news', set: { subscriptions: { jobs: { redrivePolicy: null } } } },
        ],
      },
    );
    const story = storyOf(plain, faults);
    expect(ledger(story).lost).toMatchObject({ total: 1, deliveryRefused: 1 });
  });
});

describe('more than once', () => {
  test('a lost answer: delivered again, and counted as such', () => {
    const story = toQueue({}, [
      { from: 'news', to: 'jobs', until: 2, what: { kind: 'lose', share: 1 } },
    ]);
    expect(attempts(story)).toEqual([0, 15]);
    expect(story.told.count('stored')).toBe(2);
    const { crew } = story.report.result.consumers;
    expect(crew.ledger).toMatchObject({ owed: 1, processed: 1 });
    expect(crew.duplicates).toMatchObject({ total: 1, deliveryRetry: 1 });
  });

  test('a lost answer of a FIFO queue: its deduplication takes the copy away', () => {
    const plain = oneMessage({}, {});
    const story = storyOf(
      {
        ...plain,
        traffic: {
          shop: { ...(plain['traffic'] as { shop: Plain }).shop, send: 'news.fifo', key: 'a' },
        },
        resources: {
          'news.fifo': { type: 'sns.topic', subscriptions: { 'jobs.fifo': {} } },
          'jobs.fifo': QUEUE,
          crew: workers('jobs.fifo'),
        },
      },
      [{ from: 'news.fifo', to: 'jobs.fifo', until: 2, what: { kind: 'lose', share: 1 } }],
    );
    expect(story.told.count('stored')).toBe(1);
    expect(story.told.count('deduplicated')).toBe(1);
    expect(story.report.result.consumers['crew']).toMatchObject({
      ledger: { owed: 1, processed: 1 },
      duplicates: { total: 0 },
    });
  });

  const TWICE = { subscriptions: { jobs: {} }, assume: { duplicateDelivery: '100%' } };

  test('a duplicate of SNS itself', () => {
    const story = storyOf(oneMessage(TWICE, { jobs: QUEUE, crew: workers('jobs') }));
    expect([story.told.count('stored'), story.told.count('delivered')]).toEqual([2, 1]);
    const { crew } = story.report.result.consumers;
    expect(crew.duplicates).toMatchObject({ total: 1, spontaneousCopy: 1 });
  });

  test('a duplicate that would wait too long for its turn takes nothing back', () => {
    const topic = {
      deliveryPolicy: { throttlePolicy: { maxReceivesPerSecond: '1/s' } },
      subscriptions: { hook: {} },
      assume: { duplicateDelivery: '100%' },
    };
    const hook = { type: 'external.http', handler: [{ work: '1ms' }] };
    const more = {
      duration: '4000s',
      traffic: { shop: { send: 'news', phases: [{ burst: 4000 }] } },
      quotas: { sns: { messagesPerSecond: 10_000 } },
    };
    const { told, report } = storyOf(oneMessage(topic, { hook }, more));
    expect(told.count('dropped')).toBe(399);
    expect(told.count('delivered')).toBe(3601);
    expect(report.result.consumers['hook'].ledger).toMatchObject({ processed: 3601 });
  });

  test('a duplicate that fails is not tried again, and takes nothing back', () => {
    const hook = { type: 'external.http', handler: [{ work: '1s' }] };
    const topic = {
      subscriptions: { hook: { redrivePolicy: { deadLetterTarget: 'dead' } } },
      assume: { duplicateDelivery: '100%' },
    };
    const { told, report } = storyOf(oneMessage(topic, { hook, dead: QUEUE }), [
      { from: 'news', to: 'hook', at: 1.5, what: { kind: 'fail', share: 1, error: 1 } },
    ]);
    expect(
      ['pushed', 'pushFailed', 'delivered', 'diverted'].map((kind) => told.count(kind as 'pushed')),
    ).toEqual([2, 1, 1, 0]);
    expect(report.result.consumers['hook'].ledger).toMatchObject({ owed: 1, processed: 1 });
  });
});
