// The slow twin of the queues against worked examples of AWS's documentation: what compares must itself be right.

import { describe, expect, test } from 'vitest';
import type { NaiveAttributes } from '../reference/naive-sqs/settings.js';
import { NaiveSqs } from '../reference/naive-sqs/sqs.js';

const DAY = 86_400;

function sqsWith(queues: Readonly<Record<string, NaiveAttributes>>): NaiveSqs {
  const sqs = new NaiveSqs();
  for (const [queue, attributes] of Object.entries(queues)) sqs.createQueue({ queue, attributes });
  return sqs;
}

function sendTo(sqs: NaiveSqs, queue: string, messageBody: string, group?: string): void {
  const fifo =
    group === undefined ? {} : { messageGroupId: group, messageDeduplicationId: messageBody };
  expect(sqs.sendMessage({ queue, messageBody, ...fifo }).error).toBe(null);
}

/** Bodies with their receive counts, as in `a1 b1`. */
function take(sqs: NaiveSqs, queue: string, max = 10): string {
  const { value, error } = sqs.receiveMessage({ queue, maxNumberOfMessages: max });
  expect(error).toBe(null);
  return (value?.messages ?? [])
    .map(({ body, attributes }) => `${body}×${attributes.approximateReceiveCount}`)
    .join(' ');
}

function visible(sqs: NaiveSqs, queue: string): number | undefined {
  return sqs.getQueueAttributes({ queue }).value?.attributes.approximateNumberOfMessages;
}

/** The receipt of the only message. */
function grab(sqs: NaiveSqs, queue: string): string {
  const { value } = sqs.receiveMessage({ queue });
  return value?.messages[0]?.receiptHandle ?? 'nothing was received';
}

describe('the twin of SQS', () => {
  test('a changed visibility timeout counts from the call and holds for this receive only', () => {
    const queue = 'jobs';
    const sqs = sqsWith({ jobs: { visibilityTimeout: 60 } });
    sendTo(sqs, queue, 'a');
    const receiptHandle = grab(sqs, queue);
    sqs.advanceTo(15);
    sqs.changeMessageVisibility({ queue, receiptHandle, visibilityTimeout: 10 });
    sqs.advanceTo(24.999999);
    expect(take(sqs, queue)).toBe('');
    sqs.advanceTo(25);
    expect(take(sqs, queue)).toBe('a×2');
    sqs.advanceTo(84.999999);
    expect(take(sqs, queue)).toBe('');
    sqs.advanceTo(85);
    expect(take(sqs, queue)).toBe('a×3');
  });

  test('twelve hours after the receive are the end of all extensions', () => {
    const sqs = sqsWith({ jobs: {} });
    sendTo(sqs, 'jobs', 'a');
    const receiptHandle = grab(sqs, 'jobs');
    const change = (visibilityTimeout: number): string | undefined =>
      sqs.changeMessageVisibility({ queue: 'jobs', receiptHandle, visibilityTimeout }).error?.code;
    sqs.advanceTo(1);
    expect(change(43_195)).toBe(undefined);
    expect(change(43_200)).toBe('InvalidParameterValue');
    for (let at = 60; at <= 43_080; at += 60) {
      sqs.advanceTo(at);
      expect(change(120)).toBe(undefined);
    }
    sqs.advanceTo(43_081);
    expect(change(120)).toBe('InvalidParameterValue');
  });

  test('the receive after the last allowed one moves the message, and its count goes on', () => {
    const sqs = sqsWith({
      dead: {},
      jobs: { redrivePolicy: { deadLetterTarget: 'dead', maxReceiveCount: 3 } },
    });
    sendTo(sqs, 'jobs', 'a');
    const received: number[] = [];
    for (let at = 0; at <= 90; at++) {
      sqs.advanceTo(at);
      if (take(sqs, 'jobs', 1) !== '') received.push(at);
      expect(visible(sqs, 'dead')).toBe(at === 90 ? 1 : 0);
    }
    expect(received).toEqual([0, 30, 60]);
    expect(take(sqs, 'dead')).toBe('a×4');
  });

  test.each([
    ['', 4],
    ['.fifo', 5],
  ])('jobs%s: sent on day 0, dead-lettered on day 1, gone on day %d', (suffix, day) => {
    const sqs = sqsWith({
      [`dead${suffix}`]: { messageRetentionPeriod: 4 * DAY },
      [`jobs${suffix}`]: {
        messageRetentionPeriod: 14 * DAY,
        redrivePolicy: { deadLetterTarget: `dead${suffix}`, maxReceiveCount: 1 },
      },
    });
    sendTo(sqs, `jobs${suffix}`, 'a', suffix === '' ? undefined : 'g');
    take(sqs, `jobs${suffix}`);
    sqs.advanceTo(DAY);
    take(sqs, `jobs${suffix}`);
    sqs.advanceTo(day * DAY - 0.000001);
    expect(visible(sqs, `dead${suffix}`)).toBe(1);
    sqs.advanceTo(day * DAY);
    expect(visible(sqs, `dead${suffix}`)).toBe(0);
  });

  test('what is left of a received group blocks it until its timeout', () => {
    const queue = 'jobs.fifo';
    const sqs = sqsWith({ [queue]: {} });
    for (const body of ['a1', 'a2', 'a3', 'b1']) sendTo(sqs, queue, body, body[0]);
    const { value } = sqs.receiveMessage({ queue, maxNumberOfMessages: 10 });
    expect(value?.messages.map(({ body }) => body)).toEqual(['a1', 'a2', 'a3', 'b1']);
    sqs.deleteMessage({ queue, receiptHandle: value?.messages[0].receiptHandle ?? '' });
    sqs.advanceTo(29.999999);
    expect(take(sqs, queue)).toBe('');
    sqs.advanceTo(30);
    expect(take(sqs, queue)).toBe('a2×2 a3×2 b1×2');
  });

  test('a deduplication id is free again after five minutes, whatever was sent in between', () => {
    const queue = 'jobs.fifo';
    const sqs = sqsWith({ [queue]: {} });
    for (const [at, depth] of [
      [0, 1],
      [299.9, 1],
      [300, 2],
      [599.999999, 2],
      [600, 3],
    ]) {
      sqs.advanceTo(at);
      sendTo(sqs, queue, 'x', 'g');
      expect(visible(sqs, queue), `at ${at}`).toBe(depth);
    }
  });

  test('an extended message holds back itself and what follows, not what came before', () => {
    const queue = 'jobs.fifo';
    const sqs = sqsWith({ [queue]: { visibilityTimeout: 1 } });
    for (const body of ['m1', 'm2', 'm3']) sendTo(sqs, queue, body, 'g');
    const { value } = sqs.receiveMessage({ queue, maxNumberOfMessages: 10 });
    const receiptHandle = value?.messages[1].receiptHandle ?? '';
    sqs.changeMessageVisibility({ queue, receiptHandle, visibilityTimeout: 4 });
    sqs.advanceTo(2.5);
    expect(take(sqs, queue)).toBe('m1×2');
    expect(sqs.getQueueAttributes({ queue }).value?.attributes).toEqual({
      approximateNumberOfMessages: 1,
      approximateNumberOfMessagesNotVisible: 2,
      approximateNumberOfMessagesDelayed: 0,
    });
  });

  test('of two groups the one whose head is available for longer goes first', () => {
    const queue = 'jobs.fifo';
    const sqs = sqsWith({ [queue]: { visibilityTimeout: 5 } });
    for (const body of ['a1', 'b1']) sendTo(sqs, queue, body, body[0]);
    expect(take(sqs, queue, 1)).toBe('a1×1');
    sqs.advanceTo(4);
    sendTo(sqs, queue, 'c1', 'c');
    sqs.advanceTo(5);
    expect(take(sqs, queue)).toBe('b1×1 c1×1 a1×2');
  });

  test('a group that stands outside the scan window waits', () => {
    const queue = 'jobs.fifo';
    const sqs = new NaiveSqs({ scanWindow: 2 });
    sqs.createQueue({ queue });
    for (const body of ['a1', 'a2', 'b1']) sendTo(sqs, queue, body, body[0]);
    expect(take(sqs, queue, 1)).toBe('a1×1');
    expect(take(sqs, queue)).toBe('');
  });

  test('what came back goes first, what came back three times goes last', () => {
    const sqs = sqsWith({ jobs: { visibilityTimeout: 1 } });
    for (const body of ['a', 'b', 'c']) sendTo(sqs, 'jobs', body);
    const seen: string[] = [];
    for (let at = 0; at < 4; at++) {
      sqs.advanceTo(at);
      seen.push(take(sqs, 'jobs', 1));
    }
    expect(seen).toEqual(['a×1', 'a×2', 'a×3', 'b×1']);
    sqs.advanceTo(5);
    expect(take(sqs, 'jobs')).toBe('b×2 c×1 a×4');
  });

  test('a long poll is answered at the instant at which something is there', () => {
    const sqs = sqsWith({ jobs: {} });
    const first = sqs.receiveMessage({ queue: 'jobs', waitTimeSeconds: 5 });
    const second = sqs.receiveMessage({ queue: 'jobs', waitTimeSeconds: 20 });
    const third = sqs.receiveMessage({ queue: 'jobs', waitTimeSeconds: 1 });
    sqs.advanceTo(2);
    sendTo(sqs, 'jobs', 'a');
    expect([first.answeredAt, second.done, third.answeredAt]).toEqual([2, false, 1]);
    expect([first, third].map(({ value }) => value?.messages.length)).toEqual([1, 0]);
    sqs.advanceTo(100);
    expect([second.answeredAt, second.value?.messages.length]).toEqual([20, 0]);
  });
});
