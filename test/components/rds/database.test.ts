// A database: its connections, statements that wait for their turn, clients that go away, faults on it.

import { describe, expect, test } from 'vitest';
import { CallError } from '../../../src/components/port.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { SECOND } from '../../../src/kernel/time.js';
import { Caller, constant, OTHER } from './caller.js';

const OK = CallError.None;
const REFUSED = CallError.Unavailable;

describe('statements', () => {
  test('so many at a time, the others in the order in which they came', () => {
    const caller = new Caller({ parallelism: 2 }).write(5).to(9);
    expect(caller.answers).toEqual([`1 ${OK}`, `1 ${OK}`, `2 ${OK}`, `2 ${OK}`, `3 ${OK}`]);
    expect(caller.order).toEqual([0, 1, 2, 3, 4]);
    expect(caller.counts.requests).toBe(5);
    expect(caller.world.calls.count).toBe(0);
  });

  test('reads and writes each take their own time', () => {
    const caller = new Caller({ readTime: constant(0.25) }).write().read().to(9);
    expect(caller.answers).toEqual([`1 ${OK}`, `1.25 ${OK}`]);
  });

  test('two tries of one message take times of their own', () => {
    const writeTime = { kind: 'exponential', mean: SECOND } as const;
    const times = (change: (caller: Caller) => void): string[] => {
      const caller = new Caller({ writeTime: distribution(writeTime), parallelism: 9 }).write(2);
      change(caller);
      return caller.to(99).answers;
    };
    const isSame = ([first, second]: string[]): boolean => first === second;
    const alike = (caller: Caller): void => {
      const { a, b } = caller.world.calls;
      a[caller.rows[1]] = a[caller.rows[0]];
      b[caller.rows[1]] = b[caller.rows[0]];
    };
    expect(isSame(times(alike))).toBe(false);
    const equal = times((caller) => {
      alike(caller);
      const { c } = caller.world.calls;
      c[caller.rows[1]] = c[caller.rows[0]];
    });
    expect(isSame(equal)).toBe(true);
  });
});

describe('connections', () => {
  test('beyond maxConnections a statement is refused at once', () => {
    const caller = new Caller({ maxConnections: 3 }).write(5).to(9);
    const refused = `0 ${REFUSED}`;
    expect(caller.answers).toEqual([`1 ${OK}`, `2 ${OK}`, `3 ${OK}`, refused, refused]);
    expect(caller.counts.refused).toBe(2);
    expect(caller.counts.throttles).toBe(0);
    expect(caller.counts.requests).toBe(5);
  });

  test('a new one costs connect, one that is idle nothing', () => {
    const caller = new Caller({ connect: constant(0.5) }).write().to(2).write().to(9);
    expect(caller.answers).toEqual([`1.5 ${OK}`, `3 ${OK}`]);
    expect(caller.counts.open).toEqual([1]);
  });

  test('while it is opened it takes no turn of others', () => {
    const caller = new Caller({ connect: constant(0.5) }).write().to(5);
    caller.write(2).to(9); // the first has a connection, the second opens one meanwhile
    expect(caller.answers.slice(1)).toEqual([`6 ${OK}`, `7 ${OK}`]);
  });

  test('they belong to a process: another opens its own', () => {
    const caller = new Caller({ connect: constant(0.5) }).write(1, 0).to(2).write(1, 1).to(4);
    expect(caller.write(1, 0, OTHER).to(9).answers).toEqual([
      `1.5 ${OK}`,
      `3.5 ${OK}`,
      `5.5 ${OK}`,
    ]);
    expect(caller.counts.open).toEqual([1, 2, 3]);
  });

  test('idle ones of others are taken, too: nobody else gets in', () => {
    const caller = new Caller({ maxConnections: 2 }).write(2, 0).to(5).write(1, 1).to(9);
    expect(caller.answers[2]).toBe(`5 ${REFUSED}`);
    expect(caller.write(1, 0).to(19).answers[3]).toBe(`10 ${OK}`);
  });

  test('those of a process that has ended are closed, and make room', () => {
    const caller = new Caller({ maxConnections: 2 }).write(2, 0).to(5).processEnds(0).to(6);
    expect(caller.counts.open).toEqual([1, 2, 0]);
    expect(caller.write(1, 1).to(9).answers[2]).toBe(`7 ${OK}`);
    caller.processEnds(7).processEnds(0, OTHER).to(10); // they had none
    expect(caller.counts.open).toEqual([1, 2, 0, 1]);
  });
});

describe('a client that gives up', () => {
  test('the statement is executed all the same, and its connection closed behind it', () => {
    const caller = new Caller().write(2).to(0.5).abandon(0).to(9);
    expect(caller.answers).toEqual([undefined, `2 ${OK}`]);
    expect(caller.counts.open).toEqual([1, 2, 1]);
    expect(caller.world.calls.count).toBe(0);
  });

  test('also one that waits for its turn', () => {
    const caller = new Caller().write(3).to(0.5).abandon(1).to(9);
    expect(caller.answers).toEqual([`1 ${OK}`, undefined, `3 ${OK}`]);
    expect(caller.order).toEqual([0, 1, 2]);
  });

  test('a process that ends in the middle leaves no connection', () => {
    const caller = new Caller({ connect: constant(0.2) }).write(3, 4);
    caller.to(0.1).abandon(0).abandon(1).abandon(2).processEnds(4).to(9);
    expect(caller.counts.open.at(-1)).toBe(0);
  });
});

describe('faults', () => {
  test('down refuses statements, and finishes what is under way', () => {
    const caller = new Caller().write(2).to(0.5);
    caller.database.down(1, true, true);
    caller.write().to(5);
    caller.database.down(1, true, false);
    caller.write().to(9);
    const none = CallError.NoConnection;
    expect(caller.answers).toEqual([`1 ${OK}`, `2 ${OK}`, `0.5 ${none}`, `6 ${OK}`]);
    expect(caller.counts.requests).toBe(3);
  });

  test('a share', () => {
    const caller = new Caller({ maxConnections: 1000, parallelism: 1000 });
    caller.database.down(0.25, true, true);
    const refused = caller
      .write(400)
      .to(5)
      .answers.filter((answer) => answer.endsWith(` ${CallError.NoConnection}`));
    expect(refused.length).toBeGreaterThan(70);
    expect(refused.length).toBeLessThan(130);
  });

  test('slow stretches what begins from now on, and adds', () => {
    const caller = new Caller().write(2).to(0.5);
    caller.database.slow(3, 0.5 * SECOND);
    caller.to(9);
    caller.database.slow(1, 0);
    expect(caller.write().to(19).answers).toEqual([`1 ${OK}`, `4.5 ${OK}`, `10 ${OK}`]);
  });
});

describe('a failover', () => {
  const none = CallError.NoConnection;

  test('all connections are gone, and what waits or is under way fails', () => {
    const caller = new Caller({ failover: constant(10) }).write(3).to(0.5);
    caller.database.failOver();
    expect(caller.to(5).answers).toEqual([`1 ${none}`, `0.5 ${none}`, `0.5 ${none}`]);
    expect(caller.counts.open).toEqual([1, 2, 3, 0]);
    expect(caller.world.calls.count).toBe(0);
  });

  test('statements are refused until the standby takes over, with new connections', () => {
    const caller = new Caller({ failover: constant(10), connect: constant(0.5) }).write().to(2);
    caller.database.failOver();
    caller.write().to(11.9).write().to(12.1).write(2).to(20);
    expect(caller.answers).toEqual([
      `1.5 ${OK}`,
      `2 ${none}`,
      `11.9 ${none}`,
      `13.6 ${OK}`,
      `14.6 ${OK}`,
    ]);
    expect(caller.counts.open).toEqual([1, 0, 1, 2]);
  });

  test('one that happens meanwhile changes nothing', () => {
    const caller = new Caller({ failover: constant(10) }).to(1);
    caller.database.failOver();
    caller.to(6);
    caller.database.failOver();
    expect(caller.to(11.5).write().to(20).answers).toEqual([`12.5 ${OK}`]);
  });

  test('a connection that is being opened is cut off, too', () => {
    const caller = new Caller({ failover: constant(1), connect: constant(3) }).write().to(1);
    caller.database.failOver();
    expect(caller.to(9).answers).toEqual([`3 ${none}`]);
    expect(caller.counts.open.at(-1)).toBe(0);
  });
});
