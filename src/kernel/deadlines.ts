/**
 * Deadlines: at most one per row of a table, each with any delay, cancellable. What components use
 * for visibility timeouts, delivery delays, retention, long polls.
 *
 * A delay that recurs gets a lane; one that does not, and a base time older than what is already in
 * the lane, gets a timer. Nobody can tell the difference: each deadline runs exactly where an event
 * that was scheduled in its place would.
 */
import { check } from './check.js';
import type { Handler, Kernel } from './kernel.js';
import { Lane } from './lane.js';
import type { LaneOwner } from './lane.js';
import type { Sleeper } from './sleeper.js';
import type { LaneLinks } from './table.js';
import { Extension } from './table.js';
import type { Micros } from './time.js';
import { Timers } from './timers.js';

const MOST_LANES = 32; // more distinct delays than this at a time use timers
const LANE_BITS = 6; // of the argument of a wake-up; the rest is the serial number of the arming
const TIMER = 255; // in the `lane` column: the deadline is a timer, its row in the `next` column
const REMEMBERED = 16; // delays without a lane, to see whether one comes again

/** What a deadline needs to know of its timer. */
class TimerDues extends Extension {
  due = this.f64('due'); // base + delay, µs: before now if it was set overdue
}

export class Deadlines implements Sleeper, LaneOwner {
  readonly kernel: Kernel;
  readonly links: LaneLinks;
  readonly run: (row: number) => void;
  readonly sleeper: Handler;
  private readonly timers: Timers;
  private readonly timerDues: TimerDues;
  private readonly lanes: Lane[] = [];
  private latest: Lane; // the lane used last
  private readonly seen = new Float64Array(REMEMBERED).fill(-1); // delays that got no lane
  private seenNext = 0;

  /** `run(row)` is called when the deadline of `row` is due; the row has none any more then. */
  constructor(kernel: Kernel, name: string, links: LaneLinks, run: (row: number) => void) {
    this.kernel = kernel;
    this.links = links;
    this.run = run;
    this.sleeper = kernel.sleeper(name, this);
    this.timers = new Timers(kernel, name, (row) => this.fire(row));
    this.timerDues = new TimerDues(this.timers.rows);
    this.latest = this.addLane(0);
  }

  /** Sets the deadline of a row that has none: due in `delay` from now. */
  set(row: number, delay: Micros): void {
    const latest = this.latest;
    if (delay === latest.delay) latest.append(row);
    else this.setFrom(row, this.kernel.now, delay);
  }

  /** Due at `base` + `delay`, where `base` is now or earlier; at once if that has passed. */
  setFrom(row: number, base: Micros, delay: Micros): void {
    check(this.links.lane[row] === 0, 'the row has a deadline already');
    check(Number.isSafeInteger(base) && base <= this.kernel.now, 'a deadline counts from the past');
    check(Number.isSafeInteger(delay) && delay >= 0, 'a delay is a whole number, and not negative');
    const lane = this.laneFor(delay);
    if (lane !== null && lane.accepts(base)) lane.enter(row, base);
    else this.setTimer(row, base, base + delay, this.kernel.nextSeq());
  }

  /** Cancels the deadline of a row that has one. */
  clear(row: number): void {
    const lane = this.links.lane[row];
    const latest = this.latest;
    if (lane === latest.id) latest.leave(row);
    else this.clearOther(row, lane);
  }

  has(row: number): boolean {
    return this.links.lane[row] !== 0;
  }

  /**
   * When the deadline of a row that has one is due; in the past only if it is overdue right now.
   */
  dueAt(row: number): Micros {
    const lane = this.links.lane[row];
    check(lane !== 0, 'the row has no deadline');
    if (lane === TIMER) return this.timerDues.due[this.links.next[row]];
    return this.links.base[row] + this.lanes[lane - 1].delay;
  }

  /** From now on a deadline of this delay is kept in order with its like, the first one included. */
  keepInOrder(delay: Micros): void {
    this.addLane(delay);
  }

  /** Of deadlines kept in order: the row whose delay began next after that of `row`; -1: none. */
  younger(row: number): number {
    check(this.isInLane(row), 'the deadline is kept in order');
    return this.links.next[row] - 1;
  }

  /** The row whose delay began next before that of `row`; -1: none. */
  older(row: number): number {
    check(this.isInLane(row), 'the deadline is kept in order');
    return this.links.prev[row] - 1;
  }

  /** Of deadlines kept in order with this delay: the first row; -1: none. */
  oldest(delay: Micros): number {
    const lane = this.lanes.find((one) => one.delay === delay && !one.isEmpty);
    return lane === undefined ? -1 : lane.first;
  }

  /** Where the row stands among all that was ever scheduled: greater is later. */
  orderOf(row: number): number {
    return this.links.seq[row];
  }

  /** When the delay of `row` began, µs. */
  baseOf(row: number): Micros {
    return this.links.base[row];
  }

  /**
   * Changes the delay of all pending deadlines that were set with `from`, as if they had been set
   * with `to`: those overdue now run at once, in the order in which they were set.
   */
  changeDelay(from: Micros, to: Micros): void {
    check(Number.isSafeInteger(to) && to >= 0, 'a delay is a whole number, and not negative');
    if (from === to) return;
    for (const lane of this.lanes) if (lane.delay === from) lane.changeDelay(to);
    this.changeTimers(from, to);
  }

  // ---- for lanes and the kernel ----

  wakeUp(lane: number, serial: number): number {
    return (serial << LANE_BITS) | lane;
  }

  wake(arg: number): void {
    this.laneOf(arg).wake(arg >>> LANE_BITS);
  }

  rearm(arg: number, time: Micros): boolean {
    return this.laneOf(arg).rearm(arg >>> LANE_BITS, time);
  }

  giveUp(arg: number): boolean {
    return this.laneOf(arg).giveUp(arg >>> LANE_BITS);
  }

  // ---- inside ----

  private isInLane(row: number): boolean {
    const lane = this.links.lane[row];
    return lane !== 0 && lane !== TIMER;
  }

  private clearOther(row: number, lane: number): void {
    check(lane !== 0, 'the row has no deadline');
    if (lane !== TIMER) this.lanes[lane - 1].leave(row);
    else {
      this.timers.cancelRow(this.links.next[row]);
      this.links.lane[row] = 0;
    }
  }

  private laneOf(arg: number): Lane {
    return this.lanes[(arg & ((1 << LANE_BITS) - 1)) - 1];
  }

  private laneFor(delay: Micros): Lane | null {
    if (this.latest.delay === delay) return this.latest;
    for (const lane of this.lanes) if (lane.delay === delay) return (this.latest = lane);
    if (!this.recurs(delay)) return null;
    const lane = this.idleLane(delay);
    if (lane !== null) this.latest = lane;
    return lane;
  }

  /** Whether a delay that has no lane was asked for before, among the last such. */
  private recurs(delay: Micros): boolean {
    if (this.seen.includes(delay)) return true;
    this.seen[this.seenNext] = delay;
    this.seenNext = (this.seenNext + 1) % REMEMBERED;
    return false;
  }

  private idleLane(delay: Micros): Lane | null {
    for (const lane of this.lanes) {
      if (!lane.idle) continue;
      lane.delay = delay;
      return lane;
    }
    return this.lanes.length < MOST_LANES ? this.addLane(delay) : null;
  }

  private addLane(delay: Micros): Lane {
    const lane = new Lane(this, this.lanes.length + 1, delay);
    this.lanes.push(lane);
    return lane;
  }

  private setTimer(row: number, base: Micros, due: Micros, seq: number): void {
    const links = this.links;
    const timer = this.timers.setRow(due, seq, row);
    this.timerDues.due[timer] = due;
    links.base[row] = base;
    links.seq[row] = seq;
    links.lane[row] = TIMER;
    links.next[row] = timer;
  }

  private fire(row: number): void {
    this.links.lane[row] = 0;
    this.run(row);
  }

  private changeTimers(from: Micros, to: Micros): void {
    const { timers, links } = this;
    const bound = timers.rows.bound; // those set anew below have another delay
    for (let timer = 0; timer < bound; timer++) {
      if (!timers.isRowSet(timer)) continue;
      const row = timers.rows.arg[timer];
      const base = links.base[row];
      if (this.timerDues.due[timer] - base !== from) continue;
      timers.cancelRow(timer);
      this.setTimer(row, base, base + to, links.seq[row]);
    }
  }
}
