/**
 * `when` of a step (docs/scenario.md): a pattern over message attributes, `key` and `source`, checked and
 * taken apart. Operators that the matcher does not know are refused by name.
 */

import type { Pattern } from './words.js';
import { pattern } from './words.js';
import type { Problem, Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import type { Docs } from './setting.js';
import { reading, setting } from './setting.js';

/** One of the alternatives of a field. */
export type Condition =
  | { readonly kind: 'is'; readonly value: string | number }
  | { readonly kind: 'exists'; readonly value: boolean }
  | { readonly kind: 'prefix' | 'suffix'; readonly value: string }
  | { readonly kind: 'anythingBut'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'numeric'; readonly bounds: readonly Bound[] };

interface Bound {
  readonly operator: Operator;
  readonly value: number;
}

const OPERATORS = ['=', '<', '<=', '>', '>='] as const;
type Operator = (typeof OPERATORS)[number];

/** All fields must match; of the conditions of a field, one. `key` and `source` are ours, the rest are attributes. */
export type WhenSpec = readonly {
  readonly field: string;
  readonly conditions: readonly Condition[];
}[];

const KNOWN = 'a text, a number, { exists }, { prefix }, { suffix }, { anything-but }, { numeric }';
const LATER = ['equals-ignore-case', 'wildcard', 'cidr', '$or'];

const readPattern: Read<WhenSpec> = (written, refuse) => {
  const found = reading(pattern())(written, refuse);
  if (found === undefined) return undefined;
  const fields: { field: string; conditions: Condition[] }[] = [];
  for (const [field, list] of Object.entries(found)) {
    const conditions = readField(field, list, below(refuse, field));
    if (conditions === undefined) return undefined;
    fields.push({ field, conditions });
  }
  if (fields.length > 0) return fields;
  return refuse({ code: 'missing', message: 'an empty pattern', allowed: '{ kind: [placed] }' });
};

function readField(field: string, list: Pattern[string], refuse: Refuse): Condition[] | undefined {
  if (!Array.isArray(list) || field.startsWith('$')) {
    return refuse({
      code: 'not-modelled',
      found: field,
      message: `${field}: when reads attributes, key and source; body fields are not modelled yet`,
      allowed: 'attributes, key, source',
    });
  }
  const conditions: Condition[] = [];
  for (const [i, item] of (list as readonly unknown[]).entries()) {
    const condition = readCondition(item, below(refuse, i));
    if (condition === undefined) return undefined;
    conditions.push(condition);
  }
  return conditions;
}

const readCondition: Read<Condition> = (item, refuse) => {
  if (typeof item === 'string' || typeof item === 'number') return { kind: 'is', value: item };
  const wrong: Problem = { code: 'wrong-kind', found: show(item), allowed: KNOWN };
  if (!isMap(item)) return refuse(wrong);
  const [operator, ...more] = Object.keys(item);
  if (operator === undefined || more.length > 0) return refuse(wrong);
  const operand = item[operator];
  const inside = below(refuse, operator);
  if (operator === 'exists') return readExists(operand, inside);
  if (operator === 'prefix' || operator === 'suffix') return readAffix(operator, operand, inside);
  if (operator === 'anything-but') return readAnythingBut(operand, inside);
  if (operator === 'numeric') return readNumeric(operand, inside);
  if (!LATER.includes(operator)) return refuse({ ...wrong, found: operator });
  const message = `${operator} in when is not modelled yet`;
  return refuse({ code: 'not-modelled', found: operator, message, allowed: KNOWN });
};

const readExists: Read<Condition> = (operand, refuse) => {
  if (typeof operand === 'boolean') return { kind: 'exists', value: operand };
  return refuse({ code: 'wrong-kind', found: show(operand), allowed: 'true or false' });
};

function readAffix(kind: 'prefix' | 'suffix', operand: unknown, refuse: Refuse) {
  if (typeof operand === 'string') return { kind, value: operand } as const;
  return refuse({ code: 'wrong-kind', found: show(operand), allowed: 'a text' });
}

const readAnythingBut: Read<Condition> = (operand, refuse) => {
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const isPlain = (value: unknown): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  if (values.length > 0 && values.every(isPlain)) return { kind: 'anythingBut', values };
  return refuse({
    code: isMap(operand) ? 'not-modelled' : 'wrong-kind',
    found: show(operand),
    allowed: 'texts and numbers',
  });
};

const readNumeric: Read<Condition> = (operand, refuse) => {
  const allowed = 'operators and numbers in turn, such as [">", 500] or [">=", 0, "<", 100]';
  const wrong: Problem = { code: 'wrong-kind', found: show(operand), allowed };
  if (!Array.isArray(operand) || operand.length === 0 || operand.length > 4) return refuse(wrong);
  const bounds: Bound[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const operator = OPERATORS.find((one) => one === operand[i]);
    const value: unknown = operand[i + 1];
    if (operator === undefined || typeof value !== 'number') return refuse(wrong);
    bounds.push({ operator, value });
  }
  return { kind: 'numeric', bounds };
};

/** A pattern over attributes, `key` and `source`. */
export function when(options: Docs = {}) {
  return setting(readPattern, { type: 'object' }, options);
}
