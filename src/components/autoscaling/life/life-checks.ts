/** What no single setting can tell about how instances come and go. */

import type { CheckContext } from '../../settings.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import { hasSpot } from './purchase.js';
import type { GroupSettings } from '../settings.js';

const awsError = 'ValidationError';

export function checkLife(context: CheckContext, settings: GroupSettings): void {
  checkZones(context, settings);
  checkTerminationPolicies(context, settings);
  checkSpot(context, settings);
  const hooks = Object.keys(settings.lifecycleHooks ?? {}).length;
  if (hooks > AUTOSCALING_LIMITS.hooksMax) {
    context.refuse({
      code: 'aws-refuses',
      found: `${hooks} lifecycle hooks`,
      allowed: `at most ${AUTOSCALING_LIMITS.hooksMax}`,
      awsError: 'LimitExceeded',
      path: ['lifecycleHooks'],
    });
  }
}

/** `us-east-1a`: the region and a letter, each once. */
function checkZones(context: CheckContext, { availabilityZones }: GroupSettings): void {
  const { region } = context.self;
  const zones = availabilityZones ?? defaultZones(region);
  const allowed = `zones of ${region}: ${defaultZones(region).join(', ')}, ...`;
  if (zones.length === 0) {
    const message = 'a group without an Availability Zone';
    context.refuse({
      code: 'aws-refuses',
      message,
      allowed,
      awsError,
      path: ['availabilityZones'],
    });
  }
  zones.forEach((zone, i) => {
    const path = ['availabilityZones', i];
    const isZone = zone.length === region.length + 1 && zone.startsWith(region);
    if (!isZone || !/[a-z]$/.test(zone)) {
      context.refuse({ code: 'choice', found: zone, allowed, awsError, path });
    } else if (zones.indexOf(zone) < i) {
      const message = `the zone ${zone} twice`;
      context.refuse({ code: 'aws-refuses', message, allowed: 'each once', awsError, path });
    }
  });
}

/** Two zones of a region. */
export function defaultZones(region: string): string[] {
  return [`${region}a`, `${region}b`];
}

function checkTerminationPolicies(
  context: CheckContext,
  { terminationPolicies }: GroupSettings,
): void {
  const at = terminationPolicies?.indexOf('Default') ?? -1;
  if (at >= 0 && at < terminationPolicies!.length - 1) {
    context.refuse({
      code: 'aws-refuses',
      message: 'Default before another termination policy',
      allowed: 'Default as the last of the list',
      awsError,
      path: ['terminationPolicies', at],
    });
  } else if (terminationPolicies?.length === 0) {
    context.refuse({
      code: 'aws-refuses',
      message: 'no termination policy',
      allowed: 'one policy at least, such as Default',
      awsError,
      path: ['terminationPolicies'],
    });
  }
}

function checkSpot(context: CheckContext, settings: GroupSettings): void {
  const { mixedInstancesPolicy, warmPool, capacityRebalance } = settings;
  if (mixedInstancesPolicy !== undefined && warmPool !== undefined) {
    context.refuse({
      code: 'aws-refuses',
      message: 'a warm pool beside a mixed instances policy',
      allowed: 'one of them',
      awsError,
      path: ['warmPool'],
    });
  }
  const spot =
    mixedInstancesPolicy !== undefined && hasSpot(mixedInstancesPolicy.instancesDistribution);
  if (!spot && capacityRebalance) {
    context.refuse({
      code: 'no-effect',
      message: 'capacityRebalance in a group without Spot Instances',
      allowed: 'a mixedInstancesPolicy with less than 100 % On-Demand',
      path: ['capacityRebalance'],
    });
  }
}
