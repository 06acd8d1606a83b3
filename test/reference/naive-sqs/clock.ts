/** The clock of the twin: counts what was set going, so that things due at one time keep their order. */

import type { Moment } from './message.js';

export class NaiveClock {
  /** µs. */
  now = 0;
  private set = 0;

  /** This very moment. */
  moment(): Moment {
    return this.in(0);
  }

  /** A moment after so many µs, set going now. */
  in(delay: number): Moment {
    return { at: this.now + delay, seq: this.set++ };
  }
}
