/**
 * What no single setting of a group can tell: sizes that contradict each other, instance types without a price.
 */

import { checkProgram } from '../program/checks.js';
import type { CheckContext } from '../settings.js';
import { checkLife } from './life/life-checks.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import { checkPolicy } from './policies/policy-checks.js';
import { checkTogether } from './policies/policies-together.js';
import { EC2_PRICES, PRICED_INSTANCE_TYPES } from './prices.js';
import { checkScheduledActions } from './policies/scheduled-checks.js';
import type { GroupSettings } from './settings.js';

export function checkGroup(context: CheckContext): void {
  checkProgram(context);
  const settings = context.self.settings as GroupSettings;
  checkSizes(context, settings);
  checkInstanceType(context, settings);
  checkLife(context, settings);
  const policies = Object.entries(settings.scalingPolicies ?? {});
  if (policies.length > AUTOSCALING_LIMITS.policiesMax) {
    const allowed = `at most ${AUTOSCALING_LIMITS.policiesMax}`;
    const where = { path: ['scalingPolicies'], awsError: 'LimitExceeded' };
    context.refuse({
      code: 'aws-refuses',
      found: `${policies.length} policies`,
      allowed,
      ...where,
    });
  }
  for (const [name, policy] of policies) checkPolicy(context, policy, ['scalingPolicies', name]);
  checkTogether(context, settings.scalingPolicies ?? {});
  checkScheduledActions(context, settings.scheduledActions ?? {});
}

function checkSizes(
  context: CheckContext,
  { minSize, maxSize, desiredCapacity }: GroupSettings,
): void {
  const awsError = 'ValidationError';
  if (minSize > maxSize) {
    const allowed = `at most maxSize (${maxSize})`;
    context.refuse({
      code: 'out-of-range',
      found: String(minSize),
      allowed,
      awsError,
      path: ['minSize'],
    });
  } else if (
    desiredCapacity !== undefined &&
    (desiredCapacity < minSize || desiredCapacity > maxSize)
  ) {
    const allowed = `${minSize}..${maxSize} (minSize..maxSize)`;
    const path = ['desiredCapacity'];
    context.refuse({
      code: 'out-of-range',
      found: String(desiredCapacity),
      allowed,
      awsError,
      path,
    });
  }
}

/** A type that has no price would make every bill wrong. */
function checkInstanceType(context: CheckContext, { instanceType }: GroupSettings): void {
  const { region } = context.self;
  if (!EC2_PRICES.regions.includes(region)) return; // refused as a whole
  const priced = PRICED_INSTANCE_TYPES.filter(
    (type) => EC2_PRICES.find(region, type) !== undefined,
  );
  if (priced.includes(instanceType)) return;
  const family = instanceType.split('.')[0];
  const nearest = priced.find((type) => type.split('.')[0] === family);
  context.refuse({
    code: 'choice',
    found: instanceType,
    allowed: `a type whose price in ${region} is known: ${priced.join(' ')}`,
    path: ['instanceType'],
    ...(nearest === undefined ? {} : { nearest }),
  });
}
