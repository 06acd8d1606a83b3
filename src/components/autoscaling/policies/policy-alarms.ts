/** The alarms of a group's policies as CloudWatch bills them, also those that a policy creates by itself. */

import type { BilledAlarm } from '../../alarm-prices.js';
import { alarmMeters } from '../../alarm-prices.js';
import type { StandingMeter, MeteredSettings } from '../../prices.js';
import type { PolicySettings } from './policy-settings.js';
import type { GroupSettings } from '../settings.js';
import { trackedMetric } from './tracking-alarms.js';

export function policyAlarmMeters({ name, settings }: MeteredSettings): readonly StandingMeter[] {
  const policies = Object.values((settings as GroupSettings).scalingPolicies ?? {});
  return alarmMeters(policies.flatMap((policy) => alarmsOf(policy, name)));
}

function alarmsOf(
  { alarm, targetTrackingConfiguration: tracking }: PolicySettings,
  group: string,
): readonly BilledAlarm[] {
  const owned = alarm === undefined ? [] : [alarm];
  if (tracking === undefined) return owned;
  const { period, disableScaleIn } = tracking;
  const high = { metric: trackedMetric(tracking, group), period };
  return [...owned, high, ...(disableScaleIn ? [] : [high])];
}
