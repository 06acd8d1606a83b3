/** The operator numeric: `["=", 5]`, `[">", 0]`, `[">=", 0, "<", 100]`, as AWS's matcher reads it. */

import { show } from '../settings/problem.js';
import type { NumberRange } from './pattern.js';

const BOUNDS = ['=', '<', '<=', '>', '>='];

/** What AWS shows where the list ends too early. */
const END = ']';

function shown(list: readonly unknown[], place: number): string {
  return place < list.length ? show(list[place]) : END;
}

/** The range, or what is wrong, in AWS's words. */
export function numberRangeOf(operand: unknown): NumberRange | string {
  if (!Array.isArray(operand)) return 'Value of numeric must be an array.';
  const list: readonly unknown[] = operand;
  const [operator, value] = list;
  if (typeof operator !== 'string') return `Invalid member in numeric match: ${shown(list, 0)}`;
  if (!BOUNDS.includes(operator)) return `Unrecognized numeric range operator: ${operator}`;
  if (typeof value !== 'number')
    return `Value of ${operator === '=' ? 'equals' : operator} must be numeric`;
  if (!Number.isFinite(value)) return `Cannot compare number : ${value}`;
  if (operator === '>' || operator === '>=') return upwards(list, value, operator === '>');
  if (list.length > 2) return 'Too many elements in numeric expression';
  const isLowOpen = operator !== '=';
  const low = operator === '=' ? value : -Infinity;
  return { low, isLowOpen, high: value, isHighOpen: operator === '<' };
}

function upwards(list: readonly unknown[], low: number, isLowOpen: boolean): NumberRange | string {
  if (list.length === 2) return { low, isLowOpen, high: Infinity, isHighOpen: true };
  const [, , operator, high] = list;
  if (typeof operator !== 'string') return `Bad value in numeric range: ${shown(list, 2)}`;
  if (operator !== '<' && operator !== '<=') return `Bad numeric range operator: ${operator}`;
  if (typeof high !== 'number') return `Value of ${operator} must be numeric`;
  if (!Number.isFinite(high)) return `Cannot compare number : ${high}`;
  if (list.length > 4) return 'Too many terms in numeric range expression';
  if (low >= high) return 'Bottom must be less than top';
  return { low, isLowOpen, high, isHighOpen: operator === '<' };
}
