// What AWS refuses of topics and their subscriptions.

import { expect, test } from 'vitest';
import { ScenarioError } from '../../../src/core.js';
import type { Plain } from '../../support/topic-story.js';
import { oneMessage } from '../../support/topic-story.js';
import { scenarioOf } from '../../support/simulations.js';

const QUEUE: Plain = { type: 'sqs.queue' };
const HOOK: Plain = { type: 'external.http', handler: [{ work: '1ms' }] };
const MAIL: Plain = { type: 'external.email' };

/** What is refused of a topic `news` (or another name) with these subscriptions. */
function refusals(topic: Plain, resources: Readonly<Record<string, Plain>>, name = 'news'): string {
  const plain = oneMessage({}, {});
  const shop = { send: name, phases: [{ burst: 1 }], key: 'a' };
  const all = { [name]: { type: 'sns.topic', ...topic }, ...resources };
  try {
    scenarioOf(JSON.stringify({ ...plain, traffic: { shop }, resources: all }));
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  return '';
}

const to = (name: string, subscription: Plain = {}): Plain => ({
  subscriptions: { [name]: subscription },
});
const letters = (deadLetterTarget: string): Plain => ({ redrivePolicy: { deadLetterTarget } });
const policy = (healthyRetryPolicy: Plain): Plain => ({ deliveryPolicy: { healthyRetryPolicy } });

const DEAD = { jobs: QUEUE, dead: QUEUE };
test.each<[string, Plain, Record<string, Plain>, string?]>([
  ['FIFO SQS queues can not be subscribed', to('jobs.fifo'), { 'jobs.fifo': QUEUE }],
  ['subscribes to a FIFO topic', to('hook'), { hook: HOOK }, 'news.fifo'],
  ['subscribes to a FIFO topic', to('mail'), { mail: MAIL }, 'news.fifo'],
  ['fifoTopic: true against the name news', { ...to('jobs'), fifoTopic: true }, DEAD],
  [
    'contentBasedDeduplication on a standard topic',
    { ...to('jobs'), contentBasedDeduplication: true },
    DEAD,
  ],
  [
    'fifoThroughputScope on a standard topic',
    { ...to('jobs'), fifoThroughputScope: 'Topic' },
    DEAD,
  ],
  ['a standard queue', to('jobs', letters('dead.fifo')), { jobs: QUEUE, 'dead.fifo': QUEUE }],
  [
    'a FIFO queue, since it delivers to one',
    to('jobs.fifo', letters('dead')),
    { 'jobs.fifo': QUEUE, dead: QUEUE },
    'news.fifo',
  ],
  [
    'a standard queue',
    to('jobs', letters('dead.fifo')),
    { jobs: QUEUE, 'dead.fifo': QUEUE },
    'news.fifo',
  ],
  [
    'account of the subscription',
    to('jobs', letters('dead')),
    { jobs: QUEUE, dead: { ...QUEUE, account: 'other' } },
  ],
  ['a subscriber that is its own dead-letter queue', to('jobs', letters('jobs')), DEAD],
  [
    'deliveryPolicy of a subscriber that is no HTTP endpoint',
    to('jobs', policy({ numRetries: 5 })),
    DEAD,
  ],
  [
    'rawMessageDelivery to external.email',
    to('mail', { rawMessageDelivery: true }),
    { mail: MAIL },
  ],
  [
    'maxDelayTarget below minDelayTarget',
    to('hook', policy({ minDelayTarget: '30s', maxDelayTarget: '20s' })),
    { hook: HOOK },
  ],
  [
    '3 retries in phases, 2 in all',
    to('hook', policy({ numRetries: 2, numNoDelayRetries: 3 })),
    { hook: HOOK },
  ],
  [
    'maxDelayTarget below minDelayTarget',
    { ...to('hook'), ...policy({ minDelayTarget: '30s', maxDelayTarget: '20s' }) },
    { hook: HOOK },
  ],
  [
    '3 retries in phases, 2 in all',
    { ...to('hook'), ...policy({ numRetries: 2, numNoDelayRetries: 3 }) },
    { hook: HOOK },
  ],
])('%s', (found, topic, resources, name) => {
  expect(refusals(topic, resources, name)).toContain(found);
});

test.each<[Plain, Record<string, Plain>, string?]>([
  [to('jobs', letters('dead')), DEAD],
  [to('jobs.fifo', letters('dead.fifo')), { 'jobs.fifo': QUEUE, 'dead.fifo': QUEUE }, 'news.fifo'],
  [to('jobs', letters('dead')), DEAD, 'news.fifo'],
  [to('hook', { rawMessageDelivery: true, ...policy({ numRetries: 100 }) }), { hook: HOOK }],
])('taken: %j', (topic, resources, name) => {
  expect(refusals(topic, resources, name)).toBe('');
});

test('so many subscriptions, and filter policies', () => {
  const many = (count: number, subscription: Plain, fifo: string) => {
    const names = Array.from({ length: count }, (_, i) => `jobs-${i}`);
    const subscriptions = Object.fromEntries(names.map((name) => [name, subscription]));
    const queues = Object.fromEntries(names.map((name) => [name, QUEUE]));
    return refusals({ subscriptions }, queues, `news${fifo}`);
  };
  const filtered = { filterPolicy: { kind: ['a'] } };
  expect(many(100, {}, '.fifo')).toBe('');
  expect(many(101, {}, '.fifo')).toContain('101 subscriptions of a FIFO topic');
  expect(many(101, {}, '')).toBe('');
  expect(many(201, filtered, '')).toContain('201 filter policies');
});
