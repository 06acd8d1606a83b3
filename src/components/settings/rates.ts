/**
 * Rates, shares, factors and money (docs/scenario.md): text such as `12/m`, `5MiB/s`, `0.5%`, `5x` or
 * `900 USD`. Rates are per second, shares of 1. None of them takes a bare number.
 */

import type { Read, Refuse } from './problem.js';
import { isMap, show } from './problem.js';
import type { Range } from './scaled.js';
import { rangeText } from './scaled.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';
import { multiplied, PERIOD_SECONDS, SIZE_UNITS, splitQuantity, TIME_UNITS } from './units.js';

const LARGEST = Number.MAX_SAFE_INTEGER;

const RATE = /^(.*)\/ ?([a-zA-Z]+)$/s;

function readRate(options: RateRange, ofBytes: boolean): Read<number> {
  const allowed = ofBytes
    ? 'a rate with its units, such as 5MiB/s'
    : 'a rate with its unit, such as 50/s, 12/m or 30/d';
  return (written, refuse) => {
    const found = show(written);
    if (typeof written === 'number' && options.bare === '/s')
      return ranged(written, options, found, refuse);
    const match = typeof written === 'string' ? RATE.exec(written.trim()) : null;
    if (match === null) {
      const code = isMap(written) || Array.isArray(written) ? 'wrong-kind' : 'wrong-unit';
      const bare = typeof written === 'number' && !ofBytes ? { nearest: `${written}/s` } : {};
      return refuse({ code, found, allowed, ...bare });
    }
    const seconds = Object.hasOwn(PERIOD_SECONDS, match[2]) ? PERIOD_SECONDS[match[2]] : undefined;
    const amount = amountOf(match[1].trim(), ofBytes);
    if (seconds === undefined || amount === undefined || (written as string).includes(' ')) {
      return refuse({
        code: 'wrong-unit',
        found,
        allowed,
        ...nearestRate(match[1], match[2], amount),
      });
    }
    return ranged(amount / seconds, options, found, refuse);
  };
}

function amountOf(text: string, ofBytes: boolean): number | undefined {
  const parts = splitQuantity(text);
  if (parts === undefined) return undefined;
  if (!ofBytes) return parts.unit === '' ? Number(parts.digits) : undefined;
  if (!Object.hasOwn(SIZE_UNITS.units, parts.unit)) return undefined;
  return multiplied(parts.digits, SIZE_UNITS.units[parts.unit]).value;
}

function nearestRate(
  amount: string,
  period: string,
  known: number | undefined,
): { nearest?: string } {
  if (known === undefined) return {};
  const synonym = TIME_UNITS.synonyms[period];
  if (Object.hasOwn(PERIOD_SECONDS, period)) return { nearest: `${amount.trim()}/${period}` };
  const unit = synonym !== undefined && Object.hasOwn(PERIOD_SECONDS, synonym) ? synonym : 's';
  return { nearest: `${amount.trim()}/${unit}` };
}

/** Checks a plain number against bounds that are written with units of the same kind. */
function ranged(value: number, options: Range, found: string, refuse: Refuse): number | undefined {
  const min = options.min === undefined ? 0 : boundOf(options.min);
  const max = options.max === undefined ? LARGEST : boundOf(options.max);
  if (value >= min && value <= max) return value;
  const error = options.awsError === undefined ? {} : { awsError: options.awsError };
  return refuse({
    code: 'out-of-range',
    found,
    allowed: rangeText(options, ''),
    ...error,
    nearest: value < min ? (options.min ?? '0') : (options.max ?? String(LARGEST)),
  });
}

/** `0.5%`, `2x`, `30/m`, `5MiB/s` or a plain number, as a number in base units. */
function boundOf(text: string): number {
  const parts = splitQuantity(text)!;
  if (parts.unit === '%') return Number(`${parts.digits}e-2`);
  const [unit, period] = parts.unit.split('/');
  const seconds = period === undefined ? 1 : PERIOD_SECONDS[period];
  const bytes =
    unit !== undefined && Object.hasOwn(SIZE_UNITS.units, unit) ? SIZE_UNITS.units[unit] : 1;
  return (Number(parts.digits) * bytes) / seconds;
}

/** A range of rates. */
export interface RateRange extends Range {
  /** AWS takes a bare number here: so many a second. */
  readonly bare?: '/s';
}

/** So many a second, minute, hour or day → per second. Bounds are written the same way: `0/s`. */
export function rate(options: RateRange = {}) {
  const text = { type: 'string', pattern: '^\\d+(\\.\\d+)?/[smhd]$', 'x-form': 'a rate' };
  const shape = options.bare === undefined ? text : { anyOf: [text, { type: 'number' }] };
  return setting(readRate(options, false), shape, options);
}

/** So many bytes a second → bytes per second. */
export function byteRate(options: Range = {}) {
  const shape = {
    type: 'string',
    pattern: '^\\d+(\\.\\d+)?(B|[KMGT]i?B)/[smhd]$',
    'x-form': 'a rate of bytes',
  };
  return setting(readRate(options, true), shape, options);
}

export function readShare(options: Range): Read<number> {
  const bounds = { max: '100%', min: '0%', ...options };
  return readSuffixed(
    '%',
    'a share with its sign, such as 0.5%',
    (digits) => Number(`${digits}e-2`),
    bounds,
  );
}

function readSuffixed(
  suffix: string,
  allowed: string,
  convert: (digits: string) => number,
  bounds: Range,
): Read<number> {
  return (written, refuse) => {
    const found = show(written);
    const parts = typeof written === 'string' ? splitQuantity(written) : undefined;
    if (parts?.unit === suffix) return ranged(convert(parts.digits), bounds, found, refuse);
    if (isMap(written) || Array.isArray(written))
      return refuse({ code: 'wrong-kind', found, allowed });
    const digits = parts?.digits ?? (typeof written === 'number' ? String(written) : undefined);
    const nearest =
      digits === undefined
        ? {}
        : { nearest: suffixed(digits, suffix, typeof written === 'number') };
    return refuse({ code: 'wrong-unit', found, allowed, ...nearest });
  };
}

/** A bare 0.005 where a share is wanted most probably means 0.5%. */
function suffixed(digits: string, suffix: string, bare: boolean): string {
  const isFraction = bare && suffix === '%' && Number(digits) > 0 && Number(digits) < 1;
  return isFraction ? `${Number(`${digits}e2`)}%` : `${digits}${suffix}`;
}

/** A share → 0..1. Bounds are written as shares; default 0%..100%. */
export function share(options: Range = {}) {
  const shape = {
    type: 'string',
    pattern: '^\\d+(\\.\\d+)?%$',
    'x-range': rangeText({ min: '0%', max: '100%', ...options }, '%'),
  };
  return setting(readShare(options), shape, options);
}

/** `5%/month` → 0.05: so often a month (730 h) something happens to each of many. */
export function monthlyShare(options: Docs = {}) {
  const allowed = 'a share a month, such as 5%/month';
  const read = readSuffixed('%/month', allowed, (digits) => Number(`${digits}e-2`), { min: '0%' });
  const shape = { type: 'string', pattern: '^\\d+(\\.\\d+)?%/month$', 'x-form': 'a share a month' };
  return setting(read, shape, options);
}

export function readFactor(options: Range): Read<number> {
  return readSuffixed('x', 'a factor, such as 5x', Number, { min: '0x', ...options });
}

/** A factor such as `5x` → 5. */
export function factor(options: Range = {}) {
  return setting(readFactor(options), { type: 'string', pattern: '^\\d+(\\.\\d+)?x$' }, options);
}

const MONEY = /^(\d+(?:\.\d+)?) ?USD$/;

/** `900 USD` → the amount as a decimal string: money is never a float. */
export function money(options: Docs = {}) {
  const read: Read<string> = (written, refuse) => {
    const match = typeof written === 'string' ? MONEY.exec(written) : null;
    if (match !== null) return match[1];
    const near = typeof written === 'number' ? { nearest: `${written} USD` } : {};
    return refuse({
      code: 'wrong-unit',
      found: show(written),
      allowed: 'an amount such as 900 USD',
      ...near,
    });
  };
  return setting(read, { type: 'string', pattern: MONEY.source }, options);
}
