import { describe, expect, it } from 'vitest';
import { BugError } from '../../src/kernel/check.js';
import { Deadlines } from '../../src/kernel/deadlines.js';
import { HeapQueue } from '../../src/kernel/heap.js';
import { Kernel } from '../../src/kernel/kernel.js';
import { Table } from '../../src/kernel/table.js';
import { HOUR, SECOND } from '../../src/kernel/time.js';

class Rows extends Table {
  timeout = this.links('timeout');
}

/** Deadlines over a fresh table; what runs is noted as name@time. */
class Bench {
  readonly queue = new HeapQueue();
  readonly kernel = new Kernel({ tables: { capacity: 1, poison: true }, queue: this.queue });
  readonly rows = new Rows(this.kernel.tables);
  readonly seen: string[] = [];
  readonly note = this.kernel.handler('test/note', (arg) => this.saw(`plain ${arg}`));
  onDue: (row: number) => void = () => {};
  readonly deadlines = new Deadlines(this.kernel, 'test/timeout', this.rows.timeout, (row) => {
    this.saw(`row ${row}`);
    this.onDue(row);
  });

  add(delay: number): number {
    const row = this.rows.add();
    this.deadlines.set(row, delay);
    return row;
  }

  private saw(what: string): void {
    this.seen.push(`${what} @${this.kernel.now}`);
  }
}

describe('Deadlines', () => {
  it('run in the place of an event scheduled when they were set', () => {
    const bench = new Bench();
    bench.kernel.at(10, bench.note, 0);
    bench.add(10);
    bench.kernel.at(10, bench.note, 1);
    bench.add(10);
    bench.kernel.at(10, bench.note, 2);
    bench.kernel.advance(20);
    expect(bench.seen).toEqual(
      ['plain 0', 'row 0', 'plain 1', 'row 1', 'plain 2'].map((what) => `${what} @10`),
    );
    expect(bench.kernel.eventCount).toBe(5);
  });

  it('of no delay at all take their turn among the events of the instant', () => {
    const bench = new Bench();
    bench.kernel.soon(bench.note, 0);
    bench.add(0);
    bench.kernel.soon(bench.note, 1);
    bench.add(0);
    bench.kernel.advance(0);
    expect(bench.seen).toEqual(['plain 0 @0', 'row 0 @0', 'plain 1 @0', 'row 1 @0']);
  });

  it('can be cut by slices between two that are due at once', () => {
    const bench = new Bench();
    for (let i = 0; i < 3; i++) bench.add(5);
    expect(bench.kernel.advance(9, 1)).toBe('events');
    expect(bench.seen).toEqual(['row 0 @5']);
    expect(bench.kernel.nextTime()).toBe(5);
    bench.onDue = () => bench.kernel.stop();
    expect(bench.kernel.advance(9)).toBe('stopped');
    expect(bench.seen).toEqual(['row 0 @5', 'row 1 @5']);
    expect(bench.kernel.advance(9)).toBe('stopped');
    expect(bench.kernel.advance(9)).toBe('until');
    expect(bench.kernel.eventCount).toBe(3);
  });

  it('do not run when cleared, by whomever and however late', () => {
    const bench = new Bench();
    const rows = [0, 1, 2, 3].map(() => bench.add(5));
    bench.deadlines.clear(rows[0]);
    bench.onDue = (row) => {
      if (row === rows[1]) bench.deadlines.clear(rows[2]);
    };
    bench.kernel.advance(9);
    expect(bench.seen).toEqual(['row 1 @5', 'row 3 @5']);
    expect(rows.map((row) => bench.deadlines.has(row))).toEqual([false, false, false, false]);
  });

  it('leave nothing that could be seen when all are cleared', () => {
    const bench = new Bench();
    const rows = [3, 3, 7, 7, 1].map((delay) => bench.add(delay));
    for (const row of rows) bench.deadlines.clear(row);
    expect(bench.kernel.nextTime()).toBe(Infinity);
    expect(bench.kernel.advance(100, 1)).toBe('until');
    expect(bench.kernel.eventCount).toBe(0);
  });

  it('tell when they are due', () => {
    const bench = new Bench();
    const lane = [bench.add(5), bench.add(5), bench.add(5)];
    bench.kernel.advance(2);
    const older = bench.rows.add();
    bench.deadlines.setFrom(older, 1, 5);
    const timer = bench.add(1000);
    expect(lane.map((row) => bench.deadlines.dueAt(row))).toEqual([5, 5, 5]);
    expect(bench.deadlines.dueAt(older)).toBe(6);
    expect(bench.deadlines.dueAt(timer)).toBe(1002);
    expect(bench.kernel.nextTime()).toBe(5);
  });

  it('set from a base that has passed run now, those set from an older base in between', () => {
    const bench = new Bench();
    bench.kernel.advance(100);
    bench.add(10);
    bench.add(10); // the lane has begun
    for (const base of [95, 50]) bench.deadlines.setFrom(bench.rows.add(), base, 10);
    bench.kernel.advance(200);
    expect(bench.seen).toEqual(['row 3 @100', 'row 2 @105', 'row 0 @110', 'row 1 @110']);
  });

  it('can be set again when they run', () => {
    const bench = new Bench();
    bench.onDue = (row) => {
      if (bench.kernel.now < 30) bench.deadlines.set(row, 10);
      else bench.rows.free(row);
    };
    bench.add(10);
    bench.kernel.advance(100);
    expect(bench.seen).toEqual(['row 0 @10', 'row 0 @20', 'row 0 @30']);
  });

  it('may make the table grow when they run', () => {
    const bench = new Bench();
    bench.onDue = () => {
      if (bench.rows.count < 20) for (let i = 0; i < 3; i++) bench.add(1);
    };
    bench.add(1);
    bench.kernel.advance(100);
    expect(bench.seen.length).toBe(bench.rows.count);
  });
});

describe('a changed delay', () => {
  it('moves the deadlines that were set with the old one, both ways', () => {
    const bench = new Bench();
    bench.add(1);
    const rows = [10, 10, 20].map((delay) => bench.add(delay));
    bench.kernel.advance(2);
    bench.deadlines.changeDelay(10, 40);
    expect(rows.map((row) => bench.deadlines.dueAt(row))).toEqual([40, 40, 20]);
    bench.deadlines.changeDelay(40, 5);
    expect(bench.kernel.nextTime()).toBe(5);
    bench.kernel.advance(100);
    expect(bench.seen).toEqual(['row 0 @1', 'row 1 @5', 'row 2 @5', 'row 3 @20']);
  });

  it('runs what is overdue now, in the order in which it was set', () => {
    const bench = new Bench();
    for (let i = 0; i < 4; i++) {
      bench.add(50);
      bench.kernel.advance(bench.kernel.now + 1);
    }
    bench.kernel.soon(bench.note, 9);
    bench.deadlines.changeDelay(50, 2);
    expect(bench.deadlines.dueAt(0)).toBe(2);
    bench.kernel.advance(100);
    expect(bench.seen).toEqual(['row 0 @4', 'row 1 @4', 'row 2 @4', 'plain 9 @4', 'row 3 @5']);
  });

  it('does not touch what is set later with the old delay', () => {
    const bench = new Bench();
    bench.add(50);
    bench.add(50);
    bench.deadlines.changeDelay(50, 30);
    bench.add(50);
    bench.kernel.advance(100);
    expect(bench.seen).toEqual(['row 0 @30', 'row 1 @30', 'row 2 @50']);
  });
});

describe('wake-ups', () => {
  it('stay few, however often the delay is changed', () => {
    const bench = new Bench();
    for (let i = 0; i < 10; i++) bench.add(HOUR);
    for (let delay = HOUR; delay > HOUR - 5000; delay--)
      bench.deadlines.changeDelay(delay, delay - 1);
    expect(bench.queue.size).toBeLessThan(200);
    bench.kernel.advance(HOUR);
    expect(bench.seen.length).toBe(10);
    expect(bench.queue.size).toBe(0);
  });

  it('stay few, however many timers are cancelled', () => {
    const bench = new Bench();
    const row = bench.rows.add();
    for (let i = 0; i < 5000; i++) {
      bench.deadlines.set(row, HOUR + i);
      bench.deadlines.clear(row);
    }
    expect(bench.queue.size).toBeLessThan(200);
    expect(bench.kernel.nextTime()).toBe(Infinity);
  });

  it('are one for a lane, however many entries it has', () => {
    const bench = new Bench();
    for (let i = 0; i < 1000; i++) bench.add(30 * SECOND);
    expect(bench.queue.size).toBeLessThan(3);
  });

  it('do not pile up with a hundred recurring delays, more than there are lanes', () => {
    const bench = new Bench();
    const row = bench.rows.add();
    for (let i = 0; i < 20_000; i++) {
      bench.deadlines.set(row, 1000 + (i % 100));
      bench.kernel.advance(bench.kernel.now + 1);
      bench.deadlines.clear(row);
    }
    expect(bench.queue.size).toBeLessThan(200);
  });
});

describe('misuse of deadlines', () => {
  it('is refused', () => {
    const bench = new Bench();
    const row = bench.add(5);
    const other = bench.rows.add();
    expect(() => bench.deadlines.set(row, 5)).toThrow('has a deadline already');
    expect(() => bench.deadlines.clear(other)).toThrow('has no deadline');
    expect(() => bench.deadlines.dueAt(other)).toThrow('has no deadline');
    expect(() => bench.deadlines.set(other, -1)).toThrow(BugError);
    expect(() => bench.deadlines.set(other, NaN)).toThrow(BugError);
    expect(() => bench.deadlines.set(other, 0.5)).toThrow(BugError);
    expect(() => bench.deadlines.setFrom(other, 1, 5)).toThrow(BugError);
    expect(() => bench.deadlines.changeDelay(5, -1)).toThrow(BugError);
    expect(() => bench.rows.free(row)).toThrow('deadline pending');
  });
});
