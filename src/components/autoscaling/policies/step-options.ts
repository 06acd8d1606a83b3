/** The written form of steps and alarms → what the arithmetic and CloudWatch take. */

import type { AlarmSettings } from '../../alarm-settings.js';
import type { AlarmOwner } from '../../alarm-definition.js';
import { alarmDefinition } from '../../alarm-definition.js';
import { metricExpression } from '../../metric-math.js';
import type { AlarmDefinition } from '../../metric-port.js';
import type { World } from '../../world.js';
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

/** An alarm of group `owner.owner`; the recipe of its backlog divides by the group's own instances. */
export function alarmOf(world: World, owner: AlarmOwner, alarm: AlarmSettings): AlarmDefinition {
  const metric = metricExpression(alarm.metric, {
    idOf: (name) => world.idOf(name),
    groupOf: () => owner.owner,
    period: alarm.period,
  });
  return alarmDefinition(owner, alarm, metric);
}
