/**
 * CloudWatch: samples the metrics that alarms look at, publishes them late, evaluates the alarms each
 * minute at a phase of their own, and schedules their actions.
 *
 * A sample is taken at the end of each minute (before what else happens at that instant, since it was
 * scheduled first), so a change of state waits 0 to 60 s for it. All metrics and no alarm: no events.
 * What somebody merely looks at is in displays.ts.
 */

import { check } from '../../kernel/check.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { AlarmState } from '../facts.js';
import type { Alarm, AlarmDefinition } from '../metric-port.js';
import { Metrics, isBreaching } from '../metric-port.js';
import type { World } from '../world.js';
import type { Point as PointKind } from './alarm-evaluation.js';
import { Point, evaluateAlarm } from './alarm-evaluation.js';
import { Displays } from './displays.js';
import { CLOUDWATCH_LIMITS } from './limits.js';
import { Series } from './series.js';

/** What AWS does not publish (docs/scenario.md, top-level assume). */
export interface CloudWatchAssumptions {
  /** From the end of a period to its data point being visible. */
  readonly publishDelay: Distribution;
  /** When in the minute an alarm is evaluated; drawn once per alarm. */
  readonly evaluationPhase: Distribution;
}

export class CloudWatch {
  private readonly alarms: readonly Alarm[];
  private readonly metrics: Metrics;
  private readonly series: Series[] = [];
  /** The resource of each series. */
  private readonly resourceOf: number[] = [];
  /** The series of each alarm. */
  private readonly seriesOf: number[] = [];
  private readonly displays: Displays;
  private readonly sampled: Handler;
  private readonly evaluated: Handler;

  /** After all components have registered their alarms. */
  constructor(
    private readonly world: World,
    private readonly assume: CloudWatchAssumptions,
  ) {
    this.metrics = world.shared(Metrics);
    this.alarms = this.metrics.alarms;
    this.sampled = world.kernel.handler('cloudwatch/sample', (series) => this.sample(series));
    this.evaluated = world.kernel.handler('cloudwatch/evaluate', (alarm) => this.evaluate(alarm));
    const places = new Map<string, number>();
    for (const { definition } of this.alarms)
      this.seriesOf.push(this.seriesFor(definition, places));
    this.displays = new Displays(world, this.metrics, assume.publishDelay);
  }

  /** At time 0. */
  start(): void {
    const { kernel } = this.world;
    for (let i = 0; i < this.series.length; i++)
      kernel.after(CLOUDWATCH_LIMITS.samplePeriod, this.sampled, i);
    for (let i = 0; i < this.alarms.length; i++)
      kernel.after(this.firstEvaluation(i), this.evaluated, i);
    this.displays.start();
  }

  /** The phase; one of 0 s waits for the first sample. */
  private firstEvaluation(alarm: number): number {
    const { owner, name } = this.alarms[alarm].definition;
    const key = this.world.streams.key(this.world.names[owner], `evaluationPhase ${name}`);
    const phase = drawMicros(this.assume.evaluationPhase, key.u53(0, 0, 0));
    return phase > 0 ? phase : CLOUDWATCH_LIMITS.evaluationPeriod;
  }

  private seriesFor(definition: AlarmDefinition, places: Map<string, number>): number {
    const { resource, metric, statistic, period } = definition;
    const name = `${resource}/${metric}/${statistic}/${period}`;
    const place = places.get(name) ?? this.addSeries(definition);
    places.set(name, place);
    this.series[place].keep(this.rangeOf(definition));
    return place;
  }

  private addSeries({ resource, metric, statistic, period }: AlarmDefinition): number {
    const { world } = this;
    const gauge = world.gauge(resource, metric);
    check(gauge !== undefined, 'an alarm looks at a metric that exists');
    const delayKey = world.streams.key(world.names[resource], `publishDelay ${metric}`);
    const series = new Series(gauge, statistic, period, this.assume.publishDelay, delayKey);
    this.resourceOf.push(resource);
    return this.series.push(series) - 1;
  }

  private rangeOf({ evaluationPeriods }: AlarmDefinition): number {
    return evaluationPeriods + CLOUDWATCH_LIMITS.extraPoints;
  }

  private sample(series: number): void {
    const { kernel } = this.world;
    const one = this.series[series];
    one.sample(kernel.now, this.metrics.isHidden(this.resourceOf[series]));
    kernel.after(CLOUDWATCH_LIMITS.samplePeriod, this.sampled, series);
  }

  private evaluate(number: number): void {
    const { kernel, facts } = this.world;
    const alarm = this.alarms[number];
    const { definition } = alarm;
    const range = this.series[this.seriesOf[number]].range(this.rangeOf(definition), kernel.now);
    const state = evaluateAlarm(
      range.map((value) => kindOf(value, definition)),
      definition,
      alarm.state,
    );
    alarm.values = range
      .filter((value) => !Number.isNaN(value))
      .slice(-definition.evaluationPeriods);
    alarm.newestEnd = newestEnd(range, definition.period, kernel.now);
    if (state !== alarm.state) {
      alarm.state = state;
      facts.alarm(definition.owner, definition.number, state);
    }
    if (state === AlarmState.Alarm) kernel.soon(alarm.action, number);
    kernel.after(CLOUDWATCH_LIMITS.evaluationPeriod, this.evaluated, number);
  }
}

/** When the period of the newest data point of a range ended; -Infinity: it has none. */
function newestEnd(range: readonly number[], period: Micros, now: Micros): Micros {
  let newest = range.length - 1;
  while (newest >= 0 && Number.isNaN(range[newest])) newest--;
  if (newest < 0) return -Infinity;
  return (Math.floor(now / period) - (range.length - 1 - newest)) * period;
}

function kindOf(value: number, { comparisonOperator, threshold }: AlarmDefinition): PointKind {
  if (Number.isNaN(value)) return Point.Missing;
  return isBreaching(value, comparisonOperator, threshold) ? Point.Breaching : Point.Fine;
}
