/**
 * The arithmetic of step scaling, as pure functions.
 *
 * Sources: EC2 Auto Scaling User Guide, "Step and simple scaling policies" (awsdocs, doc_source/
 * as-scaling-simple-step.md, commit 0987d768): bounds, rounding, minimum magnitude, and the worked
 * examples that test/components/autoscaling/policies/step-scaling.test.ts repeats. What warming instances do is
 * the guide's text of 2018-2022; the current text is terser.
 */

import type { ComparisonOperator, Statistic } from '../../metric-port.js';
import { statisticOf } from '../../metric-port.js';
import type { Decision } from './decider.js';

export const ADJUSTMENT_TYPES = [
  'ChangeInCapacity',
  'ExactCapacity',
  'PercentChangeInCapacity',
] as const;
export type AdjustmentType = (typeof ADJUSTMENT_TYPES)[number];

/** AWS's MetricAggregationType. */
export type MetricAggregation = Extract<Statistic, 'Average' | 'Minimum' | 'Maximum'>;

/** Bounds are relative to the alarm's threshold; null: no bound. */
export interface StepAdjustment {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly adjustment: number;
}

export interface StepRule {
  readonly adjustmentType: AdjustmentType;
  readonly steps: readonly StepAdjustment[];
  /** A change in percent is at least so many instances. */
  readonly minAdjustmentMagnitude: number;
  readonly threshold: number;
  /** Decides which side a metric equal to the threshold is on. */
  readonly comparisonOperator: ComparisonOperator;
}

/** How a group stands when a policy acts. */
export interface Capacity {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  /** Instances that are up and have finished their warm-up. */
  readonly warm: number;
  /** True while any instance is still to come up or to finish its warm-up. */
  readonly isWarming: boolean;
  /** Instances that are told to go and not gone yet: a scale-in counts them, so as not to remove more than needed. */
  readonly leaving: number;
}

/** The step that a breach falls into: above the threshold lower bounds are inclusive, below it upper bounds are. */
export function stepFor(
  steps: readonly StepAdjustment[],
  difference: number,
  isAbove: boolean,
): StepAdjustment | null {
  const isIn = ({ lower, upper }: StepAdjustment): boolean =>
    isAbove
      ? (lower === null || difference >= lower) && (upper === null || difference < upper)
      : (lower === null || difference > lower) && (upper === null || difference <= upper);
  return steps.find(isIn) ?? null;
}

/** Beyond 1 towards zero; a part of an instance is one. */
export function roundChange(change: number): number {
  if (change > 0 && change < 1) return 1;
  if (change < 0 && change > -1) return -1;
  return change === 0 ? 0 : Math.trunc(change);
}

/** By how many instances an adjustment changes `capacity`. */
export function changeOf(
  type: AdjustmentType,
  adjustment: number,
  capacity: number,
  minMagnitude: number,
): number {
  if (type === 'ExactCapacity') return adjustment - capacity;
  if (type === 'ChangeInCapacity') return adjustment;
  const change = roundChange((capacity * adjustment) / 100);
  if (adjustment === 0 || Math.abs(change) >= minMagnitude) return change;
  return adjustment > 0 ? minMagnitude : -minMagnitude;
}

/**
 * What a policy asks for, and what the group wants, after an alarm at `metric`. Scaling out counts from warm
 * capacity, and warming instances count towards what is wanted; scaling in waits until nothing is warming, and
 * counts from all that is still there.
 */
export function decideStep(rule: StepRule, metric: number, capacity: Capacity): Decision {
  const { desired, warm, isWarming } = capacity;
  const difference = metric - rule.threshold;
  const isAbove =
    difference > 0 || (difference === 0 && rule.comparisonOperator.startsWith('Greater'));
  const step = stepFor(rule.steps, difference, isAbove);
  if (step === null) return { wanted: desired, desired };
  const { adjustmentType, minAdjustmentMagnitude } = rule;
  const isExact = adjustmentType === 'ExactCapacity';
  const isIn = !isExact && step.adjustment < 0;
  const now = isIn ? warm + capacity.leaving : warm;
  const change = changeOf(adjustmentType, step.adjustment, now, minAdjustmentMagnitude);
  const asked = now + change;
  const bounded = clamp(asked, capacity);
  const isOut = isExact ? bounded > desired : change > 0;
  if (isOut) return { wanted: Math.max(desired, asked), desired: Math.max(desired, bounded) };
  if (change === 0 && !isExact) return { wanted: desired, desired };
  const wanted = Math.min(desired, asked);
  return { wanted, desired: isWarming ? desired : Math.min(desired, bounded) };
}

/** What the group wants after an alarm at `metric`. */
export function newDesired(rule: StepRule, metric: number, capacity: Capacity): number {
  return decideStep(rule, metric, capacity).desired;
}

function clamp(wanted: number, { min, max }: Capacity): number {
  return Math.min(max, Math.max(min, wanted));
}

/** The metric that steps are chosen by, from an alarm's newest data points. */
export function aggregated(values: readonly number[], by: MetricAggregation): number {
  return statisticOf(by, values);
}

/** Why AWS refuses these steps, or '' when it takes them. */
export function stepsProblem(steps: readonly StepAdjustment[]): string {
  if (steps.length === 0) return 'a step policy without steps';
  const sorted = [...steps].sort((a, b) => (a.lower ?? -Infinity) - (b.lower ?? -Infinity));
  if (steps.filter(({ lower }) => lower === null).length > 1)
    return 'more than one step without a lower bound';
  if (steps.filter(({ upper }) => upper === null).length > 1)
    return 'more than one step without an upper bound';
  if (steps.some(({ lower, upper }) => lower === null && upper === null))
    return 'a step without any bound';
  if (steps.some(({ lower, upper }) => lower !== null && upper !== null && lower >= upper)) {
    return 'a step whose lower bound is not below its upper bound';
  }
  for (let i = 1; i < sorted.length; i++) {
    const end = sorted[i - 1].upper ?? Infinity;
    const begin = sorted[i].lower ?? -Infinity;
    if (end !== begin) return begin < end ? 'steps that overlap' : 'a gap between steps';
  }
  const first = sorted[0].lower;
  const last = sorted[sorted.length - 1].upper;
  if (first !== null && first < 0)
    return 'a negative lower bound, and no step without a lower bound below it';
  if (last !== null && last > 0)
    return 'a positive upper bound, and no step without an upper bound above it';
  return '';
}
