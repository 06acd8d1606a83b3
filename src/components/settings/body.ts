/**
 * `body` of messages (docs/scenario.md): the fields of a JSON body, as a nested map of values. Only what a filter, an
 * event pattern or `when` reads is ever drawn.
 */

import type { AttributeSpec } from './message.js';
import type { Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';
import { isValueMap, readBodyValue } from './value.js';

/** The value of a field: as of an attribute, or true, false, or a list of plain values. */
export type BodyValueSpec =
  | AttributeSpec
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly (string | number | boolean)[] };

/** Fields by their paths, names joined by dots: `order.amount`. */
export type BodySpec = Readonly<Record<string, BodyValueSpec>>;

const ALLOWED = 'a value, true, false, a list of plain values, or a map of fields';

const readBody: Read<BodySpec> = (written, refuse) => {
  if (!isMap(written))
    return refuse({ code: 'wrong-kind', found: show(written), allowed: 'a map of fields' });
  const fields = new Map<string, BodyValueSpec>();
  if (!readFields(written, '', fields, refuse)) return undefined;
  return Object.fromEntries(fields);
};

function readFields(
  written: Readonly<Record<string, unknown>>,
  prefix: string,
  fields: Map<string, BodyValueSpec>,
  refuse: Refuse,
): boolean {
  const entries = Object.entries(written);
  let isFine = true;
  if (entries.length === 0) {
    refuse({ code: 'missing', message: 'an empty map', allowed: 'a map of fields' });
    isFine = false;
  }
  for (const [name, value] of entries) {
    const at = below(refuse, name);
    const path = prefix + name;
    if (isMap(value) && !isValueMap(value)) {
      isFine = readFields(value, `${path}.`, fields, at) && isFine;
      continue;
    }
    if (fields.has(path)) at({ code: 'duplicate-key', found: path, allowed: 'each field once' });
    const spec = fields.has(path) ? undefined : readField(value, at);
    if (spec === undefined) isFine = false;
    else fields.set(path, spec);
  }
  return isFine;
}

const isPlain = (item: unknown): item is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof item);

const readField: Read<BodyValueSpec> = (written, refuse) => {
  if (typeof written === 'boolean') return { kind: 'flag', value: written };
  if (!Array.isArray(written)) {
    if (written !== null) return readBodyValue(written, refuse);
    return refuse({ code: 'wrong-kind', found: 'null', allowed: ALLOWED });
  }
  const items: readonly unknown[] = written;
  if (items.length > 0 && items.every(isPlain)) return { kind: 'list', items };
  const odd = items.findIndex((item) => !isPlain(item));
  return refuse({
    code: 'wrong-kind',
    found: odd < 0 ? 'an empty list' : show(items[odd]),
    allowed: 'a list of texts, numbers, true and false',
    path: odd < 0 ? [] : [odd],
  });
};

/** Fields of a JSON body. */
export function body(options: Docs = {}) {
  return setting(readBody, { type: 'object', 'x-form': 'a map of fields' }, options);
}
