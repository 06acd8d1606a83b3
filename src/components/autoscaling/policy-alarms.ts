/** The alarms of a group's policies as CloudWatch bills them, also those that a policy creates by itself. */

import type { BilledAlarm } from '../alarm-prices.js';
import { alarmMeters } from '../alarm-prices.js';
import type { AlarmMeter } from '../prices.js';
import type { GroupSettings } from './settings.js';

export function policyAlarmMeters(settings: object): readonly AlarmMeter[] {
  const policies = Object.values((settings as GroupSettings).scalingPolicies ?? {});
  return alarmMeters(policies.map(({ alarm }): BilledAlarm => alarm));
}
