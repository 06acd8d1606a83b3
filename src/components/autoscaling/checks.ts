/**
 * What no single setting of a group can tell: sizes that contradict each other, steps that AWS refuses,
 * metrics that do not exist.
 */

import { checkProgram } from '../program/checks.js';
import type { CheckContext } from '../settings.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import type { MetricName } from './metric-name.js';
import { METRIC_WORDS, NOT_MODELLED_METRICS, QUEUE_METRICS, metricNameOf } from './metric-name.js';
import type { AlarmSettings, GroupSettings, PolicySettings } from './settings.js';
import { PAGE } from './settings.js';
import { EC2_PRICES, PRICED_INSTANCE_TYPES } from './prices.js';
import { stepsProblem } from './step-scaling.js';
import { stepsOf } from './step-options.js';

type Path = readonly (string | number)[];

export function checkGroup(context: CheckContext): void {
  checkProgram(context);
  const settings = context.self.settings as GroupSettings;
  checkSizes(context, settings);
  checkInstanceType(context, settings);
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

function checkPolicy(context: CheckContext, policy: PolicySettings, path: Path): void {
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
  checkAlarm(context, policy.alarm, [...path, 'alarm']);
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

function checkAlarm(context: CheckContext, alarm: AlarmSettings, path: Path): void {
  const { evaluationPeriods, datapointsToAlarm, period } = alarm;
  const awsError = 'ValidationError';
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) {
    const allowed = `at most evaluationPeriods (${evaluationPeriods})`;
    const where = { awsError, path: [...path, 'datapointsToAlarm'] };
    context.refuse({ code: 'aws-refuses', found: String(datapointsToAlarm), allowed, ...where });
  }
  if (period * evaluationPeriods > AUTOSCALING_LIMITS.alarmRangeMax) {
    const allowed = 'period times evaluationPeriods of at most a day';
    const where = { awsError, path: [...path, 'evaluationPeriods'] };
    context.refuse({
      code: 'aws-refuses',
      found: `${evaluationPeriods} periods`,
      allowed,
      ...where,
    });
  }
  checkExpression(context, alarm.metric, [...path, 'metric']);
}

const EXAMPLE = 'one metric of one queue, such as ApproximateNumberOfMessagesVisible(orders)';

function checkExpression(context: CheckContext, expression: string, path: Path): void {
  const name = metricNameOf(expression);
  if (name === undefined) {
    context.refuse({
      code: 'not-modelled',
      found: expression,
      allowed: `${EXAMPLE}; metric math: see ${PAGE}`,
      path,
    });
    return;
  }
  checkMetric(context, name, path);
  checkSource(context, name.resource, path);
}

function checkMetric(context: CheckContext, { metric, resource }: MetricName, path: Path): void {
  const allowed = QUEUE_METRICS.join(' | ');
  const isKnown = QUEUE_METRICS.some((known) => known === metric);
  const instead = Object.hasOwn(METRIC_WORDS, metric) ? METRIC_WORDS[metric] : undefined;
  if (NOT_MODELLED_METRICS.includes(metric)) {
    context.refuse({
      code: 'not-modelled',
      found: metric,
      allowed: `${allowed}; see ${PAGE}`,
      path,
    });
  } else if (!isKnown) {
    const message = `${metric} is no metric of CloudWatch`;
    const nearest = instead === undefined ? {} : { nearest: `${instead}(${resource})` };
    context.refuse({ code: 'unknown-measure', found: metric, allowed, message, path, ...nearest });
  }
}

function checkSource(context: CheckContext, resource: string, path: Path): void {
  const target = context.resources.get(resource);
  if (target === undefined) {
    const queues = [...context.resources.values()].filter(({ type }) => type === 'sqs.queue');
    context.refuse({
      code: 'unknown-name',
      found: resource,
      allowed: queues.map(({ name }) => name).join(', '),
      path,
    });
  } else if (target.type !== 'sqs.queue') {
    context.refuse({
      code: 'wrong-kind',
      found: `${resource}, of type ${target.type}`,
      allowed: EXAMPLE,
      path,
    });
  }
}
