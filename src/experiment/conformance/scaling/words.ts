/** Reads what scaling cases give; whatever has no phrase makes the case not expressible. */

import type {
  AdjustmentType,
  Capacity,
  StepAdjustment,
} from '../../../components/autoscaling/policies/step-scaling.js';
import { ADJUSTMENT_TYPES } from '../../../components/autoscaling/policies/step-scaling.js';
import { isMap } from '../../../components/settings/problem.js';
import { NotExpressible } from '../result.js';
import type { Given } from './topic.js';
import { Either, numberOf } from './topic.js';

/** A case that gives anything else may mean something else. */
export function onlyWords(given: Given, words: readonly string[]): void {
  const other = Object.keys(given).find((word) => !words.includes(word));
  if (other !== undefined) throw new NotExpressible(`given: no phrase for ${other}`);
}

/** The number under the first of several words that is there, else `fallback`. */
export function numberOr<T>(given: Given, words: readonly string[], fallback: T): number | T {
  const word = words.find((one) => isGiven(given, one));
  return word === undefined ? fallback : numberOf(given, word);
}

export function isGiven(given: Given, word: string): boolean {
  const value = given[word];
  return value !== undefined && value !== null && value !== 'not given';
}

export function adjustmentTypeOf(given: Given): AdjustmentType {
  const type = ADJUSTMENT_TYPES.find((one) => one === given['adjustmentType']);
  if (type !== undefined) return type;
  throw new NotExpressible(`given: no phrase for ${JSON.stringify(given['adjustmentType'])}`);
}

export const MIN_WORDS = ['minSize', 'min', 'minCapacity'];
export const MAX_WORDS = ['maxSize', 'max', 'maxCapacity'];
export const CAPACITY_WORDS = ['currentCapacity', 'desiredCapacity', ...MIN_WORDS, ...MAX_WORDS];

/** What is wanted beyond the current capacity is still warming up. */
export function capacityOf(given: Given): Capacity {
  const warm = numberOf(given, 'currentCapacity');
  const desired = numberOr(given, ['desiredCapacity'], warm);
  const min = numberOr(given, MIN_WORDS, 0);
  const max = numberOr(given, MAX_WORDS, Infinity);
  return { min, max, desired, warm, isWarming: desired > warm, leaving: 0 };
}

export function stepsGiven(given: Given): readonly StepAdjustment[] {
  const { steps } = given;
  if (!Array.isArray(steps)) throw new NotExpressible('given: no phrase for the steps');
  return steps.map((step: unknown) => {
    if (!isMap(step)) throw new NotExpressible('given: no phrase for a step');
    onlyWords(step, ['lower', 'upper', 'adjustment']);
    const lower = numberOr(step, ['lower'], null);
    const upper = numberOr(step, ['upper'], null);
    return { lower, upper, adjustment: numberOr(step, ['adjustment'], 0) };
  });
}

const DIRECTIONS = {
  none: ['none', 'no change', 'noChange'],
  out: ['out', 'scale-out', 'scaleOut', 'add'],
  in: ['in', 'scale-in', 'scaleIn', 'remove'],
} as const;

export function direction(from: number, to: number): Either {
  if (from === to) return new Either(DIRECTIONS.none);
  return new Either(to > from ? DIRECTIONS.out : DIRECTIONS.in);
}
