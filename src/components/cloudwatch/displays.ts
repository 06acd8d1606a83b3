/**
 * What CloudWatch shows of the metrics that somebody looks at (Metrics.show): each data point, sampled
 * and published like those that alarms look at. Nobody looks: no events.
 */

import type { Handler } from '../../kernel/kernel.js';
import { Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { Shown } from '../metric-port.js';
import type { World } from '../world.js';
import { CLOUDWATCH_LIMITS } from './limits.js';
import type { Sampling } from './samples.js';
import { Samples } from './samples.js';

/** Data points that are not published yet. */
class Points extends Table {
  readonly display = this.i32('display');
  /** The minute at which what it stands for begins. */
  readonly minute = this.f64('minute');
  readonly value = this.f64('value');
}

interface Display {
  readonly shown: Shown;
  readonly samples: Samples;
}

export class Displays {
  private readonly world: World;
  private readonly displays: readonly Display[];
  private readonly points: Points;
  private readonly sampled: Handler;
  private readonly published: Handler;

  /** After all components have connected. */
  constructor(sampling: Sampling) {
    const { world, metrics } = sampling;
    const { kernel } = world;
    this.world = world;
    this.displays = metrics.shown.map((shown) => {
      return { shown, samples: new Samples(sampling, shown.resource, shown.metric) };
    });
    this.points = new Points(kernel.tables);
    this.sampled = kernel.handler('cloudwatch/show', (i) => this.sample(i));
    this.published = kernel.handler('cloudwatch/publish', (point) => this.publish(point));
  }

  /** At time 0. */
  start(): void {
    this.displays.forEach(({ samples }, i) => {
      this.world.kernel.after(samples.resolution, this.sampled, i);
    });
  }

  private sample(i: number): void {
    const { samples } = this.displays[i];
    samples.take();
    const { lastValue, lastVisibleAt } = samples;
    if (!Number.isNaN(lastValue)) this.tell(i, lastValue, lastVisibleAt);
    this.world.kernel.after(samples.resolution, this.sampled, i);
  }

  private tell(i: number, value: number, at: Micros): void {
    const { kernel } = this.world;
    const point = this.points.add();
    this.points.display[point] = i;
    const stamp = kernel.now - this.displays[i].samples.resolution;
    this.points.minute[point] = stamp / CLOUDWATCH_LIMITS.samplePeriod;
    this.points.value[point] = value;
    kernel.after(at - kernel.now, this.published, point);
  }

  private publish(point: number): void {
    const { display, minute, value } = this.points;
    this.displays[display[point]].shown.publish(minute[point], value[point]);
    this.points.free(point);
  }
}
