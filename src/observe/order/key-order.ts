/**
 * Reordered messages of standard queues: those done before an earlier one with the same key in the same
 * store that is neither done nor gone. Only sources that say `key` have an order to keep; of their messages
 * each obligation is followed from the store on until it is done or over, in a list of its key.
 */
import type { Makes } from '../../components/makes.js';
import type { Messages } from '../../components/messages.js';
import { Extension, Table } from '../../kernel/table.js';
import { RowIndex } from '../../kernel/row-index.js';

const NONE = -1;

class ObligationRow extends Extension {
  /** The row that follows it, or NONE. */
  readonly followed = this.i32('followed');

  /** Nothing: `owed` sets it. */
  override wipe(): void {
    // See above.
  }
}

class Followed extends Table {
  readonly key = this.f64('key');
  readonly store = this.u16('store');
  /** Neighbours of the same key, in the order of storing; NONE at the ends. */
  readonly prev = this.i32('prev');
  readonly next = this.i32('next');
}

export class KeyOrder {
  private readonly rows: ObligationRow;
  private readonly followed: Followed;
  /** By store: the last of each key. */
  private readonly last: RowIndex[] = [];

  constructor(
    private readonly messages: Messages,
    private readonly makes: Makes,
    /** Reordered messages, by consumer. */
    private readonly reordered: Float64Array,
  ) {
    this.rows = new ObligationRow(messages.obligations);
    this.followed = new Followed({ capacity: 16, poison: false });
  }

  owed(obligation: number): void {
    this.rows.followed[obligation] = NONE;
  }

  /** A copy was stored for somebody who waits for it. */
  stored(store: number, obligation: number, message: number): void {
    const { source, mark0, mark1 } = this.messages.about(message);
    const make = this.makes.of(source);
    if (make === undefined || !make.isKeyed || this.rows.followed[obligation] !== NONE) return;
    if (this.messages.isDone(obligation)) return;
    const key = make.key(mark0, mark1);
    const f = this.followed;
    const last = (this.last[store] ??= new RowIndex((one, other) => f.key[one] === other));
    const row = f.add();
    const before = last.get(key);
    f.key[row] = key;
    f.store[row] = store;
    f.prev[row] = before;
    f.next[row] = NONE;
    if (before !== NONE) f.next[before] = row;
    last.set(row, key);
    this.rows.followed[obligation] = row;
  }

  done(consumer: number, obligation: number): void {
    const row = this.rows.followed[obligation];
    if (row === NONE) return;
    if (this.followed.prev[row] !== NONE) this.reordered[consumer]++;
    this.forget(obligation);
  }

  /** An obligation is over, or no earlier one of its key any more. */
  forget(obligation: number): void {
    const row = this.rows.followed[obligation];
    if (row === NONE) return;
    const f = this.followed;
    const before = f.prev[row];
    const after = f.next[row];
    if (before !== NONE) f.next[before] = after;
    if (after !== NONE) f.prev[after] = before;
    else if (before !== NONE) this.last[f.store[row]].set(before, f.key[row]);
    else this.last[f.store[row]].delete(f.key[row]);
    f.free(row);
    this.rows.followed[obligation] = NONE;
  }

  /** Rows that follow something. */
  get count(): number {
    return this.followed.count;
  }
}
