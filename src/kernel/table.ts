/**
 * Tables: state with many instances (messages, copies, calls) as a struct of arrays.
 *
 * A row is an integer; each column is a typed array and an ordinary field of the table:
 *
 *     class Messages extends Table {
 *       sentAt = this.f64('sentAt');
 *       sizeBytes = this.u32('sizeBytes');
 *     }
 *
 * Growing replaces the columns, so never keep a column in a local variable across an `add` or a
 * call that may add. Tests start tables at capacity 1 and have the old columns poisoned on growth,
 * so that a stale reference shows at once. A freed row is the next to be handed out (it is still in
 * the cache), so a reference that leaves its owner needs a serial number of its own.
 */
import { check } from './check.js';

export interface TableOptions {
  readonly capacity: number; // rows before the first doubling
  readonly poison: boolean; // overwrite old columns on growth, and rows when freed
}

type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;
type ColumnType = new (length: number) => Column;

const END = -2; // in the free list column: no further free row

/** Columns that share the rows of one table: the table's own, and those of its extensions. */
export abstract class Columns {
  private readonly columnNames: string[] = [];
  private readonly columns: Column[] = [];

  protected f64(name: string): Float64Array {
    return this.column(name, Float64Array);
  }

  protected f32(name: string): Float32Array {
    return this.column(name, Float32Array);
  }

  protected i32(name: string): Int32Array {
    return this.column(name, Int32Array);
  }

  protected u32(name: string): Uint32Array {
    return this.column(name, Uint32Array);
  }

  protected u16(name: string): Uint16Array {
    return this.column(name, Uint16Array);
  }

  protected u8(name: string): Uint8Array {
    return this.column(name, Uint8Array);
  }

  /** Columns for one deadline per row; hand them to `Deadlines`. `name` is for messages only. */
  protected links(name: string): LaneLinks {
    return new LaneLinks(this.hostTable(), name);
  }

  /**
   * Memory of one row's columns in bytes, links and extensions included.
   */
  bytesPerRow(): number {
    let bytes = 0;
    for (const column of this.columns) bytes += column.BYTES_PER_ELEMENT;
    return bytes;
  }

  /** Kernel only: makes room for `capacity` rows. */
  resize(capacity: number, poison: boolean): void {
    const fields = this as unknown as Record<string, Column>;
    for (let i = 0; i < this.columns.length; i++) {
      const name = this.columnNames[i];
      const old = this.columns[i];
      check(fields[name] === old, 'a column must be kept in the field of its own name');
      const grown = new (old.constructor as ColumnType)(capacity);
      grown.set(old);
      if (poison) old.fill(garbage(old));
      this.columns[i] = grown;
      fields[name] = grown;
    }
  }

  /** Kernel only: sets a row that is handed out to zero, or a freed one to garbage. */
  wipe(row: number, poison: boolean): void {
    const columns = this.columns;
    for (let i = 0; i < columns.length; i++) {
      columns[i][row] = poison ? garbage(columns[i]) : 0;
    }
  }

  protected abstract hostTable(): Table;

  private column<C extends Column>(name: string, type: new (length: number) => C): C {
    check(!this.columnNames.includes(name), 'two columns of one name');
    const column = new type(this.hostTable().capacity);
    this.columnNames.push(name);
    this.columns.push(column);
    return column;
  }
}

/**
 * Which rows of a table are in use. A class of its own, the same for all tables: in the methods of
 * `Table`, each of its fields would be looked up among the hidden classes of a dozen subclasses.
 */
class RowList {
  nextFree = new Int32Array(0); // -1: the row is in use; or the next free row, or END
  firstFree = END;
  bound = 0; // rows ever used: those below are live or free
  live = 0;

  constructor(
    private readonly table: Table,
    private readonly poisons: boolean,
  ) {}

  take(): number {
    if (this.firstFree < 0) this.table.grow();
    const row = this.firstFree;
    const nextFree = this.nextFree;
    this.firstFree = nextFree[row];
    nextFree[row] = -1;
    if (row >= this.bound) this.bound = row + 1;
    this.live++;
    return row;
  }

  giveBack(row: number): void {
    const nextFree = this.nextFree;
    if (nextFree[row] !== -1) check(false, 'a row that is not in use was freed');
    if (this.poisons) this.table.wipeAll(row, true);
    nextFree[row] = this.firstFree;
    this.firstFree = row;
    this.live--;
  }

  isLive(row: number): boolean {
    return row >= 0 && row < this.bound && this.nextFree[row] === -1;
  }

  /** No row is free: makes new ones, to be handed out in ascending order. */
  extend(capacity: number): void {
    const old = this.nextFree.length;
    const grown = new Int32Array(capacity);
    grown.set(this.nextFree);
    for (let row = old; row < capacity; row++) grown[row] = row + 1;
    grown[capacity - 1] = END;
    this.nextFree = grown;
    this.firstFree = old;
  }
}

/** Rows with columns. `add` hands out a row, `free` takes it back. */
export abstract class Table extends Columns {
  private readonly options: TableOptions;
  private readonly attached: Columns[] = [];
  private readonly list: RowList;

  constructor(options: TableOptions) {
    super();
    check(options.capacity >= 1, 'a table needs a capacity of at least one row');
    this.options = options;
    this.list = new RowList(this, options.poison);
  }

  /** Rows in use. */
  get count(): number {
    return this.list.live;
  }

  /** Rows for which memory is allocated; 0 before the first `add`. */
  get capacity(): number {
    return this.list.nextFree.length;
  }

  /** Every row ever handed out is below this number: the bound for a walk over all live rows. */
  get bound(): number {
    return this.list.bound;
  }

  isLive(row: number): boolean {
    return this.list.isLive(row);
  }

  /**
   * Hands out a row. Its columns hold what the last owner left (in tests: garbage), so the caller
   * sets every one of them: zeroing all columns one by one cost two thirds of the pool workload.
   */
  add(): number {
    return this.list.take();
  }

  /**
   * Hands out a row whose columns are all 0, those of extensions included. For rows that are seldom
   * made.
   */
  addZeroed(): number {
    const row = this.add();
    this.wipeAll(row, false);
    return row;
  }

  /** Takes a row back. It must be live and have no deadline pending. */
  free(row: number): void {
    this.list.giveBack(row);
  }

  override bytesPerRow(): number {
    let bytes = super.bytesPerRow();
    for (const columns of this.attached) bytes += columns.bytesPerRow();
    return bytes;
  }

  /** Memory of all rows in bytes, the free list included. */
  get memoryBytes(): number {
    return this.capacity * (this.bytesPerRow() + this.list.nextFree.BYTES_PER_ELEMENT);
  }

  /** Kernel only: columns that grow with this table. */
  attach(columns: Columns): void {
    this.attached.push(columns);
  }

  /**
   * Kernel only: makes rows when none is free. To whoever forgets to set it, a new row is as much
   * garbage as a freed one.
   */
  grow(): void {
    const { capacity: old, options } = this;
    const capacity = Math.max(options.capacity, 2 * old);
    check(capacity <= 0x7fff_ffff, 'a table has at most 2^31 rows');
    this.list.extend(capacity);
    this.resize(capacity, options.poison);
    for (const columns of this.attached) columns.resize(capacity, options.poison);
    if (!options.poison) return;
    for (let row = old; row < capacity; row++) this.wipeAll(row, true);
  }

  /** Kernel only: `wipe` for the table's own columns and all that hang on it. */
  wipeAll(row: number, poison: boolean): void {
    this.wipe(row, poison);
    const attached = this.attached;
    for (let i = 0; i < attached.length; i++) attached[i].wipe(row, poison);
  }

  protected override hostTable(): Table {
    return this;
  }
}

/** Further columns for the rows of a table that belongs to someone else (an observer's, say). */
export abstract class Extension extends Columns {
  private readonly host: Table;

  constructor(host: Table) {
    super();
    this.host = host;
    host.attach(this);
  }

  protected override hostTable(): Table {
    return this.host;
  }
}

/** Columns for one deadline per row: its place in a lane's list, or its timer. See lane.ts. */
export class LaneLinks extends Extension {
  readonly name: string;
  base = this.f64('base'); // when the delay began, µs
  seq = this.f64('seq'); // the kernel's sequence number, which orders equal times
  next = this.i32('next'); // row + 1 of the next younger entry of the lane, 0: none; or the timer
  prev = this.i32('prev'); // row + 1 of the next older entry of the lane, 0: none
  lane = this.u8('lane'); // 0: no deadline; else the number of the lane, or TIMER

  constructor(host: Table, name: string) {
    super(host);
    this.name = name;
  }

  /** A row must not be freed with a deadline pending: the lane would run into a stranger's row. */
  override wipe(row: number, poison: boolean): void {
    check(this.lane[row] === 0, 'a row was freed with a deadline pending');
    if (poison) this.base[row] = NaN;
  }
}

function garbage(column: Column): number {
  return column instanceof Float64Array || column instanceof Float32Array ? NaN : 0x7fff_ffff;
}
