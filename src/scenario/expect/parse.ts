/**
 * The grammar of expectations (docs/scenario.md); that of their sums is in components/expression:
 *
 *     line       = [always | never | eventually | sometimes] sum comparison sum [window]
 *     window     = during time ".." time | after time | before time
 *
 * The first thing wrong ends the reading; what the words mean is checked afterwards (check.ts).
 */

import { readLiteral } from '../../components/expression/literal.js';
import type { Parsed } from '../../components/expression/parse.js';
import { ExpressionParser, WORD } from '../../components/expression/parse.js';
import { fits, TIME } from '../../components/expression/quantity.js';
import type { Span } from '../../components/expression/syntax.js';
import { nearestOf } from '../../components/settings/nearest.js';
import type { Comparison, Mode } from '../../observe/measures/expression.js';
import { COMPARISONS, MODES } from '../../observe/measures/expression.js';
import type { ExpectationSyntax, WindowSyntax } from './syntax.js';

const WINDOWS = ['during', 'after', 'before'];
const OTHERS_COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '==',
  '===': '==',
  '=<': '<=',
  '=>': '>=',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '<>': '!=',
  '!==': '!=',
};

/** A whole line of `expect`. */
export function parseExpectation(text: string): Parsed<ExpectationSyntax> {
  return new LineParser(text).expectation();
}

class LineParser extends ExpressionParser {
  expectation(): Parsed<ExpectationSyntax> {
    return this.read(() => this.line());
  }

  // --- line ------------------------------------------------------------------------------------

  private line(): ExpectationSyntax | undefined {
    const mode = this.mode();
    if (mode === undefined) return undefined;
    const left = this.sum();
    if (left === undefined) return undefined;
    const comparison = this.comparison();
    if (comparison === undefined) return undefined;
    const right = this.sum();
    if (right === undefined) return undefined;
    const window = this.window();
    if (window === undefined) return undefined;
    const syntax: ExpectationSyntax = {
      mode: mode.value,
      left,
      comparison: comparison.value,
      right,
      window: window.value,
    };
    return this.ending(syntax);
  }

  private mode(): (Span & { readonly value: Mode }) | undefined {
    this.scan.skipSpace();
    const at = this.scan.at;
    const word = this.scan.match(WORD);
    const mode = MODES.find((known) => known === word);
    if (mode !== undefined) return { value: mode, at, end: this.scan.at };
    const nothing = { value: 'whole', at, end: at } as const;
    if (word === undefined) return nothing;
    this.scan.skipSpace();
    const isFollowedByMeasure =
      this.scan.at > at + word.length && this.scan.peek(/[A-Za-z(]/y) !== undefined;
    this.scan.at = at;
    if (!isFollowedByMeasure) return nothing;
    const nearest = nearestOf(word, MODES);
    return this.refuse({
      code: 'choice',
      offset: at,
      found: word,
      allowed: MODES.join(', '),
      ...(nearest === undefined ? {} : { nearest }),
    });
  }

  private comparison(): (Span & { readonly value: Comparison }) | undefined {
    this.scan.skipSpace();
    const at = this.scan.at;
    const found = this.scan.match(/[<>=!≤≥≠]+/y);
    const value = COMPARISONS.find((known) => known === found);
    if (value !== undefined) return { value, at, end: this.scan.at };
    this.scan.at = at;
    const allowed =
      found === undefined ? `+ - * / or ${COMPARISONS.join(' ')}` : COMPARISONS.join(' ');
    if (found === undefined) return this.syntaxError(allowed);
    const nearest = OTHERS_COMPARISONS[found];
    return this.refuse({
      code: 'syntax',
      offset: at,
      found,
      allowed,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }

  protected override ending<T>(whole: T): T | undefined {
    this.scan.skipSpace();
    if (this.scan.isAtEnd) return whole;
    const second = this.scan.peek(/[<>=!≤≥≠]+|&&?|\|\|?|and\b|or\b/y);
    if (second === undefined) return this.syntaxError('the end of the line');
    return this.syntaxError('one comparison in a line; write two lines');
  }

  // --- window ----------------------------------------------------------------------------------

  private window(): { readonly value: WindowSyntax | null } | undefined {
    this.scan.skipSpace();
    const at = this.scan.at;
    const word = this.scan.match(WORD);
    if (word === undefined) return { value: null };
    if (!WINDOWS.includes(word)) {
      this.scan.at = at;
      if (word === 'and' || word === 'or') return { value: null };
      const nearest = nearestOf(word, WINDOWS);
      return this.refuse({
        code: 'choice',
        offset: at,
        found: word,
        allowed: 'during a..b, after t, before t',
        ...(nearest === undefined ? {} : { nearest }),
      });
    }
    const first = this.time();
    if (first === undefined) return undefined;
    if (word === 'after') return { value: { from: first, to: Infinity, at, end: this.scan.at } };
    if (word === 'before') return this.nonEmpty({ from: 0, to: first, at, end: this.scan.at });
    this.scan.skipSpace();
    if (!this.scan.take('..')) return this.syntaxError('..', `${word} 10m..20m`);
    const second = this.time();
    return second === undefined
      ? undefined
      : this.nonEmpty({ from: first, to: second, at, end: this.scan.at });
  }

  private nonEmpty(window: WindowSyntax): { readonly value: WindowSyntax } | undefined {
    if (window.from < window.to) return { value: window };
    const found = this.scan.text.slice(window.at, window.end);
    return this.refuse({
      code: 'never-happens',
      offset: window.at,
      found,
      allowed: 'a window that ends after it begins',
    });
  }

  private time(): number | undefined {
    this.scan.skipSpace();
    if (this.scan.peek(/\d/y) === undefined) return this.syntaxError('a time, such as 20m');
    const literal = readLiteral(this.scan, this.refuse);
    if (literal === undefined) return undefined;
    if (fits(literal.quantity, TIME)) return Math.round(literal.value);
    return this.refuse({
      code: 'wrong-unit',
      offset: literal.at,
      found: literal.text,
      allowed: 'a time: us ms s m h d',
    });
  }
}
