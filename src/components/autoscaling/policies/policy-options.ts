/** What the policies and scheduled actions of a group are built from: plain values in base units. */

import type { Micros } from '../../../kernel/time.js';
import type { AlarmDefinition } from '../../metric-port.js';
import type { NamedMetric } from '../../metric-math.js';
import type { CronTimes } from '../../cron.js';
import type { AdjustmentType, MetricAggregation, StepRule } from './step-scaling.js';

export interface StepPolicyOptions {
  readonly kind: 'step';
  readonly name: string;
  readonly rule: StepRule;
  /** After this time an instance counts as capacity: the policy's own, else the group's, else the cooldown. */
  readonly warmup: Micros;
  readonly metricAggregationType: MetricAggregation;
  readonly alarm: AlarmDefinition;
}

export interface SimplePolicyOptions {
  readonly kind: 'simple';
  readonly name: string;
  readonly adjustmentType: AdjustmentType;
  readonly adjustment: number;
  readonly minAdjustmentMagnitude: number;
  /** The policy's own, else the group's. */
  readonly cooldown: Micros;
  readonly alarm: AlarmDefinition;
}

export interface TrackingPolicyOptions {
  readonly kind: 'tracking';
  readonly name: string;
  readonly target: number;
  readonly warmup: Micros;
  /** One scale-in removes at most this share of the capacity (0..1), or one instance if that is more. */
  readonly scaleInStep: number;
  /** The two alarms that the policy owns; one that never scales in has only the first. */
  readonly high: AlarmDefinition;
  readonly low: AlarmDefinition | null;
}

export interface PredictivePolicyOptions {
  readonly kind: 'predictive';
  readonly name: string;
  /** The load, and how much of it one instance takes. */
  readonly metric: NamedMetric;
  readonly target: number;
  /** Otherwise it only forecasts. */
  readonly scales: boolean;
  readonly bufferTime: Micros;
  /** How far beyond the forecast maxSize may be raised, a share; null: never beyond maxSize. */
  readonly maxCapacityBuffer: number | null;
}

export type PolicyOptions =
  | StepPolicyOptions
  | SimplePolicyOptions
  | TrackingPolicyOptions
  | PredictivePolicyOptions;

export interface ScheduledActionOptions {
  readonly name: string;
  /** null: once, at `first`. */
  readonly cron: CronTimes | null;
  /** Seconds from 1970; -Infinity: whenever the cron expression fits first. */
  readonly first: number;
  /** Seconds from 1970; Infinity: for ever. */
  readonly last: number;
  readonly minSize: number | undefined;
  readonly maxSize: number | undefined;
  readonly desiredCapacity: number | undefined;
}
