/** What a bill says in one figure: for `summary.json`, and for `cost` in expectations. */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Measure } from '../measures/expression.js';
import type { Bill, CostLine } from './bill.js';
import { sumOf } from './bill.js';
import { dividedRounded, usdText } from './money.js';

const MILLION = 1_000_000n;

/** `cost` of a RunResult. */
export interface CostSummary {
  readonly windowSeconds: number;
  readonly windowUsd: string;
  readonly perMonthUsd: string;
  /** Of the window, per million obligations processed; null when there are none. */
  readonly perMillionProcessedUsd: string | null;
  readonly lines: readonly CostLine[];
}

export function costSummary(bill: Bill, windowMicros: Micros, processed: number): CostSummary {
  return {
    windowSeconds: windowMicros / SECOND,
    windowUsd: usdText(bill.windowPico),
    perMonthUsd: usdText(bill.perMonthPico),
    perMillionProcessedUsd:
      processed === 0
        ? null
        : usdText(dividedRounded(bill.windowPico * MILLION, BigInt(processed))),
    lines: bill.lines,
  };
}

/** A `cost` measure in 1e-12 USD; null when it is per message and nothing was processed. */
export function costFigure(bill: Bill, measure: Measure, processed: number): bigint | null {
  const { who } = measure;
  const lines =
    who.kind === 'name' ? bill.lines.filter((line) => line.resource === who.name) : bill.lines;
  const sum = (period: CostLine['period']): bigint =>
    sumOf(lines.filter((line) => line.period === period));
  if (measure.detail === 'perMonth') return sum('month');
  if (measure.detail === 'window') return sum('window');
  return processed === 0 ? null : dividedRounded(sum('window'), BigInt(processed));
}
