/**
 * Stops a model that schedules without end at one instant, and says which handlers do it.
 *
 * Looking at every event would cost; instead the watch begins to note handlers shortly before the
 * limit is reached, when something is wrong almost certainly.
 */
import { check } from './check.js';
import type { Handler } from './kernel.js';
import type { Micros } from './time.js';

const NOTED = 1000; // the last events before the limit, whose handlers are named

/**
 * More events at one instant than allowed: two handlers that wake each other without delay, mostly.
 */
export class InstantLimitError extends Error {
  override readonly name = 'InstantLimitError';
  readonly time: Micros;
  readonly limit: number;
  readonly handlers: readonly string[]; // of the last events, the most frequent first

  constructor(time: Micros, limit: number, handlers: readonly string[]) {
    super(
      `more than ${limit} events at one instant (${time} µs); ` +
        `the last of them ran ${handlers.join(', ')}`,
    );
    this.time = time;
    this.limit = limit;
    this.handlers = handlers;
  }
}

/** What the watch has to know of the kernel. */
interface Watched {
  readonly now: Micros;
  handlerName(handler: Handler): string;
}

export class InstantWatch {
  /** The count of events from which on each event has to be noted. */
  from: number;
  private readonly limit: number;
  private readonly unnoted: number; // events of an instant that run before the noting begins
  private readonly noted: Int32Array;

  constructor(limit: number) {
    check(
      Number.isSafeInteger(limit) && limit >= 1,
      'the limit of an instant is a positive integer',
    );
    this.limit = limit;
    this.noted = new Int32Array(Math.min(limit, NOTED));
    this.unnoted = limit - this.noted.length;
    this.from = this.unnoted;
  }

  newInstant(executed: number): void {
    this.from = executed + this.unnoted;
  }

  /** Notes the event that is about to run as the `executed`-th. Throws when it is one too many. */
  note(kernel: Watched, executed: number, handler: Handler): void {
    const i = executed - this.from;
    if (i >= this.noted.length)
      throw new InstantLimitError(kernel.now, this.limit, this.names(kernel));
    this.noted[i] = handler;
  }

  private names(kernel: Watched): string[] {
    const counts = new Map<number, number>();
    for (const handler of this.noted) counts.set(handler, (counts.get(handler) ?? 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.map(([handler]) => kernel.handlerName(handler as Handler));
  }
}
