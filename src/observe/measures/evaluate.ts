/**
 * Evaluates expressions. What does not exist is NaN here: it compares with nothing, and arithmetic
 * passes it on. A quantile among messages that were never done is Infinity.
 */

import type { Comparison, Expression, Measure } from './expression.js';

/** Gives the present value of one measure, in base units; NaN when there is none. */
export type Reader = () => number;

/** The expression as a function of what its measures read; holds no state of its own. */
export function calculation(
  expression: Expression,
  readerOf: (measure: Measure) => Reader,
): Reader {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'measure':
      return readerOf(expression);
    case 'negation': {
      const of = calculation(expression.of, readerOf);
      return () => -of();
    }
    case 'binary': {
      const left = calculation(expression.left, readerOf);
      const right = calculation(expression.right, readerOf);
      switch (expression.operator) {
        case '+':
          return () => left() + right();
        case '-':
          return () => left() - right();
        case '*':
          return () => left() * right();
        case '/':
          return () => left() / right();
      }
    }
  }
}

/** Whether a comparison holds; never when a side does not exist. */
export function holds(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right && !Number.isNaN(left) && !Number.isNaN(right);
  }
}

/**
 * How far a comparison is from failing: the smaller, the nearer (or the worse broken). Only the
 * order of these numbers means anything.
 */
export function slack(left: number, comparison: Comparison, right: number): number {
  switch (comparison) {
    case '<':
    case '<=':
      return right - left;
    case '>':
    case '>=':
      return left - right;
    case '==':
      return left === right ? 0 : -Math.abs(left - right);
    case '!=':
      return left === right ? 0 : Math.abs(left - right);
  }
}
