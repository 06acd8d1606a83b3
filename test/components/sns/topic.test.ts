// Topics through whole runs: who may publish, how much, what the queues behind it get. Times are seconds.

import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../src/components/facts.js';
import { QueueError } from '../../../src/components/queue-port.js';
import { TOPIC_ERRORS } from '../../../src/components/topic-port.js';
import type { Plain, Story } from '../../support/topic-story.js';
import { oneMessage, storyOf, workers } from '../../support/topic-story.js';

const QUEUE: Plain = { type: 'sqs.queue' };
const TO_JOBS: Plain = { subscriptions: { jobs: {} } };

const requestBytes = ({ told }: Story, queue: string) =>
  told.of('request', queue).map(({ rest }) => rest[1]);
const outcomes = ({ told }: Story) => told.of('dropped').map(({ rest }) => rest[0]);
const failures = ({ told }: Story) => told.of('pushFailed').map(({ rest }) => rest[0]);

/** A burst from `shop`. */
function burst(count: number, topic: Plain, resources: Record<string, Plain>, shop: Plain = {}) {
  return oneMessage(topic, resources, {
    traffic: {
      shop: { send: 'news', phases: [{ burst: count }], client: { retry: 'none' }, ...shop },
    },
  });
}

describe('what arrives', () => {
  test('the message in an envelope of 908 bytes, or raw', () => {
    const topic = { subscriptions: { jobs: {}, plain: { rawMessageDelivery: true } } };
    const story = storyOf(oneMessage(topic, { jobs: QUEUE, plain: QUEUE }));
    expect(requestBytes(story, 'jobs')).toEqual([1024 + 908]);
    expect(requestBytes(story, 'plain')).toEqual([1024]);
  });

  test('the envelope makes SQS bill a second chunk', () => {
    const topic = { subscriptions: { jobs: {}, plain: { rawMessageDelivery: true } } };
    const shop = { size: '64KiB' };
    const { report } = storyOf(burst(1, topic, { jobs: QUEUE, plain: QUEUE }, shop));
    const requests = report.result.cost.lines.filter(({ service }) => service === 'SQS');
    const of = (name: string) =>
      requests.filter(({ resource, period }) => resource === name && period === 'window');
    expect(of('jobs').map(({ quantity }) => quantity)).toEqual([2]);
    expect(of('plain').map(({ quantity }) => quantity)).toEqual([1]);
  });

  test('an envelope that makes a message too large for its queue is refused at once', () => {
    const jobs = { ...QUEUE, maximumMessageSize: '1KiB' };
    const story = storyOf(oneMessage(TO_JOBS, { jobs, crew: workers('jobs') }));
    expect(failures(story)).toEqual([QueueError.InvalidParameterValue]);
    expect(outcomes(story)).toEqual([Outcome.DeliveryRefused]);
  });

  test('nothing where nobody subscribes: published, and gone', () => {
    const { told, report } = storyOf(oneMessage({}, {}));
    expect([told.count('answered'), told.count('unclaimed')]).toEqual([1, 1]);
    expect(report.result.ledger.owed).toBe(0);
  });

  test('after the latency of deliveries, to queues and to others', () => {
    const assume = { deliveryLatency: '30ms' };
    const { told } = storyOf(oneMessage({ ...TO_JOBS, assume }, { jobs: QUEUE }));
    expect(told.seconds('stored')).toEqual([1.03]);
  });
});

describe('message groups', () => {
  const groups = (topic: string, queue: string) => {
    return storyOf({
      ...oneMessage({}, {}),
      traffic: {
        shop: { send: topic, phases: [{ burst: 20 }], key: { of: 2 }, messageGroupId: 'key' },
      },
      resources: {
        [topic]: { type: 'sns.topic', subscriptions: { [queue]: {} } },
        [queue]: QUEUE,
        crew: workers(queue),
      },
    });
  };

  test('are passed on to standard queues, and FIFO queues keep their order', () => {
    expect(groups('news.fifo', 'jobs.fifo').told.count('ofGroup')).toBe(20);
    const prices = groups('news', 'jobs').report.result.cost.lines;
    expect(prices.some(({ item }) => item.includes('fair'))).toBe(true);
  });

  test('but not from a FIFO topic to a standard queue', () => {
    const { told, report } = groups('news.fifo', 'jobs');
    expect(told.count('delivered')).toBe(20);
    expect(report.result.cost.lines.some(({ item }) => item.includes('fair'))).toBe(false);
  });

  test('wait for each other in a FIFO topic: a head that is tried again holds up the group', () => {
    const story = storyOf(
      {
        ...oneMessage({}, {}),
        traffic: {
          shop: { send: 'news.fifo', phases: [{ burst: 5 }], key: 'a' },
          mall: {
            send: 'news.fifo',
            phases: [{ for: '11s', rate: '0/s' }, { burst: 1 }],
            key: 'b',
          },
        },
        duration: '12s',
        resources: {
          'news.fifo': {
            type: 'sns.topic',
            subscriptions: { 'jobs.fifo': {} },
            assume: { deliveryLatency: '100ms' },
          },
          'jobs.fifo': QUEUE,
          crew: workers('jobs.fifo'),
        },
      },
      [
        {
          from: 'news.fifo',
          to: 'jobs.fifo',
          until: 10,
          what: { kind: 'fail', share: 1, error: QueueError.ServiceUnavailable },
        },
      ],
    );
    const stored = story.told.of('stored');
    const shop = stored.filter(({ message }) => message.startsWith('shop'));
    expect(shop.length).toBe(5);
    // The latency of those that waited has passed meanwhile: all follow at once.
    expect(new Set(shop.map(({ at }) => at)).size).toBe(1);
    expect(shop[0].at / 1_000_000).toBeCloseTo(12.95, 1);
    expect(shop.map(({ message }) => message)).toEqual(
      story.told.of('born', 'shop').map(({ message }) => message),
    );
    // Another group does not wait.
    expect(stored.filter(({ message }) => message.startsWith('mall')).map(({ at }) => at)).toEqual([
      11_100_000,
    ]);
  });
});

describe('who may', () => {
  test('a queue policy that does not name the topic: AccessDenied, and no retry', () => {
    const jobs = { ...QUEUE, queuePolicy: { allow: ['shop'] } };
    const story = storyOf(oneMessage(TO_JOBS, { jobs, crew: workers('jobs') }));
    expect(failures(story)).toEqual([QueueError.AccessDenied]);
    expect(outcomes(story)).toEqual([Outcome.DeliveryRefused]);
    expect(story.told.count('answered')).toBe(1);
  });

  test('a dead-letter queue needs a policy of its own', () => {
    const jobs = { ...QUEUE, queuePolicy: { allow: ['crew'] } };
    const subscription = { redrivePolicy: { deadLetterTarget: 'dead' } };
    const of = (allow: string[]) =>
      storyOf(
        oneMessage(
          { subscriptions: { jobs: subscription } },
          { jobs, crew: workers('jobs'), dead: { ...QUEUE, queuePolicy: { allow } } },
        ),
      );
    expect(of(['news']).told.count('diverted')).toBe(1);
    expect(outcomes(of(['crew']))).toEqual([Outcome.DeliveryRefused]);
  });

  test.each([
    ['a queue of another account', {}, 0],
    ['one that lets it in', { queuePolicy: { allow: ['news', 'crew'] } }, 1],
  ])('%s', (_, policy, delivered) => {
    const jobs = { ...QUEUE, account: 'other', ...policy };
    const plain = oneMessage(TO_JOBS, { jobs, crew: workers('jobs', { account: 'other' }) });
    expect(storyOf(plain).told.count('delivered')).toBe(delivered);
  });

  test("a queue under AWS's own key takes nothing from a topic, but from a producer", () => {
    const jobs = { ...QUEUE, kmsMasterKeyId: 'alias/aws/sqs' };
    const story = storyOf(oneMessage(TO_JOBS, { jobs, crew: workers('jobs') }));
    expect(failures(story)).toEqual([QueueError.KmsAccessDenied]);
    expect(outcomes(story)).toEqual([Outcome.DeliveryRefused]);
    const own = storyOf(oneMessage(TO_JOBS, { jobs: { ...jobs, kmsMasterKeyId: 'alias/mine' } }));
    expect(own.told.count('delivered')).toBe(1);
    const direct = oneMessage({}, { jobs, crew: workers('jobs') });
    const shop = { send: 'jobs', phases: [{ burst: 1 }] };
    expect(storyOf({ ...direct, traffic: { shop } }).told.count('stored')).toBe(1);
  });

  test('a topic policy keeps others out', () => {
    const topic = { ...TO_JOBS, topicPolicy: { allow: ['mall'] } };
    const mall = { send: 'news', phases: [{ burst: 1 }] };
    const plain = oneMessage(topic, { jobs: QUEUE });
    const traffic = { ...(plain['traffic'] as Plain), mall };
    const { told } = storyOf({ ...plain, traffic });
    expect([told.count('answered', 'mall'), told.count('gaveUp', 'shop')]).toEqual([1, 1]);
  });
});

describe('encryption', () => {
  test('each publisher asks for a data key once in 300 s: two calls', () => {
    const topic = { ...TO_JOBS, kmsMasterKeyId: 'alias/mine' };
    const shop = { send: 'news', rate: '1/s', arrivals: 'constant' };
    const plain = oneMessage(
      topic,
      { jobs: QUEUE },
      { duration: '601s', traffic: { shop, mall: shop } },
    );
    const { told } = storyOf(plain);
    const calls = told.of('keyCalled', 'news');
    const minutes = (who: string) =>
      calls.filter(({ rest }) => rest[1] === who).map(({ at }) => Math.round(at / 1_000_000));
    for (const who of ['shop', 'mall'])
      expect(minutes(who).length).toBe(
        told.of('born', who).some(({ at }) => at >= 600_000_000) ? 6 : 4,
      );
    expect(calls.map(({ rest }) => rest[0]).slice(0, 2)).toEqual([0, 1]);
  });

  test("a topic under AWS's own key takes nothing from a bucket, but from a producer", () => {
    const of = (kmsMasterKeyId: string) => {
      const notificationConfiguration = { news: { events: ['s3:ObjectCreated:*'] } };
      const plain = oneMessage(
        { ...TO_JOBS, kmsMasterKeyId },
        { jobs: QUEUE, uploads: { type: 's3.bucket', notificationConfiguration } },
      );
      const phones = { write: 'uploads', phases: [{ burst: 1 }] };
      const traffic = { ...(plain['traffic'] as Plain), phones };
      const { told } = storyOf({ ...plain, traffic });
      return [told.count('answered', 'shop'), told.count('passedOn'), told.count('stored')];
    };
    expect(of('alias/mine')).toEqual([1, 1, 2]);
    expect(of('alias/aws/sns')).toEqual([1, 0, 1]);
  });

  test('KMS has a quota', () => {
    const topic = { ...TO_JOBS, kmsMasterKeyId: 'alias/mine' };
    const plain = burst(1, topic, { jobs: QUEUE });
    const { told } = storyOf({ ...plain, quotas: { kms: { requestsPerSecond: 1 } } });
    expect([told.count('gaveUp'), told.count('throttled')]).toEqual([1, 1]);
  });
});

describe('limits', () => {
  test('a message of 256 KiB, and none larger', () => {
    const at = (size: string) => storyOf(burst(1, TO_JOBS, { jobs: QUEUE }, { size })).told;
    expect(at('256KiB').count('answered')).toBe(1);
    expect(at('257KiB').count('gaveUp')).toBe(1);
  });

  test('the account publishes so many messages a second, batches or not', () => {
    const quotas = { sns: { messagesPerSecond: 25 } };
    const single = storyOf({ ...burst(40, TO_JOBS, { jobs: QUEUE }), quotas });
    expect(single.told.count('answered')).toBe(25);
    expect(single.told.count('throttled')).toBe(15);
    const client = { retry: 'none', batch: { size: 10, wait: '1s' } };
    const batched = storyOf({ ...burst(40, TO_JOBS, { jobs: QUEUE }, { client }), quotas });
    expect(batched.told.count('stored')).toBe(25);
    expect(batched.told.of('request', 'news').length).toBe(4);
  });

  test('names of errors are those of SNS', () => {
    expect(TOPIC_ERRORS.filter((name) => name !== '')).toContain('KMSThrottling');
  });
});
