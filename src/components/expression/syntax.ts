/** The tree of an expression as written, before names and units are checked. Places are offsets in the text. */

import type { Quantity } from './quantity.js';

export interface Span {
  readonly at: number;
  readonly end: number;
}

export interface Word extends Span {
  readonly text: string;
}

export type SyntaxWho =
  | { readonly kind: 'name'; readonly name: Word }
  | { readonly kind: 'link'; readonly from: Word; readonly to: Word };

export interface LiteralSyntax extends Span {
  readonly kind: 'literal';
  /** In base units: µs, bytes, 1e-12 USD. */
  readonly value: number;
  readonly quantity: Quantity;
  readonly text: string;
}

export interface MeasureSyntax extends Span {
  readonly kind: 'measure';
  readonly name: Word;
  /** Words between the name and the parentheses; all words where there are none. */
  readonly before: readonly Word[];
  readonly who: SyntaxWho | null;
  /** Words behind the parentheses. */
  readonly after: readonly Word[];
}

export interface NegationSyntax extends Span {
  readonly kind: 'negation';
  readonly of: ExpressionSyntax;
}

export interface BinarySyntax extends Span {
  readonly kind: 'binary';
  readonly operator: '+' | '-' | '*' | '/';
  readonly left: ExpressionSyntax;
  readonly right: ExpressionSyntax;
}

export type ExpressionSyntax = LiteralSyntax | MeasureSyntax | NegationSyntax | BinarySyntax;
