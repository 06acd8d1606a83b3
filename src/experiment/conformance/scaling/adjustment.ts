/**
 * What an adjustment makes of a capacity: rounding, its three types, its minimum, the bounds of the group. In
 * `step` cases the metric chooses the adjustment among steps.
 */

import type {
  StepAdjustment,
  StepRule,
} from '../../../components/autoscaling/policies/step-scaling.js';
import {
  changeOf,
  decideStep,
  roundChange,
  stepFor,
} from '../../../components/autoscaling/policies/step-scaling.js';
import type { ComparisonOperator } from '../../../components/metric-port.js';
import { COMPARISON_OPERATORS } from '../../../components/metric-port.js';
import { NotExpressible } from '../result.js';
import type { Given, Outcome } from './topic.js';
import { Either, numberOf } from './topic.js';
import {
  adjustmentTypeOf,
  CAPACITY_WORDS,
  capacityOf,
  direction,
  isGiven,
  numberOr,
  onlyWords,
  stepsGiven,
} from './words.js';

const MAGNITUDE = 'minAdjustmentMagnitude';
const ADJUSTMENT_WORDS = ['adjustmentType', 'adjustment', MAGNITUDE, ...CAPACITY_WORDS];
const STEP_WORDS = [
  'adjustmentType',
  'threshold',
  'steps',
  'metric',
  'comparisonOperator',
  MAGNITUDE,
  ...CAPACITY_WORDS,
];

export function adjustmentOutcome(given: Given): Outcome {
  if (isGiven(given, 'rawChange')) return roundingOutcome(given);
  onlyWords(given, ADJUSTMENT_WORDS);
  const adjustment = numberOf(given, 'adjustment');
  return outcomeOf(given, 1, {
    adjustmentType: adjustmentTypeOf(given),
    steps: [{ lower: 0, upper: null, adjustment }],
    minAdjustmentMagnitude: numberOr(given, [MAGNITUDE], 0),
    threshold: 0,
    comparisonOperator: 'GreaterThanThreshold',
  });
}

function roundingOutcome(given: Given): Outcome {
  onlyWords(given, ['rawChange', 'adjustmentType']);
  if ('adjustmentType' in given && adjustmentTypeOf(given) !== 'PercentChangeInCapacity')
    throw new NotExpressible('given: only a change in percent is rounded');
  const change = roundChange(numberOf(given, 'rawChange'));
  return { roundedChange: change, change };
}

export function stepOutcome(given: Given): Outcome {
  onlyWords(given, STEP_WORDS);
  const steps = stepsGiven(given);
  return outcomeOf(given, numberOf(given, 'metric'), {
    adjustmentType: adjustmentTypeOf(given),
    steps,
    minAdjustmentMagnitude: numberOr(given, [MAGNITUDE], 0),
    threshold: numberOf(given, 'threshold'),
    comparisonOperator: operatorOf(given, steps),
  });
}

/** An alarm with steps above its threshold goes off at or above it, unless the case says otherwise. */
function operatorOf(given: Given, steps: readonly StepAdjustment[]): ComparisonOperator {
  const said = given['comparisonOperator'];
  if (said === undefined) {
    const isAbove = steps.some(({ upper }) => upper === null || upper > 0);
    return isAbove ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold';
  }
  const operator = COMPARISON_OPERATORS.find((one) => one === said);
  if (operator === undefined)
    throw new NotExpressible(`given: no phrase for ${JSON.stringify(said)}`);
  return operator;
}

function outcomeOf(given: Given, metric: number, rule: StepRule): Outcome {
  const capacity = capacityOf(given);
  const { desired, warm } = capacity;
  const to = decideStep(rule, metric, capacity).desired;
  const action = direction(desired, to);
  return {
    newDesired: to,
    action,
    direction: action,
    ...adjustmentsOf(rule, metric, warm),
    // What changes is clear only where nothing is on its way.
    ...(desired === warm ? { change: to - desired } : {}),
    added: Math.max(0, to - desired),
    removed: Math.max(0, desired - to),
  };
}

/** The adjustment that the metric chooses, before and after rounding. */
function adjustmentsOf(rule: StepRule, metric: number, warm: number): Outcome {
  const { threshold, comparisonOperator, adjustmentType, minAdjustmentMagnitude } = rule;
  const difference = metric - threshold;
  const isAbove = difference > 0 || (difference === 0 && comparisonOperator.startsWith('Greater'));
  const step = stepFor(rule.steps, difference, isAbove);
  if (step === null) return { adjustment: new Either([null, 'none']) };
  const { adjustment } = step;
  const isPercent = adjustmentType === 'PercentChangeInCapacity';
  const rounded = changeOf(adjustmentType, adjustment, warm, minAdjustmentMagnitude);
  if (!isPercent) return { adjustment, roundedChange: rounded };
  return { adjustment, rawChange: (warm * adjustment) / 100, roundedChange: rounded };
}
