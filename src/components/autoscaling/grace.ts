/** How long an instance that scales in has for what it holds: its stop timeout, and what termination hooks add. */

import type { Micros } from '../../kernel/time.js';
import type { ResourceView } from '../settings.js';
import { holdOf } from './life/lifecycle-hooks.js';
import type { GroupSettings } from './settings.js';

/** undefined: nothing ever stops on purpose. */
export function graceOf(group: ResourceView): Micros | undefined {
  const settings = group.settings as GroupSettings;
  const { stopTimeout, minSize, maxSize } = settings;
  const shrinks =
    minSize < maxSize &&
    settings.scalingPolicies !== undefined &&
    !settings.newInstancesProtectedFromScaleIn;
  if (!shrinks) return undefined;
  const hooks = Object.values(settings.lifecycleHooks ?? {});
  const hold = holdOf(hooks, 'autoscaling:EC2_INSTANCE_TERMINATING');
  return stopTimeout + (hold?.time ?? 0);
}
