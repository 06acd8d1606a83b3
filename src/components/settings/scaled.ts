/**
 * Times and sizes (docs/scenario.md): text such as `80ms` or `64KiB` into microseconds and bytes.
 *
 * A bare number is taken only where AWS takes one (`bare` names AWS's unit), and a written unit must
 * then come out whole in that unit.
 */

import type { Micros } from '../../kernel/time.js';
import { DAY } from '../../kernel/time.js';
import { nearestOf } from './nearest.js';
import type { Read, Refuse } from './problem.js';
import { show } from './problem.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';
import type { Parts, UnitTable } from './units.js';
import {
  multiplied,
  SIZE_UNITS,
  splitQuantity,
  TIME_UNITS,
  writtenSize,
  writtenTime,
} from './units.js';

export interface Range extends Docs {
  /** The smallest and the largest value allowed, written with units. */
  readonly min?: string;
  readonly max?: string;
  /** AWS's error for a value outside the range. */
  readonly awsError?: string;
}

export interface TimeOptions extends Range {
  /** AWS's unit: bare numbers have it. */
  readonly bare?: 's' | 'ms' | 'm' | 'h' | 'd';
  /** Must come out whole in this unit; default the unit of bare numbers. */
  readonly whole?: 's' | 'ms' | 'm' | 'h' | 'd';
}

export interface SizeOptions extends Range {
  readonly bare?: 'B' | 'KiB' | 'MiB' | 'GiB';
  readonly whole?: 'B' | 'KiB' | 'MiB' | 'GiB';
}

/** What a scale of units looks like to the reader below. */
interface Scale {
  readonly table: UnitTable;
  /** `a time with its unit, such as …` */
  readonly example: string;
  readonly base: string;
  /** The largest value where no other is named: two of them can still be added. */
  readonly longest: number;
  readonly write: (value: number) => string;
}

const TIME: Scale = {
  table: TIME_UNITS,
  example: 'a time with its unit, such as 80ms, 1.5s, 5m, 12h or 14d',
  base: 'microseconds',
  longest: 100 * 365 * DAY,
  write: writtenTime,
};
const SIZE: Scale = {
  table: SIZE_UNITS,
  example: 'a size with its unit, such as 200B, 64KiB or 1MiB',
  base: 'bytes',
  longest: Number.MAX_SAFE_INTEGER,
  write: writtenSize,
};

interface ScaleOptions extends Range {
  readonly bare?: string;
  readonly whole?: string;
  /** Parameters of distributions may fall between base units. */
  readonly fractions?: boolean;
}

function readScaled(
  scale: Scale,
  options: ScaleOptions,
  written: unknown,
  refuse: Refuse,
): number | undefined {
  const parts = splitScaled(scale, options, written, refuse);
  if (parts === undefined) return undefined;
  const found = show(written);
  const { whole, value, exact } = multiplied(parts.digits, scale.table.units[parts.unit]);
  if (!exact && options.fractions !== true) {
    return refuse({
      code: 'not-whole',
      found,
      allowed: `whole ${scale.base}`,
      nearest: scale.write(whole),
    });
  }
  if (!inRange(scale, options, exact ? whole : value, found, refuse)) return undefined;
  if (!isWholeIn(scale, options, whole, found, refuse)) return undefined;
  return exact ? whole : value;
}

/** The digits and a known unit of a written quantity. */
function splitScaled(
  scale: Scale,
  options: ScaleOptions,
  written: unknown,
  refuse: Refuse,
): Parts | undefined {
  const allowed =
    options.bare === undefined
      ? scale.example
      : `${scale.example}, or a bare number (AWS's unit: ${options.bare})`;
  if (typeof written === 'number') {
    const parts = splitQuantity(String(written));
    if (options.bare !== undefined && parts?.unit === '')
      return { digits: parts.digits, unit: options.bare };
    return refuse({
      code: 'wrong-unit',
      found: `${written}, without a unit`,
      allowed,
      ...(options.bare === undefined && parts?.unit === ''
        ? { nearest: `${written}${firstUnit(scale)}` }
        : {}),
    });
  }
  if (typeof written !== 'string')
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const parts = splitQuantity(written);
  if (parts !== undefined && Object.hasOwn(scale.table.units, parts.unit)) return parts;
  return refuse({
    code: 'wrong-unit',
    found: show(written),
    allowed,
    ...nearestQuantity(scale, written, parts),
  });
}

function firstUnit(scale: Scale): string {
  return scale === TIME ? 's' : 'B';
}

/** Longer texts are no quantity gone wrong. */
const LONGEST_GUESSED = 40;
const COMPOUND = /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h|d)){2,}$/;
const RANGE = /^(\d[^.]*(?:\.\d+)?[a-zA-Z]*)\.\.(\d[^.]*(?:\.\d+)?[a-zA-Z]+)$/;

/** What the author probably meant: another spelling of the unit, `1h30m`, a blank, `.5s`. */
function nearestQuantity(
  scale: Scale,
  written: string,
  parts: Parts | undefined,
): { nearest?: string } {
  if (written.length > LONGEST_GUESSED) return {};
  const text = written.trim();
  if (scale === TIME && COMPOUND.test(text)) return { nearest: writtenTime(sumOf(text)) };
  const range = RANGE.exec(text);
  if (range !== null) return { nearest: uniform(range[1], range[2]) };
  if (/^\.\d/.test(text)) return nearestQuantity(scale, `0${text}`, splitQuantity(`0${text}`));
  if (parts === undefined) return {};
  const unit = parts.unit.trim();
  const known = Object.keys(scale.table.units);
  const synonyms = scale.table.synonyms;
  if (known.includes(unit)) return { nearest: `${parts.digits}${unit}` };
  if (Object.hasOwn(synonyms, unit)) return { nearest: withUnit(parts.digits, synonyms[unit]) };
  if (unit === '') return { nearest: `${parts.digits}${firstUnit(scale)}` };
  const near = nearestOf(unit, known);
  return near === undefined ? {} : { nearest: `${parts.digits}${near}` };
}

/** `1..10s`, as our documents write ranges, is a uniform distribution. */
function uniform(min: string, max: string): string {
  const unit = /[a-zA-Z]+$/.exec(max)![0];
  return `{ dist: uniform, min: ${/[a-zA-Z]$/.test(min) ? min : `${min}${unit}`}, max: ${max} }`;
}

/** `2` and `7d` (for weeks) make `14d`. */
function withUnit(digits: string, unit: string): string {
  const parts = splitQuantity(unit);
  return parts === undefined
    ? `${digits}${unit}`
    : `${Number(digits) * Number(parts.digits)}${parts.unit}`;
}

function sumOf(compound: string): number {
  let sum = 0;
  for (const [, digits, unit] of compound.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/g)) {
    sum += multiplied(digits, TIME_UNITS.units[unit]).whole;
  }
  return sum;
}

function baseOf(scale: Scale, written: string): number {
  const parts = splitQuantity(written)!;
  return multiplied(parts.digits, scale.table.units[parts.unit]).whole;
}

function inRange(
  scale: Scale,
  options: ScaleOptions,
  value: number,
  found: string,
  refuse: Refuse,
): boolean {
  const min = options.min === undefined ? 0 : baseOf(scale, options.min);
  const max = options.max === undefined ? scale.longest : baseOf(scale, options.max);
  if (value >= min && value <= max) return true;
  const error = options.awsError === undefined ? {} : { awsError: options.awsError };
  refuse({
    code: 'out-of-range',
    found,
    allowed: rangeText(options, firstUnit(scale)),
    ...error,
    nearest:
      value < min
        ? (options.min ?? `0${firstUnit(scale)}`)
        : (options.max ?? scale.write(scale.longest)),
  });
  return false;
}

/** `0s..12h`, or `1us or more`. */
export function rangeText(options: Range, unit: string): string {
  const min = options.min ?? `0${unit}`;
  return options.max === undefined ? `${min} or more` : `${min}..${options.max}`;
}

function isWholeIn(
  scale: Scale,
  options: ScaleOptions,
  value: number,
  found: string,
  refuse: Refuse,
): boolean {
  const unit = options.whole ?? options.bare;
  if (unit === undefined) return true;
  const size = scale.table.units[unit];
  if (value % size === 0) return true;
  refuse({
    code: 'not-whole',
    found,
    allowed: `a whole number of ${unit} (AWS's unit)`,
    nearest: `${Math.max(1, Math.round(value / size))}${unit}`,
  });
  return false;
}

function shapeOf(options: ScaleOptions, units: string, unit: string): Record<string, unknown> {
  const text = { type: 'string', pattern: `^\\d+(\\.\\d+)?(${units})$` };
  const form = { 'x-form': unit === 's' ? 'a time' : 'a size' };
  const shape =
    options.bare === undefined
      ? { ...text, ...form }
      : { anyOf: [text, { type: 'number' }], ...form };
  const ranged = options.min !== undefined || options.max !== undefined;
  return ranged ? { ...shape, 'x-range': rangeText(options, unit) } : shape;
}

export function readTime(options: TimeOptions & { fractions?: boolean }): Read<Micros> {
  return (written, refuse) => readScaled(TIME, options, written, refuse);
}

export function readSize(options: SizeOptions & { fractions?: boolean }): Read<number> {
  return (written, refuse) => readScaled(SIZE, options, written, refuse);
}

/** A time → integer microseconds. */
export function duration(options: TimeOptions = {}) {
  return setting(readTime(options), shapeOf(options, 'us|ms|s|m|h|d', 's'), options);
}

/** A size → bytes. */
export function size(options: SizeOptions = {}) {
  return setting(readSize(options), shapeOf(options, 'B|[KMGT]i?B', 'B'), options);
}
