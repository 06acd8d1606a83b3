/** The tree of a line as written, before names and units are checked. Places are offsets in the line. */

import type { ExpressionSyntax, Span } from '../../components/expression/syntax.js';
import type { Comparison, Mode } from '../../observe/measures/expression.js';

export interface WindowSyntax extends Span {
  /** µs. */
  readonly from: number;
  /** µs, or Infinity. */
  readonly to: number;
}

export interface ExpectationSyntax {
  readonly mode: Mode;
  readonly left: ExpressionSyntax;
  readonly comparison: Comparison;
  readonly right: ExpressionSyntax;
  readonly window: WindowSyntax | null;
}
