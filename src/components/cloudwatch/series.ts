/**
 * The data points of one metric, statistic and period: sampled each minute, stamped with the start of
 * their period, visible to alarms some time after its end.
 */

import { check } from '../../kernel/check.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { Statistic } from '../metric-port.js';
import { statisticOf } from '../metric-port.js';
import type { Gauge } from '../port.js';
import { CLOUDWATCH_LIMITS } from './limits.js';

export class Series {
  /** The last points in a ring: point n lies at n modulo the length. */
  private values: number[] = [];
  private visibleAt: number[] = [];
  /** Points made so far; point n stands for the period from n · period on. */
  private points = 0;
  private samples: number[] = [];

  constructor(
    readonly gauge: Gauge,
    readonly statistic: Statistic,
    readonly period: Micros,
    private readonly publishDelay: Distribution,
    private readonly delayKey: MarkKey,
  ) {
    check(period % CLOUDWATCH_LIMITS.samplePeriod === 0, 'a period is a multiple of a minute');
  }

  /** While building: an alarm looks at so many points. */
  keep(points: number): void {
    while (this.values.length < points) {
      this.values.push(NaN);
      this.visibleAt.push(Infinity);
    }
  }

  /** At the end of each minute. What is hidden, or a gauge that has nothing to say (NaN), leaves a gap. */
  sample(now: Micros, isHidden: boolean): void {
    const sample = isHidden ? NaN : this.gauge.read();
    if (!Number.isNaN(sample)) this.samples.push(sample);
    if (now % this.period !== 0) return;
    const place = this.points++ % this.values.length;
    this.values[place] = statisticOf(this.statistic, this.samples);
    this.visibleAt[place] = now + this.delayAt(now);
    this.samples = [];
  }

  /** The point that was made last; a value of NaN is a gap. */
  get last(): { readonly value: number; readonly visibleAt: Micros } {
    const place = (this.points - 1) % this.values.length;
    return { value: this.values[place], visibleAt: this.visibleAt[place] };
  }

  /** The newest `count` points of whole periods as alarms see them at `now`, oldest first; NaN: not there (yet). */
  range(count: number, now: Micros): number[] {
    const range: number[] = [];
    for (let point = this.points - count; point < this.points; point++) {
      const place = point % this.values.length;
      range.push(point >= 0 && this.visibleAt[place] <= now ? this.values[place] : NaN);
    }
    return range;
  }

  /** All series of a metric publish together: the draw depends on the minute only. */
  private delayAt(now: Micros): Micros {
    const key = this.delayKey;
    key.hash(now / CLOUDWATCH_LIMITS.samplePeriod, 0, 0);
    return drawMicros(this.publishDelay, key.u53(key.h0, key.h1, 0));
  }
}
