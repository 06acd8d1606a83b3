/**
 * A lane: the deadlines of many rows that all lie the same delay ahead.
 *
 * With a constant delay, what was entered first is due first, so a linked list takes the place of a
 * heap: entering appends, cancelling unlinks, and memory follows what is in flight. The list runs
 * through columns of the rows' own table (LaneLinks). Only one wake-up for the whole lane lies in
 * the event queue. That makes a worker pool more than twice as fast, since nearly every visibility
 * timeout is cancelled long before it ends.
 *
 * A lane can't be told from one event per entry. Each entry has the sequence number of its
 * entering, and the wake-up carries (time, seq) of the oldest entry at arming. On waking, if that
 * entry has gone, the lane only arms for the new oldest. Before each entry, the first included, it
 * gives way to whatever is smaller in (time, seq), and arms again. Base times are stored, not due
 * times, so that the delay can be changed for all entries at once.
 */
import { check } from './check.js';
import type { Handler, Kernel } from './kernel.js';
import type { LaneLinks } from './table.js';
import type { Micros } from './time.js';

/** What the lanes of one set of deadlines share. */
export interface LaneOwner {
  readonly kernel: Kernel;
  readonly links: LaneLinks;
  readonly run: (row: number) => void;
  readonly sleeper: Handler;
  /**
   * The argument of a wake-up, out of the number of the lane and the serial number of the arming.
   */
  wakeUp(lane: number, serial: number): number;
}

const NONE = 0; // links hold row + 1, so that 0 is no row
const SERIALS = 1 << 24; // arming numbers wrap; few wake-ups of a lane are in the queue at once

export class Lane {
  delay: Micros = NaN; // not an integer at first: so V8 makes the field a double from the start
  private readonly owner: LaneOwner;
  private readonly kernel: Kernel;
  private readonly links: LaneLinks;
  readonly id: number; // 1..: what the `lane` column holds
  private oldest = NONE;
  private youngest = NONE;
  private serial = 0; // of the latest arming: other wake-ups are stale
  private armed = false; // the latest wake-up is still in the queue
  private armedTime: Micros = NaN;

  constructor(owner: LaneOwner, id: number, delay: Micros) {
    this.owner = owner;
    this.kernel = owner.kernel;
    this.links = owner.links;
    this.id = id;
    this.delay = delay;
  }

  /**
   * No entry, and no wake-up in the queue: the lane can be given another delay without leaving one.
   */
  get idle(): boolean {
    return this.oldest === NONE && !this.armed;
  }

  get isEmpty(): boolean {
    return this.oldest === NONE;
  }

  /** The row that was entered first; -1: none. */
  get first(): number {
    return this.oldest - 1;
  }

  /** Whether an entry with this base would keep the list in order. */
  accepts(base: Micros): boolean {
    return this.youngest === NONE || this.links.base[this.youngest - 1] <= base;
  }

  /** Appends a row whose delay begins now: always in order, since no base lies ahead. */
  append(row: number): void {
    this.enter(row, this.kernel.now);
  }

  /** Appends a row whose delay began at `base`, which `accepts` has allowed. */
  enter(row: number, base: Micros): void {
    const links = this.links;
    const youngest = this.youngest;
    if (links.lane[row] !== 0) check(false, 'the row has a deadline already');
    links.base[row] = base;
    links.seq[row] = this.kernel.nextSeq();
    links.lane[row] = this.id;
    links.next[row] = 0;
    links.prev[row] = youngest;
    this.youngest = row + 1;
    if (youngest !== 0) links.next[youngest - 1] = row + 1;
    else this.begin(row);
  }

  /** The first entry of an empty list. */
  private begin(row: number): void {
    this.oldest = row + 1;
    this.arm();
  }

  /** Takes a row out, whether it is cancelled or due. */
  leave(row: number): void {
    const links = this.links;
    const next = links.next[row];
    const prev = links.prev[row];
    if (prev === 0) this.oldest = next;
    else links.next[prev - 1] = next;
    if (next === 0) this.youngest = prev;
    else links.prev[next - 1] = prev;
    links.lane[row] = 0;
  }

  /**
   * Changes the delay for all entries. Those that are overdue then run now, in the order entered.
   */
  changeDelay(delay: Micros): void {
    this.delay = delay;
    this.arm();
  }

  /** The wake-up with this serial number came: runs what is due, as far as it is its turn. */
  wake(serial: number): void {
    if (this.giveUp(serial)) return;
    const { kernel, links, run, sleeper } = this.owner;
    this.armed = false;
    while (this.oldest !== NONE) {
      const row = this.oldest - 1;
      if (links.base[row] + this.delay > kernel.now || !kernel.isNext(links.seq[row])) break;
      this.leave(row);
      kernel.count(sleeper);
      run(row);
    }
    this.arm();
  }

  /**
   * The wake-up was taken out before its time. Returns whether there has to be one at that time.
   */
  rearm(serial: number, time: Micros): boolean {
    if (this.giveUp(serial)) return false;
    this.armed = false;
    this.arm();
    return this.armed && this.armedTime === time;
  }

  giveUp(serial: number): boolean {
    if (serial === this.serial) return false;
    this.owner.kernel.staleGone();
    return true;
  }

  /** Sees to it that a wake-up comes no later than the oldest entry is due. */
  private arm(): void {
    if (this.oldest === NONE) return;
    const { kernel, links } = this.owner;
    const row = this.oldest - 1;
    const due = links.base[row] + this.delay;
    const time = due > kernel.now ? due : kernel.now;
    const wasArmed = this.armed;
    if (wasArmed && this.armedTime <= time) return; // its seq is not greater: those of a lane go up
    this.serial = (this.serial + 1) % SERIALS;
    this.armed = true;
    this.armedTime = time;
    const arg = this.owner.wakeUp(this.id, this.serial);
    kernel.wakeAt(time, links.seq[row], this.owner.sleeper, arg);
    if (wasArmed) kernel.wentStale();
  }
}
