/**
 * The grammar of expressions, in expectations and in the metric of an alarm (docs/scenario.md), by recursive descent:
 *
 *     sum        = product { (+ | -) product }
 *     product    = factor { (* | /) factor }
 *     factor     = [-] ( number | measure | "(" sum ")" )
 *     measure    = word { "." word } [ "(" name [ "->" name ] ")" { "." word } ]
 *
 * The first thing wrong ends the reading; what the words mean is checked afterwards, where it is known.
 */

import { readLiteral } from './literal.js';
import type { TextProblem } from './problem.js';
import { Scanner } from './scanner.js';
import type { ExpressionSyntax, MeasureSyntax, SyntaxWho, Word } from './syntax.js';

/** Longer lines, and deeper parentheses, are refused. */
export const LONGEST_LINE = 1_000;
const DEEPEST = 50;

const NAME = /[A-Za-z](?:[A-Za-z0-9_.]|-(?!>))*/y;
/** A word of the language. */
export const WORD = /[A-Za-z][A-Za-z0-9_]*/y;
const STATISTIC_WORD = /p\d+(?:\.\d+)?(?![A-Za-z0-9_])|[A-Za-z][A-Za-z0-9_]*/y;

export type Parsed<T> = { readonly syntax: T } | { readonly problem: TextProblem };

/** An expression alone, as in an alarm's `metric:`. */
export function parseExpression(text: string): Parsed<ExpressionSyntax> {
  return new ExpressionParser(text).whole();
}

export class ExpressionParser {
  protected readonly scan: Scanner;
  private problem: TextProblem | undefined;
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

  /** All of the text. */
  whole(): Parsed<ExpressionSyntax> {
    return this.read(() => {
      const sum = this.sum();
      return sum === undefined ? undefined : this.ending(sum);
    });
  }

  /** What `reader` makes of the text, or the first problem. */
  protected read<T>(reader: () => T | undefined): Parsed<T> {
    const syntax = this.problem === undefined ? reader() : undefined;
    return this.problem === undefined ? { syntax: syntax! } : { problem: this.problem };
  }

  /** The first problem counts. */
  protected readonly refuse = (problem: TextProblem): undefined => {
    this.problem ??= problem;
    return undefined;
  };

  protected syntaxError(allowed: string, nearest?: string): undefined {
    this.scan.skipSpace();
    const found = this.scan.found();
    const better = nearest === undefined ? {} : { nearest };
    return this.refuse({ code: 'syntax', offset: this.scan.at, found, allowed, ...better });
  }

  /** Nothing may follow. */
  protected ending<T>(whole: T): T | undefined {
    this.scan.skipSpace();
    return this.scan.isAtEnd ? whole : this.syntaxError('the end of the line');
  }

  protected sum(): ExpressionSyntax | undefined {
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
