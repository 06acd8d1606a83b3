/** What a group will do by itself, in words, one sentence each: its policies, its scheduled actions, its defaults. */

import type { AlarmSettings } from '../alarm-settings.js';
import type { ComparisonOperator } from '../metric-port.js';
import type { ResourceView } from '../settings.js';
import { momentText } from '../settings.js';
import { writtenTime } from '../settings/units.js';
import { defaultZones } from './life/life-checks.js';
import { warmupOf } from './policies/policies-of.js';
import type { PolicySettings } from './policies/policy-settings.js';
import type { ScheduledActionSettings } from './policies/scheduled-settings.js';
import type { GroupSettings } from './settings.js';
import { cooldownOf } from './policies/simple-scaling.js';
import type { AdjustmentType, StepAdjustment } from './policies/step-scaling.js';
import { stepsOf } from './policies/step-options.js';
import type { TrackingAssumptions } from './policies/tracking-alarms.js';
import { trackedMetric, trackingAlarms } from './policies/tracking-alarms.js';

export function groupHappenings({ name, region, settings, assume }: ResourceView): string[] {
  const group = settings as GroupSettings;
  const assumptions = assume as unknown as TrackingAssumptions;
  const { availabilityZones, scalingPolicies = {} } = group;
  const zones = (availabilityZones ?? defaultZones(region)).join(', ');
  return [
    ...Object.entries(scalingPolicies).map(
      ([policy, one]) =>
        `${name} scales by ${policyText(name, one, { group, assumptions })} (${policy}).`,
    ),
    `${name} launches in ${zones}${availabilityZones === undefined ? ', by default' : ''}.`,
  ];
}

/** What is scheduled. */
export function groupSchedule({ name, settings }: ResourceView): string[] {
  const { scheduledActions = {} } = settings as GroupSettings;
  return Object.entries(scheduledActions).map(
    ([action, one]) => `${actionText(name, one)} (${action}).`,
  );
}

// --- policies ----------------------------------------------------------------------------------------

interface Around {
  readonly group: GroupSettings;
  readonly assumptions: TrackingAssumptions;
}

function policyText(name: string, policy: PolicySettings, around: Around): string {
  switch (policy.policyType) {
    case 'TargetTrackingScaling':
      return trackingText(name, policy, around);
    case 'StepScaling':
      return `steps: ${triggerText(policy)}; ${stepsText(policy)}; ${warmupText(policy, around.group)}`;
    case 'SimpleScaling': {
      const { adjustmentType, scalingAdjustment = 0, cooldown } = policy;
      const pause = writtenTime(cooldownOf(cooldown, around.group.cooldown));
      const change = changeText(adjustmentType, scalingAdjustment);
      return `simple adjustments: ${triggerText(policy)}; ${change}, then none for ${pause} (cooldown)`;
    }
    case 'PredictiveScaling':
      return forecastText(policy);
  }
}

function trackingText(
  name: string,
  policy: PolicySettings,
  { group, assumptions }: Around,
): string {
  const tracking = policy.targetTrackingConfiguration;
  if (tracking === undefined) return '';
  const { high, low } = trackingAlarms(tracking, name, assumptions);
  const of = ({ datapointsToAlarm, evaluationPeriods }: AlarmSettings): string =>
    `${datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods}`;
  const { trackingScaleInStep } = assumptions;
  const most = trackingScaleInStep < 1 ? `, ${figure(trackingScaleInStep * 100)} % at most` : '';
  const below = tracking.disableScaleIn
    ? 'never in'
    : `${of(low)} below ${figure(low.threshold)}${most}`;
  return (
    `target tracking: ${trackedMetric(tracking, name)} to ${figure(tracking.targetValue)}; ` +
    `alarms ${of(high)} above, ${below}; ${warmupText(policy, group)}`
  );
}

function warmupText(policy: PolicySettings, group: GroupSettings): string {
  const { estimatedInstanceWarmup } = policy;
  const isOwn = estimatedInstanceWarmup !== undefined;
  const from =
    group.defaultInstanceWarmup === undefined ? "the group's cooldown" : 'defaultInstanceWarmup';
  return `warm-up ${writtenTime(warmupOf(policy, group))}${isOwn ? '' : `, ${from}`}`;
}

const SIDES: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'at or above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'at or below',
};

function triggerText({ alarm }: PolicySettings): string {
  if (alarm === undefined) return '';
  const { metric, comparisonOperator, threshold, evaluationPeriods, period } = alarm;
  const times = `${alarm.datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods}`;
  const side = `${SIDES[comparisonOperator]} ${figure(threshold)}`;
  return `${metric} ${side}, ${times} periods of ${writtenTime(period)}`;
}

function stepsText({ adjustmentType, alarm, stepAdjustments = [] }: PolicySettings): string {
  const threshold = alarm?.threshold ?? 0;
  return stepsOf(stepAdjustments)
    .map((step) => `${changeText(adjustmentType, step.adjustment)} ${rangeText(step, threshold)}`)
    .join(', ');
}

function rangeText({ lower, upper }: StepAdjustment, threshold: number): string {
  const from = figure(threshold + (lower ?? 0));
  const to = figure(threshold + (upper ?? 0));
  if (upper === null) return lower === null ? 'always' : `from ${from}`;
  return lower === null ? `to ${to}` : `from ${from} to ${to}`;
}

function changeText(type: AdjustmentType | undefined, amount: number): string {
  if (type === 'ExactCapacity') return `capacity ${amount}`;
  const signed = amount > 0 ? `+${figure(amount)}` : figure(amount);
  return type === 'PercentChangeInCapacity' ? `${signed} %` : signed;
}

function forecastText({ predictiveScalingConfiguration: forecast }: PolicySettings): string {
  if (forecast === undefined) return '';
  const { metric, targetValue, mode, schedulingBufferTime } = forecast;
  const acts =
    mode === 'ForecastOnly'
      ? 'which only forecasts'
      : `${writtenTime(schedulingBufferTime)} ahead of each hour`;
  return `its forecast: ${metric}, ${figure(targetValue)} to an instance, ${acts}`;
}

// --- scheduled actions -------------------------------------------------------------------------------

function actionText(name: string, action: ScheduledActionSettings): string {
  const sizes = (['minSize', 'maxSize', 'desiredCapacity'] as const).flatMap((key) =>
    action[key] === undefined ? [] : [`${key} ${action[key]}`],
  );
  return `${name} gets ${sizes.join(', ')} ${whenText(action)}`;
}

function whenText({ recurrence, startTime, endTime }: ScheduledActionSettings): string {
  if (recurrence === undefined) return `at ${startTime === undefined ? '' : momentText(startTime)}`;
  const from = startTime === undefined ? '' : ` from ${momentText(startTime)} on`;
  const until = endTime === undefined ? '' : ` until ${momentText(endTime)}`;
  return `${recurrenceText(recurrence)}${from}${until}`;
}

/** `45 9 * * MON-FRI`: at 09:45 UTC on MON-FRI; what is less plain stays as it is written. */
function recurrenceText(recurrence: string): string {
  const [minute, hour, day, month, weekday] = recurrence.trim().split(/\s+/);
  const isPlain =
    /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour) && day === '*' && month === '*';
  if (!isPlain) return `by the recurrence ${recurrence} (UTC)`;
  const clock = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return `at ${clock} UTC ${weekday === '*' ? 'every day' : `on ${weekday}`}`;
}

function figure(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
