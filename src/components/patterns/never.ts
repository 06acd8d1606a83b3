/**
 * Whether a filter can match at all what is sent, by what the values of the senders can be: for the warning
 * `filter-never-matches`. In doubt it can.
 */

import { distribution } from '../../kernel/distributions/distribution.js';
import type { BodySpec, BodyValueSpec } from '../settings/body.js';
import type { Attributes } from '../settings/message.js';
import type { ValueSpec } from '../settings/value.js';
import { FieldTests } from './field-tests.js';
import type { FlavourName } from './flavour.js';
import { isOfBody } from './flavour.js';
import type { Alternative, FieldSpec, PatternSpec, Test } from './pattern.js';

/** What somebody sends, as checked settings say it. */
export interface Sent {
  readonly name: string;
  readonly key: ValueSpec;
  readonly attributes: Attributes;
  readonly body: BodySpec;
  readonly source?: string | undefined;
  readonly detailType?: string | undefined;
}

/** True: no message of any of the senders can match. */
export function neverMatches(spec: PatternSpec, senders: readonly Sent[]): boolean {
  return !senders.some((sent) => canMatch(spec, sent));
}

function canMatch({ flavour, alternatives }: PatternSpec, sent: Sent): boolean {
  if (alternatives.some((fields) => fields.length === 0)) return true;
  if (isOfBody(flavour) && Object.keys(sent.body).length === 0) return false;
  return alternatives.some((fields) => canAllMatch(fields, flavour, sent));
}

function canAllMatch(fields: Alternative, flavour: FlavourName, sent: Sent): boolean {
  return fields.every((field) => {
    const value = sentAs(flavour, field.path, sent);
    return value === 'unknown' || canBe(field, value);
  });
}

/** What a field can be; undefined: it is not sent. */
function sentAs(
  flavour: FlavourName,
  path: string,
  sent: Sent,
): BodyValueSpec | undefined | 'unknown' {
  const { name, key, attributes, body } = sent;
  switch (flavour) {
    case 'messageAttributes':
      return own(attributes, path);
    case 'messageBody':
    case 'pipe':
      return own(body, path);
    case 'when':
      if (path === 'key') return key;
      if (path === 'source') return { kind: 'constant', value: name };
      return own(attributes, path) ?? own(body, path);
    case 'event':
      if (path === 'source') return { kind: 'constant', value: sent.source ?? name };
      if (path === 'detail-type') return { kind: 'constant', value: sent.detailType ?? name };
      return path.startsWith('detail.') ? own(body, path.slice('detail.'.length)) : 'unknown';
  }
}

function own(specs: BodySpec, name: string): BodyValueSpec | undefined {
  return Object.hasOwn(specs, name) ? specs[name] : undefined;
}

/** So many names are tried one by one. */
const NAMES_TRIED = 10_000;

function canBe({ tests }: FieldSpec, value: BodyValueSpec | undefined): boolean {
  const compiled = new FieldTests(tests);
  if (value === undefined) return compiled.takesAbsence;
  switch (value.kind) {
    case 'constant':
    case 'flag':
      return compiled.one(value.value);
    case 'texts':
      return compiled.match(value.texts);
    case 'list':
      return compiled.match(value.items);
    case 'oneOf':
      return value.options.some(({ value: text, is }) => compiled.one(is ?? text));
    case 'names':
      return canBeName(value, compiled, tests);
    case 'number':
      return canBeNumber(distribution(value.of), tests);
    case 'unique':
      return tests.some((test) => test.kind !== 'numeric' && !isPlainNumber(test));
  }
}

function isPlainNumber(test: Test): boolean {
  if (test.kind === 'exists') return !test.value;
  return test.kind === 'is' && typeof test.value !== 'string';
}

function canBeName(
  { of, prefix, hot }: ValueSpec & { readonly kind: 'names' },
  compiled: FieldTests,
  tests: readonly Test[],
): boolean {
  if (hot.some(({ name }) => compiled.one(name))) return true;
  for (let i = 0; i < Math.min(of, NAMES_TRIED); i++)
    if (compiled.one(`${prefix}${i}`)) return true;
  if (of <= NAMES_TRIED) return false;
  // Of very many names only whole ones are ruled out.
  return tests.some((test) => {
    if (test.kind === 'numeric' || isPlainNumber(test)) return false;
    if (test.kind !== 'is') return true;
    const text = String(test.value);
    const number = text.slice(prefix.length);
    return text.startsWith(prefix) && /^(0|[1-9]\d*)$/.test(number) && Number(number) < of;
  });
}

function canBeNumber(
  { min, max }: { readonly min: number; readonly max: number },
  tests: readonly Test[],
): boolean {
  return tests.some((test) => {
    switch (test.kind) {
      case 'is':
        return typeof test.value === 'number' && test.value >= min && test.value <= max;
      case 'numeric': {
        const { low, isLowOpen, high, isHighOpen } = test.range;
        const isAbove = isLowOpen ? max > low : max >= low;
        return isAbove && (isHighOpen ? min < high : min <= high);
      }
      case 'exists':
        return test.value;
      case 'anythingBut':
        return min < max || new FieldTests([test]).one(min);
      case 'prefix':
      case 'suffix':
      case 'equalsIgnoreCase':
      case 'wildcard':
      case 'address':
        return false;
    }
  });
}
