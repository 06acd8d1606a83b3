/** How far a run is: what the command line shows while it waits, and after Ctrl-C. */
import type { Micros } from '../kernel/time.js';

export interface Progress {
  /** Virtual time reached. */
  readonly now: Micros;
  /** When the traffic ends; the drain comes after it. */
  readonly trafficEnd: Micros;
  /** Events executed so far. */
  readonly events: number;
  /** Messages sent so far. */
  readonly sent: number;
  /** Obligations settled so far, whatever their outcome. */
  readonly settled: number;
}
