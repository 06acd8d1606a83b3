/**
 * A predictive policy: each hour it learns the load of the hour that is over; from 24 hours on it forecasts the
 * next 48, anew every 6; and ahead of each hour, by `schedulingBufferTime`, it sees to it that the group wants at
 * least the instances forecast for it. It never scales in, and in its hour others do not scale in below it: of what
 * several policies want, the largest is taken.
 *
 * Source: EC2 Auto Scaling User Guide, "Predictive scaling" (awsdocs, commit 0b8b3aea,
 * doc_source/ec2-auto-scaling-predictive-scaling.md), and API reference (PutScalingPolicy), as of November 2026.
 */

import type { Handler } from '../../../kernel/kernel.js';
import { HOUR, SECOND } from '../../../kernel/time.js';
import { Metrics } from '../../metric-port.js';
import type { World } from '../../world.js';
import { expectedLoad, HOURS_PER_DAY, instancesFor } from './forecast.js';
import type { Group } from '../group.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import { LoadHistory } from './load-history.js';
import type { PredictivePolicyOptions } from './policy-options.js';

const { forecastDays, forecastHours, forecastEvery } = AUTOSCALING_LIMITS;
const SECONDS_PER_HOUR = HOUR / SECOND;

export class PredictivePolicy {
  private readonly history: LoadHistory;
  /** Instances for the hours from `forecastFrom` on. */
  private forecast: readonly number[] = [];
  private forecastFrom = 0;
  /** The hour that it is, and the instances that it has acted for, by hour. */
  private hour = -1;
  private readonly acted: number[] = [];
  private readonly hourEnds: Handler;
  private readonly ahead: Handler;

  constructor(
    private readonly world: World,
    private readonly group: Group,
    private readonly options: PredictivePolicyOptions,
    /** Its number in facts. */
    private readonly number: number,
  ) {
    const { name } = group.options;
    const { metric } = options;
    this.history = new LoadHistory(world.idOf(metric.resource), metric.metric, world.startSeconds);
    this.hourEnds = world.kernel.handler(`${name}/forecast ${options.name}`, (hour) =>
      this.onHour(hour),
    );
    this.ahead = world.kernel.handler(`${name}/ahead ${options.name}`, (hour) => this.act(hour));
  }

  connect(): void {
    this.world.shared(Metrics).show(this.history);
  }

  /** At time 0: the first whole hour of the calendar begins now or later. */
  start(): void {
    const inHour = this.world.startSeconds % SECONDS_PER_HOUR;
    const begins = inHour === 0 ? 0 : SECONDS_PER_HOUR - inHour;
    this.world.kernel.at(begins * SECOND, this.hourEnds, 0);
  }

  /** Others do not scale in below it: the instances forecast for this hour, and for the next once they are launched. */
  get floor(): number {
    const { acted, hour } = this;
    return Math.max(acted[hour] ?? 0, acted[hour + 1] ?? 0);
  }

  /** Hour `hour` begins, counted from the first whole one. */
  private onHour(hour: number): void {
    const { kernel } = this.world;
    this.hour = hour;
    if (hour >= HOURS_PER_DAY && (hour - HOURS_PER_DAY) % forecastEvery === 0) this.foresee(hour);
    kernel.after(HOUR, this.hourEnds, hour + 1);
    kernel.after(HOUR - this.options.bufferTime, this.ahead, hour + 1);
  }

  private foresee(hour: number): void {
    const { target } = this.options;
    const loads = this.history.means(hour);
    this.forecastFrom = hour;
    this.forecast = Array.from({ length: forecastHours }, (_, i) =>
      instancesFor(expectedLoad(loads, hour + i, forecastDays), target),
    );
  }

  private act(hour: number): void {
    const wanted = this.forecast[hour - this.forecastFrom] ?? NaN;
    if (Number.isNaN(wanted)) return;
    const { group, world } = this;
    if (this.options.scales) {
      this.acted[hour] = wanted;
      this.scale(wanted);
    }
    world.facts.scaled(group.id, this.number, wanted, group.desired);
  }

  private scale(wanted: number): void {
    const { group } = this;
    const { maxCapacityBuffer } = this.options;
    if (maxCapacityBuffer !== null) {
      const limit = raisedMax(wanted, maxCapacityBuffer);
      if (limit > group.capacityNow(0).max) group.resize({ maxSize: limit });
    }
    if (wanted > group.desired) group.setDesired(wanted);
  }
}

/** How far a forecast may raise maxSize: `buffer` percent beyond it. */
export function raisedMax(forecast: number, buffer: number): number {
  return Math.ceil((forecast * (100 + buffer)) / 100);
}
