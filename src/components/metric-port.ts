/**
 * Metrics and alarms: how CloudWatch meets those that are measured and those that act on alarms.
 *
 * Sources of metrics are gauges (World.addGauge). Whoever wants an alarm registers it here while
 * connecting; CloudWatch (components/cloudwatch) samples, evaluates and tells the state, and schedules
 * the action's handler. Neither side knows the other.
 */

import type { Handler } from '../kernel/kernel.js';
import type { Micros } from '../kernel/time.js';
import { AlarmState } from './facts.js';

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
  /** Whose metric, and CloudWatch's name of it. */
  readonly resource: number;
  readonly metric: string;
  readonly statistic: Statistic;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  /** A multiple of a minute. */
  readonly period: Micros;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

/** One alarm as it stands. Its state and values are written by CloudWatch only. */
export class Alarm {
  state: AlarmState = AlarmState.InsufficientData;
  /** The newest data points of its last evaluation, at most evaluationPeriods, oldest first. */
  values: readonly number[] = [];

  constructor(
    readonly definition: AlarmDefinition,
    /** Scheduled at every evaluation that ends in ALARM; the argument is the alarm's number here. */
    readonly action: Handler,
  ) {}
}

/** All alarms of a world: `world.shared(Metrics)`. */
export class Metrics {
  readonly alarms: Alarm[] = [];

  /** While connecting. Returns the alarm's number here. */
  addAlarm(definition: AlarmDefinition, action: Handler): number {
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
