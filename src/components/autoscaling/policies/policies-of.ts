/** The written form of policies and scheduled actions → what they are built from. */

import { check } from '../../../kernel/check.js';
import type { Micros } from '../../../kernel/time.js';
import type { AlarmSettings } from '../../alarm-settings.js';
import type { AlarmDefinition } from '../../metric-port.js';
import type { World } from '../../world.js';
import { readCron } from './cron.js';
import { loadMetricOf } from './load-metric.js';
import type { PolicyOptions, ScheduledActionOptions } from './policy-options.js';
import type { PolicySettings } from './policy-settings.js';
import type { GroupSettings } from '../settings.js';
import type { ScheduledActionSettings } from './scheduled-settings.js';
import { cooldownOf } from './simple-scaling.js';
import { alarmOf, stepsOf } from './step-options.js';
import type { TrackingAssumptions } from './tracking-alarms.js';
import { trackingAlarms } from './tracking-alarms.js';

/** How long an instance warms up: the policy's word, else the group's, else the group's cooldown. */
export function warmupOf(
  policy: Pick<PolicySettings, 'estimatedInstanceWarmup'>,
  settings: Pick<GroupSettings, 'defaultInstanceWarmup' | 'cooldown'>,
): Micros {
  return policy.estimatedInstanceWarmup ?? settings.defaultInstanceWarmup ?? settings.cooldown;
}

/** Makes the policies of one group; its alarms are counted through. */
class PolicyMaker {
  private alarms = 0;

  constructor(
    private readonly world: World,
    private readonly owner: number,
    private readonly settings: GroupSettings,
    private readonly assume: TrackingAssumptions,
  ) {}

  policy(name: string, policy: PolicySettings): PolicyOptions {
    switch (policy.policyType) {
      case 'StepScaling':
        return this.step(name, policy);
      case 'SimpleScaling':
        return this.simple(name, policy);
      case 'TargetTrackingScaling':
        return this.tracking(name, policy);
      case 'PredictiveScaling':
        return predictive(name, policy);
    }
  }

  private step(name: string, policy: PolicySettings): PolicyOptions {
    const { alarm, adjustmentType, stepAdjustments } = policy;
    check(alarm !== undefined && adjustmentType !== undefined, CHECKED);
    return {
      kind: 'step',
      name,
      rule: {
        adjustmentType,
        steps: stepsOf(stepAdjustments ?? []),
        minAdjustmentMagnitude: policy.minAdjustmentMagnitude ?? 0,
        threshold: alarm.threshold,
        comparisonOperator: alarm.comparisonOperator,
      },
      warmup: warmupOf(policy, this.settings),
      metricAggregationType: policy.metricAggregationType ?? 'Average',
      alarm: this.alarm(name, alarm),
    };
  }

  private simple(name: string, policy: PolicySettings): PolicyOptions {
    const { alarm, adjustmentType, scalingAdjustment } = policy;
    check(alarm !== undefined && adjustmentType !== undefined, CHECKED);
    return {
      kind: 'simple',
      name,
      adjustmentType,
      adjustment: scalingAdjustment ?? 0,
      minAdjustmentMagnitude: policy.minAdjustmentMagnitude ?? 0,
      cooldown: cooldownOf(policy.cooldown, this.settings.cooldown),
      alarm: this.alarm(name, alarm),
    };
  }

  private tracking(name: string, policy: PolicySettings): PolicyOptions {
    const { targetTrackingConfiguration: tracking } = policy;
    check(tracking !== undefined, CHECKED);
    const { high, low } = trackingAlarms(tracking, this.world.names[this.owner], this.assume);
    const { targetValue, disableScaleIn } = tracking;
    return {
      kind: 'tracking',
      name,
      target: targetValue,
      warmup: warmupOf(policy, this.settings),
      scaleInStep: this.assume.trackingScaleInStep,
      high: this.alarm(`${name} AlarmHigh`, high),
      low: disableScaleIn ? null : this.alarm(`${name} AlarmLow`, low),
    };
  }

  private alarm(name: string, alarm: AlarmSettings): AlarmDefinition {
    return alarmOf(this.world, { owner: this.owner, number: this.alarms++, name }, alarm);
  }
}

const CHECKED = 'policies were checked before building';

function predictive(name: string, policy: PolicySettings): PolicyOptions {
  const { predictiveScalingConfiguration: settings } = policy;
  check(settings !== undefined, CHECKED);
  const metric = loadMetricOf(settings.metric);
  check(metric !== undefined, 'metrics were checked before building');
  const raises = settings.maxCapacityBreachBehavior === 'IncreaseMaxCapacity';
  return {
    kind: 'predictive',
    name,
    metric,
    target: settings.targetValue,
    scales: settings.mode === 'ForecastAndScale',
    bufferTime: settings.schedulingBufferTime,
    maxCapacityBuffer: raises ? (settings.maxCapacityBuffer ?? 0) : null,
  };
}

/** The policies of group `owner`, in file order. */
export function policiesOf(
  world: World,
  owner: number,
  settings: GroupSettings,
  assume: TrackingAssumptions,
): PolicyOptions[] {
  const maker = new PolicyMaker(world, owner, settings, assume);
  return Object.entries(settings.scalingPolicies ?? {}).map(([name, policy]) =>
    maker.policy(name, policy),
  );
}

export function scheduledActionsOf(settings: GroupSettings): ScheduledActionOptions[] {
  return Object.entries(settings.scheduledActions ?? {}).map(([name, action]) =>
    scheduledActionOf(name, action),
  );
}

export function scheduledActionOf(
  name: string,
  action: ScheduledActionSettings,
): ScheduledActionOptions {
  const cron = action.recurrence === undefined ? null : readCron(action.recurrence);
  check(typeof cron !== 'string', 'cron expressions were checked before building');
  const { startTime, endTime, minSize, maxSize, desiredCapacity } = action;
  const first = startTime ?? -Infinity;
  const last = endTime ?? Infinity;
  return { name, cron, first, last, minSize, maxSize, desiredCapacity };
}
