/** From an alarm as a scenario says it to what CloudWatch evaluates. */

import type { AlarmSettings } from './alarm-settings.js';
import type { MetricExpression } from './metric-math.js';
import type { AlarmDefinition } from './metric-port.js';

/** Whose alarm it is. */
export interface AlarmOwner {
  readonly owner: number;
  readonly number: number;
  readonly name: string;
}

export function alarmDefinition(
  { owner, number, name }: AlarmOwner,
  settings: AlarmSettings,
  metric: MetricExpression,
): AlarmDefinition {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods } = settings;
  const { statistic, comparisonOperator, threshold, period, treatMissingData } = settings;
  return {
    owner,
    number,
    name,
    metric,
    written: settings.metric,
    statistic,
    comparisonOperator,
    threshold,
    period,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData,
  };
}
