/**
 * From a line of `expect` to a checked Expectation: parse, check names and words against the
 * catalog and the scenario, check units, turn "count compared with share" into a share of obligations.
 */

import type { Refuse, TextProblem } from '../../components/expression/problem.js';
import type { Expectation, Expression, Who } from '../../observe/measures/expression.js';
import { measuresOf } from '../../observe/measures/expression.js';
import type { MeasureSpec } from '../../observe/measures/catalog.js';
import { measureSpec } from '../../observe/measures/catalog.js';
import type { Quantity } from '../../components/expression/quantity.js';
import {
  COUNT,
  divided,
  fits,
  inWords,
  isPlain,
  multiplied,
  SHARE,
  summed,
  unitOf,
} from '../../components/expression/quantity.js';
import type { BinarySyntax, ExpressionSyntax } from '../../components/expression/syntax.js';
import type { Asked } from './measure.js';
import { MeasureCheck } from './measure.js';
import type { Names } from './names.js';
import { parseExpectation } from './parse.js';
import type { ExpectationSyntax } from './syntax.js';

export type Checked =
  | { readonly expectation: Expectation; readonly problems: readonly [] }
  | { readonly expectation: undefined; readonly problems: readonly TextProblem[] };

/** Reads one line of `expect`; either an expectation, or everything that is wrong with the line. */
export function readExpectation(text: string, names: Names): Checked {
  const parsed = parseExpectation(text);
  if ('problem' in parsed) return { expectation: undefined, problems: [parsed.problem] };
  const problems: TextProblem[] = [];
  const expectation = new LineCheck(text, names, (problem) => void problems.push(problem)).line(
    parsed.syntax,
  );
  if (expectation !== undefined && problems.length === 0) return { expectation, problems: [] };
  return { expectation: undefined, problems };
}

class LineCheck {
  private readonly measures: MeasureCheck;

  constructor(
    private readonly text: string,
    private readonly names: Names,
    private readonly refuse: Refuse,
  ) {
    this.measures = new MeasureCheck(names, refuse);
  }

  line(syntax: ExpectationSyntax): Expectation | undefined {
    this.checkWindow(syntax);
    const asked: Asked = { mode: syntax.mode, hasWindow: syntax.window !== null };
    const left = this.expression(syntax.left, asked);
    const right = this.expression(syntax.right, asked);
    if (left === undefined || right === undefined) return undefined;
    const sides = this.sides(left, right, syntax);
    if (sides === undefined) return undefined;
    const unit = unitOf(summed(sides.left.quantity, sides.right.quantity));
    if (unit === undefined) return this.noUnit(sides.left.quantity, syntax);
    const measured = measuresOf(left).length > 0 ? 'left' : 'right';
    if (measuresOf(sides[measured]).length === 0) return this.nothingMeasured(syntax);
    const { mode, comparison } = syntax;
    const window =
      syntax.window === null ? null : { from: syntax.window.from, to: syntax.window.to };
    return { text: this.text, mode, ...sides, comparison, window, measured, unit };
  }

  private checkWindow(syntax: ExpectationSyntax): void {
    const { window } = syntax;
    if (window === null || window.from < this.names.latestEnd) return;
    const found = this.text.slice(window.at, window.end);
    this.refuse({
      code: 'never-happens',
      offset: window.at,
      found,
      allowed: 'a window that begins before the run ends',
    });
  }

  private noUnit(quantity: Quantity, syntax: ExpectationSyntax): undefined {
    const allowed = 'a time, a size, money, a rate, a count or a share';
    return this.refuse({
      code: 'wrong-unit',
      offset: syntax.left.at,
      found: inWords(quantity),
      allowed,
    });
  }

  private nothingMeasured(syntax: ExpectationSyntax): undefined {
    return this.refuse({
      code: 'missing',
      offset: syntax.left.at,
      found: this.text.trim(),
      allowed: 'a measure on one side',
    });
  }

  // --- both sides ------------------------------------------------------------------------------

  private sides(
    left: Expression,
    right: Expression,
    syntax: ExpectationSyntax,
  ): { left: Expression; right: Expression } | undefined {
    if (fits(left.quantity, right.quantity)) return { left, right };
    if (isPlain(left.quantity) && isPlain(right.quantity)) {
      if (left.quantity.plain === 'count') {
        const share = this.perObligation(left, syntax.left);
        return share === undefined ? undefined : { left: share, right };
      }
      const share = this.perObligation(right, syntax.right);
      return share === undefined ? undefined : { left, right: share };
    }
    const found = `${inWords(left.quantity)} ${syntax.comparison} ${inWords(right.quantity)}`;
    return this.refuse({
      code: 'wrong-unit',
      offset: syntax.right.at,
      found,
      allowed: inWords(left.quantity),
    });
  }

  /** A count that is compared with a share: divided by the obligations of whom it asks about. */
  private perObligation(count: Expression, at: ExpressionSyntax): Expression | undefined {
    const measures = measuresOf(count);
    const first = measures[0];
    const isCount = (spec: MeasureSpec): boolean =>
      spec.shape !== 'level' && spec.quantity.plain === 'count';
    if (first === undefined || !measures.every((one) => isCount(measureSpec(one.name)))) {
      return this.refuse({
        code: 'wrong-unit',
        offset: at.at,
        found: this.text.slice(at.at, at.end),
        allowed: 'a share, or a count of events',
      });
    }
    if (!measures.every((one) => sameWho(one.who, first.who))) {
      const found = this.text.slice(at.at, at.end);
      return this.refuse({
        code: 'wrong-unit',
        offset: at.at,
        found,
        allowed: 'a share, or counts of one name',
      });
    }
    const owed: Expression = {
      kind: 'measure',
      // What a filter keeps from a link was never owed to it.
      name: measures.every(({ name }) => name === 'filtered') ? 'offered' : 'owed',
      detail: null,
      who: first.who,
      statistic: null,
      quantity: COUNT,
    };
    return { kind: 'binary', operator: '/', left: count, right: owed, quantity: SHARE };
  }

  // --- expressions -----------------------------------------------------------------------------

  private expression(syntax: ExpressionSyntax, asked: Asked): Expression | undefined {
    switch (syntax.kind) {
      case 'literal':
        return {
          kind: 'literal',
          value: syntax.value,
          quantity: syntax.quantity,
          text: syntax.text,
        };
      case 'measure':
        return this.measures.measure(syntax, asked);
      case 'negation': {
        const of = this.expression(syntax.of, asked);
        return of === undefined ? undefined : { kind: 'negation', of, quantity: of.quantity };
      }
      case 'binary':
        return this.binary(syntax, asked);
    }
  }

  private binary(syntax: BinarySyntax, asked: Asked): Expression | undefined {
    const left = this.expression(syntax.left, asked);
    const right = this.expression(syntax.right, asked);
    if (left === undefined || right === undefined) return undefined;
    const { operator } = syntax;
    if (operator === '*')
      return {
        kind: 'binary',
        operator,
        left,
        right,
        quantity: multiplied(left.quantity, right.quantity),
      };
    if (operator === '/')
      return {
        kind: 'binary',
        operator,
        left,
        right,
        quantity: divided(left.quantity, right.quantity),
      };
    if (fits(left.quantity, right.quantity)) {
      return {
        kind: 'binary',
        operator,
        left,
        right,
        quantity: summed(left.quantity, right.quantity),
      };
    }
    const found = `${inWords(left.quantity)} ${operator} ${inWords(right.quantity)}`;
    return this.refuse({
      code: 'wrong-unit',
      offset: syntax.right.at,
      found,
      allowed: inWords(left.quantity),
    });
  }
}

function sameWho(a: Who, b: Who): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name;
  if (a.kind === 'link' && b.kind === 'link') return a.from === b.from && a.to === b.to;
  return true;
}
