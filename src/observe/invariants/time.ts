/** Invariant `time-forward`: virtual time never goes back from one fact to the next. */
import type { Clock } from '../clock.js';
import type { Broken } from './broken.js';
import { WHOLE } from './broken.js';

export class TimeForward {
  private violations = 0;
  private last = -Infinity;

  constructor(private readonly clock: Clock) {}

  /** Told with the facts that move a message. */
  look(): void {
    const now = this.clock.now;
    if (now < this.last) this.violations++;
    this.last = now;
  }

  result(): Broken[] {
    return [{ name: 'time-forward', on: WHOLE, violations: this.violations }];
  }
}
