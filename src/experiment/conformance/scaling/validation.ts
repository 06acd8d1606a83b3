/** What AWS refuses of policies and sizes: steps that overlap, bounds without end, too many of anything. */

import { AUTOSCALING_LIMITS } from '../../../components/autoscaling/limits.js';
import { stepsProblem } from '../../../components/autoscaling/policies/step-scaling.js';
import { NotExpressible } from '../result.js';
import type { Given, Outcome } from './topic.js';
import { Either } from './topic.js';
import {
  adjustmentTypeOf,
  isGiven,
  MAX_WORDS,
  MIN_WORDS,
  numberOr,
  onlyWords,
  stepsGiven,
} from './words.js';

/** Each looks at some words and tells whether AWS refuses them. */
const RULES: readonly { readonly words: readonly string[]; refuses(given: Given): boolean }[] = [
  { words: ['steps'], refuses: refusesSteps },
  { words: ['minAdjustmentMagnitude'], refuses: refusesMagnitude },
  { words: ['adjustment'], refuses: refusesAdjustment },
  { words: [...MIN_WORDS, ...MAX_WORDS, 'desiredCapacity'], refuses: refusesSizes },
  { words: ['targetValue', 'target'], refuses: refusesTarget },
  { words: ['cooldown', 'defaultCooldown', 'estimatedInstanceWarmup'], refuses: refusesTimes },
];
/** Words that decide nothing alone. */
const AROUND = ['adjustmentType', 'threshold'];

export function validationOutcome(given: Given): Outcome {
  onlyWords(given, [...RULES.flatMap(({ words }) => words), ...AROUND]);
  const asked = RULES.filter(({ words }) => words.some((word) => isGiven(given, word)));
  if (asked.length === 0) throw new NotExpressible('given: nothing that could be refused');
  const isRefused = asked.some(({ refuses }) => refuses(given));
  return {
    error: new Either(isRefused ? [true, 'ValidationError'] : [false, null]),
    valid: !isRefused,
    accepted: !isRefused,
  };
}

function refusesSteps(given: Given): boolean {
  const steps = stepsGiven(given);
  if (steps.length > AUTOSCALING_LIMITS.stepsPerPolicyMax || stepsProblem(steps) !== '')
    return true;
  return steps.some(({ adjustment }) => isBadAdjustment(given, adjustment));
}

function refusesAdjustment(given: Given): boolean {
  return isBadAdjustment(given, numberOr(given, ['adjustment'], 0));
}

function isBadAdjustment(given: Given, adjustment: number): boolean {
  const isExact = 'adjustmentType' in given && adjustmentTypeOf(given) === 'ExactCapacity';
  return !Number.isInteger(adjustment) || (isExact && adjustment < 0);
}

/** It is for changes in percent. */
function refusesMagnitude(given: Given): boolean {
  if (adjustmentTypeOf(given) !== 'PercentChangeInCapacity') return true;
  const magnitude = numberOr(given, ['minAdjustmentMagnitude'], 1);
  return !Number.isInteger(magnitude) || magnitude < 1;
}

function refusesSizes(given: Given): boolean {
  const min = numberOr(given, MIN_WORDS, 0);
  const max = numberOr(given, MAX_WORDS, Infinity);
  const desired = numberOr(given, ['desiredCapacity'], min);
  return min < 0 || min > max || desired < min || desired > max;
}

function refusesTarget(given: Given): boolean {
  return numberOr(given, ['targetValue', 'target'], 1) <= 0;
}

function refusesTimes(given: Given): boolean {
  const words = ['cooldown', 'defaultCooldown', 'estimatedInstanceWarmup'];
  return words.some((word) => numberOr(given, [word], 0) < 0);
}
