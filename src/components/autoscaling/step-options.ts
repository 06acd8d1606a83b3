/** The written form of steps and policies → what the arithmetic takes. */

import type { Micros } from '../../kernel/time.js';
import { alarmDefinition } from '../alarm-definition.js';
import { metricExpression } from '../metric-math.js';
import type { World } from '../world.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import type { StepPolicyOptions } from './options.js';
import type { PolicySettings } from './policy-settings.js';
import type { GroupSettings } from './settings.js';
import type { StepAdjustment } from './step-scaling.js';

export function stepsOf(policy: PolicySettings): StepAdjustment[] {
  return policy.stepAdjustments.map((step) => ({
    lower: step.metricIntervalLowerBound ?? null,
    upper: step.metricIntervalUpperBound ?? null,
    adjustment: step.scalingAdjustment,
  }));
}

/** How long an instance warms up: the policy's word, else the group's, else the default cooldown. */
export function warmupOf(policy: PolicySettings, settings: GroupSettings): Micros {
  return (
    policy.estimatedInstanceWarmup ??
    settings.defaultInstanceWarmup ??
    AUTOSCALING_LIMITS.cooldownDefault
  );
}

/** The policies of group `owner`, in file order. */
export function policiesOf(
  world: World,
  owner: number,
  settings: GroupSettings,
): StepPolicyOptions[] {
  return Object.entries(settings.scalingPolicies ?? {}).map(([name, policy], number) => {
    const { alarm } = policy;
    const metric = metricExpression(alarm.metric, {
      idOf: (other) => world.idOf(other),
      groupOf: () => owner,
      period: alarm.period,
    });
    return {
      name,
      rule: {
        adjustmentType: policy.adjustmentType,
        steps: stepsOf(policy),
        minAdjustmentMagnitude: policy.minAdjustmentMagnitude ?? 0,
        threshold: alarm.threshold,
        comparisonOperator: alarm.comparisonOperator,
      },
      warmup: warmupOf(policy, settings),
      metricAggregationType: policy.metricAggregationType,
      alarm: alarmDefinition({ owner, number, name }, alarm, metric),
    };
  });
}
