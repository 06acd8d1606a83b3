/**
 * All monitors of a run. Whoever counts facts calls `beforeChange` before it counts one; at the first
 * call of a new instant the monitors look at what the instants before have left. Where no line of
 * `expect` has a mode or a window there is no monitor, and nobody needs to call.
 */

import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import type { Expectation } from './expression.js';
import { MomentMonitor } from './moment-monitor.js';
import type { ExpectationOutcome } from './outcome.js';
import type { Moments } from './readings.js';
import { WindowMonitor } from './window-monitor.js';

export class Monitors {
  private readonly monitors = new Map<Expectation, MomentMonitor | WindowMonitor>();
  private readonly list: (MomentMonitor | WindowMonitor)[];
  /** Since when the present values hold. */
  private since: Micros = 0;

  constructor(
    private readonly clock: Clock,
    expectations: readonly Expectation[],
    moments: Moments,
  ) {
    for (const expectation of expectations) {
      if (expectation.mode !== 'whole')
        this.monitors.set(expectation, new MomentMonitor(expectation, moments));
      else if (expectation.window !== null)
        this.monitors.set(expectation, new WindowMonitor(expectation, moments));
    }
    this.list = [...this.monitors.values()];
  }

  /** Nothing to watch: `beforeChange` need not be called. */
  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** Call before any value changes that a reader gives. */
  beforeChange(): void {
    if (this.clock.now !== this.since) this.advance();
  }

  private advance(): void {
    const { now } = this.clock;
    for (const monitor of this.list) monitor.stretch(this.since, now);
    this.since = now;
  }

  /** Call once, when the run is over and the clock stands at its end. */
  finish(): void {
    if (this.clock.now !== this.since) this.advance();
    else for (const monitor of this.list) monitor.lastInstant(this.since);
  }

  /** The outcome of an expectation that is watched; undefined for figures of the whole run. */
  outcome(expectation: Expectation): ExpectationOutcome | undefined {
    return this.monitors.get(expectation)?.outcome();
  }
}
