/**
 * The samples of one metric: taken at its resolution, each stamped with the start of the time that it stands for,
 * visible some time after the end of it. What alarms see of a period is made of the samples that are stamped within it.
 */

import { check } from '../../kernel/check.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { Metrics, Statistic } from '../metric-port.js';
import { statisticOf } from '../metric-port.js';
import type { Gauge } from '../port.js';
import { isMetric, metricNamed } from '../published-metrics.js';
import type { World } from '../world.js';
import type { Activations } from './activations.js';
import { CLOUDWATCH_LIMITS } from './limits.js';

/** What samples are taken with. */
export interface Sampling {
  readonly world: World;
  readonly metrics: Metrics;
  readonly activations: Activations;
  readonly publishDelay: Distribution;
}

export class Samples {
  /** How much time a sample stands for. */
  readonly resolution: Micros;
  /** The last samples in a ring: number n, stamped n · resolution, lies at n modulo the length. */
  private values: number[] = [NaN];
  private visible: number[] = [Infinity];
  private taken = 0;
  private readonly gauge: Gauge;
  private readonly delayKey: MarkKey;
  /** What the gauge of a sum said when it was sampled last; null: it is no sum. */
  private before: number | null;

  constructor(
    private readonly sampling: Sampling,
    private readonly resource: number,
    metric: string,
  ) {
    const { world, activations } = sampling;
    const gauge = world.gauge(resource, metric);
    check(gauge !== undefined, 'what is looked at is a metric that exists');
    this.gauge = gauge;
    this.resolution = gauge.resolution ?? CLOUDWATCH_LIMITS.samplePeriod;
    this.delayKey = world.streams.key(world.names[resource], `publishDelay ${metric}`);
    this.before = isMetric(metric) && metricNamed(metric).of === 'sum' ? 0 : null;
    gauge.watch?.();
    activations.watch(resource);
  }

  /** Before the run: somebody looks back for so long. */
  keep(time: Micros): void {
    const length = Math.ceil(time / this.resolution) + 1;
    if (length <= this.values.length) return;
    this.values = new Array<number>(length).fill(NaN);
    this.visible = new Array<number>(length).fill(Infinity);
  }

  /** At the end of what it stands for. What is hidden or paused, or a gauge with nothing to tell, leaves a gap. */
  take(): void {
    const { world, metrics, activations } = this.sampling;
    const { now } = world.kernel;
    const read = this.gauge.read();
    const told = this.before === null ? read : read - this.before;
    if (this.before !== null) this.before = read;
    const isPaused = activations.isPaused(this.resource);
    const isGap = isPaused || metrics.isHidden(this.resource);
    const place = this.taken++ % this.values.length;
    this.values[place] = isGap ? NaN : told;
    this.visible[place] = now + this.delayAt(now);
  }

  /** The one that was taken last; NaN is a gap. */
  get lastValue(): number {
    return this.values[(this.taken - 1) % this.values.length];
  }

  get lastVisibleAt(): Micros {
    return this.visible[(this.taken - 1) % this.values.length];
  }

  /** The statistic of what is stamped in [from, to), as alarms see it at `now`; NaN: nothing is there (yet). */
  figure(statistic: Statistic, from: Micros, to: Micros, now: Micros): number {
    const { values, visible, resolution, taken } = this;
    const oldest = Math.max(0, taken - values.length, Math.ceil(from / resolution));
    const end = Math.min(taken, Math.ceil(to / resolution));
    const seen: number[] = [];
    for (let n = oldest; n < end; n++) {
      const place = n % values.length;
      if (visible[place] <= now && !Number.isNaN(values[place])) seen.push(values[place]);
    }
    return statisticOf(statistic, seen);
  }

  /** The draw depends on the metric and the minute only. */
  private delayAt(now: Micros): Micros {
    const key = this.delayKey;
    key.hash(now / CLOUDWATCH_LIMITS.samplePeriod, 0, 0);
    return drawMicros(this.sampling.publishDelay, key.u53(key.h0, key.h1, 0));
  }
}
