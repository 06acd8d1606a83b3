/**
 * Metrics and alarms: how CloudWatch meets those that are measured and those that act on alarms.
 *
 * Sources of metrics are gauges (World.addGauge). Whoever wants an alarm registers it here while
 * connecting; CloudWatch (components/cloudwatch) samples, evaluates and tells the state, and schedules
 * the action's handler. Neither side knows the other.
 */

import { check } from '../kernel/check.js';
import type { Handler } from '../kernel/kernel.js';
import type { MarkKey } from '../kernel/random/marks.js';
import type { Micros } from '../kernel/time.js';
import { MINUTE, SECOND } from '../kernel/time.js';
import { AlarmState } from './facts.js';
import type { MetricExpression } from './metric-math.js';
import type { World } from './world.js';

/** CloudWatch's statistics of the samples of one period. */
export const STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const;
export type Statistic = (typeof STATISTICS)[number];

export const COMPARISON_OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

export const MISSING_DATA = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type TreatMissingData = (typeof MISSING_DATA)[number];

/** What an alarm looks at and when it goes off; AWS's words. */
export interface AlarmDefinition {
  /** The resource that owns the alarm, and which of its alarms it is, in file order (facts). */
  readonly owner: number;
  readonly number: number;
  /** The owner's name for it: part of the key of its draws. */
  readonly name: string;
  /** What it looks at. `statistic` is made of the samples of each metric. */
  readonly metric: MetricExpression;
  /** The same as the scenario says it: `backlogPerInstance(orders)`. */
  readonly written: string;
  readonly statistic: Statistic;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  /** 10 s, 20 s, 30 s, or a multiple of a minute. */
  readonly period: Micros;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

const SIGNS: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

/** When an alarm goes off, for a reader: `Average >= 1000, 2 of 3, 60 s each`. */
export function writtenCondition(definition: AlarmDefinition): string {
  const { statistic, comparisonOperator, threshold, period } = definition;
  const points = `${definition.datapointsToAlarm} of ${definition.evaluationPeriods}`;
  return `${statistic} ${SIGNS[comparisonOperator]} ${threshold}, ${points}, ${period / SECOND} s each`;
}

/** One alarm as it stands. Its state and data points are written by CloudWatch only. */
export class Alarm {
  state: AlarmState = AlarmState.InsufficientData;
  /** The newest data points of its last evaluation, at most evaluationPeriods, oldest first. */
  values: readonly number[] = [];
  /** When the period of the newest of them ended, µs; -Infinity: there is none. */
  newestEnd: Micros = -Infinity;

  constructor(
    readonly definition: AlarmDefinition,
    /**
     * Scheduled when it goes off, and then each minute while it lasts, as actions of Auto Scaling are; the argument is
     * the alarm's number here. null: nothing.
     */
    readonly action: Handler | null,
  ) {}
}

/** A metric that somebody looks at, as CloudWatch shows it. Written by CloudWatch only. */
export class Shown {
  /** The newest data point that is published; NaN: none yet. */
  value = NaN;
  /** Data points published so far that stand for a minute from `since` on. */
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  /** The minute of `value`. */
  private newest = -1;

  constructor(
    readonly resource: number,
    readonly metric: string,
    /** µs. */
    private readonly since: Micros,
    /** Called before anything changes. */
    private readonly beforeChange: () => void,
  ) {}

  /** The data point of a minute can be seen from now on. */
  publish(minute: number, value: number): void {
    this.beforeChange();
    if (minute > this.newest) {
      this.newest = minute;
      this.value = value;
    }
    if (minute * MINUTE < this.since) return;
    this.count++;
    this.sum += value;
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }
}

/** A resource whose metrics are published only while it is active. */
export interface Activity {
  /** Whether it holds anything, which keeps it active. */
  holdsAny(): boolean;
  /** How often it was used so far. */
  uses(): number;
}

/**
 * All alarms of a world, what is looked at, and whose metrics are not published for now:
 * `world.shared(Metrics)`.
 */
export class Metrics {
  readonly alarms: Alarm[] = [];
  /** Told when an alarm has looked at its metric; whoever listens only reads. */
  onEvaluated: ((alarm: Alarm) => void) | null = null;
  readonly shown: Shown[] = [];
  /** By resource; the metrics of others never pause. */
  readonly activities = new Map<number, Activity>();
  /** Faults `hide` in force. */
  private readonly hidden: { readonly resource: number; readonly share: number }[] = [];
  private readonly key: MarkKey;

  constructor(private readonly world: World) {
    this.key = world.streams.key('cloudwatch', 'hide');
  }

  /** From now on (or no longer) this share of the resource's points is never published. */
  hide(resource: number, share: number, on: boolean): void {
    if (on) {
      this.hidden.push({ resource, share });
      return;
    }
    const at = this.hidden.findIndex((one) => one.resource === resource && one.share === share);
    check(at >= 0, 'what is hidden no longer was hidden before');
    this.hidden.splice(at, 1);
  }

  /** Whether the resource's points of this minute are never published. */
  isHidden(resource: number): boolean {
    if (this.hidden.length === 0) return false;
    let shown = 1;
    for (const one of this.hidden) if (one.resource === resource) shown *= 1 - one.share;
    if (shown === 1 || shown === 0) return shown === 0;
    const { key } = this;
    key.hash(resource, Math.floor(this.world.kernel.now / MINUTE), 0);
    return key.u53(key.h0, key.h1, 0) >= shown;
  }

  /** While connecting: somebody looks at a metric. */
  show(shown: Shown): void {
    this.shown.push(shown);
  }

  /** While connecting. Returns the alarm's number here. */
  addAlarm(definition: AlarmDefinition, action: Handler | null): number {
    return this.alarms.push(new Alarm(definition, action)) - 1;
  }
}

/** Whether a data point is on the wrong side of the threshold. */
export function isBreaching(
  value: number,
  operator: ComparisonOperator,
  threshold: number,
): boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/** One statistic of some samples; NaN (no data point) when there are none. */
export function statisticOf(statistic: Statistic, samples: readonly number[]): number {
  if (samples.length === 0) return NaN;
  const sum = samples.reduce((total, sample) => total + sample, 0);
  switch (statistic) {
    case 'Average':
      return sum / samples.length;
    case 'Sum':
      return sum;
    case 'Minimum':
      return Math.min(...samples);
    case 'Maximum':
      return Math.max(...samples);
    case 'SampleCount':
      return samples.length;
  }
}
