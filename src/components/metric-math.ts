/**
 * CloudWatch's metric math, as far as alarms use it: figures of the same period, computed point by point. A metric
 * that has no point in a period leaves none, and so does a division by 0.
 *
 * `backlogPerInstance(queue)` is the recipe of the EC2 Auto Scaling User Guide ("Scaling policy based on Amazon SQS",
 * Nov 2026): ApproximateNumberOfMessagesVisible of the queue divided by GroupInServiceInstances of the group, and
 * with periods below a minute FILL(m, REPEAT) of both.
 */

import { check } from '../kernel/check.js';
import type { Micros } from '../kernel/time.js';
import { MINUTE } from '../kernel/time.js';
import { parseExpression } from './expression/parse.js';
import type { ExpressionSyntax, MeasureSyntax } from './expression/syntax.js';

export type MathOperator = '+' | '-' | '*' | '/';

export interface MetricOperand {
  readonly kind: 'metric';
  /** Whose, by its number, and CloudWatch's name of it. */
  readonly resource: number;
  readonly metric: string;
  /** FILL(m, REPEAT): a missing point is the last one before it. */
  readonly isFilled: boolean;
}

/** What an alarm looks at. */
export type MetricExpression =
  | MetricOperand
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'negation'; readonly of: MetricExpression }
  | {
      readonly kind: 'binary';
      readonly operator: MathOperator;
      readonly left: MetricExpression;
      readonly right: MetricExpression;
    };

/** The name of AWS's recipe in expressions. */
export const BACKLOG_PER_INSTANCE = 'backlogPerInstance';
/** What it divides by what. */
export const BACKLOG_METRIC = 'ApproximateNumberOfMessagesVisible';
export const INSTANCES_METRIC = 'GroupInServiceInstances';

/** One metric as it is. */
export function metricOf(resource: number, metric: string): MetricOperand {
  return { kind: 'metric', resource, metric, isFilled: false };
}

/** What names in an expression mean. */
export interface MathContext {
  /** The number of a resource. */
  idOf(name: string): number;
  /** The group whose instances share the backlog of a queue. */
  groupOf(queue: number): number;
  readonly period: Micros;
}

/** A checked expression as written (metric-checks.ts), ready to compute. */
export function metricExpression(text: string, context: MathContext): MetricExpression {
  return expressionOf(syntaxOf(text), context);
}

function syntaxOf(text: string): ExpressionSyntax {
  const parsed = parseExpression(text);
  check('syntax' in parsed, 'expressions were checked before building');
  return parsed.syntax;
}

function expressionOf(syntax: ExpressionSyntax, context: MathContext): MetricExpression {
  switch (syntax.kind) {
    case 'literal':
      return { kind: 'number', value: syntax.value };
    case 'negation':
      return { kind: 'negation', of: expressionOf(syntax.of, context) };
    case 'measure':
      return operandOf(syntax, context);
    case 'binary': {
      const left = expressionOf(syntax.left, context);
      return {
        kind: 'binary',
        operator: syntax.operator,
        left,
        right: expressionOf(syntax.right, context),
      };
    }
  }
}

function operandOf({ name, who }: MeasureSyntax, context: MathContext): MetricExpression {
  check(who?.kind === 'name', 'a metric says whose it is');
  const resource = context.idOf(who.name.text);
  if (name.text !== BACKLOG_PER_INSTANCE) return metricOf(resource, name.text);
  const isFilled = context.period < MINUTE;
  return {
    kind: 'binary',
    operator: '/',
    left: { ...metricOf(resource, BACKLOG_METRIC), isFilled },
    right: { ...metricOf(context.groupOf(resource), INSTANCES_METRIC), isFilled },
  };
}

/** One metric, as a scenario names it. */
export interface NamedMetric {
  /** CloudWatch's name. */
  readonly metric: string;
  readonly resource: string;
}

/** `NumberOfMessagesSent(orders)`, or undefined when the text is anything else. */
export function soleMetric(text: string): NamedMetric | undefined {
  const parsed = parseExpression(text);
  if ('problem' in parsed || parsed.syntax.kind !== 'measure') return undefined;
  const { name, who, before, after } = parsed.syntax;
  if (who?.kind !== 'name' || before.length + after.length > 0) return undefined;
  return { metric: name.text, resource: who.name.text };
}

/** All metrics of an expression, from left to right. */
export function operandsOf(expression: MetricExpression): readonly MetricOperand[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'metric':
      return [expression];
    case 'negation':
      return operandsOf(expression.of);
    case 'binary':
      return [...operandsOf(expression.left), ...operandsOf(expression.right)];
  }
}

/** How many metrics an expression reads, each once: those of the recipe are two. The text may be wrong. */
export function metricsRead(text: string): number {
  const parsed = parseExpression(text);
  if ('problem' in parsed) return 0;
  return new Set(measuresOf(parsed.syntax).flatMap(readBy)).size;
}

/** All measures of a text, from left to right. */
export function measuresOf(syntax: ExpressionSyntax): readonly MeasureSyntax[] {
  switch (syntax.kind) {
    case 'literal':
      return [];
    case 'measure':
      return [syntax];
    case 'negation':
      return measuresOf(syntax.of);
    case 'binary':
      return [...measuresOf(syntax.left), ...measuresOf(syntax.right)];
  }
}

function readBy({ name, who }: MeasureSyntax): readonly string[] {
  const whose = who?.kind === 'name' ? who.name.text : '';
  if (name.text !== BACKLOG_PER_INSTANCE) return [`${name.text}(${whose})`];
  return [`${BACKLOG_METRIC}(${whose})`, `${INSTANCES_METRIC} behind ${whose}`];
}

/** The points of an expression, oldest first; NaN: there is none. `pointsOf` has as many for each metric. */
export function calculated(
  expression: MetricExpression,
  count: number,
  pointsOf: (operand: MetricOperand) => readonly number[],
): readonly number[] {
  switch (expression.kind) {
    case 'number':
      return new Array<number>(count).fill(expression.value);
    case 'metric': {
      const points = pointsOf(expression);
      return expression.isFilled ? filled(points) : points;
    }
    case 'negation':
      return calculated(expression.of, count, pointsOf).map((value) => -value);
    case 'binary': {
      const left = calculated(expression.left, count, pointsOf);
      const right = calculated(expression.right, count, pointsOf);
      return left.map((value, i) => combined(value, expression.operator, right[i]));
    }
  }
}

function combined(left: number, operator: MathOperator, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? NaN : left / right;
  }
}

/** FILL(m, REPEAT). */
function filled(points: readonly number[]): readonly number[] {
  let last = NaN;
  return points.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
}
