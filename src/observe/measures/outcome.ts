/** What became of an expectation, in the units of results (OUTPUTS: `expectations`). */

import { usdText } from '../cost/money.js';
import type { Expectation } from './expression.js';
import type { Unit } from '../../components/expression/quantity.js';

export interface ExpectationOutcome {
  readonly text: string;
  readonly pass: boolean;
  /** Seconds, counts, shares, bytes, per second; money as a decimal string; `inf`; null: does not exist. */
  readonly measured: number | string | null;
  readonly unit: Unit;
}

const MICROS_PER_SECOND = 1_000_000;

/** `value` is in base units; NaN is told as null. */
export function outcomeOf(
  expectation: Expectation,
  pass: boolean,
  value: number,
): ExpectationOutcome {
  const { text, unit } = expectation;
  return { text, pass, measured: told(value, unit), unit };
}

/** A value in base units as results tell it: at most 6 decimals, 9 for shares. */
export function told(value: number, unit: Unit): number | string | null {
  if (Number.isNaN(value)) return null;
  if (!Number.isFinite(value)) return 'inf';
  switch (unit) {
    case 's':
      return withoutMinusZero(Math.round(value) / MICROS_PER_SECOND);
    case '/s':
      return decimals(value * MICROS_PER_SECOND, 1_000_000);
    case 'share':
      return decimals(value, 1_000_000_000);
    case 'USD':
      return usdText(BigInt(Math.round(value)));
    case 'B':
    case 'count':
      return decimals(value, 1_000_000);
  }
}

/** Large figures have no decimals left to cut off. */
function decimals(value: number, parts: number): number {
  const scaled = value * parts;
  return withoutMinusZero(
    Math.abs(scaled) < Number.MAX_SAFE_INTEGER ? Math.round(scaled) / parts : value,
  );
}

function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}
