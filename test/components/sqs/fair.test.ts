// Fair queues against their slow twin, and against the worked examples of AWS's page.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_LABEL } from '../../../src/components/queue-port.js';
import { CopyColumns } from '../../../src/components/sqs/copies.js';
import { FairShelf } from '../../../src/components/sqs/fair-shelf.js';
import { FairStore } from '../../../src/components/sqs/fair-store.js';
import { VisibleList } from '../../../src/components/sqs/visible-list.js';
import { MINUTE, SECOND } from '../../../src/kernel/time.js';
import type { TableOptions } from '../../../src/kernel/table.js';
import type { NaiveCopy } from '../../reference/naive-fair.js';
import { NaiveFair } from '../../reference/naive-fair.js';
import { fakeWorld, HARSH_TABLES } from '../fakes.js';

/** Labels as scenarios have them: far apart, and beyond 32 bits. */
const labelOf = (group: number): number => 2 ** 40 + group * 3;
const ALL = -1;

/** A shelf as a queue uses it. Copies are rows of the world's table. */
class Stand {
  readonly world;
  readonly shelf: FairShelf;
  readonly columns: CopyColumns;
  private readonly own: VisibleList;
  /** Copies in flight before the queue became fair. */
  readonly old: number[] = [];

  constructor(
    shards = 1,
    window = MINUTE,
    visibleBefore = 0,
    inFlightBefore = 0,
    tables: TableOptions = HARSH_TABLES,
  ) {
    this.world = fakeWorld(['q'], { tables });
    this.columns = new CopyColumns(this.world.messages.copies);
    this.own = new VisibleList(this.columns, shards);
    for (let i = 0; i < visibleBefore; i++) this.own.pushFresh(this.newCopy(i % shards));
    for (let i = 0; i < inFlightBefore; i++) this.old.push(this.newCopy(i % shards));
    this.shelf = FairShelf.takeOver({
      world: this.world,
      copies: this.columns,
      shelf: this.own,
      inFlight: inFlightBefore,
      options: { assume: { fairWindow: window } },
    });
  }

  newCopy(shard = 0): number {
    const { messages } = this.world;
    const message = messages.born(0, 0, 1, 2, 100);
    const copy = messages.addCopy(messages.owe(message, 0));
    messages.release(message);
    this.columns.shard[copy] = shard;
    return copy;
  }

  /** Stores a copy without making it visible. */
  enter(group: number | null, shard = 0): number {
    const copy = this.newCopy(shard);
    this.shelf.enter(copy, group === null ? NO_LABEL : labelOf(group));
    return copy;
  }

  send(group: number | null, times = 1, shard = 0): number[] {
    return Array.from({ length: times }, () => {
      const copy = this.enter(group, shard);
      this.shelf.pushFresh(copy);
      return copy;
    });
  }

  take(copy: number): number {
    this.shelf.remove(copy);
    this.shelf.take(copy);
    return copy;
  }

  /** Stores copies and hands them out. */
  fly(group: number | null, times: number): number[] {
    return this.send(group, times).map((copy) => this.take(copy));
  }

  receive(shards = ALL): number {
    const copy = this.shelf.next(shards);
    return copy < 0 ? copy : this.take(copy);
  }

  /** The groups of the next so many messages. */
  groups(times: number): (number | null)[] {
    return Array.from({ length: times }, () => {
      const label = this.shelf.groupOf(this.receive());
      return label === NO_LABEL ? null : (label - 2 ** 40) / 3;
    });
  }

  delete(copies: readonly number[]): void {
    for (const copy of copies) {
      this.shelf.land(copy);
      this.drop(copy);
    }
  }

  drop(copy: number): void {
    this.shelf.leave(copy);
    this.world.messages.dropCopy(copy);
  }

  wait(micros: number): void {
    const { kernel } = this.world;
    kernel.advance(kernel.now + micros);
  }
}

describe('the share of messages in flight', () => {
  test.each([
    [30, 270, 0],
    [31, 269, 1],
    [29, 71, 0],
    [30, 30, 1],
  ])('%i of its own beside %i others: %i noisy', (own, others, noisy) => {
    const stand = new Stand();
    stand.fly(null, others);
    stand.fly(1, own);
    expect(stand.shelf.noisyGroups).toBe(noisy);
  });

  test('a tenant is looked at before a receive returns its message', () => {
    const stand = new Stand();
    const others = stand.fly(null, 270);
    stand.fly(1, 30);
    const [mine] = stand.send(1);
    const [other] = stand.send(2);
    expect(stand.shelf.next(ALL)).toBe(mine);
    stand.delete(others.slice(0, 1));
    expect(stand.shelf.next(ALL)).toBe(other);
  });
});

describe('the share of processing time', () => {
  test('29 of 100 in flight are too few, but soon they have had 29 % of the time', () => {
    const stand = new Stand();
    stand.fly(null, 71);
    stand.fly(1, 29);
    expect(stand.shelf.noisyGroups).toBe(0);
    stand.send(1, 2);
    stand.send(null, 1);
    stand.wait(1);
    expect(stand.groups(2)).toEqual([null, 1]);
    expect(stand.shelf.noisyGroups).toBe(1);
  });

  test('exactly a tenth is not enough', () => {
    const stand = new Stand();
    stand.fly(null, 9);
    stand.fly(1, 1);
    stand.send(1);
    const [other] = stand.send(2);
    stand.wait(10 * SECOND);
    expect(stand.groups(1)).toEqual([1]);
    stand.wait(1);
    stand.send(1);
    expect(stand.receive()).toBe(other);
  });

  test('counts the time within the window alone', () => {
    const stand = new Stand();
    const slow = stand.fly(1, 1);
    stand.wait(10 * SECOND);
    stand.delete(slow);
    stand.fly(null, 1);
    const [mine] = stand.send(1);
    stand.send(2);
    // of the last minute, 60 s for the others, and what is left of the 10 s
    stand.wait(54 * SECOND);
    expect(stand.shelf.next(ALL)).not.toBe(mine);
    const later = new Stand();
    const slowLater = later.fly(1, 1);
    later.wait(10 * SECOND);
    later.delete(slowLater);
    later.fly(null, 1);
    later.wait(54 * SECOND);
    const [first] = later.send(1);
    later.send(2);
    expect(later.shelf.next(ALL)).toBe(first);
  });

  test('copies that were in flight before the queue became fair count from then on', () => {
    const stand = new Stand(1, MINUTE, 0, 9);
    stand.fly(1, 1);
    stand.wait(2 * MINUTE);
    stand.fly(1, 1);
    expect(stand.shelf.noisyGroups).toBe(0);
    stand.delete(stand.old);
    stand.wait(7 * SECOND);
    stand.fly(1, 1);
    expect(stand.shelf.noisyGroups).toBe(1);
  });
});

describe('what receives get', () => {
  /** Group 1 is noisy and has 3 messages waiting, 31 in flight. */
  function noisyStand(): Stand {
    const stand = new Stand();
    stand.fly(1, 31);
    stand.send(1, 3);
    return stand;
  }

  test('a noisy tenant alone is served as ever', () => {
    const stand = noisyStand();
    expect(stand.shelf.noisyGroups).toBe(1);
    expect(stand.groups(3)).toEqual([1, 1, 1]);
    expect(stand.receive()).toBe(-1);
  });

  test('quiet tenants go first, however late they come', () => {
    const stand = noisyStand();
    stand.send(2, 2);
    stand.send(null);
    expect(stand.groups(6)).toEqual([2, 2, null, 1, 1, 1]);
  });

  test('among noisy tenants the one with the fewest in flight, then in turns', () => {
    const stand = noisyStand();
    stand.fly(2, 34);
    stand.send(2, 3);
    expect(stand.shelf.noisyGroups).toBe(2);
    expect(stand.groups(6)).toEqual([1, 1, 1, 2, 2, 2]);
    const even = noisyStand();
    even.fly(2, 31);
    even.send(2, 3);
    expect(even.groups(6)).toEqual([1, 2, 1, 2, 1, 2]);
  });

  test('among quiet tenants: what came back, then the order of becoming visible', () => {
    const stand = new Stand(1, MINUTE, 1);
    const [back] = stand.fly(1, 1);
    const [own] = stand.fly(null, 1);
    const [second] = stand.send(2);
    const [third] = stand.send(null);
    for (const copy of [own, back]) {
      stand.shelf.land(copy);
      stand.shelf.pushReturned(copy);
    }
    const order = Array.from({ length: 5 }, () => stand.receive());
    expect([order[0], order[1], ...order.slice(3)]).toEqual([own, back, second, third]);
  });

  test('a short poll that meets only noisy tenants gets their messages', () => {
    const stand = new Stand(4);
    stand.fly(1, 31);
    const [noisy] = stand.send(1, 1, 2);
    const [quiet] = stand.send(2, 1, 3);
    expect(stand.shelf.next(0b0011)).toBe(-1);
    expect(stand.shelf.next(0b0111)).toBe(noisy);
    expect(stand.shelf.next(0b1111)).toBe(quiet);
  });
});

describe('quiet again', () => {
  test('when the backlog is used up', () => {
    const stand = new Stand();
    const flying = stand.fly(1, 31);
    stand.send(1, 1);
    stand.fly(null, 300);
    expect(stand.shelf.noisyGroups).toBe(1);
    stand.receive();
    expect(stand.shelf.noisyGroups).toBe(0);
    const [mine] = stand.send(1);
    stand.send(2);
    expect(stand.shelf.next(ALL)).toBe(mine);
    stand.delete(flying);
  });

  test('not while it is over the mark', () => {
    const stand = new Stand();
    const flying = stand.fly(1, 31);
    expect(stand.shelf.noisyGroups).toBe(1);
    stand.delete(flying);
    expect(stand.shelf.noisyGroups).toBe(0);
  });

  test('after five minutes with nothing in flight', () => {
    const stand = new Stand();
    const flying = stand.fly(1, 31);
    const [mine] = stand.send(1, 2);
    stand.wait(SECOND);
    stand.delete(flying);
    stand.wait(5 * MINUTE - 1);
    stand.send(2);
    expect(stand.shelf.noisyGroups).toBe(1);
    expect(stand.shelf.next(ALL)).not.toBe(mine);
    stand.wait(1);
    expect(stand.shelf.noisyGroups).toBe(0);
    expect(stand.shelf.next(ALL)).toBe(mine);
  });

  test('what was set aside meanwhile comes in its old place', () => {
    const stand = new Stand();
    const flying = [...stand.fly(1, 31), ...stand.fly(2, 31)];
    const [a1] = stand.send(1);
    const [b1, b2] = stand.send(2, 2);
    const [a2] = stand.send(1);
    const [back, ...rest] = flying.reverse();
    stand.shelf.land(back);
    stand.shelf.pushReturned(back);
    expect(stand.shelf.next(ALL)).toBe(back); // the other group has more in flight
    stand.wait(SECOND);
    stand.delete(rest);
    stand.wait(5 * MINUTE);
    const [c1] = stand.send(3);
    expect(Array.from({ length: 6 }, () => stand.receive())).toEqual([back, a1, b1, b2, a2, c1]);
  });

  test('after five minutes even if the window is longer than that', () => {
    const stand = new Stand(1, 10 * MINUTE);
    const flying = stand.fly(1, 31);
    const [mine] = stand.send(1);
    stand.wait(SECOND);
    stand.delete(flying);
    stand.wait(5 * MINUTE);
    stand.send(2);
    expect(stand.shelf.next(ALL)).toBe(mine);
  });

  test('each message in flight begins the five minutes anew', () => {
    const stand = new Stand();
    const flying = stand.fly(1, 31);
    stand.send(1, 2);
    stand.wait(SECOND);
    stand.delete(flying);
    stand.wait(4 * MINUTE);
    stand.delete([stand.receive()]);
    stand.wait(4 * MINUTE);
    expect(stand.shelf.noisyGroups).toBe(1);
    stand.wait(MINUTE);
    expect(stand.shelf.noisyGroups).toBe(0);
  });
});

test('metrics count what quiet tenants have', () => {
  const stand = new Stand();
  stand.fly(1, 31);
  stand.send(1, 5);
  stand.enter(1);
  stand.fly(null, 4);
  stand.send(2, 2);
  stand.send(null, 1);
  stand.enter(2);
  stand.enter(null);
  const { shelf } = stand;
  expect(shelf.length).toBe(8);
  expect([shelf.noisyGroups, shelf.quietVisible, shelf.quietInFlight]).toEqual([1, 3, 4]);
  expect(shelf.quietDelayed(3)).toBe(2);
});

test('tenants are forgotten when their messages and their time in the window are gone', () => {
  const stand = new Stand();
  const { tenants, cells } = stand.world.shared(FairStore);
  const flying = Array.from({ length: 20 }, (_, group) => stand.fly(group, 3)).flat();
  expect([tenants.count, cells.count]).toEqual([20, 0]);
  stand.wait(SECOND);
  stand.delete(flying);
  expect(tenants.count).toBe(20);
  stand.wait(MINUTE);
  stand.drop(stand.enter(7));
  expect(stand.shelf.noisyGroups).toBe(0);
  expect(tenants.count).toBe(0);
});

test('a world has no columns for fair queues before one is fair', () => {
  const world = fakeWorld(['q']);
  const columns = new CopyColumns(world.messages.copies);
  const plain = world.messages.copies.bytesPerRow();
  const own = new VisibleList(columns, 1);
  expect(world.messages.copies.bytesPerRow()).toBe(plain);
  const options = { assume: { fairWindow: MINUTE } };
  FairShelf.takeOver({ world, copies: columns, shelf: own, inFlight: 0, options });
  expect(world.messages.copies.bytesPerRow()).toBe(plain + 12);
});

test('copies that lay in a queue before it became fair come before later ones', () => {
  const stand = new Stand(1, MINUTE, 0, 0, { capacity: 1, poison: false }); // rows keep what is left in them
  const rows = stand.fly(null, 3).concat(stand.send(1, 3));
  for (const row of rows.slice(3)) stand.shelf.remove(row);
  for (const row of rows.slice(0, 3)) stand.shelf.land(row);
  for (const row of rows) stand.drop(row);
  // the same rows lie in another queue now
  const own = new VisibleList(stand.columns, 1);
  const [first, second] = [stand.newCopy(), stand.newCopy()];
  own.pushFresh(first);
  own.pushFresh(second);
  expect(rows).toContain(first);
  const { world, columns: copies } = stand;
  const options = { assume: { fairWindow: MINUTE } };
  const shelf = FairShelf.takeOver({ world, copies, shelf: own, inFlight: 0, options });
  const third = stand.newCopy();
  shelf.enter(third, labelOf(1));
  shelf.pushFresh(third);
  const order = [first, second, third].map(() => {
    const copy = shelf.next(ALL);
    shelf.remove(copy);
    return copy;
  });
  expect(order).toEqual([first, second, third]);
  expect(shelf.groupOf(second)).toBe(NO_LABEL);
});

// --- against the twin ------------------------------------------------------------------------------

interface Pair {
  readonly row: number;
  readonly copy: NaiveCopy;
}

/** The shelf and its twin, step by step. */
class Both {
  readonly stand: Stand;
  readonly naive: NaiveFair;
  readonly pairs: Pair[] = [];

  constructor(
    readonly shards: number,
    window: number,
    before: number,
  ) {
    this.stand = new Stand(shards, window, 0, before);
    this.naive = new NaiveFair(shards, window);
    for (const [i, row] of this.stand.old.entries()) {
      const copy = this.naive.enter(null, i % shards);
      this.pairs.push({ row, copy });
      this.naive.take(copy);
    }
  }

  enter(group: number | null, shard: number): Pair {
    const pair = { row: this.stand.enter(group, shard), copy: this.naive.enter(group, shard) };
    this.pairs.push(pair);
    return pair;
  }

  push({ row, copy }: Pair, isReturned: boolean): void {
    if (isReturned) this.stand.shelf.pushReturned(row);
    else this.stand.shelf.pushFresh(row);
    this.naive.push(copy, isReturned);
  }

  hide({ row, copy }: Pair): void {
    this.stand.take(row);
    this.naive.remove(copy);
    this.naive.take(copy);
  }

  land({ row, copy }: Pair): void {
    this.stand.shelf.land(row);
    this.naive.land(copy);
  }

  /** A copy that is in no list is gone. */
  drop(pair: Pair): void {
    this.stand.drop(pair.row);
    pair.copy.state = 'gone';
    this.pairs.splice(this.pairs.indexOf(pair), 1);
  }

  dropVisible(pair: Pair): void {
    this.stand.shelf.remove(pair.row);
    this.naive.remove(pair.copy);
    this.drop(pair);
  }

  in(state: NaiveCopy['state']): Pair[] {
    return this.pairs.filter(({ copy }) => copy.state === state);
  }

  receive(shards: number): Pair | null {
    const row = this.stand.shelf.next(shards);
    const copy = this.naive.next(shards);
    const pair = this.pairs.find((one) => one.copy === copy) ?? null;
    expect(row).toBe(pair?.row ?? -1);
    if (pair !== null) this.hide(pair);
    return pair;
  }

  wait(micros: number): void {
    this.stand.wait(micros);
    this.naive.advance(micros);
  }

  compare(): void {
    const { shelf } = this.stand;
    this.naive.advance(0);
    expect({
      length: shelf.length,
      noisy: shelf.noisyGroups,
      visible: shelf.quietVisible,
      inFlight: shelf.quietInFlight,
      delayed: shelf.quietDelayed(this.in('delayed').length),
    }).toEqual({
      length: this.naive.visible().length,
      noisy: this.naive.noisy.size,
      visible: this.naive.quiet('visible'),
      inFlight: this.naive.quiet('inFlight'),
      delayed: this.naive.quiet('delayed'),
    });
  }
}

type Step = (both: Both) => void;

/** Some of the pairs, as `pick` says. */
function some(pairs: readonly Pair[], pick: number, times: number): Pair[] {
  return pairs.length === 0
    ? []
    : pairs.slice(pick % pairs.length, (pick % pairs.length) + Math.ceil(times));
}

const group = fc.oneof(
  { weight: 6, arbitrary: fc.nat(3) },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.nat(40) },
);
const pick = fc.nat(200);
const many = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 45 }));
const times = fc.constantFrom(0, 1, 1_000, SECOND, 7 * SECOND, MINUTE - 1, MINUTE, 4 * MINUTE);
const delays = fc.oneof(times, fc.constantFrom(5 * MINUTE - 1, 5 * MINUTE), fc.nat(20 * SECOND));

const step: fc.Arbitrary<{ readonly name: string; readonly run: Step }> = fc.oneof(
  fc.tuple(group, many, fc.nat(31)).map(([of, n, shard]) => ({
    name: `send ${n} of ${of} to ${shard}`,
    run: (both: Both) => {
      for (let i = 0; i < n; i++) both.push(both.enter(of, (shard + i) % both.shards), false);
    },
  })),
  fc.tuple(group, fc.nat(31)).map(([of, shard]) => ({
    name: `delay one of ${of} on ${shard}`,
    run: (both: Both) => void both.enter(of, shard % both.shards),
  })),
  pick.map((at) => ({
    name: `show ${at}`,
    run: (both: Both) => {
      for (const pair of some(both.in('delayed'), at, 1)) both.push(pair, false);
    },
  })),
  fc.tuple(many, fc.oneof(fc.constant(ALL), fc.integer())).map(([n, shards]) => ({
    name: `receive ${n} from ${shards}`,
    run: (both: Both) => {
      const asked = both.shards === 32 ? shards : shards & ((1 << both.shards) - 1);
      for (let i = 0; i < n && both.receive(asked) !== null; i++);
    },
  })),
  fc.tuple(pick, many, fc.boolean()).map(([at, n, isReturned]) => ({
    name: `return ${n} at ${at} ${isReturned ? 'in front' : 'behind'}`,
    run: (both: Both) => {
      for (const pair of some(both.in('inFlight'), at, n)) {
        both.land(pair);
        both.push(pair, isReturned);
      }
    },
  })),
  fc.tuple(pick, many).map(([at, n]) => ({
    name: `delete ${n} at ${at}`,
    run: (both: Both) => {
      for (const pair of some(both.in('inFlight'), at, n)) {
        both.land(pair);
        both.drop(pair);
      }
    },
  })),
  fc.tuple(pick, many).map(([at, n]) => ({
    name: `expire ${n} visible at ${at}`,
    run: (both: Both) => {
      for (const pair of some(both.in('visible'), at, n)) both.dropVisible(pair);
    },
  })),
  pick.map((at) => ({
    name: `expire a delayed one at ${at}`,
    run: (both: Both) => {
      for (const pair of some(both.in('delayed'), at, 1)) both.drop(pair);
    },
  })),
  pick.map((at) => ({
    name: `hide ${at} again`,
    run: (both: Both) => {
      for (const pair of some(both.in('visible'), at, 1)) both.hide(pair);
    },
  })),
  // a long break, and something that nobody looked for in between
  fc
    .tuple(fc.array(group, { maxLength: 4 }), fc.boolean(), fc.constantFrom(1, 2))
    .map(([groups, isReturned, breaks]) => ({
      name: `${isReturned ? 'return' : 'delete'} all, rest ${breaks} times, send to ${groups.join()}`,
      run: (both: Both) => {
        for (const pair of both.in('inFlight')) {
          both.land(pair);
          if (isReturned) both.push(pair, true);
          else both.drop(pair);
        }
        for (let i = 0; i < breaks; i++) both.wait(150 * SECOND);
        for (const of of groups) both.push(both.enter(of, 0), false);
      },
    })),
  delays.map((micros) => ({
    name: `wait ${micros}`,
    run: (both: Both) => both.wait(micros),
  })),
);

test('does what its slow twin does', () => {
  const steps = fc.array(step, { maxLength: 60, size: 'max' });
  const shards = fc.constantFrom(1, 2, 5, 16, 32);
  const window = fc.constantFrom(SECOND, 10 * SECOND, MINUTE, 10 * MINUTE);
  fc.assert(
    fc.property(shards, window, fc.nat(40), steps, (count, length, before, all) => {
      const both = new Both(count, length, before);
      for (const { run } of all) {
        run(both);
        both.compare();
      }
    }),
    { numRuns: 300 },
  );
});
