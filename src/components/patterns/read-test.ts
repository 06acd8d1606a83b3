/** One entry of the list that a field must be in: a value, or `{ operator: operand }`. */

import type { Refuse } from '../settings/problem.js';
import { below, isMap, show } from '../settings/problem.js';
import { addressOf, addressRangeOf } from './addresses.js';
import type { Flavour, Operator } from './flavour.js';
import type { Test } from './pattern.js';
import { butOf } from './read-anything-but.js';
import { numberRangeOf } from './read-numeric.js';
import { refuseAs } from './refusal.js';
import { wildcardPieces } from './wildcard.js';

/** What is wrong is said in AWS's words, so far as AWS has any. */
export function readTest(written: unknown, flavour: Flavour, refuse: Refuse): Test | undefined {
  if (typeof written === 'string') return textTest(written);
  if (written === null || typeof written === 'boolean') return { kind: 'is', value: written };
  if (typeof written === 'number' && Number.isFinite(written))
    return { kind: 'is', value: written };
  const found = show(written);
  if (!isMap(written)) {
    const allowed = `a text, a number, true, false, null or one of ${flavour.operators.join(', ')}`;
    const message = 'Match value must be String, number, true, false, or null';
    return refuseAs(flavour, refuse, message, { found, allowed });
  }
  const [name, ...more] = Object.keys(written);
  if (name === undefined) return refuseAs(flavour, refuse, 'Match expression name not found');
  const operator = flavour.operators.find((one) => one === name);
  if (operator === undefined) {
    const allowed = flavour.operators.join(', ');
    const message = `Unrecognized match type ${name}`;
    return refuseAs(flavour, refuse, message, { found: name, allowed, path: [name], onKey: true });
  }
  if (more.length > 0) {
    const message = 'Only one key allowed in match expression';
    const allowed = `{ ${operator} } alone; further conditions are entries of the list`;
    return refuseAs(flavour, refuse, message, { found: more[0], allowed, path: [more[0]] });
  }
  const operand = written[name];
  const test = testOf(operator, operand, flavour);
  if (typeof test !== 'string') return test;
  return refuseAs(flavour, below(refuse, name), test, {
    found: show(operand),
    allowed: EXAMPLES[operator],
  });
}

/** For findings. */
const EXAMPLES: Readonly<Record<Operator, string>> = {
  prefix: '{ prefix: auto- }',
  suffix: '{ suffix: .png }',
  'equals-ignore-case': '{ equals-ignore-case: placed }',
  'anything-but': '{ anything-but: [placed, paid] }',
  numeric: '{ numeric: [">", 0, "<=", 150] }',
  exists: '{ exists: true } or { exists: false }',
  cidr: '{ cidr: 10.0.0.0/24 }',
  wildcard: '{ wildcard: "a*b" }',
  exactly: '{ exactly: placed }',
};

/** AWS's matcher compares texts that are addresses as addresses: `::1` is `0:0:0:0:0:0:0:1`. */
function textTest(text: string): Test {
  const address = addressOf(text);
  if (address === undefined) return { kind: 'is', value: text };
  return { kind: 'address', range: { low: address, high: address } };
}

/** The test, or what is wrong with its operand. */
function testOf(operator: Operator, operand: unknown, flavour: Flavour): Test | string {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return affixOf(operator, operand, flavour);
    case 'anything-but': {
      const but = butOf(operand, flavour);
      return typeof but === 'string' ? but : { kind: 'anythingBut', but };
    }
    case 'numeric': {
      const range = numberRangeOf(operand);
      return typeof range === 'string' ? range : { kind: 'numeric', range };
    }
    case 'exists':
      if (typeof operand === 'boolean') return { kind: 'exists', value: operand };
      return 'exists match pattern must be either true or false.';
    case 'cidr': {
      if (typeof operand !== 'string') return 'prefix match pattern must be a string';
      const range = addressRangeOf(operand);
      return typeof range === 'string' ? range : { kind: 'address', range };
    }
    case 'equals-ignore-case':
    case 'wildcard':
    case 'exactly':
      return textual(operator, operand);
  }
}

function affixOf(kind: 'prefix' | 'suffix', operand: unknown, flavour: Flavour): Test | string {
  if (typeof operand === 'string') return { kind, text: operand, ignoresCase: false };
  if (!isMap(operand) || !flavour.isWide) return `${kind} match pattern must be a string`;
  const [name, ...more] = Object.keys(operand);
  if (name !== 'equals-ignore-case') return `Unsupported ${kind} pattern: ${name}`;
  if (more.length > 0) return 'Only one key allowed in match expression';
  const text = operand[name];
  if (typeof text !== 'string') return 'equals-ignore-case match pattern must be a string';
  return { kind, text, ignoresCase: true };
}

function textual(
  operator: 'equals-ignore-case' | 'wildcard' | 'exactly',
  operand: unknown,
): Test | string {
  if (typeof operand !== 'string')
    return `${operator === 'exactly' ? 'exact' : operator} match pattern must be a string`;
  if (operator === 'exactly') return { kind: 'is', value: operand };
  if (operator === 'equals-ignore-case') return { kind: 'equalsIgnoreCase', text: operand };
  const pieces = wildcardPieces(operand);
  return typeof pieces === 'string' ? pieces : { kind: 'wildcard', text: operand };
}
