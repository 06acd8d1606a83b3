/** What no single setting of a scaling policy can tell: steps that AWS refuses, alarms that never go off. */

import { checkAlarm } from '../alarm-checks.js';
import type { CheckContext } from '../settings.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import type { PolicySettings } from './policy-settings.js';
import { stepsProblem } from './step-scaling.js';
import { stepsOf } from './step-options.js';

type Path = readonly (string | number)[];

export function checkPolicy(context: CheckContext, policy: PolicySettings, path: Path): void {
  checkSteps(context, policy, [...path, 'stepAdjustments']);
  const { adjustmentType } = policy;
  if (policy.minAdjustmentMagnitude !== undefined && adjustmentType !== 'PercentChangeInCapacity') {
    context.refuse({
      code: 'aws-refuses',
      found: `minAdjustmentMagnitude with ${adjustmentType}`,
      awsError: 'ValidationError',
      allowed: 'only PercentChangeInCapacity',
      path: [...path, 'minAdjustmentMagnitude'],
    });
  }
  checkAlarm(context, policy.alarm, [...path, 'alarm'], context.self.name);
}

function checkSteps(context: CheckContext, policy: PolicySettings, path: Path): void {
  const steps = policy.stepAdjustments;
  const awsError = 'ValidationError';
  const problem = stepsProblem(stepsOf(policy));
  if (problem !== '') {
    const allowed = 'bounds that meet, outward to no bound';
    context.refuse({ code: 'aws-refuses', message: problem, allowed, awsError, path });
  }
  if (steps.length > AUTOSCALING_LIMITS.stepsPerPolicyMax) {
    const allowed = `at most ${AUTOSCALING_LIMITS.stepsPerPolicyMax} steps`;
    context.refuse({
      code: 'aws-refuses',
      found: `${steps.length} steps`,
      allowed,
      awsError,
      path,
    });
  }
  steps.forEach(({ scalingAdjustment }, i) => {
    const found = String(scalingAdjustment);
    const where = { awsError, path: [...path, i, 'scalingAdjustment'] };
    if (!Number.isInteger(scalingAdjustment)) {
      context.refuse({ code: 'not-whole', found, allowed: 'a whole number', ...where });
    } else if (policy.adjustmentType === 'ExactCapacity' && scalingAdjustment < 0) {
      context.refuse({
        code: 'out-of-range',
        found,
        allowed: '0 or more for ExactCapacity',
        ...where,
      });
    }
  });
}
