/**
 * The event kernel: virtual time and the order in which things happen.
 *
 * An event is four numbers (time, seq, handler, argument). A component registers its handlers once,
 * while the model is built, and gets integers for them; nothing is allocated per event. Events run
 * in the order (time, seq), and seq counts up with every scheduling, so equal times run in the
 * order in which they were scheduled. The kernel runs in slices: `advance` returns, and can be
 * called again.
 *
 * After an InstantLimitError, or an exception out of a handler, the kernel is not reusable: the
 * event that failed is half done.
 */
import { AdaptiveQueue } from './adaptive-queue.js';
import { check } from './check.js';
import type { EventQueue, StaleEvents } from './event-queue.js';
import { InstantEvents } from './instant.js';
import { InstantWatch } from './instant-watch.js';
import type { Sleeper } from './sleeper.js';
import type { TableOptions } from './table.js';
import type { Micros } from './time.js';

export { InstantLimitError } from './instant-watch.js';

/** The number of a registered handler. Those of sleepers (lanes and timers) are negative. */
export type Handler = number & { readonly __brand: 'Handler' };

/**
 * Why `advance` returned: all is done up to the time asked for, or the events were used up, or
 * `stop`.
 */
export type Pause = 'until' | 'events' | 'stopped';

export interface KernelOptions {
  readonly tables?: TableOptions; // for every table of the model; default: 1,024 rows, no poison
  readonly queue?: EventQueue; // default: a heap, and a wheel when many are pending
  readonly maxEventsAtOneInstant?: number; // default: 10 million
}

const LOOK_AFTER = 1 << 30; // events; what `untilLook` counts stays a small integer
const STALE_ALLOWED = 64; // stale wake-ups that may lie about however few events are pending

export class Kernel implements StaleEvents {
  /** The current virtual time. Written only by the kernel. */
  now: Micros = NaN; // not an integer at first: so V8 makes the field a double from the start
  readonly tables: TableOptions;

  private readonly queue: EventQueue;
  private readonly instant = new InstantEvents();
  private readonly watch: InstantWatch;
  private readonly runs: ((arg: number) => void)[] = [];
  private readonly names: string[] = [];
  private readonly sleepers: Sleeper[] = [];
  private readonly sleeperNames: string[] = [];
  private seq = NaN; // of the next event to be scheduled
  private limit = NaN; // `advance` returns when as many events have run
  private lookAt = NaN; // the number of events at which `count` has to look at limits again
  private untilLook = 0; // events until then; counting down a small integer is cheapest
  private stale = 0; // wake-ups in the queue that nobody waits for
  private running = false;
  private stopping = false;

  constructor(options: KernelOptions = {}) {
    this.tables = options.tables ?? { capacity: 1024, poison: false };
    this.queue = options.queue ?? new AdaptiveQueue();
    this.watch = new InstantWatch(options.maxEventsAtOneInstant ?? 10_000_000);
    this.now = 0;
    this.seq = 0;
    this.limit = 0;
    this.lookAt = 0;
  }

  // ---- building ----

  /**
   * Registers what an event does, while the model is built or, for what is added later, between two
   * slices. `name` like 'orders/answer'.
   */
  handler(name: string, run: (arg: number) => void): Handler {
    check(!this.running, 'handlers are registered outside of events');
    this.names.push(name);
    return (this.runs.push(run) - 1) as Handler;
  }

  handlerName(handler: Handler): string {
    const name = handler < 0 ? this.sleeperNames[~handler] : this.names[handler];
    check(name !== undefined, 'no such handler');
    return name;
  }

  // ---- scheduling ----

  /** Schedules an event at `time`, which is now or later. */
  at(time: Micros, handler: Handler, arg: number): void {
    check(Number.isSafeInteger(time), 'a time is a whole number of microseconds');
    if (time > this.now) this.queue.push(time, this.seq++, handler, arg);
    else {
      check(time === this.now, 'an event was scheduled in the past');
      this.instant.push(this.seq++, handler, arg);
    }
  }

  /** Schedules an event `delay` from now; with 0, after all that is already due at this instant. */
  after(delay: Micros, handler: Handler, arg: number): void {
    this.at(this.now + delay, handler, arg);
  }

  /** Schedules an event at this instant, after all that is already due at it. */
  soon(handler: Handler, arg: number): void {
    this.instant.push(this.seq++, handler, arg);
  }

  // ---- running ----

  /**
   * Runs events with time <= `until`, at most `maxEvents` of them, or to the next `stop`. Only when
   * it returns 'until' is `now` moved to `until`; after 'events' there may be nothing more to do,
   * too.
   */
  advance(until: Micros, maxEvents = Infinity): Pause {
    check(!this.running, 'advance was called by a handler, or after an error');
    check(Number.isSafeInteger(until) && until >= this.now, 'advance goes forward in time');
    this.running = true;
    this.stopping = false;
    this.limit = Math.ceil(this.eventCount + maxEvents);
    this.lookNow();
    this.run(until);
    this.running = false;
    if (this.stopping) return 'stopped';
    if (this.eventCount >= this.limit) return 'events';
    this.now = until;
    return 'until';
  }

  /** From inside a handler: `advance` returns 'stopped' after this event. */
  stop(): void {
    check(this.running, 'stop is called from inside a handler');
    this.stopping = true;
    this.limit = this.eventCount;
    this.lookNow();
  }

  /** When the next event is due; Infinity when nothing is pending. Between slices only. */
  nextTime(): Micros {
    check(!this.running, 'nextTime is for between slices');
    if (this.instant.length > 0) return this.now;
    const queue = this.queue;
    while (queue.size > 0 && queue.topHandler < 0) {
      const time = queue.topTime;
      const seq = queue.topSeq;
      const arg = queue.topArg;
      const sleeper = this.sleepers[~queue.topHandler];
      queue.drop();
      if (sleeper.rearm(arg, time, seq)) break;
    }
    return queue.topTime;
  }

  /** Events run so far. Entries of lanes count, their wake-ups don't. */
  get eventCount(): number {
    return this.lookAt - this.untilLook;
  }

  // ---- for lanes and timers ----

  /** Registers a lane or a set of timers; `name` as for a handler. */
  sleeper(name: string, sleeper: Sleeper): Handler {
    check(!this.running, 'lanes and timers are made outside of events');
    this.sleeperNames.push(name);
    return ~(this.sleepers.push(sleeper) - 1) as Handler;
  }

  /** The sequence number of something that is scheduled now. */
  nextSeq(): number {
    return this.seq++;
  }

  /** Puts a wake-up into the queue, in its exact place in the order. */
  wakeAt(time: Micros, seq: number, sleeper: Handler, arg: number): void {
    this.queue.push(time, seq, sleeper, arg);
  }

  /**
   * Whether an entry with this number, due at the latest now, is the next event to run in this
   * slice.
   */
  isNext(seq: number): boolean {
    if (this.untilLook === 0 && this.lookAt >= this.limit) return false;
    if (this.instant.length > 0 && this.instant.headSeq < seq) return false;
    // equal only for a stale wake-up of this very entry, which does no harm
    return this.queue.topTime > this.now || this.queue.topSeq >= seq;
  }

  /** Counts an event that is about to run. */
  count(handler: Handler): void {
    if (this.untilLook === 0) this.look(handler);
    this.untilLook--;
  }

  /** A wake-up in the queue went stale; when too many lie about, all stale ones are taken out. */
  wentStale(): void {
    this.stale++;
    if (2 * this.stale <= this.queue.size + STALE_ALLOWED) return;
    this.queue.purge(this);
  }

  /** A stale wake-up has left the queue. */
  staleGone(): void {
    this.stale--;
  }

  claims(handler: number, arg: number): boolean {
    return handler < 0 && this.sleepers[~handler].giveUp(arg);
  }

  // ---- inside ----

  /** The next event that is counted looks at the limits. */
  private lookNow(): void {
    this.lookAt = this.eventCount;
    this.untilLook = 0;
  }

  /** An event is about to run: notes it if it has to be, and settles when to look again. */
  private look(handler: Handler): void {
    const { watch, lookAt } = this;
    if (lookAt >= watch.from) watch.note(this, lookAt, handler);
    // `from` only goes up, so looking at what it is now is never too late
    this.lookAt = Math.min(Math.max(watch.from, lookAt + 1), this.limit, lookAt + LOOK_AFTER);
    this.untilLook = this.lookAt - lookAt;
  }

  private run(until: Micros): void {
    const queue = this.queue;
    const instant = this.instant;
    const runs = this.runs;
    while (this.untilLook > 0 || this.lookAt < this.limit) {
      const time = queue.topTime;
      if (instant.length > 0 && (time > this.now || queue.topSeq > instant.headSeq)) {
        const handler = instant.headHandler;
        const arg = instant.headArg;
        instant.drop();
        this.count(handler as Handler);
        runs[handler](arg);
        continue;
      }
      if (time > until) return;
      const handler = queue.topHandler;
      const arg = queue.topArg;
      queue.drop();
      if (time !== this.now) {
        this.now = time;
        this.watch.newInstant(this.lookAt - this.untilLook);
      }
      if (handler < 0) this.sleepers[~handler].wake(arg);
      else {
        this.count(handler as Handler);
        runs[handler](arg);
      }
    }
  }
}
