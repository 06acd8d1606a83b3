// FIFO topics, call by call: the order of groups, deduplication, rates, what standard queues get, dead letters.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallError } from '../../../src/components/port.js';
import { NO_LABEL } from '../../../src/components/queue-port.js';
import { SnsCounter } from '../../../src/components/sns/billing.js';
import { TopicError, TopicRig } from './rig.js';

const A = 1;
const B = 2;
const REFUSED = CallError.Unavailable;
/** A client error: not tried again. */
const FOR_GOOD = 7;

describe('the order of a group', () => {
  test('while its head is tried again the group waits, and others go on', () => {
    const rig = new TopicRig();
    const queue = rig.of('a.fifo');
    queue.refuse = (message, at) => (message === 0 && at < 2.5 ? REFUSED : 0);
    for (const group of [A, A, B, A, B]) rig.publish(group);
    expect(rig.to(2).of('a.fifo').numbers).toEqual([2, 4]);
    // AWS-managed endpoints: three retries at once, then one a second.
    rig.to(10);
    expect(queue.numbers).toEqual([2, 4, 0, 1, 3]);
    const head = queue.attempts.filter(({ message }) => message === 0).map(({ at }) => at);
    expect(head).toEqual([0, 0, 0, 0, 1, 2, 3]);
    expect(rig.rows).toBe(0);
  });

  test('the latency of a group runs for all that was accepted, and its order stays', () => {
    const rig = new TopicRig({ latency: 1 });
    for (const group of [A, A, A, B]) rig.publish(group);
    rig.to(10);
    expect(rig.of('a.fifo').got.map(({ message, at }) => [message, at])).toEqual([
      [0, 1],
      [3, 1],
      [1, 1],
      [2, 1],
    ]);
  });

  test('each subscription has lines of its own', () => {
    const rig = new TopicRig({ subscribers: { 'a.fifo': {}, 'b.fifo': {} } });
    rig.of('a.fifo').refuse = () => REFUSED;
    for (const group of [A, A]) rig.publish(group);
    rig.to(5);
    expect(rig.of('a.fifo').numbers).toEqual([]);
    expect(rig.of('b.fifo').numbers).toEqual([0, 1]);
  });

  test('what is refused for good makes way for the next', () => {
    const rig = new TopicRig();
    rig.of('a.fifo').refuse = (message) => (message === 0 ? FOR_GOOD : 0);
    for (const group of [A, A]) rig.publish(group);
    expect(rig.to(1).of('a.fifo').numbers).toEqual([1]);
    expect(rig.told.ended).toMatchObject({ processed: 1, lost: 1 });
  });

  test('law: first deliveries of a group come in the order of publishing, whatever is refused', () => {
    const publishes = fc.array(fc.record({ group: fc.nat(3), at: fc.nat(20) }), { maxLength: 30 });
    fc.assert(
      fc.property(publishes, fc.array(fc.nat(30)), (all, hard) => {
        const rig = new TopicRig();
        const queue = rig.of('a.fifo');
        const tries = new Map<number, number>();
        queue.refuse = (message) => {
          const n = (tries.get(message) ?? 0) + 1;
          tries.set(message, n);
          return n <= (hard[message] ?? 0) % 6 ? REFUSED : 0;
        };
        const groups: number[] = [];
        for (const { group, at } of [...all].sort((a, b) => a.at - b.at)) {
          rig.to(at).publish(group);
          groups.push(group);
        }
        rig.to(1000);
        for (let group = 0; group <= 3; group++) {
          const sent = groups.flatMap((one, number) => (one === group ? [number] : []));
          expect(queue.numbers.filter((number) => groups[number] === group)).toEqual(sent);
        }
        expect(rig.rows).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});

describe('deduplication at the topic', () => {
  test('an id counts for five minutes, and a repeat does not prolong it', () => {
    const rig = new TopicRig();
    for (const at of [0, 200, 299, 301]) rig.to(at).publish(A, 7);
    expect(rig.to(400).of('a.fifo').numbers).toEqual([0, 3]);
    expect(rig.told.repeats).toBe(2);
    expect(rig.errors).toEqual([0, 0, 0, 0]);
  });

  test('scope Topic: whatever the group; scope MessageGroup: within it', () => {
    for (const [scope, got] of [
      ['Topic', [0]],
      ['MessageGroup', [0, 1]],
    ] as const) {
      const rig = new TopicRig({ scope });
      for (const group of [A, B, A]) rig.publish(group, 7);
      expect(rig.to(1).of('a.fifo').numbers).toEqual(got);
    }
  });

  test('inside a batch, too', () => {
    const rig = new TopicRig().publishBatch([A, 7], [A, 8], [A, 7], [B, 8]);
    expect(rig.to(1).of('a.fifo').numbers).toEqual([0, 1]);
    expect(rig.errors).toEqual([0, 0, 0, 0]);
    expect(rig.told.counted.get(SnsCounter.PublishedMessages)).toBe(2);
  });

  test('a standard queue gets a repeat once, and neither group nor id', () => {
    const rig = new TopicRig({ subscribers: { plain: {}, 'a.fifo': {} } });
    rig.publish(A, 7);
    rig.publish(A, 7);
    rig.to(1);
    expect(rig.of('a.fifo').got).toMatchObject([{ group: A, id: 7 }]);
    // A group on a standard queue would turn fair queueing on; AWS does not forward it.
    expect(rig.of('plain').got).toMatchObject([{ group: NO_LABEL, id: NO_LABEL }]);
  });
});

describe('what is refused', () => {
  test('no message group, no id: InvalidParameter', () => {
    const rig = new TopicRig();
    rig.publish(NO_LABEL, 1);
    rig.publish(A, NO_LABEL);
    rig.to(1);
    expect(rig.errors).toEqual([TopicError.InvalidParameter, TopicError.InvalidParameter]);
    expect(rig.of('a.fifo').numbers).toEqual([]);
  });

  test('an id on a standard topic: InvalidParameter', () => {
    const rig = new TopicRig({ isStandard: true, subscribers: { plain: {} } });
    rig.publish(A, 1);
    rig.publish(A, NO_LABEL);
    rig.to(1);
    expect(rig.errors).toEqual([TopicError.InvalidParameter, TopicError.None]);
    // A standard topic hands the group on, for fair queueing.
    expect(rig.of('plain').got).toMatchObject([{ group: A, id: NO_LABEL }]);
  });
});

describe('rates', () => {
  /** How many of so many at once are taken. */
  const taken = (
    rig: TopicRig,
    count: number,
    groupOf: (i: number) => number,
    bytes = 1,
  ): number => {
    for (let i = 0; i < count; i++) rig.publish(groupOf(i), undefined, bytes);
    rig.to(0.5);
    return rig.errors.filter((error) => error === TopicError.None).length;
  };

  test('300 a second of one group', () => {
    const rig = new TopicRig();
    expect(taken(rig, 310, () => A)).toBe(300);
    expect(rig.errors[309]).toBe(TopicError.Throttled);
    rig.to(1).publish(A);
    expect(rig.to(1.5).errors[310]).toBe(TopicError.None);
  });

  test('3,000 a second of a topic', () => {
    expect(taken(new TopicRig(), 3_100, (i) => i % 100)).toBe(3_000);
  });

  test('20 MiB a second of a topic', () => {
    expect(taken(new TopicRig(), 100, (i) => i, 262_144)).toBe(80);
  });

  test("scope MessageGroup: the account's quota", () => {
    const rig = new TopicRig({ scope: 'MessageGroup', messagesPerSecond: 3_050 });
    expect(taken(rig, 3_100, (i) => i % 100)).toBe(3_050);
  });
});

describe('dead letters', () => {
  test('go to a FIFO queue with group and id, and the group goes on', () => {
    const rig = new TopicRig({ subscribers: { 'a.fifo': { deadLetter: 5 } } });
    rig.of('a.fifo').refuse = (message) => (message === 0 ? FOR_GOOD : 0);
    rig.publish(A, 7);
    rig.publish(A, 8);
    rig.to(1);
    expect(rig.of('dead.fifo').got).toMatchObject([{ message: 0, group: A, id: 7 }]);
    expect(rig.of('a.fifo').numbers).toEqual([1]);
  });
});
