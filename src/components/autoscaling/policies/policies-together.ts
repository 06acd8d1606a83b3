/** What several policies of one group tell about each other. */

import type { CheckContext } from '../../settings.js';
import type { PolicySettings } from './policy-settings.js';
import { awsRefuses } from './refusals.js';
import { trackedMetric } from './tracking-alarms.js';

type Policies = Readonly<Record<string, PolicySettings>>;

export function checkTogether(context: CheckContext, policies: Policies): void {
  const tracked = new Map<string, string>();
  let active: string | undefined;
  for (const [name, policy] of Object.entries(policies)) {
    const path = ['scalingPolicies', name];
    const { targetTrackingConfiguration: tracking, predictiveScalingConfiguration } = policy;
    if (tracking !== undefined) {
      const metric = trackedMetric(tracking, context.self.name).replaceAll(' ', '');
      const other = tracked.get(metric);
      tracked.set(metric, other ?? name);
      if (other !== undefined) {
        awsRefuses(context, path, {
          message: `${name} tracks ${metric}, as ${other} does`,
          allowed: 'one target tracking policy for each metric',
        });
      }
    }
    if (predictiveScalingConfiguration?.mode !== 'ForecastAndScale') continue;
    if (active !== undefined) {
      awsRefuses(context, [...path, 'predictiveScalingConfiguration', 'mode'], {
        message: `${name} scales by its forecast, as ${active} does`,
        allowed: 'ForecastAndScale in one policy, ForecastOnly in the others',
      });
    }
    active ??= name;
  }
}
