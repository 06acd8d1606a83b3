/** The load of each hour of the calendar, of what CloudWatch has shown so far; a late point counts for its hour. */

import { MINUTE, SECOND } from '../../../kernel/time.js';
import { Shown } from '../../metric-port.js';

const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_MINUTE = MINUTE / SECOND;

export class LoadHistory extends Shown {
  /** By hour, from the first whole one. */
  private readonly sums: number[] = [];
  private readonly counts: number[] = [];
  private readonly firstHour: number;

  constructor(
    resource: number,
    metric: string,
    /** Calendar time of virtual time 0. */
    private readonly startSeconds: number,
  ) {
    super(resource, metric, 0, () => undefined);
    this.firstHour = Math.ceil(startSeconds / SECONDS_PER_HOUR);
  }

  override publish(minute: number, value: number): void {
    const seconds = this.startSeconds + minute * SECONDS_PER_MINUTE;
    const hour = Math.floor(seconds / SECONDS_PER_HOUR) - this.firstHour;
    if (hour < 0) return;
    this.sums[hour] = (this.sums[hour] ?? 0) + value;
    this.counts[hour] = (this.counts[hour] ?? 0) + 1;
  }

  /** Means of the first `hours` hours; NaN: nothing was shown of it. */
  means(hours: number): number[] {
    return Array.from({ length: hours }, (_, hour) => {
      const count = this.counts[hour] ?? 0;
      return count === 0 ? NaN : this.sums[hour] / count;
    });
  }
}
