// The operations API: what calls return and when, what worlds are made of, what the texts of AWS look like.

import { describe, expect, test } from 'vitest';
import type { CopyStage } from '../../src/components/facts.js';
import type { Call } from '../../src/core.js';
import { openWorld, ScenarioError, SilentFacts } from '../../src/core.js';
import type { OpenedWorld } from '../../src/experiment/operations/open-world.js';

/** The value of a call that was answered and not refused. */
function valueOf<T>(call: Call<T>): T {
  expect(call.error).toBeNull();
  expect(call.done).toBe(true);
  return call.value!;
}

function messagesOf(w: OpenedWorld, queue: string, request: object = {}) {
  return valueOf(w.sqs.receiveMessage({ queue, ...request })).messages;
}

function withQueue(queue: string, attributes: Record<string, unknown> = {}): OpenedWorld {
  const w = openWorld();
  valueOf(w.sqs.createQueue({ queue, attributes }));
  return w;
}

describe('a call', () => {
  test('has exactly the documented keys, and is done at once', () => {
    const w = withQueue('q');
    expect(w.sqs.sendMessage({ queue: 'q', messageBody: 'a' })).toEqual({
      sentAt: 0,
      done: true,
      answeredAt: 0,
      value: { messageId: expect.any(String) as string, sequenceNumber: null },
      error: null,
    });
  });

  test('of a long poll is answered while time goes on', () => {
    const w = withQueue('q');
    w.advanceTo(1.5);
    const poll = w.sqs.receiveMessage({ queue: 'q', waitTimeSeconds: 10 });
    expect(poll).toMatchObject({ sentAt: 1.5, done: false, answeredAt: null, value: null });
    w.advanceTo(3);
    w.sqs.sendMessage({ queue: 'q', messageBody: 'a' });
    expect(poll).toMatchObject({ done: true, answeredAt: 3, error: null });
    expect(poll.value!.messages.map(({ body }) => body)).toEqual(['a']);
    const empty = w.sqs.receiveMessage({ queue: 'q', waitTimeSeconds: 10 });
    w.advanceTo(13);
    expect(empty).toMatchObject({ done: true, answeredAt: 13, value: { messages: [] } });
  });

  test('that is refused has a code and a text, changes nothing and is not thrown', () => {
    const w = withQueue('q');
    const call = w.sqs.sendMessage({ queue: 'q', messageBody: '' });
    expect(call).toEqual({
      sentAt: 0,
      done: true,
      answeredAt: 0,
      value: null,
      error: {
        code: 'MissingParameter',
        message: 'The request must contain the parameter MessageBody.',
      },
    });
    expect(messagesOf(w, 'q')).toEqual([]);
  });

  test('with a key that its operation does not have is the caller’s mistake', () => {
    const w = withQueue('q');
    const send = { queue: 'q', messageBody: 'a', mesageGroupId: 'g' };
    expect(() => w.sqs.sendMessage(send)).toThrow(
      'sendMessage has no mesageGroupId; did you mean messageGroupId?',
    );
    expect(() => w.sqs.purgeQueue('q' as never)).toThrow('purgeQueue takes an object: { queue }');
    expect(messagesOf(w, 'q')).toEqual([]);
  });
});

describe('a world', () => {
  test('begins at 0 and runs up to and including the instant asked for', () => {
    const w = withQueue('q', { visibilityTimeout: 2 });
    expect(w.now).toBe(0);
    w.sqs.sendMessage({ queue: 'q', messageBody: 'a' });
    messagesOf(w, 'q');
    w.advanceTo(1.999999);
    expect(messagesOf(w, 'q')).toEqual([]);
    w.advanceTo(2);
    expect(messagesOf(w, 'q')).toHaveLength(1);
    expect(w.now).toBe(2);
  });

  test('does not go back, and wants seconds', () => {
    const w = openWorld();
    w.advanceTo(5);
    expect(() => w.advanceTo(4)).toThrow('time does not go back: now is 5 s, asked for 4 s');
    expect(() => w.advanceTo(Number.NaN)).toThrow(RangeError);
    expect(() => w.advanceTo('6' as never)).toThrow(RangeError);
    w.advanceTo(5);
    expect(w.now).toBe(5);
  });

  test('takes resources as a scenario does, programs included', () => {
    const w = openWorld({
      resources: {
        jobs: { type: 'sqs.queue', visibilityTimeout: '1m' },
        workers: {
          type: 'autoscaling.group',
          minSize: 1,
          maxSize: 1,
          instanceType: 'c7g.large',
          consumes: { jobs: { waitTimeSeconds: '20s' } },
          handler: [{ work: '1s' }],
        },
      },
    });
    const shown = valueOf(w.sqs.getQueueAttributes({ queue: 'jobs' })).attributes;
    expect(shown).toMatchObject({ visibilityTimeout: 60, queue: 'jobs' });
    w.sqs.sendMessage({ queue: 'jobs', messageBody: 'a' });
    const counts = () => valueOf(w.sqs.getQueueAttributes({ queue: 'jobs' })).attributes;
    expect(counts()['approximateNumberOfMessagesNotVisible']).toBe(1);
    w.advanceTo(1);
    expect(counts()).toMatchObject({
      approximateNumberOfMessages: 0,
      approximateNumberOfMessagesNotVisible: 0,
    });
  });

  test('refuses wrong resources as a scenario does', () => {
    const resources = { q: { type: 'sqs.queue', visibilityTimeout: '13h', colour: 'red' } };
    expect(() => openWorld({ resources })).toThrow(ScenarioError);
    expect(() => openWorld({ profile: 'perfect' as never })).toThrow('profile is one of ideal');
    expect(() => openWorld({ resource: {} } as never)).toThrow('did you mean resources?');
  });

  test('gives the same texts again, and others under another seed', () => {
    const story = (seed: string): unknown => {
      const w = openWorld({ seed });
      w.sqs.createQueue({ queue: 'q' });
      const sent = w.sqs.sendMessage({ queue: 'q', messageBody: 'a' });
      return [sent.value, messagesOf(w, 'q')[0]];
    };
    expect(story('7')).toEqual(story('7'));
    expect(story('7')).not.toEqual(story('8'));
  });

  test('tells an observer every fact', () => {
    const told: string[] = [];
    class Ears extends SilentFacts {
      override stored(resource: number, _copy: number, stage: CopyStage): void {
        told.push(`stored ${resource} ${stage}`);
      }
      override born(source: number): void {
        told.push(`born ${source}`);
      }
      override gaveUp(source: number): void {
        told.push(`gaveUp ${source}`);
      }
    }
    const w = openWorld({ observer: new Ears() });
    w.sqs.createQueue({ queue: 'q', attributes: { maximumMessageSize: 1024 } });
    w.sqs.sendMessage({ queue: 'q', messageBody: 'a' });
    w.sqs.sendMessage({ queue: 'q', sizeBytes: 2000 });
    expect(told).toEqual(['born 0', 'stored 1 1', 'born 0', 'gaveUp 0']);
  });

  test('under another profile calls take their time', () => {
    const w = openWorld({ profile: 'typical' });
    w.sqs.createQueue({ queue: 'q' });
    const sent = w.sqs.sendMessage({ queue: 'q', messageBody: 'a' });
    expect(sent.done).toBe(false);
    w.advanceTo(10);
    expect(sent.done).toBe(true);
    expect(sent.answeredAt).toBeGreaterThan(0);
    const poll = w.sqs.receiveMessage({ queue: 'q', waitTimeSeconds: 20 });
    w.advanceTo(40);
    expect(poll.value!.messages.map(({ body }) => body)).toEqual(['a']);
  });
});

describe('queues', () => {
  test('can be made, changed and deleted while time goes on', () => {
    const w = openWorld();
    w.advanceTo(100);
    expect(valueOf(w.sqs.createQueue({ queue: 'late' }))).toEqual({ queue: 'late' });
    w.sqs.sendMessage({ queue: 'late', messageBody: 'a' });
    expect(messagesOf(w, 'late')).toHaveLength(1);
    w.advanceTo(130);
    expect(messagesOf(w, 'late')).toHaveLength(1);
    expect(valueOf(w.sqs.deleteQueue({ queue: 'late' }))).toEqual({});
    expect(w.sqs.receiveMessage({ queue: 'late' }).error!.code).toBe('QueueDoesNotExist');
    w.advanceTo(190);
    w.sqs.createQueue({ queue: 'late' });
    expect(messagesOf(w, 'late')).toEqual([]);
    w.sqs.sendMessage({ queue: 'late', messageBody: 'b' });
    expect(messagesOf(w, 'late')).toHaveLength(1);
  });

  test('a poll that waits is told when its queue goes', () => {
    const w = withQueue('q');
    const poll = w.sqs.receiveMessage({ queue: 'q', waitTimeSeconds: 20 });
    w.advanceTo(2);
    w.sqs.deleteQueue({ queue: 'q' });
    expect(poll).toMatchObject({ done: true, answeredAt: 2, error: { code: 'QueueDoesNotExist' } });
  });

  test('attributes are shown in the units of AWS, only those that the queue has', () => {
    const w = openWorld();
    w.sqs.createQueue({ queue: 'd' });
    const redrivePolicy = { deadLetterTarget: 'd', maxReceiveCount: 3 };
    w.sqs.createQueue({ queue: 'q', attributes: { redrivePolicy } });
    w.advanceTo(7);
    w.sqs.setQueueAttributes({ queue: 'q', attributes: { delaySeconds: '5' } });
    expect(valueOf(w.sqs.getQueueAttributes({ queue: 'q' })).attributes).toEqual({
      visibilityTimeout: 30,
      delaySeconds: 5,
      messageRetentionPeriod: 345600,
      receiveMessageWaitTimeSeconds: 0,
      maximumMessageSize: 1048576,
      redrivePolicy,
      sqsManagedSseEnabled: true,
      approximateNumberOfMessages: 0,
      approximateNumberOfMessagesNotVisible: 0,
      approximateNumberOfMessagesDelayed: 0,
      createdTimestamp: 0,
      lastModifiedTimestamp: 7,
      queue: 'q',
    });
    w.sqs.createQueue({ queue: 'f.fifo', attributes: { kmsMasterKeyId: 'alias/own' } });
    const attributes = valueOf(w.sqs.getQueueAttributes({ queue: 'f.fifo' })).attributes;
    expect(attributes).toMatchObject({
      fifoQueue: true,
      contentBasedDeduplication: false,
      deduplicationScope: 'queue',
      fifoThroughputLimit: 'perQueue',
      kmsMasterKeyId: 'alias/own',
      kmsDataKeyReusePeriodSeconds: 300,
      sqsManagedSseEnabled: false,
    });
    const some = { queue: 'q', attributeNames: ['delaySeconds', 'kmsMasterKeyId'] };
    expect(valueOf(w.sqs.getQueueAttributes(some)).attributes).toEqual({ delaySeconds: 5 });
  });

  test('policies may come as AWS writes them: JSON with ARNs', () => {
    const w = openWorld();
    w.sqs.createQueue({ queue: 'd' });
    const policy = {
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:d',
      maxReceiveCount: '3',
    };
    w.sqs.createQueue({ queue: 'q', attributes: { redrivePolicy: JSON.stringify(policy) } });
    const shown = () => valueOf(w.sqs.getQueueAttributes({ queue: 'q' })).attributes;
    expect(shown()['redrivePolicy']).toEqual({ deadLetterTarget: 'd', maxReceiveCount: 3 });
    w.sqs.setQueueAttributes({ queue: 'q', attributes: { redrivePolicy: '' } });
    expect(shown()['redrivePolicy']).toBeUndefined();
  });
});

describe('messages', () => {
  test('come back with what was said and what SQS notes', () => {
    const w = withQueue('q', { delaySeconds: 1, visibilityTimeout: 4 });
    w.advanceTo(1);
    const sent = w.sqs.sendMessage({
      queue: 'q',
      messageBody: 'ü',
      messageGroupId: 'tenant',
      messageAttributes: {
        kind: 'placed',
        amount: 12,
        raw: { dataType: 'Binary', binaryValue: 'x' },
      },
    });
    w.advanceTo(3);
    messagesOf(w, 'q');
    w.advanceTo(8);
    expect(messagesOf(w, 'q')).toEqual([
      {
        messageId: sent.value!.messageId,
        body: 'ü',
        receiptHandle: expect.stringMatching(/^AQEB[0-9a-z]+$/u) as string,
        attributes: {
          approximateReceiveCount: 2,
          sentTimestamp: 1,
          approximateFirstReceiveTimestamp: 3,
          messageGroupId: 'tenant',
        },
        messageAttributes: {
          kind: { dataType: 'String', stringValue: 'placed' },
          amount: { dataType: 'Number', stringValue: '12' },
          raw: { dataType: 'Binary', binaryValue: 'x' },
        },
      },
    ]);
  });

  test('ids are shaped as AWS’s, each its own; handles differ from receive to receive', () => {
    const w = withQueue('q', { visibilityTimeout: 0 });
    const ids = new Set<string>();
    const handles = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const { messageId } = w.sqs.sendMessage({ queue: 'q', messageBody: 'a' }).value!;
      expect(messageId).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
      );
      ids.add(messageId);
      handles.add(messagesOf(w, 'q')[0].receiptHandle);
    }
    expect([ids.size, handles.size]).toEqual([200, 200]);
  });

  test('of a FIFO queue have sequence numbers that increase; a duplicate gets its original’s', () => {
    const w = withQueue('q.fifo');
    const send = (id: string) =>
      w.sqs.sendMessage({
        queue: 'q.fifo',
        messageBody: 'a',
        messageGroupId: 'g',
        messageDeduplicationId: id,
      }).value!;
    const [one, two, again] = [send('1'), send('2'), send('1')];
    expect(one.sequenceNumber).toMatch(/^\d{20}$/u);
    expect(two.sequenceNumber! > one.sequenceNumber!).toBe(true);
    expect(again).toEqual(one);
    const received = messagesOf(w, 'q.fifo', { maxNumberOfMessages: 10 });
    expect(received.map(({ attributes }) => attributes.sequenceNumber)).toEqual([
      one.sequenceNumber,
      two.sequenceNumber,
    ]);
    expect(received[0].attributes.messageDeduplicationId).toBe('1');
  });

  test('content-based ids are the SHA-256 of the body', () => {
    const w = withQueue('q.fifo', { contentBasedDeduplication: true });
    w.sqs.sendMessage({ queue: 'q.fifo', messageBody: 'abc', messageGroupId: 'g' });
    // FIPS 180-2, appendix B.1
    const id = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(messagesOf(w, 'q.fifo')[0].attributes.messageDeduplicationId).toBe(id);
  });

  test('of which only the size was said are unlike each other, and have no body', () => {
    const w = withQueue('q.fifo', { contentBasedDeduplication: true });
    for (let i = 0; i < 2; i++)
      w.sqs.sendMessage({ queue: 'q.fifo', sizeBytes: 100, messageGroupId: 'g' });
    const received = messagesOf(w, 'q.fifo', { maxNumberOfMessages: 10 });
    expect(received.map(({ body }) => body)).toEqual([null, null]);
  });

  test('a dead letter keeps its id and says where it is from; redriven it is a new message', () => {
    const w = openWorld();
    w.sqs.createQueue({ queue: 'd.fifo' });
    const redrivePolicy = { deadLetterTarget: 'd.fifo', maxReceiveCount: 1 };
    w.sqs.createQueue({ queue: 'q.fifo', attributes: { visibilityTimeout: 0, redrivePolicy } });
    const said = { queue: 'q.fifo', messageBody: 'a', messageGroupId: 'g' };
    const { messageId } = w.sqs.sendMessage({ ...said, messageDeduplicationId: 'd' }).value!;
    messagesOf(w, 'q.fifo');
    w.advanceTo(10);
    expect(messagesOf(w, 'q.fifo')).toEqual([]);
    expect(messagesOf(w, 'd.fifo', { visibilityTimeout: 0 })).toMatchObject([
      {
        messageId,
        attributes: {
          approximateReceiveCount: 2,
          sentTimestamp: 10,
          messageDeduplicationId: messageId,
          messageGroupId: 'g',
          deadLetterQueueSource: 'q.fifo',
        },
      },
    ]);
    w.advanceTo(20);
    valueOf(w.sqs.startMessageMoveTask({ source: 'd.fifo' }));
    w.advanceTo(21);
    const [again] = messagesOf(w, 'q.fifo');
    expect(again.messageId).not.toBe(messageId);
    expect(again.attributes).toMatchObject({
      approximateReceiveCount: 1,
      sentTimestamp: 20,
      approximateFirstReceiveTimestamp: 21,
    });
    expect(again.attributes).not.toHaveProperty('deadLetterQueueSource');
  });
});

describe('batches', () => {
  test('answer each entry in the order of the request', () => {
    const w = withQueue('q');
    const sent = w.sqs.sendMessageBatch({
      queue: 'q',
      entries: [
        { id: 'x', messageBody: 'a' },
        { id: 'y', messageBody: '\u0001' },
        { id: 'z', messageBody: 'c', delaySeconds: 5 },
      ],
    });
    expect(valueOf(sent)).toEqual({
      successful: [
        { id: 'x', messageId: expect.any(String) as string },
        { id: 'z', messageId: expect.any(String) as string },
      ],
      failed: [{ id: 'y', code: 'InvalidMessageContents' }],
    });
    w.advanceTo(5);
    const [a, c] = messagesOf(w, 'q', { maxNumberOfMessages: 10 });
    const change = w.sqs.changeMessageVisibilityBatch({
      queue: 'q',
      entries: [
        { id: '1', receiptHandle: a.receiptHandle, visibilityTimeout: 0 },
        { id: '2', receiptHandle: 'garbage', visibilityTimeout: 0 },
      ],
    });
    expect(valueOf(change)).toEqual({
      successful: [{ id: '1' }],
      failed: [{ id: '2', code: 'ReceiptHandleIsInvalid' }],
    });
    const gone = w.sqs.deleteMessageBatch({
      queue: 'q',
      entries: [
        { id: '1', receiptHandle: c.receiptHandle },
        { id: '2', receiptHandle: a.receiptHandle },
        { id: '3', receiptHandle: c.receiptHandle },
      ],
    });
    expect(valueOf(gone)).toEqual({
      successful: [{ id: '1' }, { id: '2' }, { id: '3' }],
      failed: [],
    });
    w.advanceTo(100);
    expect(messagesOf(w, 'q', { maxNumberOfMessages: 10 })).toEqual([]);
  });

  test('none of whose entries may be sent are answered all the same', () => {
    const w = withQueue('q');
    const entries = [{ id: '1', messageBody: '' }];
    expect(valueOf(w.sqs.sendMessageBatch({ queue: 'q', entries }))).toEqual({
      successful: [],
      failed: [{ id: '1', code: 'MissingParameter' }],
    });
    const wrong = [{ id: '1', receiptHandle: 'x' }];
    expect(valueOf(w.sqs.deleteMessageBatch({ queue: 'q', entries: wrong })).failed).toHaveLength(
      1,
    );
  });
});

describe('move tasks', () => {
  test('are listed, the newest first, with a handle while they run', () => {
    const w = openWorld();
    w.sqs.createQueue({ queue: 'd' });
    const redrivePolicy = { deadLetterTarget: 'd', maxReceiveCount: 1 };
    w.sqs.createQueue({ queue: 'q', attributes: { redrivePolicy } });
    const first = valueOf(w.sqs.startMessageMoveTask({ source: 'd' }));
    w.advanceTo(1);
    for (let i = 0; i < 3; i++) w.sqs.sendMessage({ queue: 'd', messageBody: 'a' });
    const request = { source: 'd', destination: 'q', maxNumberOfMessagesPerSecond: 1 };
    const second = valueOf(w.sqs.startMessageMoveTask(request));
    w.advanceTo(2.5);
    const listed = valueOf(w.sqs.listMessageMoveTasks({ source: 'd', maxResults: 10 })).results;
    expect(listed).toEqual([
      {
        taskHandle: second.taskHandle,
        status: 'RUNNING',
        source: 'd',
        destination: 'q',
        maxNumberOfMessagesPerSecond: 1,
        approximateNumberOfMessagesMoved: 2,
        approximateNumberOfMessagesToMove: 3,
        startedTimestamp: 1,
      },
      {
        status: 'COMPLETED',
        source: 'd',
        approximateNumberOfMessagesMoved: 0,
        approximateNumberOfMessagesToMove: 0,
        startedTimestamp: 0,
      },
    ]);
    expect(w.sqs.cancelMessageMoveTask(first).error!.code).toBe('ResourceNotFoundException');
    expect(valueOf(w.sqs.cancelMessageMoveTask(second))).toEqual({
      approximateNumberOfMessagesMoved: 2,
    });
    expect(valueOf(w.sqs.listMessageMoveTasks({ source: 'd' })).results).toHaveLength(1);
  });
});
