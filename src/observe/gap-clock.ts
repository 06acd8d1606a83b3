/**
 * Gap clocks: per store, for how long so far no poll was open there although its consumers had poll
 * loops with nothing in hand, enough of them for all that was visible (a poll brings up to ten
 * messages). What a message waits while its store's clock runs is poll gap: somebody could have taken
 * it. What it waits otherwise is queueing. A copy keeps only the low 32 bits of the clock as it was
 * when the copy became available.
 */
import { check } from '../kernel/check.js';
import type { Micros } from '../kernel/time.js';
import type { Clock } from './clock.js';

const TWO_TO_32 = 0x1_0000_0000;
/** MaxNumberOfMessages of a receive is at most this. */
const MESSAGES_PER_POLL = 10;

export class GapClocks {
  private readonly openPolls: Int32Array;
  private readonly freeLoops: Int32Array;
  /** Visible copies. */
  private readonly depth: Int32Array;
  /** Since when any has been visible without a break, µs; of a store without any: when that last began. */
  private readonly waiting: Float64Array;
  /** The clock at `since`. */
  private readonly gaps: Float64Array;
  /** Since when it runs, µs; Infinity while it stands still. */
  private readonly since: Float64Array;
  /** When it passed 2^32 µs, 2 · 2^32 µs, … */
  private readonly passed: (Micros[] | undefined)[] = [];

  constructor(
    private readonly clock: Clock,
    resources: number,
  ) {
    this.openPolls = new Int32Array(resources);
    this.freeLoops = new Int32Array(resources);
    this.depth = new Int32Array(resources);
    this.waiting = new Float64Array(resources);
    this.gaps = new Float64Array(resources);
    this.since = new Float64Array(resources).fill(Infinity);
  }

  pollOpened(resource: number): void {
    if (this.openPolls[resource]++ === 0) this.set(resource);
  }

  pollClosed(resource: number): void {
    check(this.openPolls[resource] > 0, 'a poll that closes was open');
    if (--this.openPolls[resource] === 0) this.set(resource);
  }

  /** A copy became visible. */
  shown(resource: number): void {
    if (this.depth[resource]++ === 0) this.waiting[resource] = this.clock.now;
    if (this.openPolls[resource] === 0 && this.freeLoops[resource] > 0) this.set(resource);
  }

  /** A copy is not visible any more. */
  hidden(resource: number): void {
    this.depth[resource]--;
    if (this.openPolls[resource] === 0 && this.freeLoops[resource] > 0) this.set(resource);
  }

  loopFree(resource: number): void {
    this.freeLoops[resource]++;
    if (this.openPolls[resource] === 0) this.set(resource);
  }

  loopTaken(resource: number): void {
    check(this.freeLoops[resource] > 0, 'a loop that is taken was free');
    this.freeLoops[resource]--;
    if (this.openPolls[resource] === 0) this.set(resource);
  }

  /** Since when copies have been visible there without a break, µs; Infinity: none are. */
  waitingSince(resource: number): Micros {
    return this.depth[resource] > 0 ? this.waiting[resource] : Infinity;
  }

  /** The clock of `resource` now, µs. */
  read(resource: number): Micros {
    const now = this.clock.now;
    const since = this.since[resource];
    return now > since ? this.gaps[resource] + (now - since) : this.gaps[resource];
  }

  /** How far the clock went since `availableAt`, when its low 32 bits were `low`. */
  elapsed(resource: number, low: number, availableAt: Micros): Micros {
    const clock = this.read(resource);
    if (this.clock.now - availableAt < TWO_TO_32) return (clock - low) >>> 0;
    this.settle(resource);
    let high = 0;
    for (const time of this.passed[resource] ?? []) if (time <= availableAt) high++;
    return clock - (high * TWO_TO_32 + low);
  }

  private set(resource: number): void {
    const free = this.freeLoops[resource];
    const runs =
      this.openPolls[resource] === 0 &&
      free > 0 &&
      this.depth[resource] <= MESSAGES_PER_POLL * free;
    if (this.since[resource] !== Infinity) {
      this.settle(resource);
      if (!runs) this.since[resource] = Infinity;
    } else if (runs) this.since[resource] = this.clock.now;
  }

  /** Brings the clock up to now, and notes when it passed a multiple of 2^32. */
  private settle(resource: number): void {
    const since = this.since[resource];
    const before = this.gaps[resource];
    const after = this.read(resource);
    if (since === Infinity) return;
    let mark = (Math.floor(before / TWO_TO_32) + 1) * TWO_TO_32;
    for (; mark <= after; mark += TWO_TO_32) {
      (this.passed[resource] ??= []).push(since + (mark - before));
    }
    this.gaps[resource] = after;
    this.since[resource] = this.clock.now;
  }
}
