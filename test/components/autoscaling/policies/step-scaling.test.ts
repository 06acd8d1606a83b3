// Step scaling against the worked examples of AWS's guide (awsdocs, as-scaling-simple-step.md, commit
// 0987d768), rules applied to numbers of our own, and laws.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type {
  AdjustmentType,
  Capacity,
  StepAdjustment,
  StepRule,
} from '../../../../src/components/autoscaling/policies/step-scaling.js';
import {
  ADJUSTMENT_TYPES,
  aggregated,
  changeOf,
  newDesired,
  roundChange,
  stepFor,
  stepsProblem,
} from '../../../../src/components/autoscaling/policies/step-scaling.js';

const step = (lower: number | null, upper: number | null, adjustment: number): StepAdjustment => ({
  lower,
  upper,
  adjustment,
});

/** The guide's two policies: alarms at 50, in percent. */
const OUT: StepRule = {
  adjustmentType: 'PercentChangeInCapacity',
  minAdjustmentMagnitude: 0,
  threshold: 50,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  steps: [step(0, 10, 0), step(10, 20, 10), step(20, null, 30)],
};
const IN: StepRule = {
  ...OUT,
  comparisonOperator: 'LessThanOrEqualToThreshold',
  steps: [step(-10, 0, 0), step(-20, -10, -10), step(null, -20, -30)],
};

function capacity(warm: number, desired = warm): Capacity {
  return { min: 0, max: 1000, desired, warm, isWarming: desired > warm, leaving: 0 };
}

test('an exact capacity is what is wanted, also when just as many are there because launches fail', () => {
  const rule = { ...OUT, adjustmentType: 'ExactCapacity', steps: [step(0, null, 5)] } as const;
  expect(newDesired(rule, 60, { ...capacity(5, 8), isWarming: false })).toBe(5);
  expect(newDesired(rule, 60, capacity(5, 8))).toBe(8); // three come up: no scaling in
  expect(newDesired(rule, 60, capacity(4, 4))).toBe(5);
});

describe("the guide's examples", () => {
  test.each([
    ['step-01', OUT, capacity(10), 60, 11],
    ['warming: 10 % of 10, already wanted', OUT, capacity(10, 11), 62, 11],
    ['step-15: 30 % of 10, one already wanted', OUT, capacity(10, 11), 70, 13],
    ['step-04: 30 % of 13', IN, capacity(13), 30, 10],
    ['step-06: no change near the threshold', IN, capacity(10), 45, 10],
    ['step-11: below, upper bounds are inclusive', IN, capacity(10), 40, 9],
    ['group 11, +30 %', OUT, capacity(11), 75, 14],
  ])('%s', (_name, rule, now, metric, expected) => {
    expect(newDesired(rule, metric, now)).toBe(expected);
  });

  test.each([
    [12.7, 12],
    [0.67, 1],
    [-0.58, -1],
    [-6.67, -6],
    [1, 1],
    [-1, -1],
    [0, 0],
    [2.31, 2],
  ])('%d is rounded to %d', (change, expected) => expect(roundChange(change)).toBe(expected));

  test.each([
    [1, 10, 2],
    [7, 33, 9],
    [9, 10, 10],
    [199, 1, 200],
    [50, -3, 49],
    [8, 12.5, 9],
    [10, 10, 11],
  ])('%d instances, %d %%', (now, percent, expected) => {
    expect(now + changeOf('PercentChangeInCapacity', percent, now, 0)).toBe(expected);
  });

  test('a change in percent is at least the minimum magnitude', () => {
    expect(changeOf('PercentChangeInCapacity', 25, 4, 2)).toBe(2);
    expect(changeOf('PercentChangeInCapacity', 25, 12, 2)).toBe(3);
    expect(changeOf('PercentChangeInCapacity', -10, 10, 3)).toBe(-3);
    expect(changeOf('PercentChangeInCapacity', 0, 10, 3)).toBe(0);
  });

  test('weight-01: a decrement smaller than what is above desired does nothing', () => {
    const rule: StepRule = {
      ...IN,
      adjustmentType: 'ChangeInCapacity',
      steps: [step(null, 0, -1)],
    };
    expect(
      newDesired(rule, 40, {
        min: 0,
        max: 100,
        desired: 30,
        warm: 32,
        isWarming: false,
        leaving: 0,
      }),
    ).toBe(30);
  });
});

describe('bounds', () => {
  test('above the threshold the lower bound belongs to the step, below it the upper one', () => {
    expect(stepFor(OUT.steps, 10, true)?.adjustment).toBe(10);
    expect(stepFor(OUT.steps, 20, true)?.adjustment).toBe(30);
    expect(stepFor(IN.steps, -10, false)?.adjustment).toBe(-10);
    expect(stepFor(IN.steps, -20, false)?.adjustment).toBe(-30);
  });

  test('a metric at the threshold is on the side that the alarm looks at', () => {
    const steps = [step(null, 0, -1), step(0, null, 1)];
    const rule: StepRule = { ...OUT, adjustmentType: 'ChangeInCapacity', steps };
    expect(newDesired(rule, 50, capacity(5))).toBe(6);
    expect(
      newDesired({ ...rule, comparisonOperator: 'LessThanOrEqualToThreshold' }, 50, capacity(5)),
    ).toBe(4);
  });

  test.each([
    ['a negative lower bound with nothing below', [step(-10, 0, -1)]],
    ['a positive upper bound with nothing above', [step(0, 10, 1)]],
    ['two without lower bound', [step(null, 0, -1), step(null, 10, 1)]],
    ['two without upper bound', [step(0, null, 1), step(5, null, 2)]],
    ['a gap', [step(0, 10, 1), step(20, null, 2)]],
    ['an overlap', [step(0, 10, 1), step(5, null, 2)]],
    ['an empty step', [step(5, 5, 1)]],
    ['no bound at all', [step(null, null, 1)]],
    ['none', []],
  ])('AWS refuses %s', (_name, steps) => expect(stepsProblem(steps)).not.toBe(''));

  test("AWS takes the guide's", () => {
    expect(stepsProblem(OUT.steps)).toBe('');
    expect(stepsProblem(IN.steps)).toBe('');
    expect(stepsProblem([step(null, -10, -1), step(-10, 10, 0), step(10, null, 1)])).toBe('');
  });
});

test('data points are aggregated as the policy says', () => {
  expect(aggregated([1, 2, 6], 'Average')).toBe(3);
  expect(aggregated([4, 2, 6], 'Minimum')).toBe(2);
  expect(aggregated([4, 2, 6], 'Maximum')).toBe(6);
});

describe('laws', () => {
  const rules = fc.record({
    adjustmentType: fc.constantFrom<AdjustmentType>(...ADJUSTMENT_TYPES),
    minAdjustmentMagnitude: fc.nat(5),
    adjustment: fc.integer({ min: -200, max: 200 }),
  });
  const capacities = fc
    .tuple(fc.nat(20), fc.nat(100), fc.nat(120), fc.nat(120))
    .map(([min, more, a, b]): Capacity => {
      const max = min + more;
      const desired = Math.min(max, Math.max(min, a));
      const warm = Math.min(desired, b);
      return { min, max, desired, warm, isWarming: warm < desired, leaving: 0 };
    });

  test('what is wanted stays within the bounds, and does not fall while anything is warming', () => {
    fc.assert(
      fc.property(rules, capacities, ({ adjustment, ...rest }, now) => {
        const rule: StepRule = {
          ...rest,
          threshold: 50,
          comparisonOperator: 'GreaterThanThreshold',
          steps: [step(0, null, adjustment)],
        };
        const wanted = newDesired(rule, 60, now);
        expect(wanted).toBeGreaterThanOrEqual(now.min);
        expect(wanted).toBeLessThanOrEqual(now.max);
        expect(Number.isInteger(wanted)).toBe(true);
        if (now.isWarming) expect(wanted).toBeGreaterThanOrEqual(now.desired);
      }),
    );
  });
});
