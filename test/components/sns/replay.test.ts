// Archives of FIFO topics and their replay, call by call.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cause } from '../../../src/components/facts.js';
import { CallError } from '../../../src/components/port.js';
import { SnsCounter } from '../../../src/components/sns/billing.js';
import type { RigOptions } from './rig.js';
import { TopicRig } from './rig.js';

const A = 1;
const B = 2;
const ALL = { from: 0, until: Infinity };
const SECOND = 1_000_000;
const DAY = 86_400;

function rigOf(options: RigOptions = {}): TopicRig {
  return new TopicRig({ archive: 1, replayed: ['a.fifo'], ...options });
}

/** Messages 0, 1, … at seconds 1, 2, …, of groups A and B in turn. */
function published(count: number, options: RigOptions = {}): TopicRig {
  const rig = rigOf(options);
  for (let i = 0; i < count; i++) rig.to(i + 1).publish(i % 2 === 0 ? A : B);
  return rig.to(count + 1);
}

const again = (rig: TopicRig, window = ALL, name = 'a.fifo') => rig.topic.replay(name, window);

describe('a replay', () => {
  test('sends all once more, to its subscription only, because of the replay', () => {
    const rig = published(3, { subscribers: { 'a.fifo': {}, 'b.fifo': {} } });
    expect(again(rig)).toBeNull();
    rig.to(10);
    const { got } = rig.of('a.fifo');
    expect(got.map(({ message, run }) => [message, run])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(got.slice(3).map(({ cause }) => cause)).toEqual(Array(3).fill(Cause.Replay));
    expect(got.slice(3).map(({ group }) => group)).toEqual([A, B, A]);
    // A queue would take an id that it knows for a repeat.
    expect(new Set(got.map(({ id }) => id)).size).toBe(6);
    expect(rig.of('b.fifo').numbers).toEqual([0, 1, 2]);
  });

  test('of a window: from its start on, and before its end', () => {
    const rig = published(5);
    again(rig, { from: 2 * SECOND, until: 4 * SECOND });
    expect(rig.to(10).of('a.fifo').numbers.slice(5)).toEqual([1, 2]);
  });

  test('to a subscription that came later, its messages are new', () => {
    const rig = published(3, { replayed: ['late.fifo'] });
    rig.topic.subscribe(rig.subscription('late.fifo', { replay: ALL }));
    const { got } = rig.to(10).of('late.fifo');
    expect(got.map(({ message, run }) => [message, run])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  test('when a subscription is confirmed at last, as its policy says', () => {
    const confirmedAfter = 10 * SECOND;
    const rig = published(3, { subscribers: { 'a.fifo': { confirmedAfter, replay: ALL } } });
    expect(again(rig)).toBe('InvalidParameter');
    expect(rig.to(9).of('a.fifo').numbers).toEqual([]);
    expect(rig.to(11).of('a.fifo').numbers).toEqual([0, 1, 2]);
  });

  test('makes good what was lost', () => {
    const rig = rigOf();
    rig.of('a.fifo').refuse = (_, at) => (at < 5 ? 7 : CallError.None);
    rig.publish(A);
    rig.to(6);
    expect(rig.of('a.fifo').numbers).toEqual([]);
    again(rig);
    expect(rig.to(10).of('a.fifo').got).toMatchObject([{ message: 0, run: 0 }]);
    // Once the retention is over, nothing is kept, and all has ended well.
    rig.to(3 * DAY).publish(A);
    rig.to(3 * DAY + 1);
    expect(rig.told.ended).toMatchObject({ processed: 1, lost: 0 });
  });

  test('once more after a replay: replayed again', () => {
    const rig = published(2);
    for (const at of [10, 20]) {
      rig.to(at);
      again(rig);
    }
    expect(
      rig
        .to(30)
        .of('a.fifo')
        .got.map(({ run }) => run),
    ).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('what is not there', () => {
    const rig = published(1);
    expect(again(rig, ALL, 'b.fifo')).toBe('NotFound');
    rig.topic.unsubscribe(0);
    expect(again(rig)).toBe('NotFound');
    expect(again(new TopicRig())).toBe('NotFound');
  });
});

describe('what is published during a replay', () => {
  test('comes after what is replayed, in order, and for the first time', () => {
    const rig = published(4, { replayRate: 1 });
    again(rig); // at 5, 6, 7, 8
    rig.to(5.5).publish(A);
    rig.publish(B);
    expect(rig.world.messages.left).toBeGreaterThan(0);
    const { got } = rig.to(20).of('a.fifo');
    expect(got.slice(4).map(({ message, at, run }) => [message, at, run])).toEqual([
      [0, 5, 1],
      [1, 6, 1],
      [2, 7, 1],
      [3, 8, 1],
      [4, 9, 0],
      [5, 10, 0],
    ]);
    // It has caught up: what follows flows as before.
    rig.publish(A);
    expect(rig.to(20.5).of('a.fifo').got.at(-1)).toMatchObject({ message: 6, at: 20 });
    expect(rig.world.messages.left).toBe(0);
  });

  test('is not replayed twice when a new replay takes over, and nothing of it is left out', () => {
    const rig = published(4, { replayRate: 1 });
    again(rig); // 5: message 0, 6: message 1
    rig.to(5.5).publish(A);
    rig.to(6.5);
    again(rig, { from: 3 * SECOND, until: Infinity }); // instead of message 2 at 7
    const { numbers } = rig.to(30).of('a.fifo');
    expect(numbers).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 4]);
    expect(rig.world.messages.left).toBe(0);
  });

  test('flows at once when the replay is stopped', () => {
    const rig = published(4, { replayRate: 1, subscribers: { 'a.fifo': {} } });
    rig.topic.change(0, { replay: ALL });
    rig.to(5.5).publish(A);
    rig.topic.change(0, { replay: null });
    const { numbers } = rig.to(30).of('a.fifo');
    expect(numbers).toEqual([0, 1, 2, 3, 0, 4]);
  });

  test('law: a group stays in order, nothing new is lost or comes twice', () => {
    const events = fc.array(fc.record({ at: fc.nat(60), group: fc.nat(2), replay: fc.boolean() }), {
      minLength: 1,
      maxLength: 25,
    });
    fc.assert(
      fc.property(events, fc.constantFrom(1, 3, 1000), (all, replayRate) => {
        const rig = rigOf({ replayRate, latency: 0.1 });
        const groups: number[] = [];
        for (const { at, group, replay } of [...all].sort((a, b) => a.at - b.at)) {
          rig.to(at);
          if (replay) again(rig, { from: (at / 2) * SECOND, until: Infinity });
          else {
            groups.push(group);
            rig.publish(group);
          }
        }
        rig.to(2000);
        const { got } = rig.of('a.fifo');
        const first = got.filter(({ run }) => run === 0);
        expect(first.map(({ message }) => message).sort((a, b) => a - b)).toEqual([
          ...groups.keys(),
        ]);
        for (let group = 0; group <= 2; group++) {
          const own = first.filter(({ message }) => groups[message] === group);
          const numbers = own.map(({ message }) => message);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        }
        for (const { run, cause } of got) if (run > 0) expect(cause).toBe(Cause.Replay);
        expect(rig.world.messages.left).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('retention', () => {
  test('ends what can be replayed', () => {
    const rig = rigOf();
    rig.publish(A);
    rig.to(DAY / 2).publish(B);
    rig.to(DAY + 1);
    again(rig);
    expect(rig.to(DAY + 10).of('a.fifo').numbers).toEqual([0, 1, 1]);
  });

  test('and then nothing is kept', () => {
    const rig = rigOf();
    for (let i = 0; i < 50; i++) rig.to(i).publish(A);
    expect(rig.to(60).rows).toBe(100); // messages and obligations
    rig.to(2 * DAY + 60).publish(A);
    expect(rig.to(2 * DAY + 61).rows).toBe(2);
    expect(rig.told.ended.processed).toBe(50);
  });

  test('without a replay in the scenario bytes are counted, and no message is kept', () => {
    const rig = published(10, { replayed: [] });
    expect(rig.rows).toBe(0);
    expect(rig.told.counted.get(SnsCounter.ArchivedBytes)).toBe(1000);
    expect(published(10).told.counted.get(SnsCounter.ArchivedBytes)).toBe(1000);
  });
});
