/** The operator anything-but: a value, a list of values of one kind, or an operator over texts. */

import { isMap, show } from '../settings/problem.js';
import type { ButOperator, Flavour } from './flavour.js';
import type { But } from './pattern.js';
import { wildcardPieces } from './wildcard.js';

const NOT_PLAIN = 'Value of anything-but must be an array or single string/number value.';

/** What is excluded, or what is wrong, in AWS's words. */
export function butOf(operand: unknown, flavour: Flavour): But | string {
  if (isMap(operand)) return butOver(operand, flavour);
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (!Array.isArray(operand) && typeof operand !== 'string' && typeof operand !== 'number')
    return NOT_PLAIN;
  if (list.every((one) => typeof one === 'string') && list.length > 0)
    return { kind: 'texts', values: list };
  if (list.every((one) => typeof one === 'number') && list.length > 0)
    return { kind: 'numbers', values: list };
  const odd = list.find((one) => typeof one !== 'string' && typeof one !== 'number');
  if (odd !== undefined)
    return `Inside anything but list, start|null|boolean is not supported: ${show(odd)}`;
  return (
    'Inside anything but list, either all values are number or string, ' +
    'mixed type is not supported'
  );
}

const KINDS: Readonly<Record<ButOperator, Exclude<But['kind'], 'texts' | 'numbers'>>> = {
  prefix: 'prefix',
  suffix: 'suffix',
  'equals-ignore-case': 'equalsIgnoreCase',
  wildcard: 'wildcard',
};

function butOver(operand: Readonly<Record<string, unknown>>, flavour: Flavour): But | string {
  const [name, ...more] = Object.keys(operand);
  if (name === undefined) return 'Anything-But expression name not found';
  const operator = flavour.butOperators.find((one) => one === name);
  if (operator === undefined) return `Unsupported anything-but pattern: ${name}`;
  if (more.length > 0) return 'Only one key allowed in match expression';
  const written = operand[name];
  const list: readonly unknown[] = Array.isArray(written) && flavour.isWide ? written : [written];
  if (list.length === 0) return 'Empty arrays are not allowed';
  if (!list.every((one) => typeof one === 'string')) return notTexts(operator, flavour);
  const wrong = list.map((text) => wrongText(operator, text)).find((one) => one !== undefined);
  return wrong ?? { kind: KINDS[operator], values: list };
}

function notTexts(operator: ButOperator, { isWide }: Flavour): string {
  if (!isWide) return `${operator} match pattern must be a string`;
  if (operator === 'wildcard') return 'wildcard match pattern must be a string';
  if (operator !== 'equals-ignore-case') return 'prefix/suffix match pattern must be a string';
  return 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.';
}

function wrongText(operator: ButOperator, text: string): string | undefined {
  if (operator === 'wildcard') {
    const pieces = wildcardPieces(text);
    return typeof pieces === 'string' ? pieces : undefined;
  }
  const isAffix = operator === 'prefix' || operator === 'suffix';
  return isAffix && text === '' ? 'Null prefix/suffix not allowed' : undefined;
}
