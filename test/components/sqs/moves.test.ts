// Dead letters and their way back: StartMessageMoveTask.

import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../src/components/facts.js';
import { QueueError, QueueOperation } from '../../../src/components/queue-port.js';
import { TWIN } from '../../../src/components/sqs/copies.js';
import type { Poll } from './driver.js';
import { IDEAL, QueueDriver } from './driver.js';

/** So many messages that were dead-lettered after one receive each. */
function withLetters(count: number): QueueDriver {
  const d = new QueueDriver({ visibilityTimeout: 1_000_000 }, 1);
  for (let i = 0; i < count; i++) d.send();
  for (let i = 0; i < count; i++) d.forget(d.receive().received[0].delivery);
  d.at(2).receive(10);
  expect(d.deadLetters.control.counts.visible).toBe(count);
  return d;
}

const numbers = (poll: Poll) => poll.received.map(({ message }) => message);

describe('a redrive', () => {
  test('brings each message back to its source as one that nobody received, the oldest first', () => {
    const d = withLetters(3);
    expect(d.deadLetters.control.startMove(null, 1)).toBe(QueueError.None);
    d.at(2);
    expect(numbers(d.receive(10, 0, 30))).toEqual([0]);
    d.at(4);
    const poll = d.receive(10, 0, 30);
    expect(
      poll.received.map(({ message, receiveCount }) => [message, receiveCount]),
    ).toContainEqual([1, 1]);
    expect(d.deadLetters.control.moveTasks()[0]).toMatchObject({
      status: 'COMPLETED',
      toMove: 3,
      moved: 3,
    });
    expect(d.deadLetters.control.counts.visible).toBe(0);
  });

  test('says what it costs: one call of each kind per ten messages', () => {
    const d = withLetters(12);
    const before = d.recorded.count('request');
    d.deadLetters.control.startMove(null, null);
    d.at(10);
    expect(d.recorded.count('request') - before).toBe(1 + 2 * 3);
  });

  test('bills what is left of a batch to where it went, and nothing twice', () => {
    const d = withLetters(3);
    d.deadLetters.control.startMove(null, null);
    d.at(10);
    const sends = d.recorded
      .of('request')
      .filter(({ args }) => args[1] === QueueOperation.SendMessageBatch);
    expect(sends.map(({ args }) => args)).toEqual([[0, QueueOperation.SendMessageBatch, 300]]);
  });

  test('an old receipt means nothing for the new message', () => {
    const d = new QueueDriver({ visibilityTimeout: 1_000_000 }, 1);
    d.send();
    const old = d.receive().received[0].delivery;
    d.at(2).receive();
    d.deadLetters.control.startMove(null, null);
    d.at(3);
    expect(numbers(d.receive(1, 0, 60))).toEqual([0]);
    d.delete(old);
    expect(d.queue.control.counts.inFlight).toBe(1);
    d.changeVisibility(old, 0);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
    expect(d.queue.control.counts.inFlight).toBe(1);
  });

  test('the obligation is open again, and no dead letter any more', () => {
    const d = withLetters(1);
    d.deadLetters.control.startMove(null, null);
    d.at(3);
    const { obligations } = d.world.messages;
    expect([obligations.fate[0], d.world.messages.left > 0]).toEqual([Outcome.Unfinished, true]);
  });

  test('can be cancelled; what has moved stays moved', () => {
    const d = withLetters(3);
    d.deadLetters.control.startMove(null, 1);
    d.at(3.5);
    expect(d.deadLetters.control.cancelMove()).toBe(QueueError.None);
    d.at(10);
    expect(d.deadLetters.control.counts.visible).toBe(1);
    expect(d.deadLetters.control.moveTasks()[0]).toMatchObject({ status: 'CANCELLED', moved: 2 });
    expect(d.deadLetters.control.cancelMove()).toBe(QueueError.ResourceNotFoundException);
  });

  test('is refused: twice at a time, from a queue of no dead letters, too fast', () => {
    const d = withLetters(2);
    expect(d.queue.control.startMove(null, null)).toBe(QueueError.InvalidParameterValue);
    expect(d.deadLetters.control.startMove(null, 501)).toBe(QueueError.InvalidParameterValue);
    d.deadLetters.control.startMove(null, 1);
    expect(d.deadLetters.control.startMove(null, 1)).toBe(QueueError.InvalidParameterValue);
  });

  test('fails when its target is deleted on the way', () => {
    const d = withLetters(2);
    d.deadLetters.control.startMove(0, 1);
    d.at(2.5);
    d.queue.control.deleteQueue();
    d.at(9);
    expect(d.deadLetters.control.moveTasks()[0]).toMatchObject({
      status: 'FAILED',
      failureReason: 'AWS.SimpleQueueService.NonExistentQueue',
      moved: 1,
    });
  });
});

describe('a queue that is deleted', () => {
  test('answers waiting polls, and every later call, with QueueDoesNotExist', () => {
    const d = new QueueDriver();
    const poll = d.receive(1, 20);
    d.at(1).queue.control.deleteQueue();
    d.at(1);
    expect([poll.answeredAt, poll.error]).toEqual([1, QueueError.QueueDoesNotExist]);
    d.send();
    expect(d.lastError).toBe(QueueError.QueueDoesNotExist);
  });
});

test('a copy of SQS’s own accord stays one in the dead-letter queue: it brings forth no others there', () => {
  const assume = { ...IDEAL, duplicateOnReceive: 1 };
  const d = new QueueDriver({ visibilityTimeout: 1_000_000, assume }, 1);
  d.send();
  d.receive();
  d.at(0.1).receive(); // the copy
  d.at(3).receive(10);
  const { copies } = d.world.messages;
  const twins = [];
  for (let row = 0; row < copies.bound; row++)
    if (copies.isLive(row)) twins.push(d.deadLetters.copies.shard[row] & TWIN);
  expect(twins.sort()).toEqual([0, TWIN]);
});
