/**
 * Values of keys, attributes and body fields (docs/scenario.md): a constant, `{ oneOf }`, one of many names
 * (`{ of, zipf, hot, prefix }`), a distribution of numbers, or `unique`.
 */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { readDistribution } from './distribution.js';
import { isKnownKey } from './known-key.js';
import { nearestOf } from './nearest.js';
import type { Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import { readCount, readNumber } from './numbers.js';
import { readShare } from './rates.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';

export type ValueSpec =
  | { readonly kind: 'constant'; readonly value: string | number }
  | { readonly kind: 'unique' }
  /** Shares add up to 1. */
  | {
      readonly kind: 'oneOf';
      readonly options: readonly Option[];
    }
  /** Names `prefix0` … `prefix(of-1)`; `hot` names take their share first, the rest is even or Zipf. */
  | {
      readonly kind: 'names';
      readonly of: number;
      readonly prefix: string;
      readonly zipf: number;
      readonly hot: readonly { readonly name: string; readonly share: number }[];
    }
  | { readonly kind: 'number'; readonly of: DistributionSpec };

/** A text; `is`: the number or flag that it stands for. */
export interface Option {
  readonly value: string;
  readonly share: number;
  readonly is?: number | boolean;
}

const ALLOWED =
  'a constant, unique, { oneOf }, { of, zipf, hot, prefix } or a distribution of numbers';
const NAME_KEYS = ['of', 'zipf', 'hot', 'prefix'];
const FORMS = ['oneOf', 'of', 'p50', 'quantiles', 'samples', 'mix', 'dist'];

/** Whether a map is a value, and not a map of fields. */
export function isValueMap(written: Readonly<Record<string, unknown>>): boolean {
  return FORMS.some((form) => Object.hasOwn(written, form));
}

export const readValue: Read<ValueSpec> = (written, refuse) => {
  return readAny(written, refuse, false);
};

/** As readValue; one of several may also be true or false. */
export const readBodyValue: Read<ValueSpec> = (written, refuse) => readAny(written, refuse, true);

function readAny(written: unknown, refuse: Refuse, takesFlags: boolean): ValueSpec | undefined {
  if (written === 'unique') return { kind: 'unique' };
  if (typeof written === 'string' || typeof written === 'number')
    return { kind: 'constant', value: written };
  if (!isMap(written))
    return refuse({ code: 'wrong-kind', found: show(written), allowed: ALLOWED });
  if (Object.hasOwn(written, 'oneOf')) return readOneOf(written, refuse, takesFlags);
  if (Object.hasOwn(written, 'of')) return readNames(written, refuse);
  if (isValueMap(written)) return readNumbers(written, refuse);
  const keys = Object.keys(written);
  for (const key of keys) {
    const nearest = nearestOf(key, [...FORMS, ...NAME_KEYS]);
    if (nearest !== undefined && nearest !== key) {
      return refuse({
        code: 'unknown-key',
        found: key,
        allowed: ALLOWED,
        nearest,
        path: [key],
        onKey: true,
      });
    }
  }
  return refuse({
    code: 'choice',
    found: keys.length === 0 ? 'an empty map' : `{ ${keys.join(', ')} }`,
    allowed: ALLOWED,
  });
}

function readNumbers(written: unknown, refuse: Refuse): ValueSpec | undefined {
  const of = readDistribution('number')(written, refuse);
  return of === undefined ? undefined : { kind: 'number', of };
}

function onlyKeys(written: object, known: readonly string[], refuse: Refuse): boolean {
  const unknown = Object.keys(written).filter((key) => !isKnownKey(key, known, refuse));
  return unknown.length === 0;
}

const SHARE_SLACK = 1e-9;

function readOneOf(
  written: Readonly<Record<string, unknown>>,
  refuse: Refuse,
  takesFlags: boolean,
): ValueSpec | undefined {
  const ok = onlyKeys(written, ['oneOf'], refuse);
  const list = written['oneOf'];
  const inside = below(refuse, 'oneOf');
  const allowed = '{ a: 80%, b: 20% } or [a, b]';
  if (Array.isArray(list)) {
    if (list.length === 0) return inside({ code: 'missing', message: 'an empty list', allowed });
    const isOption = (item: unknown): item is string | number | boolean =>
      typeof item === 'string' ||
      typeof item === 'number' ||
      (takesFlags && typeof item === 'boolean');
    const odd = list.findIndex((item: unknown) => !isOption(item));
    if (odd >= 0)
      return inside({
        code: 'wrong-kind',
        found: show(list[odd]),
        allowed: takesFlags ? 'texts, numbers, true and false' : 'texts and numbers',
        path: [odd],
      });
    const options = list.filter(isOption).map((item): Option => {
      const option = { value: String(item), share: 1 / list.length };
      return typeof item === 'string' ? option : { ...option, is: item };
    });
    return ok ? { kind: 'oneOf', options } : undefined;
  }
  if (!isMap(list)) return inside({ code: 'wrong-kind', found: show(list), allowed });
  const options = readShares(list, inside);
  if (options === undefined) return undefined;
  const sum = options.reduce((total, option) => total + option.share, 0);
  if (Math.abs(sum - 1) > SHARE_SLACK) {
    return inside({
      code: 'out-of-range',
      found: `shares of ${Number((sum * 100).toFixed(6))}% together`,
      allowed: '100%',
    });
  }
  return ok ? { kind: 'oneOf', options } : undefined;
}

function readShares(
  map: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): { value: string; share: number }[] | undefined {
  const read = readShare({});
  const options: { value: string; share: number }[] = [];
  let ok = true;
  for (const [value, raw] of Object.entries(map)) {
    const share = read(raw, below(refuse, value));
    if (share === undefined) ok = false;
    else options.push({ value, share });
  }
  return ok ? options : undefined;
}

function readNames(
  written: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): ValueSpec | undefined {
  let ok = onlyKeys(written, NAME_KEYS, refuse);
  const of = readCount({ min: 1, max: 1_000_000_000 })(written['of'], below(refuse, 'of'));
  const zipf =
    'zipf' in written ? readNumber({ min: 0, max: 10 })(written['zipf'], below(refuse, 'zipf')) : 0;
  const prefix = 'prefix' in written ? written['prefix'] : '';
  if (typeof prefix !== 'string') {
    refuse({
      code: 'wrong-kind',
      found: show(prefix),
      allowed: 'a text such as user-',
      path: ['prefix'],
    });
    ok = false;
  }
  const hot = 'hot' in written ? readHot(written['hot'], below(refuse, 'hot')) : [];
  if (!ok || of === undefined || zipf === undefined || hot === undefined) return undefined;
  return { kind: 'names', of, prefix: prefix as string, zipf, hot };
}

function readHot(written: unknown, refuse: Refuse): { name: string; share: number }[] | undefined {
  if (!isMap(written))
    return refuse({
      code: 'wrong-kind',
      found: show(written),
      allowed: 'a map such as { big-customer: 12% }',
    });
  const shares = readShares(written, refuse);
  if (shares === undefined) return undefined;
  const sum = shares.reduce((total, option) => total + option.share, 0);
  if (sum > 1 + SHARE_SLACK) {
    return refuse({
      code: 'out-of-range',
      found: `shares of ${Number((sum * 100).toFixed(6))}% together`,
      allowed: 'at most 100%',
    });
  }
  return shares.map(({ value, share }) => ({ name: value, share }));
}

/** A value of a key, an attribute or a body field. */
export function value(options: Docs = {}) {
  const shape = {
    anyOf: [{ type: ['string', 'number'] }, { type: 'object' }],
    'x-form': 'a value',
  };
  return setting(readValue, shape, options);
}
