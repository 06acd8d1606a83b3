// A clock and values that tests move by hand, and expectations read from their text.

import { check } from '../../../src/kernel/check.js';
import type { Expectation, Measure } from '../../../src/observe/measures/expression.js';
import { writtenMeasure } from '../../../src/observe/measures/expression.js';
import { Monitors } from '../../../src/observe/measures/monitors.js';
import type { ExpectationOutcome } from '../../../src/observe/measures/outcome.js';
import { readExpectation } from '../../../src/scenario/expect/check.js';
import { NAMES } from '../../scenario/expect/names.js';

export const SECOND = 1_000_000;

export function expectation(text: string): Expectation {
  const { expectation: read, problems } = readExpectation(text, NAMES);
  check(read !== undefined, JSON.stringify(problems));
  return read;
}

/** At so many seconds, a measure gets a value; steps at one instant stand one after the other. */
export type Step = readonly [seconds: number, measure: string, value: number];

/** The outcome of one line when values move so; all are 0 until they are set. */
export function watched(
  text: string,
  steps: readonly Step[],
  endSeconds: number,
): ExpectationOutcome {
  const line = expectation(text);
  const clock = { now: 0 };
  const values = new Map<string, number>();
  const reader = (measure: Measure) => {
    const name = writtenMeasure(measure);
    return (): number => values.get(name) ?? 0;
  };
  const monitors = new Monitors(clock, [line], { reader, lookAt: () => {} });
  for (const [seconds, measure, value] of steps) {
    clock.now = seconds * SECOND;
    monitors.beforeChange();
    values.set(measure, value);
  }
  clock.now = endSeconds * SECOND;
  monitors.finish();
  const outcome = monitors.outcome(line);
  check(outcome !== undefined, 'the line is watched');
  return outcome;
}
