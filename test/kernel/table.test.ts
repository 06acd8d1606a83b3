import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BugError } from '../../src/kernel/check.js';
import { Extension, Table } from '../../src/kernel/table.js';
import type { TableOptions } from '../../src/kernel/table.js';

const tight: TableOptions = { capacity: 1, poison: true };

class Messages extends Table {
  sentAt = this.f64('sentAt');
  size = this.u32('size');
  attempts = this.u8('attempts');
  copies = this.i32('copies');
  ratio = this.f32('ratio');
  part = this.u16('part');
  visibility = this.links('visibility');
}

class Gaps extends Extension {
  gapAt = this.f64('gapAt');
}

const rowNumbers = fc.array(fc.nat({ max: 30 }), { maxLength: 200, size: 'max' });

describe('Table', () => {
  it('behaves like a map of objects, whatever is added and freed', () => {
    fc.assert(
      fc.property(rowNumbers, (steps) => {
        const table = new Messages(tight);
        const gaps = new Gaps(table);
        const twin = new Map<number, { sentAt: number; size: number; gapAt: number }>();
        for (const drawn of steps) {
          if (table.isLive(drawn)) {
            table.free(drawn);
            twin.delete(drawn);
          } else {
            const row = table.addZeroed();
            expect([table.sentAt[row], table.size[row], table.attempts[row]]).toEqual([0, 0, 0]);
            expect([table.copies[row], table.ratio[row], table.part[row]]).toEqual([0, 0, 0]);
            expect(gaps.gapAt[row]).toBe(0);
            expect(twin.has(row)).toBe(false);
            const values = { sentAt: drawn + 0.5, size: drawn, gapAt: -drawn - 1 };
            table.sentAt[row] = values.sentAt;
            table.size[row] = values.size;
            gaps.gapAt[row] = values.gapAt;
            twin.set(row, values);
          }
          expect(table.count).toBe(twin.size);
        }
        for (const [row, values] of twin) {
          expect(table.isLive(row)).toBe(true);
          expect(row).toBeLessThan(table.bound);
          expect(table.sentAt[row]).toBe(values.sentAt);
          expect(table.size[row]).toBe(values.size);
          expect(gaps.gapAt[row]).toBe(values.gapAt);
        }
      }),
    );
  });

  it('hands out the row freed last first, which is still in the cache', () => {
    const table = new Messages(tight);
    const rows = [table.add(), table.add(), table.add()];
    table.free(rows[0]);
    table.free(rows[2]);
    expect([table.add(), table.add(), table.add()]).toEqual([rows[2], rows[0], 3]);
  });

  it('doubles when full, and allocates nothing before the first row', () => {
    const table = new Messages({ capacity: 3, poison: false });
    expect(table.capacity).toBe(0);
    for (const capacity of [3, 3, 3, 6, 6, 6, 12]) {
      table.add();
      expect(table.capacity).toBe(capacity);
    }
  });

  it('poisons the old columns on growth, so that a stale reference shows', () => {
    const table = new Messages(tight);
    const row = table.addZeroed();
    const { sentAt, size, attempts, copies, ratio } = table;
    table.add();
    expect(sentAt[row]).toBeNaN();
    expect(size[row]).toBe(0x7fff_ffff);
    expect(attempts[row]).toBe(0xff);
    expect(copies[row]).toBe(0x7fff_ffff);
    expect(ratio[row]).toBeNaN();
    expect(table.sentAt[row]).toBe(0);
  });

  it('hands out rows of garbage under poison, new or used, unless asked for zeros', () => {
    const table = new Messages(tight);
    const row = table.add();
    expect(table.sentAt[row]).toBeNaN();
    table.sentAt[row] = 1;
    table.free(row);
    expect(table.sentAt[row]).toBeNaN();
    expect(table.attempts[row]).toBe(0xff);
    const used = table.add();
    expect(table.sentAt[used]).toBeNaN();
    const zeroed = table.addZeroed();
    expect(table.sentAt[zeroed]).toBe(0);
  });

  it('finds a row that is freed with a deadline pending, under poison', () => {
    const table = new Messages(tight);
    const row = table.add();
    table.visibility.lane[row] = 1;
    expect(() => table.free(row)).toThrow('deadline pending');
  });

  it('refuses to free what is not in use', () => {
    const table = new Messages(tight);
    const row = table.add();
    table.free(row);
    expect(() => table.free(row)).toThrow(BugError);
    expect(() => table.free(-1)).toThrow(BugError);
    expect(() => table.free(99)).toThrow(BugError);
  });

  it('counts the bytes of a row with all that hangs on it', () => {
    const table = new Messages(tight);
    const own = 8 + 4 + 1 + 4 + 4 + 2;
    const links = 8 + 8 + 4 + 4 + 1;
    expect(table.bytesPerRow()).toBe(own + links);
    const gaps = new Gaps(table);
    expect(gaps.bytesPerRow()).toBe(8);
    expect(table.bytesPerRow()).toBe(own + links + 8);
  });

  it('finds a column that is kept in a field of another name', () => {
    class Misnamed extends Table {
      sentAt = this.f64('sendAt');
    }
    expect(() => new Misnamed(tight).add()).toThrow('field of its own name');
  });

  it('gives an extension made late the capacity of its host', () => {
    const table = new Messages(tight);
    for (let i = 0; i < 5; i++) table.add();
    expect(new Gaps(table).gapAt.length).toBe(table.capacity);
  });
});
