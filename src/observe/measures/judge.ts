/**
 * Judges all expectations of a run, in file order. Figures are compared as doubles of base units:
 * times and counts exactly, money exactly up to 9,007 USD and to 16 digits beyond.
 */

import type { Reader } from './evaluate.js';
import { calculation, holds } from './evaluate.js';
import type { Expectation, Expression, Measure } from './expression.js';
import type { Monitors } from './monitors.js';
import type { ExpectationOutcome } from './outcome.js';
import { outcomeOf } from './outcome.js';
import type { Figures } from './readings.js';
import { usdText } from '../cost/money.js';

export function judge(
  expectations: readonly Expectation[],
  figures: Figures,
  monitors: Monitors,
): ExpectationOutcome[] {
  return expectations.map(
    (expectation) => monitors.outcome(expectation) ?? judgeWhole(expectation, figures),
  );
}

/** `pass` of a whole run: no expectation fails; `none` when there is none. */
export function verdictOf(outcomes: readonly ExpectationOutcome[]): 'pass' | 'fail' | 'none' {
  if (outcomes.length === 0) return 'none';
  return outcomes.every((outcome) => outcome.pass) ? 'pass' : 'fail';
}

function judgeWhole(expectation: Expectation, figures: Figures): ExpectationOutcome {
  const readerOf =
    (measure: Measure): Reader =>
    () =>
      figures.get(measure) ?? NaN;
  const left = calculation(expectation.left, readerOf)();
  const right = calculation(expectation.right, readerOf)();
  const exists = !Number.isNaN(left) && !Number.isNaN(right);
  const pass = holds(left, expectation.comparison, right);
  const value = expectation.measured === 'left' ? left : right;
  const outcome = outcomeOf(expectation, pass, value);
  const exact = exists ? exactMoney(expectation[expectation.measured], figures) : null;
  return exact === null ? outcome : { ...outcome, measured: exact };
}

/** The amount of a bill that is asked for alone is told to its last digit. */
function exactMoney(expression: Expression, figures: Figures): string | null {
  if (expression.kind !== 'measure' || expression.name !== 'cost') return null;
  const pico = figures.money(expression);
  return pico === null ? null : usdText(pico);
}
