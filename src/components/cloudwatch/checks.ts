/** What no single setting of an alarm that stands alone can tell: its metric and its periods, and actions. */

import { checkAlarm } from '../alarm-checks.js';
import { ALARM_PAGE } from '../alarm-settings.js';
import type { CheckContext } from '../settings.js';
import type { AlarmResourceSettings } from './settings.js';

export function checkStandalone(context: CheckContext): void {
  const settings = context.self.settings as AlarmResourceSettings;
  checkAlarm(context, settings, []);
  (settings.alarmActions ?? []).forEach((action, i) => {
    context.refuse({
      code: 'not-modelled',
      found: action,
      message: `${action} as the action of an alarm is not modelled (${ALARM_PAGE})`,
      allowed: insteadOf(context, action),
      path: ['alarmActions', i],
    });
  });
}

/** What somebody who names this action may have in mind. */
function insteadOf(context: CheckContext, action: string): string {
  const groups = [...context.resources.values()].filter(({ roles }) => roles.includes('fleet'));
  for (const { name, settings } of groups) {
    const policies = Object.keys(settings['scalingPolicies'] ?? {});
    const policy = policies.find((one) => one === action) ?? '<policy>';
    const place = `resources.${name}.scalingPolicies.${policy}.alarm`;
    if (name === action || policy === action)
      return `none: the alarm that scales ${name} stands inside its policy, ${place}`;
  }
  return 'no action: [] or no alarmActions at all; there are no topics yet';
}
