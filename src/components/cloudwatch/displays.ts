/**
 * What CloudWatch shows of the metrics that somebody looks at (Metrics.show): a data point a minute, sampled
 * and published like those that alarms look at. Nobody looks: no events.
 */

import { check } from '../../kernel/check.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import { Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { Metrics, Shown } from '../metric-port.js';
import { isQueueMetric, QUEUE_METRICS } from '../queue-metrics.js';
import type { World } from '../world.js';
import { CLOUDWATCH_LIMITS } from './limits.js';
import { Series } from './series.js';

/** Data points that are not published yet. */
class Points extends Table {
  readonly display = this.i32('display');
  /** The minute that it stands for. */
  readonly minute = this.f64('minute');
  readonly value = this.f64('value');
}

interface Display {
  readonly shown: Shown;
  readonly series: Series;
  /** What the gauge of a sum said a minute ago; null: it is no sum. */
  before: number | null;
}

export class Displays {
  private readonly displays: readonly Display[];
  private readonly points: Points;
  private readonly sampled: Handler;
  private readonly published: Handler;

  /** After all components have connected. */
  constructor(
    private readonly world: World,
    private readonly metrics: Metrics,
    publishDelay: Distribution,
  ) {
    const { kernel } = world;
    this.displays = metrics.shown.map((shown) => this.displayOf(shown, publishDelay));
    this.points = new Points(kernel.tables);
    this.sampled = kernel.handler('cloudwatch/show', (i) => this.sample(i));
    this.published = kernel.handler('cloudwatch/publish', (point) => this.publish(point));
  }

  /** At time 0. */
  start(): void {
    for (let i = 0; i < this.displays.length; i++)
      this.world.kernel.after(CLOUDWATCH_LIMITS.samplePeriod, this.sampled, i);
  }

  private displayOf(shown: Shown, publishDelay: Distribution): Display {
    const { world } = this;
    const { resource, metric } = shown;
    const gauge = world.gauge(resource, metric);
    check(gauge !== undefined, 'what is looked at is a metric that exists');
    const delayKey = world.streams.key(world.names[resource], `publishDelay ${metric}`);
    const minute = CLOUDWATCH_LIMITS.samplePeriod;
    const series = new Series(gauge, 'Maximum', minute, publishDelay, delayKey);
    series.keep(1);
    const isSum = isQueueMetric(metric) && QUEUE_METRICS[metric].of === 'sum';
    return { shown, series, before: isSum ? 0 : null };
  }

  private sample(i: number): void {
    const { kernel } = this.world;
    const display = this.displays[i];
    const { series, shown } = display;
    // What is hidden is sampled all the same: a sum counts from one minute to the next.
    series.sample(kernel.now, false);
    const { value, visibleAt } = series.last;
    const told = display.before === null ? value : value - display.before;
    if (display.before !== null) display.before = value;
    const isHidden = this.metrics.isHidden(shown.resource);
    if (!isHidden && !Number.isNaN(told)) this.tell(i, told, visibleAt);
    kernel.after(CLOUDWATCH_LIMITS.samplePeriod, this.sampled, i);
  }

  private tell(i: number, value: number, at: Micros): void {
    const { kernel } = this.world;
    const point = this.points.add();
    this.points.display[point] = i;
    this.points.minute[point] = kernel.now / CLOUDWATCH_LIMITS.samplePeriod - 1;
    this.points.value[point] = value;
    kernel.after(at - kernel.now, this.published, point);
  }

  private publish(point: number): void {
    const { display, minute, value } = this.points;
    this.displays[display[point]].shown.publish(minute[point], value[point]);
    this.points.free(point);
  }
}
