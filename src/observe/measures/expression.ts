/**
 * Expectations as data: what `src/scenario/expect` makes of a line like
 * `always depth(orders) < 10000 during 10m..20m`, checked, in base units, ready to be evaluated.
 */

import type { Micros } from '../../kernel/time.js';
import type { MeasureName } from './catalog.js';
import type { Quantity, Unit } from '../../components/expression/quantity.js';

/** When a comparison must hold; `whole` is the figure of the whole run (or window). */
export const MODES = ['always', 'never', 'eventually', 'sometimes'] as const;
export type Mode = 'whole' | (typeof MODES)[number];

export const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** [from, to); `to` is Infinity for `after`. */
export interface Window {
  readonly from: Micros;
  readonly to: Micros;
}

/** Whom a measure is about. */
export type Who =
  | { readonly kind: 'all' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'link'; readonly from: string; readonly to: string };

export type Statistic =
  | { readonly kind: 'mean' | 'min' | 'max' | 'end' }
  /** `written` is `99.9` for p99.9, `quantile` 0.999. */
  | { readonly kind: 'quantile'; readonly quantile: number; readonly written: string };

/** A number as written, in base units: µs, bytes, 1e-12 USD, a plain number, or one of these per µs. */
export interface Literal {
  readonly kind: 'literal';
  readonly value: number;
  readonly quantity: Quantity;
  /** As written: `30s`, `900 USD`. */
  readonly text: string;
}

export interface Measure {
  readonly kind: 'measure';
  readonly name: MeasureName;
  /** A cause, an operation, or which cost; null: all of them. */
  readonly detail: string | null;
  readonly who: Who;
  /** null where the measure is one figure, and for levels at a moment. */
  readonly statistic: Statistic | null;
  readonly quantity: Quantity;
}

export interface Negation {
  readonly kind: 'negation';
  readonly of: Expression;
  readonly quantity: Quantity;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: '+' | '-' | '*' | '/';
  readonly left: Expression;
  readonly right: Expression;
  readonly quantity: Quantity;
}

export type Expression = Literal | Measure | Negation | Binary;

export interface Expectation {
  /** The line as the scenario has it. */
  readonly text: string;
  readonly mode: Mode;
  readonly left: Expression;
  readonly comparison: Comparison;
  readonly right: Expression;
  readonly window: Window | null;
  /** The side that is told as "measured": the left, unless only the right one measures anything. */
  readonly measured: 'left' | 'right';
  readonly unit: Unit;
}

/** All measures of an expression, from left to right. */
export function measuresOf(expression: Expression): Measure[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'measure':
      return [expression];
    case 'negation':
      return measuresOf(expression.of);
    case 'binary':
      return [...measuresOf(expression.left), ...measuresOf(expression.right)];
  }
}

/** All measures of an expectation. */
export function measuresIn(expectation: Expectation): Measure[] {
  return [...measuresOf(expectation.left), ...measuresOf(expectation.right)];
}

/** A measure as the language writes it: `latency(shoppers).p99.9`. */
export function writtenMeasure(measure: Measure): string {
  const { name, detail, who, statistic } = measure;
  const isCostOf = name === 'cost' && who.kind !== 'all';
  const head = detail === null || isCostOf ? name : `${name}.${detail}`;
  const tail =
    isCostOf && detail !== null
      ? `.${detail}`
      : statistic === null
        ? ''
        : `.${writtenStatistic(statistic)}`;
  return `${head}${writtenWho(who)}${tail}`;
}

export function writtenStatistic(statistic: Statistic): string {
  return statistic.kind === 'quantile' ? `p${statistic.written}` : statistic.kind;
}

function writtenWho(who: Who): string {
  if (who.kind === 'all') return '';
  return who.kind === 'name' ? `(${who.name})` : `(${who.from} -> ${who.to})`;
}
