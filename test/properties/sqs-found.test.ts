// Stories that random ones were shrunk to when they once told the model from its twin. Each stays, with what was wrong.

import { describe, test } from 'vitest';
import { Pair } from './sqs/pair.js';
import type { Setting, Step } from './sqs/step.js';
import { modelOf } from './sqs/subject.js';

function tell(setting: Setting, ...steps: readonly Step[]): void {
  const pair = new Pair(setting, modelOf(setting));
  for (const step of steps) pair.play(step);
}

const toDead = (maxReceiveCount: number, target = 'dead') => ({
  redrivePolicy: { deadLetterTarget: target, maxReceiveCount },
});

describe('found by random stories', () => {
  test('a dead letter that is too old for its new queue is not handed out there', () => {
    // It expired one event after its arrival, in which a receive that waited there got it.
    tell(
      { queues: { dead: {}, mail: { messageRetentionPeriod: 1_209_600, ...toDead(1) } } },
      { op: 'send', queue: 'mail', body: 'm0' },
      { op: 'receive', queue: 'mail', as: 'r1' },
      { op: 'advance', to: 345_600 },
      { op: 'receive', queue: 'dead', as: 'r2', wait: 1 },
      { op: 'receive', queue: 'mail', as: 'r3' },
    );
  });

  test('what expires with others at one instant is not handed out in between', () => {
    // The first that went freed its group, and a receive that waited got the next one, as old as that.
    tell(
      { queues: { 'jobs.fifo': { messageRetentionPeriod: 60 } } },
      {
        op: 'sendBatch',
        queue: 'jobs.fifo',
        entries: [
          { body: 'm0', group: 'c', dedup: 'm0' },
          { body: 'm1', group: 'c', dedup: 'm1' },
        ],
      },
      { op: 'advance', to: 59 },
      { op: 'receive', queue: 'jobs.fifo', as: 'r1' },
      { op: 'receive', queue: 'jobs.fifo', as: 'r2', wait: 2 },
      { op: 'advance', to: 60 },
    );
  });

  test('a shorter retention takes all at once that have become too old', () => {
    tell(
      { queues: { 'jobs.fifo': {} } },
      {
        op: 'sendBatch',
        queue: 'jobs.fifo',
        entries: [
          { body: 'm0', group: 'c', dedup: 'm0' },
          { body: 'm1', group: 'c', dedup: 'm1' },
        ],
      },
      { op: 'advance', to: 300 },
      { op: 'receive', queue: 'jobs.fifo', as: 'r1' },
      { op: 'receive', queue: 'jobs.fifo', as: 'r2', wait: 2 },
      { op: 'set', queue: 'jobs.fifo', attributes: { messageRetentionPeriod: 61 } },
    );
  });

  test('a group whose head has expired stands where its new head belongs', () => {
    // The receive that found the old head too old went on with the next of the same group.
    const one = { queue: 'jobs.fifo', op: 'send' } as const;
    tell(
      { queues: { 'jobs.fifo': { messageRetentionPeriod: 60 } }, inFlight: 1 },
      { ...one, body: 'm0', group: 'a', dedup: 'm0' },
      { ...one, body: 'm1', group: 'a', dedup: 'm1' },
      { op: 'advance', to: 1 },
      { ...one, body: 'm2', group: 'c', dedup: 'm2' },
      { op: 'advance', to: 59 },
      { op: 'receive', queue: 'jobs.fifo', as: 'r1' },
      { op: 'receive', queue: 'jobs.fifo', as: 'r2', wait: 2 },
      { ...one, body: 'm3', group: 'a', dedup: 'm3' },
      { op: 'advance', to: 60 },
    );
  });

  test('a receipt is not good for the new message that a redrive makes of an old one', () => {
    tell(
      { queues: { dead: {}, jobs: { visibilityTimeout: 1, ...toDead(1) } } },
      { op: 'send', queue: 'jobs', body: 'm0' },
      { op: 'receive', queue: 'jobs', as: 'r1' },
      { op: 'advance', to: 1 },
      { op: 'receive', queue: 'jobs', as: 'r2' },
      { op: 'startMove', source: 'dead', as: 't1' },
      { op: 'change', queue: 'jobs', receipt: 'r1[0]', timeout: 5 },
      { op: 'receive', queue: 'jobs', as: 'r3' },
    );
  });

  test('nor does it expire with that one in a FIFO queue: its own message is gone, and deleting that succeeds', () => {
    tell(
      {
        queues: {
          'dead.fifo': {},
          'jobs.fifo': { visibilityTimeout: 1, ...toDead(1, 'dead.fifo') },
        },
      },
      { op: 'send', queue: 'jobs.fifo', body: 'm0', group: 'a', dedup: 'd1' },
      { op: 'receive', queue: 'jobs.fifo', as: 'r1' },
      { op: 'advance', to: 1 },
      { op: 'receive', queue: 'jobs.fifo', as: 'r2' },
      { op: 'startMove', source: 'dead.fifo', as: 't1' },
      { op: 'delete', queue: 'jobs.fifo', receipt: 'r1[0]' },
    );
  });

  test('a changed delay changes since when heads of groups count as available', () => {
    // Groups that were available kept their place, next to those that were looked at again.
    tell(
      { queues: { 'jobs.fifo': { visibilityTimeout: 1 } } },
      { op: 'send', queue: 'jobs.fifo', body: 'm0', group: 'c', dedup: 'm0' },
      { op: 'receive', queue: 'jobs.fifo', as: 'r1' },
      { op: 'send', queue: 'jobs.fifo', body: 'm1', group: 'a', dedup: 'm1' },
      { op: 'advance', to: 1 },
      { op: 'set', queue: 'jobs.fifo', attributes: { delaySeconds: 5 } },
      { op: 'receive', queue: 'jobs.fifo', as: 'r2' },
    );
  });

  test('a duplicate is answered with what its first send was answered with, wherever that message went', () => {
    // The sequence number, and after a redrive the id, were those that the message has by now.
    tell(
      {
        queues: {
          'dead.fifo': {},
          'jobs.fifo': { visibilityTimeout: 1, ...toDead(1, 'dead.fifo') },
        },
      },
      { op: 'send', queue: 'jobs.fifo', body: 'm0', group: 'a', dedup: 'd1' },
      { op: 'receive', queue: 'jobs.fifo', as: 'r1' },
      { op: 'advance', to: 1 },
      { op: 'receive', queue: 'jobs.fifo', as: 'r2' },
      { op: 'send', queue: 'jobs.fifo', body: 'm1', group: 'a', dedup: 'd1' },
      { op: 'startMove', source: 'dead.fifo', as: 't1' },
      { op: 'send', queue: 'jobs.fifo', body: 'm1', group: 'a', dedup: 'd1' },
    );
  });

  test('an answer shows a message as it was when it was handed out', () => {
    // Hidden for no time, it went on to the dead-letter queue before the answer was put together.
    tell(
      { queues: { dead: {}, mail: { visibilityTimeout: 0, ...toDead(1) } } },
      { op: 'receive', queue: 'mail', as: 'r1', wait: 1 },
      { op: 'receive', queue: 'mail', as: 'r2', wait: 1 },
      { op: 'send', queue: 'mail', body: 'm0' },
    );
  });

  test('a batch is too long by all its entries, also by those that would be refused', () => {
    tell(
      { queues: { jobs: {} } },
      {
        op: 'sendBatch',
        queue: 'jobs',
        entries: [{ size: 1_048_576, delay: 901 }, { body: 'm1' }],
      },
    );
  });
});
