/**
 * Facts carry no time: observers read the kernel's clock, of which they need no more than this.
 */
import type { Micros } from '../kernel/time.js';

export interface Clock {
  /** The current virtual time, µs. */
  readonly now: Micros;
}
