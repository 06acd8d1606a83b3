/**
 * The two alarms that a target tracking policy owns. AWS does not publish them; what others have observed is an
 * assumption of the group (docs/components/autoscaling.group.md).
 */

import type { AlarmSettings } from '../../alarm-settings.js';
import type { TargetTrackingSettings } from './policy-settings.js';

/** What is assumed of them, and of what a policy makes of them. */
export interface TrackingAssumptions {
  readonly trackingHighDatapoints: number;
  readonly trackingLowDatapoints: number;
  readonly trackingLowFactor: number;
  readonly trackingLowFactorCpu: number;
  readonly trackingScaleInStep: number;
}

const CPU = 'CPUUtilization';

/** The metric that a policy of the group `group` looks at, as an expression. */
export function trackedMetric(tracking: TargetTrackingSettings, group: string): string {
  return tracking.metric ?? `${CPU}(${group})`;
}

export interface TrackingAlarms {
  readonly high: AlarmSettings;
  readonly low: AlarmSettings;
}

export function trackingAlarms(
  tracking: TargetTrackingSettings,
  group: string,
  assume: TrackingAssumptions,
): TrackingAlarms {
  const metric = trackedMetric(tracking, group);
  const { statistic, period, targetValue } = tracking;
  const factor = metric.trim().startsWith(`${CPU}(`)
    ? assume.trackingLowFactorCpu
    : assume.trackingLowFactor;
  const both = { metric, statistic, period, treatMissingData: 'missing' } as const;
  return {
    high: {
      ...both,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: targetValue,
      evaluationPeriods: assume.trackingHighDatapoints,
      datapointsToAlarm: assume.trackingHighDatapoints,
    },
    low: {
      ...both,
      comparisonOperator: 'LessThanThreshold',
      threshold: factor * targetValue,
      evaluationPeriods: assume.trackingLowDatapoints,
      datapointsToAlarm: assume.trackingLowDatapoints,
    },
  };
}
