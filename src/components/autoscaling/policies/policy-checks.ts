/** What no single setting of a scaling policy can tell: keys of another kind, steps and targets that AWS refuses. */

import type { AlarmSettings } from '../../alarm-settings.js';
import { checkAlarm } from '../../alarm-checks.js';
import type { Path } from '../../settings/problem.js';
import type { CheckContext } from '../../settings.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import { checkLoad } from './load-metric.js';
import { INVALID } from '../page.js';
import { KEYS_OF, keysOf, typesWith } from './policy-kinds.js';
import type {
  PolicySettings,
  PredictiveSettings,
  TargetTrackingSettings,
} from './policy-settings.js';
import { awsRefuses } from './refusals.js';
import { stepsProblem } from './step-scaling.js';
import { stepsOf } from './step-options.js';
import type { TrackingAssumptions } from './tracking-alarms.js';
import { trackingAlarms } from './tracking-alarms.js';

export function checkPolicy(context: CheckContext, policy: PolicySettings, path: Path): void {
  const isComplete = checkKeys(context, policy, path);
  if (policy.stepAdjustments !== undefined)
    checkSteps(context, policy, [...path, 'stepAdjustments']);
  if (policy.scalingAdjustment !== undefined)
    checkAdjustment(context, policy, policy.scalingAdjustment, [...path, 'scalingAdjustment']);
  const { adjustmentType, minAdjustmentMagnitude, alarm } = policy;
  const isPercent = adjustmentType === undefined || adjustmentType === 'PercentChangeInCapacity';
  if (minAdjustmentMagnitude !== undefined && !isPercent) {
    awsRefuses(context, [...path, 'minAdjustmentMagnitude'], {
      found: `minAdjustmentMagnitude with ${adjustmentType}`,
      allowed: 'only PercentChangeInCapacity',
    });
  }
  if (alarm !== undefined) checkAlarm(context, alarm, [...path, 'alarm'], context.self.name);
  if (!isComplete) return;
  const { targetTrackingConfiguration, predictiveScalingConfiguration } = policy;
  if (targetTrackingConfiguration !== undefined)
    checkTracking(context, targetTrackingConfiguration, [...path, 'targetTrackingConfiguration']);
  if (predictiveScalingConfiguration !== undefined)
    checkPredictive(context, predictiveScalingConfiguration, [
      ...path,
      'predictiveScalingConfiguration',
    ]);
}

/** Whether all keys are there, and none of another policyType. */
function checkKeys(context: CheckContext, policy: PolicySettings, path: Path): boolean {
  const { policyType } = policy;
  const own = keysOf(policyType);
  let ok = true;
  for (const [key, value] of Object.entries(policy)) {
    if (value === undefined || key === 'policyType' || own.includes(key)) continue;
    ok = false;
    awsRefuses(context, [...path, key], {
      found: key,
      message: `${key} is for ${typesWith(key).join(' and ')}, not for ${policyType}`,
      allowed: own.join(', '),
      onKey: true,
    });
  }
  for (const key of KEYS_OF[policyType].required) {
    if (policy[key as keyof PolicySettings] !== undefined) continue;
    ok = false;
    const allowed = `${key}, which every policy of type ${policyType} has`;
    context.refuse({ code: 'missing', allowed, awsError: INVALID, path: [...path, key] });
  }
  return ok;
}

function checkSteps(context: CheckContext, policy: PolicySettings, path: Path): void {
  const steps = policy.stepAdjustments ?? [];
  const problem = stepsProblem(stepsOf(steps));
  if (problem !== '') {
    awsRefuses(context, path, {
      message: problem,
      allowed: 'bounds that meet, outward to no bound',
    });
  }
  if (steps.length > AUTOSCALING_LIMITS.stepsPerPolicyMax) {
    awsRefuses(context, path, {
      found: `${steps.length} steps`,
      allowed: `at most ${AUTOSCALING_LIMITS.stepsPerPolicyMax} steps`,
    });
  }
  steps.forEach(({ scalingAdjustment }, i) => {
    checkAdjustment(context, policy, scalingAdjustment, [...path, i, 'scalingAdjustment']);
  });
}

function checkAdjustment(
  context: CheckContext,
  { adjustmentType }: PolicySettings,
  adjustment: number,
  path: Path,
): void {
  const found = String(adjustment);
  const where = { awsError: INVALID, path };
  if (!Number.isInteger(adjustment)) {
    context.refuse({ code: 'not-whole', found, allowed: 'a whole number', ...where });
  } else if (adjustmentType === 'ExactCapacity' && adjustment < 0) {
    const allowed = '0 or more for ExactCapacity';
    context.refuse({ code: 'out-of-range', found, allowed, ...where });
  }
}

/** Periods of high-resolution metrics and of all others. Source: botocore autoscaling service-2.json, Aug 2026. */
const TRACKING_PERIODS = [10, 30, 60].map((seconds) => seconds * 1_000_000);

function checkTracking(context: CheckContext, tracking: TargetTrackingSettings, path: Path): void {
  checkTarget(context, tracking.targetValue, path);
  if (!TRACKING_PERIODS.includes(tracking.period)) {
    awsRefuses(context, [...path, 'period'], {
      found: `${tracking.period / 1_000_000}s`,
      allowed: '10s, 30s or 60s',
    });
    return;
  }
  const { name, assume } = context.self;
  const alarms = trackingAlarms(tracking, name, assume as unknown as TrackingAssumptions);
  const isNamed = tracking.metric !== undefined;
  const at = isNamed ? path : [...path, 'predefinedMetricSpecification'];
  checkAlarm(atMetric(context, isNamed), alarms.high satisfies AlarmSettings, at, name);
}

/** The metric of a predefined specification is its type. */
function atMetric(context: CheckContext, isNamed: boolean): CheckContext {
  if (isNamed) return context;
  return {
    ...context,
    refuse: (problem) => {
      const path = problem.path ?? [];
      const own = [...path.slice(0, -1), 'predefinedMetricType'];
      context.refuse({ ...problem, path: path.at(-1) === 'metric' ? own : path });
    },
  };
}

function checkTarget(context: CheckContext, target: number, path: Path): void {
  if (target > 0) return;
  awsRefuses(context, [...path, 'targetValue'], {
    found: String(target),
    allowed: 'a number above 0',
  });
}

function checkPredictive(context: CheckContext, predictive: PredictiveSettings, path: Path): void {
  checkTarget(context, predictive.targetValue, path);
  checkLoad(context, predictive.metric, [...path, 'metric']);
  const raises = predictive.maxCapacityBreachBehavior === 'IncreaseMaxCapacity';
  const { maxCapacityBuffer } = predictive;
  if (raises && maxCapacityBuffer === undefined) {
    context.refuse({
      code: 'missing',
      allowed: 'maxCapacityBuffer, 0 to 100 percent, with IncreaseMaxCapacity',
      awsError: INVALID,
      path: [...path, 'maxCapacityBuffer'],
    });
  } else if (!raises && maxCapacityBuffer !== undefined) {
    awsRefuses(context, [...path, 'maxCapacityBuffer'], {
      found: 'maxCapacityBuffer with HonorMaxCapacity',
      allowed: 'only IncreaseMaxCapacity',
      onKey: true,
    });
  }
}
