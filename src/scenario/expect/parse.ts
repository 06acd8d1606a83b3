/**
 * The grammar of docs/scenario.md, by recursive descent:
 *
 *     line       = [always | never | eventually | sometimes] sum comparison sum [window]
 *     sum        = product { (+ | -) product }
 *     product    = factor { (* | /) factor }
 *     factor     = [-] ( number | measure | "(" sum ")" )
 *     measure    = word { "." word } [ "(" name [ "->" name ] ")" { "." word } ]
 *     window     = during time ".." time | after time | before time
 *
 * The first thing wrong ends the reading; what the words mean is checked afterwards (check.ts).
 */

import { nearestOf } from '../../components/settings/nearest.js';
import type { Comparison, Mode } from '../../observe/measures/expression.js';
import { COMPARISONS, MODES } from '../../observe/measures/expression.js';
import { fits, TIME } from '../../observe/measures/quantity.js';
import { readLiteral } from './literal.js';
import type { ExpectProblem } from './problem.js';
import { Scanner } from './scanner.js';
import type {
  ExpectationSyntax,
  ExpressionSyntax,
  MeasureSyntax,
  Span,
  SyntaxWho,
  WindowSyntax,
  Word,
} from './syntax.js';

/** Longer lines, and deeper parentheses, are refused. */
export const LONGEST_LINE = 1_000;
const DEEPEST = 50;

const NAME = /[A-Za-z](?:[A-Za-z0-9_.]|-(?!>))*/y;
const WORD = /[A-Za-z][A-Za-z0-9_]*/y;
const STATISTIC_WORD = /p\d+(?:\.\d+)?(?![A-Za-z0-9_])|[A-Za-z][A-Za-z0-9_]*/y;
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

export type Parsed<T> = { readonly syntax: T } | { readonly problem: ExpectProblem };

/** A whole line of `expect`. */
export function parseExpectation(text: string): Parsed<ExpectationSyntax> {
  return new Parser(text).expectation();
}

/** An expression alone, as under `measure:` and in an alarm's `metric:`. */
export function parseExpression(text: string): Parsed<ExpressionSyntax> {
  return new Parser(text).expression();
}

class Parser {
  private readonly scan: Scanner;
  private problem: ExpectProblem | undefined;
  private depth = 0;

  constructor(text: string) {
    this.scan = new Scanner(text);
    if (text.length > LONGEST_LINE)
      this.refuse({
        code: 'syntax',
        offset: LONGEST_LINE,
        message: 'the line is longer than 1,000 characters',
      });
  }

  expectation(): Parsed<ExpectationSyntax> {
    return this.result(this.problem === undefined ? this.line() : undefined);
  }

  expression(): Parsed<ExpressionSyntax> {
    const sum = this.problem === undefined ? this.sum() : undefined;
    return this.result(sum === undefined ? undefined : this.ending(sum));
  }

  private result<T>(syntax: T | undefined): Parsed<T> {
    if (this.problem !== undefined) return { problem: this.problem };
    return { syntax: syntax! };
  }

  /** The first problem counts. */
  private readonly refuse = (problem: ExpectProblem): undefined => {
    this.problem ??= problem;
    return undefined;
  };

  private syntaxError(allowed: string, nearest?: string): undefined {
    this.scan.skipSpace();
    const found = this.scan.found();
    const better = nearest === undefined ? {} : { nearest };
    return this.refuse({ code: 'syntax', offset: this.scan.at, found, allowed, ...better });
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

  private ending<T>(whole: T): T | undefined {
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

  // --- expressions -----------------------------------------------------------------------------

  private sum(): ExpressionSyntax | undefined {
    if (++this.depth > DEEPEST)
      return this.syntaxError(`at most ${DEEPEST} parentheses within each other`);
    const sum = this.chain(/[+-]/y, () => this.product());
    this.depth--;
    return sum;
  }

  private product(): ExpressionSyntax | undefined {
    return this.chain(/[*/]/y, () => this.factor());
  }

  private chain(
    operators: RegExp,
    operand: () => ExpressionSyntax | undefined,
  ): ExpressionSyntax | undefined {
    let left = operand();
    while (left !== undefined) {
      this.scan.skipSpace();
      const operator = this.scan.match(operators) as '+' | '-' | '*' | '/' | undefined;
      if (operator === undefined) return left;
      const right = operand();
      left =
        right === undefined
          ? undefined
          : { kind: 'binary', operator, left, right, at: left.at, end: right.end };
    }
    return undefined;
  }

  private factor(): ExpressionSyntax | undefined {
    this.scan.skipSpace();
    const at = this.scan.at;
    if (this.scan.take('-')) {
      const of =
        this.scan.peek(/\s*-/y) === undefined ? this.factor() : this.syntaxError('one minus sign');
      return of === undefined ? undefined : { kind: 'negation', of, at, end: of.end };
    }
    if (this.scan.take('(')) return this.group();
    if (this.scan.peek(/\d/y) !== undefined) return readLiteral(this.scan, this.refuse);
    const money = this.scan.peek(/\$\d+(?:\.\d+)?/y);
    if (money !== undefined)
      return this.refuse({
        code: 'wrong-unit',
        offset: at,
        found: money,
        allowed: 'USD',
        nearest: `${money.slice(1)} USD`,
      });
    const name = this.word(WORD);
    return name === undefined ? this.syntaxError('a measure or a number') : this.measure(name);
  }

  private group(): ExpressionSyntax | undefined {
    const sum = this.sum();
    if (sum === undefined) return undefined;
    this.scan.skipSpace();
    return this.scan.take(')') ? sum : this.syntaxError(')');
  }

  private measure(name: Word): MeasureSyntax | undefined {
    const before = this.words();
    if (before === undefined) return undefined;
    let who: SyntaxWho | null = null;
    let after: readonly Word[] | undefined = [];
    if (this.scan.peek(/\s*\(/y) !== undefined) {
      who = this.who() ?? null;
      if (who === null) return undefined;
      after = this.words();
    }
    if (after === undefined) return undefined;
    return { kind: 'measure', name, before, who, after, at: name.at, end: this.scan.at };
  }

  private words(): Word[] | undefined {
    const words: Word[] = [];
    while (this.scan.peek(/\.(?!\.)/y) !== undefined) {
      this.scan.at++;
      const word = this.word(STATISTIC_WORD);
      if (word === undefined) return this.syntaxError('a word');
      words.push(word);
    }
    return words;
  }

  private who(): SyntaxWho | undefined {
    this.scan.skipSpace();
    this.scan.take('(');
    const first = this.name();
    if (first === undefined) return undefined;
    this.scan.skipSpace();
    if (this.scan.take(')')) return { kind: 'name', name: first };
    if (!this.scan.take('->')) return this.syntaxError('-> or )');
    const second = this.name();
    if (second === undefined) return undefined;
    this.scan.skipSpace();
    return this.scan.take(')') ? { kind: 'link', from: first, to: second } : this.syntaxError(')');
  }

  private name(): Word | undefined {
    this.scan.skipSpace();
    return this.word(NAME) ?? this.syntaxError('a name');
  }

  private word(pattern: RegExp): Word | undefined {
    const at = this.scan.at;
    const text = this.scan.match(pattern);
    return text === undefined ? undefined : { text, at, end: this.scan.at };
  }
}
