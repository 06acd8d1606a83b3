/**
 * What a figure is a figure of: the arithmetic of units in expressions.
 *
 * Values are kept in base units, so that written figures compare exactly: microseconds, bytes,
 * 1e-12 USD, and plain numbers for counts and shares. A quantity is the powers of time, size and
 * money, and, where all three are 0, whether it counts something, is a share, or is a bare number,
 * which fits both.
 */

import { check } from '../../kernel/check.js';

/** Units of results (OUTPUTS: expectations). */
export const UNITS = ['s', 'count', 'share', 'USD', 'B', '/s'] as const;
export type Unit = (typeof UNITS)[number];

export type Plain = 'count' | 'share' | 'number';

export interface Quantity {
  readonly time: number;
  readonly size: number;
  readonly money: number;
  readonly plain: Plain;
}

export const TIME: Quantity = { time: 1, size: 0, money: 0, plain: 'number' };
export const SIZE: Quantity = { time: 0, size: 1, money: 0, plain: 'number' };
export const MONEY: Quantity = { time: 0, size: 0, money: 1, plain: 'number' };
export const COUNT: Quantity = { time: 0, size: 0, money: 0, plain: 'count' };
export const SHARE: Quantity = { time: 0, size: 0, money: 0, plain: 'share' };
export const NUMBER: Quantity = { time: 0, size: 0, money: 0, plain: 'number' };
export const RATE: Quantity = { time: -1, size: 0, money: 0, plain: 'count' };
export const SIZE_RATE: Quantity = { time: -1, size: 1, money: 0, plain: 'number' };

export function isPlain(a: Quantity): boolean {
  return a.time === 0 && a.size === 0 && a.money === 0;
}

/** Whether two quantities may be added or compared. */
export function fits(a: Quantity, b: Quantity): boolean {
  if (a.time !== b.time || a.size !== b.size || a.money !== b.money) return false;
  return !isPlain(a) || a.plain === b.plain || a.plain === 'number' || b.plain === 'number';
}

/** The quantity of a sum of two that fit. */
export function summed(a: Quantity, b: Quantity): Quantity {
  check(fits(a, b), 'only quantities that fit are added');
  return a.plain === 'number' ? b : a;
}

export function multiplied(a: Quantity, b: Quantity): Quantity {
  return {
    time: a.time + b.time,
    size: a.size + b.size,
    money: a.money + b.money,
    plain:
      a.plain === 'number'
        ? b.plain
        : b.plain === 'number' || a.plain === 'count'
          ? a.plain
          : b.plain,
  };
}

/** A count divided by a count is a bare number: it compares with counts and with shares. */
export function divided(a: Quantity, b: Quantity): Quantity {
  return {
    time: a.time - b.time,
    size: a.size - b.size,
    money: a.money - b.money,
    plain: a.plain === b.plain ? 'number' : a.plain,
  };
}

/** The unit in which results tell a quantity; undefined when there is none. */
export function unitOf(a: Quantity): Unit | undefined {
  if (isPlain(a)) return a.plain === 'share' ? 'share' : 'count';
  const powers = `${a.time},${a.size},${a.money}`;
  const units: Readonly<Record<string, Unit>> = {
    '1,0,0': 's',
    '-1,0,0': '/s',
    '0,1,0': 'B',
    '0,0,1': 'USD',
  };
  return units[powers];
}

/** A quantity in words, for messages: `a time`, `money per time`. */
export function inWords(a: Quantity): string {
  if (isPlain(a)) return a.plain === 'number' ? 'a number' : `a ${a.plain}`;
  const unit = unitOf(a);
  if (unit !== undefined)
    return { s: 'a time', '/s': 'a rate', B: 'a size', USD: 'money', count: '', share: '' }[unit];
  const parts = (sign: 1 | -1): string =>
    (['time', 'size', 'money'] as const)
      .filter((base) => a[base] * sign > 0)
      .map((base) => (a[base] === sign ? base : `${base}^${a[base] * sign}`))
      .join(' × ');
  const below = parts(-1);
  return `${parts(1) || 'one'}${below === '' ? '' : ` per ${below}`}`;
}
