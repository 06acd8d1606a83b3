// FIFO queues, call by call: the deliverable prefix, the order of groups, deduplication, the scan window.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FifoOptions, QueueOptions } from '../../../src/components/sqs/options.js';
import { QueueError } from '../../../src/components/queue-port.js';
import type { Poll } from './driver.js';
import { QueueDriver, SECOND } from './driver.js';

const FIFO: FifoOptions = {
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  fifoThroughputLimit: 'perQueue',
  scanWindow: 120_000,
  highThroughputPerSecond: 70_000,
};

const A = 0;
const B = 1;
const C = 2;

/** Sends go to group A, B or C, each under an id of its own. */
class FifoDriver extends QueueDriver {
  private ids = 1000;

  constructor(fifo: Partial<FifoOptions> = {}, options: Partial<QueueOptions> = {}, max = 0) {
    super({ fifo: { ...FIFO, ...fifo }, ...options }, max);
  }

  to(...groups: number[]): number[] {
    return groups.map((group) => this.send(100, group, this.ids++));
  }
}

function numbers(poll: Poll): number[] {
  return poll.received.map(({ message }) => message);
}

describe('the deliverable prefix', () => {
  test('a group is locked while its head is in flight, and open when all in front is deleted', () => {
    const d = new FifoDriver();
    d.to(A, A, A, B);
    const all = d.receive(10);
    expect(numbers(all)).toEqual([0, 1, 2, 3]);
    d.delete(all.received[0].delivery);
    expect(numbers(d.receive(10))).toEqual([]);
    d.at(30);
    const again = d.receive(10);
    expect(numbers(again).sort()).toEqual([1, 2, 3]);
    expect(again.received.map(({ receiveCount }) => receiveCount)).toEqual([2, 2, 2]);
  });

  test('what is sent meanwhile waits behind', () => {
    const d = new FifoDriver();
    d.to(A);
    const [first] = d.receive(1).received;
    d.to(A, B);
    expect(numbers(d.receive(10))).toEqual([2]);
    d.delete(first.delivery);
    expect(numbers(d.receive(10))).toEqual([1]);
  });

  test('a head that is released is handed out alone, before those behind it come back', () => {
    const d = new FifoDriver();
    d.to(A, A, A);
    const { received } = d.receive(2);
    d.changeVisibility(received[0].delivery, 0);
    expect(numbers(d.receive(10))).toEqual([0]);
    expect(numbers(d.receive(10))).toEqual([]);
  });

  test.each([0, 1, 2])(
    'of three, when the %s-th is kept longer, those before it come back',
    (kept) => {
      const d = new FifoDriver();
      d.to(A, A, A);
      d.changeVisibility(d.receive(3).received[kept].delivery, 100);
      d.at(40);
      expect(numbers(d.receive(3))).toEqual([0, 1, 2].slice(0, kept));
    },
  );

  test('a delete out of the middle closes the gap', () => {
    const d = new FifoDriver();
    d.to(A, A, A, A);
    const { received } = d.receive(3);
    d.delete(received[1].delivery);
    d.at(30);
    expect(numbers(d.receive(10))).toEqual([0, 2, 3]);
  });

  test('the group whose head has been available longest comes first', () => {
    const d = new FifoDriver();
    d.to(A, B);
    d.receive(1, 0, 10); // A comes back at 10
    d.at(5).to(C);
    d.at(10);
    expect(numbers(d.receive(10))).toEqual([1, 2, 0]);
  });

  test('a long poll is served by the delete that opens a group', () => {
    const d = new FifoDriver();
    d.to(A, A);
    const [first] = d.receive(1).received;
    const poll = d.receive(1, 20);
    d.at(3).delete(first.delivery);
    expect([poll.answeredAt, ...numbers(poll)]).toEqual([3, 1]);
  });

  test('the time that a message waited for its group is told', () => {
    const d = new FifoDriver();
    d.to(A, A, B);
    const [first] = d.receive(1).received;
    d.at(4).delete(first.delivery);
    d.at(6).receive(10);
    const told = d.recorded.of('ofGroup').map(({ args }) => [args[2], args[3] / SECOND]);
    expect(told).toEqual([
      [A, 0],
      [A, 4],
      [B, 0],
    ]);
  });
});

describe('receipts', () => {
  test('after the timeout a receipt neither deletes nor hides', () => {
    const d = new FifoDriver();
    d.to(A);
    const [first] = d.receive(1).received;
    d.at(31).delete(first.delivery);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
    d.changeVisibility(first.delivery, 10);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
    expect(numbers(d.receive(1))).toEqual([0]);
  });

  test('an attempt id gives the same messages again, hidden anew', () => {
    const d = new FifoDriver();
    d.to(A, A);
    const first = d.receive(1, 0, -1, 0, 77);
    d.at(10);
    const second = d.receive(1, 0, -1, 0, 77);
    expect(second.received).toEqual(first.received);
    d.at(35); // 30 s after the first, 25 after the second
    expect(numbers(d.receive(1))).toEqual([]);
    d.at(40);
    expect(numbers(d.receive(1))).toEqual([0]);
  });

  test('an attempt id is void when a timeout was changed', () => {
    const d = new FifoDriver();
    d.to(A);
    const first = d.receive(1, 0, -1, 0, 77);
    d.changeVisibility(first.received[0].delivery, 60);
    expect(numbers(d.receive(1, 0, -1, 0, 77))).toEqual([]);
  });
});

describe('deduplication', () => {
  test('an id counts for five minutes from the first send, and is not prolonged', () => {
    const d = new FifoDriver();
    const visible = () => d.queue.shelf.length;
    d.send(1, A, 5);
    d.at(299.999999).send(1, A, 5);
    expect(visible()).toBe(1);
    d.at(300).send(1, A, 5);
    expect(visible()).toBe(2);
    expect(d.recorded.count('deduplicated')).toBe(1);
  });

  test('the scope is the queue, or the group', () => {
    for (const [deduplicationScope, kept] of [
      ['queue', 1],
      ['messageGroup', 2],
    ] as const) {
      const d = new FifoDriver({ deduplicationScope });
      d.send(1, A, 5);
      d.send(1, B, 5);
      expect(d.queue.shelf.length, deduplicationScope).toBe(kept);
    }
  });

  test('a purge forgets ids, and frees groups', () => {
    const d = new FifoDriver();
    d.send(1, A, 5);
    d.receive(1);
    expect(d.queue.control.purge()).toBe(QueueError.None);
    expect(d.queue.control.purge()).toBe(QueueError.PurgeQueueInProgress);
    d.send(1, A, 5);
    expect(numbers(d.receive(1))).toEqual([1]);
  });
});

describe('the scan window', () => {
  test('groups behind it are hidden until something in front is gone', () => {
    const d = new FifoDriver({ scanWindow: 3 });
    d.to(A, A, A, B);
    const [first] = d.receive(1).received;
    expect(numbers(d.receive(10))).toEqual([]);
    d.delete(first.delivery);
    expect(numbers(d.receive(10))).toEqual([1, 2, 3]);
  });

  /** Against the plain rule: of the first so many undeleted, those whose group has nothing hidden before them. */
  test('agrees with the plain rule', () => {
    const step = fc.oneof(
      fc.record({ send: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ receive: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ delete: fc.nat(20) }),
      fc.record({ wait: fc.integer({ min: 0, max: 20 }) }),
    );
    const play = (steps: readonly Record<string, number>[], scanWindow: number): void => {
      const d = new FifoDriver({ scanWindow });
      let now = 0;
      const undeleted: { n: number; group: number; hiddenUntil: number; delivery: number }[] = [];
      for (const one of steps) {
        if ('send' in one) {
          const [n] = d.to(one['send']);
          undeleted.push({ n, group: one['send'], hiddenUntil: -1, delivery: -1 });
        } else if ('wait' in one) {
          now += one['wait'];
          d.at(now);
        } else if ('delete' in one) {
          const held = undeleted.filter(({ hiddenUntil }) => hiddenUntil > now);
          if (held.length === 0) continue;
          const gone = held[one['delete'] % held.length];
          d.delete(gone.delivery);
          undeleted.splice(undeleted.indexOf(gone), 1);
        } else {
          const poll = d.receive(one['receive'], 0, 10);
          const blocked = new Set<number>();
          const allowed = undeleted.slice(0, scanWindow).filter(({ group, hiddenUntil }) => {
            if (hiddenUntil > now) blocked.add(group);
            return !blocked.has(group);
          });
          expect(poll.received.length).toBe(Math.min(one['receive'], allowed.length));
          for (const { message, delivery } of poll.received) {
            const found = allowed.find(({ n }) => n === message);
            expect(found, `message ${message} was not to be had`).toBeDefined();
            found!.hiddenUntil = now + 10;
            found!.delivery = delivery;
          }
        }
      }
    };
    const sequence = fc.array(step, { maxLength: 60 });
    fc.assert(fc.property(sequence, fc.integer({ min: 1, max: 8 }), play), { numRuns: 300 });
  });
});

describe('dead letters', () => {
  test('the exhausted head goes, and the call goes on with the next of its group', () => {
    const d = new FifoDriver({}, {}, 1);
    d.to(A, A);
    d.receive(1, 0, 1);
    d.at(2);
    const poll = d.receive(1);
    expect(numbers(poll)).toEqual([1]);
    expect(d.recorded.count('deadLettered')).toBe(1);
  });
});
