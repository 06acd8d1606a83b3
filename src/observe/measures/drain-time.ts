/** When a queue that somebody asked about was last empty for good. */

import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';

export class DrainTime {
  private present = 0;
  private emptySince: Micros = 0;

  constructor(private readonly clock: Clock) {}

  came(): void {
    this.present++;
  }

  left(): void {
    if (--this.present === 0) this.emptySince = this.clock.now;
  }

  /** µs from the end of traffic until the queue was empty; Infinity when it is not. */
  after(trafficEnd: Micros): number {
    return this.present > 0 ? Infinity : Math.max(0, this.emptySince - trafficEnd);
  }
}
