/** The written form of steps and alarms → what the arithmetic and CloudWatch take. */

import { check } from '../../kernel/check.js';
import type { AlarmSettings } from '../alarm-settings.js';
import { metricNameOf } from '../metric-name.js';
import type { AlarmDefinition } from '../metric-port.js';
import type { World } from '../world.js';
import type { StepAdjustment } from './step-scaling.js';

interface WrittenStep {
  readonly metricIntervalLowerBound?: number | undefined;
  readonly metricIntervalUpperBound?: number | undefined;
  readonly scalingAdjustment: number;
}

export function stepsOf(steps: readonly WrittenStep[]): StepAdjustment[] {
  return steps.map((step) => ({
    lower: step.metricIntervalLowerBound ?? null,
    upper: step.metricIntervalUpperBound ?? null,
    adjustment: step.scalingAdjustment,
  }));
}

/** Whose alarm it is. */
export interface AlarmOwner {
  /** The group's number. */
  readonly owner: number;
  /** Its place among the alarms of the group, in file order. */
  readonly number: number;
  readonly name: string;
}

export function alarmOf(world: World, owner: AlarmOwner, alarm: AlarmSettings): AlarmDefinition {
  const metric = metricNameOf(alarm.metric);
  check(metric !== undefined, 'metrics were checked before building');
  return {
    ...owner,
    resource: world.idOf(metric.resource),
    metric: metric.metric,
    statistic: alarm.statistic,
    comparisonOperator: alarm.comparisonOperator,
    threshold: alarm.threshold,
    period: alarm.period,
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    treatMissingData: alarm.treatMissingData,
  };
}
