/** The written form of how instances come and go → what the group is built from. */

import { distribution } from '../../../kernel/distributions/distribution.js';
import type { ResourceSpec } from '../../component.js';
import { defaultZones } from './life-checks.js';
import { holdOf } from './lifecycle-hooks.js';
import type { LifeOptions } from '../options.js';
import { hasSpot } from './purchase.js';
import type { GroupSettings, groupShape } from '../settings.js';
import type { WarmPoolOptions } from './warm-pool.js';

export function lifeOf({ region, settings, assume }: ResourceSpec<typeof groupShape>): LifeOptions {
  const hooks = Object.values(settings.lifecycleHooks ?? {});
  const mixed = settings.mixedInstancesPolicy?.instancesDistribution;
  return {
    availabilityZones: settings.availabilityZones ?? defaultZones(region),
    termination: {
      policies: settings.terminationPolicies ?? ['Default'],
      distribution: mixed !== undefined && hasSpot(mixed) ? mixed : null,
      protectsNew: settings.newInstancesProtectedFromScaleIn,
    },
    launchHold: holdOf(hooks, 'autoscaling:EC2_INSTANCE_LAUNCHING'),
    terminationHold: holdOf(hooks, 'autoscaling:EC2_INSTANCE_TERMINATING'),
    warmPool: warmPoolOf(settings),
    capacityRebalance: settings.capacityRebalance,
    assume: {
      warmStart: distribution(assume.warmStart),
      spotInterruptions: assume.spotInterruptions,
      instanceFailures: assume.instanceFailures,
      launchFailure: assume.launchFailure,
    },
  };
}

function warmPoolOf({ warmPool }: GroupSettings): WarmPoolOptions | null {
  if (warmPool === undefined) return null;
  return {
    poolState: warmPool.poolState,
    minSize: warmPool.minSize,
    maxGroupPreparedCapacity: warmPool.maxGroupPreparedCapacity ?? null,
    reuseOnScaleIn: warmPool.instanceReusePolicy?.reuseOnScaleIn ?? false,
  };
}
