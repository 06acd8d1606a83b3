/**
 * Timers that can be cancelled, each with its own time.
 *
 * A timer is an event in the kernel's queue. Cancelling marks its row; the dead event is skipped
 * when it surfaces, uncounted and unseen, and the kernel takes all dead ones out when they
 * outnumber the others. Until then the row is kept, so that an event never meets a stranger in its
 * row.
 */
import { check } from './check.js';
import type { Handler, Kernel } from './kernel.js';
import type { Sleeper } from './sleeper.js';
import { Table } from './table.js';
import type { Micros } from './time.js';

/**
 * Names one setting of a timer: the row, and a serial number, so that a later one is not mistaken.
 */
export type TimerId = number;

const ROWS = 1 << 26; // an id is row + ROWS × serial, and must stay a safe integer
const SERIALS = 1 << 27;
const CANCELLED = 0; // in the serial column: the dead event is still in the queue

class TimerRows extends Table {
  arg = this.i32('arg');
  serial = this.u32('serial'); // tells this setting from others of the same row
}

export class Timers implements Sleeper {
  private readonly kernel: Kernel;
  private readonly run: (arg: number) => void;
  private readonly sleeper: Handler;
  /** A row for each timer in the queue; others may extend it. */
  readonly rows: TimerRows;
  private settings = 0; // counts the settings, modulo SERIALS, CANCELLED left out

  constructor(kernel: Kernel, name: string, run: (arg: number) => void) {
    this.kernel = kernel;
    this.run = run;
    this.sleeper = kernel.sleeper(name, this);
    this.rows = new TimerRows(kernel.tables);
  }

  /** Runs `run(arg)` at `time`, which is now or later. The id serves to cancel it. */
  set(time: Micros, arg: number): TimerId {
    check(Number.isSafeInteger(time), 'a time is a whole number of microseconds');
    check(time >= this.kernel.now, 'a timer was set in the past');
    const row = this.setRow(time, this.kernel.nextSeq(), arg);
    return row + ROWS * this.rows.serial[row];
  }

  /** Cancels a timer, if it has neither fired nor been cancelled. Returns whether it did. */
  cancel(id: TimerId): boolean {
    if (!this.isSet(id)) return false;
    this.cancelRow(rowOf(id));
    return true;
  }

  isSet(id: TimerId): boolean {
    const row = rowOf(id);
    return this.isRowSet(row) && row + ROWS * this.rows.serial[row] === id;
  }

  // ---- for deadlines.ts, which keeps rows instead of ids ----

  isRowSet(row: number): boolean {
    return this.rows.isLive(row) && this.rows.serial[row] !== CANCELLED;
  }

  /** Sets a timer with a given sequence number. One that is overdue fires now. */
  setRow(time: Micros, seq: number, arg: number): number {
    const rows = this.rows;
    const row = rows.add();
    check(row < ROWS, 'too many timers');
    this.settings = (this.settings + 1) % SERIALS || 1;
    rows.serial[row] = this.settings;
    rows.arg[row] = arg;
    this.kernel.wakeAt(time > this.kernel.now ? time : this.kernel.now, seq, this.sleeper, row);
    return row;
  }

  cancelRow(row: number): void {
    check(this.isRowSet(row), 'a timer that was not set was cancelled');
    this.rows.serial[row] = CANCELLED;
    this.kernel.wentStale();
  }

  // ---- for the kernel ----

  wake(row: number): void {
    if (this.giveUp(row)) return;
    const arg = this.rows.arg[row];
    this.rows.free(row);
    this.kernel.count(this.sleeper);
    this.run(arg);
  }

  rearm(row: number, time: Micros, seq: number): boolean {
    if (this.giveUp(row)) return false;
    this.kernel.wakeAt(time, seq, this.sleeper, row);
    return true;
  }

  giveUp(row: number): boolean {
    if (this.rows.serial[row] !== CANCELLED) return false;
    this.rows.free(row);
    this.kernel.staleGone();
    return true;
  }
}

function rowOf(id: TimerId): number {
  return id & (ROWS - 1);
}
