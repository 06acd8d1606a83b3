// Operations of SNS: what queues get of what is published, who gets what, FIFO topics, what becomes of the rest.

import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/components/facts.js';
import { Outcome as Outcomes } from '../../src/components/facts.js';
import type { Call } from '../../src/core.js';
import { openWorld, ScenarioError, SilentFacts } from '../../src/core.js';
import type { OpenedWorld, WorldOptions } from '../../src/experiment/operations/open-world.js';

function valueOf<T>(call: Call<T>): T {
  expect(call.error).toBeNull();
  expect(call.done).toBe(true);
  return call.value!;
}

function messagesOf(w: OpenedWorld, queue: string) {
  return valueOf(w.sqs.receiveMessage({ queue, maxNumberOfMessages: 10 })).messages;
}

/** A topic with one queue. */
function withTopic(
  attributes: Record<string, unknown> = { rawMessageDelivery: true },
  names: { topic?: string; queue?: string; options?: WorldOptions } = {},
): { w: OpenedWorld; subscription: string } {
  const { topic = 't', queue = 'q', options = {} } = names;
  const w = openWorld(options);
  valueOf(w.sqs.createQueue({ queue }));
  valueOf(w.sns.createTopic({ topic }));
  const made = w.sns.subscribe({ topic, protocol: 'sqs', endpoint: queue, attributes });
  return { w, subscription: valueOf(made).subscription };
}

describe('a delivery', () => {
  test('raw: the message and its attributes; ids of its own', () => {
    const { w } = withTopic();
    const { messageId, sequenceNumber } = valueOf(
      w.sns.publish({ topic: 't', message: 'hi', messageAttributes: { n: 5, list: ['a', 1] } }),
    );
    expect(sequenceNumber).toBeNull();
    const [message] = messagesOf(w, 'q');
    expect(message).toMatchObject({
      body: 'hi',
      messageAttributes: {
        n: { dataType: 'Number', stringValue: '5' },
        list: { dataType: 'String.Array', stringValue: '["a",1]' },
      },
      attributes: { approximateReceiveCount: 1, sentTimestamp: 0 },
    });
    expect(message.messageId).not.toBe(messageId);
  });

  test('in an envelope: exactly the documented fields', () => {
    const { w } = withTopic({});
    w.advanceTo(90_061.2345);
    const attributes = { kind: 'x', raw: { dataType: 'Binary', binaryValue: 'abcd' } };
    const request = { topic: 't', message: 'hi', subject: 's', messageAttributes: attributes };
    const { messageId } = valueOf(w.sns.publish(request));
    const [message] = messagesOf(w, 'q');
    expect(message.messageAttributes).toBeUndefined();
    const envelope = JSON.parse(message.body!) as Record<string, unknown>;
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId: messageId,
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:t',
      Subject: 's',
      Message: 'hi',
      Timestamp: '2026-01-02T01:01:01.234Z',
      SignatureVersion: '1',
      MessageAttributes: {
        kind: { Type: 'String', Value: 'x' },
        raw: { Type: 'Binary', Value: 'YWJjZA==' },
      },
    });
    expect(Object.keys(envelope).join(' ')).toBe(
      'Type MessageId TopicArn Subject Message Timestamp SignatureVersion Signature SigningCertURL ' +
        'UnsubscribeURL MessageAttributes',
    );
    w.sns.publish({ topic: 't', message: 'plain' });
    const [plain] = messagesOf(w, 'q').map(({ body }) => JSON.parse(body!) as object);
    expect(plain).not.toHaveProperty('Subject');
    expect(plain).not.toHaveProperty('MessageAttributes');
  });

  test('of one message to several queues: each queue has its own ids, times and counts', () => {
    const { w } = withTopic();
    w.sqs.createQueue({ queue: 'r', attributes: { visibilityTimeout: 5 } });
    w.sns.subscribe({ topic: 't', protocol: 'sqs', endpoint: 'r' });
    w.sns.publish({ topic: 't', message: 'm' });
    const first = messagesOf(w, 'r')[0];
    w.advanceTo(5);
    const second = messagesOf(w, 'r')[0];
    const other = messagesOf(w, 'q')[0];
    expect(second.messageId).toBe(first.messageId);
    expect(second.attributes.approximateReceiveCount).toBe(2);
    expect(other.messageId).not.toBe(first.messageId);
    expect(other.attributes).toMatchObject({
      approximateReceiveCount: 1,
      approximateFirstReceiveTimestamp: 5,
    });
    expect(first.body).toContain('Notification');
    expect(other.body).toBe('m');
  });

  test('of a size alone has no body', () => {
    const { w } = withTopic({});
    valueOf(w.sns.publish({ topic: 't', sizeBytes: 262_144 }));
    expect(messagesOf(w, 'q').map(({ body }) => body)).toEqual([null]);
    expect(w.sns.publish({ topic: 't', sizeBytes: 262_145 }).error?.code).toBe('InvalidParameter');
    const attributes = { attr1: 1 };
    const most = 262_144 - 'attr1Number1'.length;
    const publish = (length: number) =>
      w.sns.publish({ topic: 't', message: 'a'.repeat(length), messageAttributes: attributes });
    expect(publish(most + 1).error?.code).toBe('InvalidParameter');
    expect(publish(most).error).toBeNull();
  });

  test('comes later where calls take time, and the same again from the same seed', () => {
    const run = () => {
      const { w } = withTopic({}, { options: { profile: 'typical', seed: '7' } });
      const call = w.sns.publish({ topic: 't', message: 'm' });
      expect(call.done).toBe(false);
      w.advanceTo(10);
      const poll = w.sqs.receiveMessage({ queue: 'q', waitTimeSeconds: 20 });
      w.advanceTo(40);
      return [valueOf(call), poll.value];
    };
    const once = run();
    expect((once[1] as { messages: unknown[] }).messages).toHaveLength(1);
    expect(run()).toEqual(once);
  });
});

describe('subscriptions', () => {
  test('filters see real attributes and bodies; a policy is a map or JSON, and an empty text takes it away', () => {
    const { w, subscription } = withTopic({
      rawMessageDelivery: 'true',
      filterPolicy: '{"kind":["a"],"n":[{"numeric":[">",1]}]}',
    });
    const publish = (messageAttributes: Record<string, string | number>, message = 'm') =>
      w.sns.publish({ topic: 't', message, messageAttributes });
    publish({ kind: 'a', n: 2 }, 'one');
    publish({ kind: 'a', n: 1 });
    publish({ kind: 'a' });
    expect(messagesOf(w, 'q').map(({ body }) => body)).toEqual(['one']);
    const attributes = { filterPolicy: { a: { b: [1] } }, filterPolicyScope: 'MessageBody' };
    valueOf(w.sns.setSubscriptionAttributes({ subscription, attributes }));
    for (const message of ['{"a":{"b":1}}', '{"a":{"b":"1"}}', 'no JSON', '[1]'])
      publish({ kind: 'a', n: 2 }, message);
    expect(messagesOf(w, 'q').map(({ body }) => body)).toEqual(['{"a":{"b":1}}']);
    const set = { attributeName: 'FilterPolicy', attributeValue: '' };
    valueOf(w.sns.setSubscriptionAttributes({ subscription, ...set }));
    publish({}, 'any');
    expect(messagesOf(w, 'q')).toHaveLength(1);
  });

  test('follow a queue that is made after them, and made anew', () => {
    const w = openWorld();
    w.sns.createTopic({ topic: 't' });
    w.sns.subscribe({ topic: 't', protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:1:later' });
    w.sns.publish({ topic: 't', message: 'lost' });
    w.sqs.createQueue({ queue: 'later' });
    w.sns.publish({ topic: 't', message: 'one' });
    expect(messagesOf(w, 'later')).toHaveLength(1);
    w.sqs.deleteQueue({ queue: 'later' });
    w.sns.publish({ topic: 't', message: 'lost' });
    w.advanceTo(60);
    w.sqs.createQueue({ queue: 'later' });
    expect(messagesOf(w, 'later')).toEqual([]);
    w.sns.publish({ topic: 't', message: 'two' });
    expect(messagesOf(w, 'later')).toHaveLength(1);
  });

  test('a topic may have the name of a queue', () => {
    const { w } = withTopic({ rawMessageDelivery: true }, { topic: 'same', queue: 'same' });
    w.sqs.createQueue({ queue: 'dead' });
    w.sns.publish({ topic: 'same', message: 'm' });
    expect(messagesOf(w, 'same').map(({ body }) => body)).toEqual(['m']);
    const redrivePolicy = { deadLetterTarget: 'same', maxReceiveCount: 1 };
    expect(
      w.sqs.setQueueAttributes({ queue: 'dead', attributes: { redrivePolicy } }).error,
    ).toBeNull();
    expect(w.sqs.getQueueAttributes({ queue: 'same' }).error).toBeNull();
  });

  test('what a raw delivery cannot carry is dropped, and a dead-letter queue does not get it either', () => {
    const dropped: Outcome[] = [];
    class Ear extends SilentFacts {
      override dropped(_pusher: number, _obligation: number, _link: number, outcome: Outcome) {
        dropped.push(outcome);
      }
    }
    const { w, subscription } = withTopic(undefined, { options: { observer: new Ear() } });
    w.sqs.createQueue({ queue: 'dead' });
    const attributes = { redrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:1:dead' } };
    valueOf(w.sns.setSubscriptionAttributes({ subscription, attributes }));
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, 'x']));
    valueOf(w.sns.publish({ topic: 't', message: 'm', messageAttributes: eleven }));
    w.advanceTo(60);
    expect(messagesOf(w, 'q')).toEqual([]);
    expect(messagesOf(w, 'dead')).toEqual([]);
    expect(dropped).toEqual([Outcomes.DeliveryRefused]);
  });

  test('a dead letter of the queue behind is redriven under a new id', () => {
    const { w } = withTopic({ rawMessageDelivery: true });
    w.sqs.createQueue({ queue: 'd' });
    const redrivePolicy = { deadLetterTarget: 'd', maxReceiveCount: 1 };
    w.sqs.setQueueAttributes({ queue: 'q', attributes: { redrivePolicy, visibilityTimeout: 1 } });
    w.sns.publish({ topic: 't', message: 'm' });
    const [first] = messagesOf(w, 'q');
    w.advanceTo(1);
    expect(messagesOf(w, 'q')).toEqual([]);
    const [dead] = messagesOf(w, 'd');
    expect(dead).toMatchObject({ messageId: first.messageId, body: 'm' });
    expect(dead.attributes.deadLetterQueueSource).toBe('q');
    w.advanceTo(31);
    valueOf(w.sqs.startMessageMoveTask({ source: 'd' }));
    w.advanceTo(60);
    const [back] = messagesOf(w, 'q');
    expect(back.body).toBe('m');
    expect(back.messageId).not.toBe(first.messageId);
  });
});

describe('FIFO topics', () => {
  test('repeats are answered as what they repeat; sequence numbers grow', () => {
    const { w } = withTopic({}, { topic: 't.fifo', queue: 'q.fifo' });
    const publish = (message: string, messageDeduplicationId: string) =>
      valueOf(
        w.sns.publish({ topic: 't.fifo', message, messageGroupId: 'g', messageDeduplicationId }),
      );
    const one = publish('a', 'd');
    expect(publish('b', 'd')).toEqual(one);
    const two = publish('a', 'e');
    expect(two.messageId).not.toBe(one.messageId);
    expect(one.sequenceNumber).toMatch(/^\d{20}$/);
    expect(two.sequenceNumber! > one.sequenceNumber!).toBe(true);
    const entry = { message: 'x', messageGroupId: 'g' };
    const batch = valueOf(
      w.sns.publishBatch({
        topic: 't.fifo',
        entries: [
          { id: '1', ...entry, messageDeduplicationId: 'd' },
          { id: '2', ...entry, messageDeduplicationId: 'f' },
          { id: '3', ...entry, messageDeduplicationId: 'f' },
        ],
      }),
    );
    expect(batch.successful[0]).toEqual({ id: '1', ...one });
    expect(batch.successful[2]).toEqual({ ...batch.successful[1], id: '3' });
    const received = messagesOf(w, 'q.fifo');
    expect(received.map(({ attributes }) => attributes.messageDeduplicationId)).toEqual([
      'd',
      'e',
      'f',
    ]);
    const envelopes = received.map(({ body }) => JSON.parse(body!) as Record<string, unknown>);
    expect(envelopes[0]).toMatchObject({ SequenceNumber: one.sequenceNumber, Message: 'a' });
    expect(envelopes[0]).not.toHaveProperty('Signature');
    expect(received[0].attributes.sequenceNumber).not.toBe(one.sequenceNumber);
  });

  test('by content: the SHA-256 of the message', () => {
    const { w } = withTopic({}, { topic: 't.fifo', queue: 'q.fifo' });
    const on = { attributeName: 'ContentBasedDeduplication', attributeValue: 'true' };
    valueOf(w.sns.setTopicAttributes({ topic: 't.fifo', ...on }));
    for (const messageGroupId of ['g', 'h'])
      valueOf(w.sns.publish({ topic: 't.fifo', message: 'Test', messageGroupId }));
    expect(messagesOf(w, 'q.fifo').map(({ attributes }) => attributes)).toMatchObject([
      {
        messageGroupId: 'g',
        messageDeduplicationId: '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
      },
    ]);
  });
});

describe('what is refused', () => {
  const cases: [string, string, (w: OpenedWorld) => Call<unknown>][] = [
    ['a topic that is not there', 'NotFound', (w) => w.sns.publish({ topic: 'x', message: 'm' })],
    [
      'what is no name of a topic',
      'InvalidParameter',
      (w) => w.sns.publish({ topic: 'no such name', message: 'm' }),
    ],
    ['no message', 'InvalidParameter', (w) => w.sns.publish({ topic: 't' })],
    [
      'an unknown structure',
      'InvalidParameter',
      (w) => w.sns.publish({ topic: 't', message: 'm', messageStructure: 'xml' }),
    ],
    [
      'a number that is none',
      'ParameterValueInvalid',
      (w) =>
        w.sns.publish({
          topic: 't',
          message: 'm',
          messageAttributes: { n: { dataType: 'Number', stringValue: 'x' } },
        }),
    ],
    ['an empty batch', 'EmptyBatchRequest', (w) => w.sns.publishBatch({ topic: 't', entries: [] })],
    [
      'an unknown protocol',
      'InvalidParameter',
      (w) => w.sns.subscribe({ topic: 't', protocol: 'mqtt', endpoint: 'q' }),
    ],
    [
      'raw delivery by e-mail',
      'InvalidParameter',
      (w) =>
        w.sns.subscribe({
          topic: 't',
          protocol: 'email',
          endpoint: 'a@example.com',
          attributes: { rawMessageDelivery: true },
        }),
    ],
    [
      'replay',
      'InvalidParameter',
      (w) =>
        w.sns.subscribe({
          topic: 't',
          protocol: 'sqs',
          endpoint: 'other',
          attributes: { replayPolicy: '{}' },
        }),
    ],
    [
      'archives',
      'InvalidParameter',
      (w) => w.sns.createTopic({ topic: 'a.fifo', attributes: { archivePolicy: '{}' } }),
    ],
    [
      'what is no subscription',
      'InvalidParameter',
      (w) => w.sns.unsubscribe({ subscription: 's' }),
    ],
    [
      'another topic of the same name',
      'InvalidParameter',
      (w) => w.sns.createTopic({ topic: 't', attributes: { signatureVersion: '2' } }),
    ],
  ];
  test.each(cases)('%s: %s', (_, code, act) => {
    const { w } = withTopic();
    const call = act(w);
    expect(call.error?.code).toBe(code);
    expect(call.error!.message).toMatch(/\w+ \w+/);
    expect(call.value).toBeNull();
    expect(messagesOf(w, 'q')).toEqual([]);
    valueOf(w.sns.publish({ topic: 't', message: 'still there' }));
    expect(messagesOf(w, 'q').map(({ body }) => body)).toEqual(['still there']);
  });

  test('names what is not modelled', () => {
    const { w, subscription } = withTopic();
    const set = { attributeName: 'ReplayPolicy', attributeValue: '{}' };
    const call = w.sns.setSubscriptionAttributes({ subscription, ...set });
    expect(call.error?.message).toContain('ReplayPolicy: it is not modelled');
  });

  test('mistakes of the script are thrown', () => {
    const { w, subscription } = withTopic();
    const wrong = { topic: 't', mesage: 'm' };
    expect(() => w.sns.publish(wrong as never)).toThrow('did you mean message?');
    expect(() => w.sns.publish({ topic: 't', sizeBytes: 0 })).toThrow('sizeBytes');
    const attributes = { deliveryPolicy: {} };
    expect(() => w.sns.setSubscriptionAttributes({ subscription, attributes })).toThrow(
      'deliveryPolicy is said in `resources`, not here',
    );
    const email = { topic: 't', protocol: 'email', endpoint: 'a@example.com' };
    expect(() => w.sns.subscribe(email)).toThrow('no resource of this world');
  });
});

describe('topics among the resources', () => {
  const resources = {
    orders: {
      type: 'sns.topic',
      subscriptions: {
        jobs: { rawMessageDelivery: true, filterPolicy: { kind: ['job'] } },
        log: {},
      },
    },
    jobs: { type: 'sqs.queue' },
    log: { type: 'sqs.queue' },
    workers: {
      type: 'autoscaling.group',
      minSize: 1,
      maxSize: 1,
      instanceType: 'c7g.large',
      consumes: { jobs: { waitTimeSeconds: '20s' } },
      handler: [{ when: { size: ['large'] }, work: '10s' }, { work: '1s' }],
    },
  };

  test('deliver as they say; what is published reaches their fleets with its attributes', () => {
    const w = openWorld({ resources });
    const publish = (size: string) =>
      valueOf(
        w.sns.publish({ topic: 'orders', message: 'm', messageAttributes: { kind: 'job', size } }),
      );
    publish('small');
    w.sns.publish({ topic: 'orders', message: 'other' });
    const counts = () =>
      valueOf(w.sqs.getQueueAttributes({ queue: 'jobs' })).attributes[
        'approximateNumberOfMessagesNotVisible'
      ];
    expect(counts()).toBe(1);
    w.advanceTo(1.5);
    expect(counts()).toBe(0);
    publish('large');
    w.advanceTo(12);
    expect(counts()).toBe(1);
    w.advanceTo(13);
    expect(counts()).toBe(0);
    expect(messagesOf(w, 'log')).toHaveLength(3);
  });

  test('their subscriptions are known by subscribing once more', () => {
    const w = openWorld({ resources });
    const request = { topic: 'orders', protocol: 'sqs', endpoint: 'log' };
    const { subscription } = valueOf(w.sns.subscribe(request));
    valueOf(w.sns.unsubscribe({ subscription }));
    w.sns.publish({ topic: 'orders', message: 'm' });
    expect(messagesOf(w, 'log')).toEqual([]);
    expect(valueOf(w.sns.subscribe(request)).subscription).not.toBe(subscription);
  });

  test('are checked as those of a scenario', () => {
    const wrong = { t: { type: 'sns.topic', subscriptions: { nobody: {} } } };
    expect(() => openWorld({ resources: wrong })).toThrow(ScenarioError);
  });
});
