/** Numbers with their units: `30s`, `5MiB/s`, `0.1%`, `900 USD`, in base units. */

import { nearestOf } from '../settings/nearest.js';
import { multiplied, PERIOD_SECONDS, SIZE_UNITS, TIME_UNITS } from '../settings/units.js';
import type { Quantity } from './quantity.js';
import { MONEY, NUMBER, RATE, SHARE, SIZE, SIZE_RATE, TIME } from './quantity.js';
import type { Refuse } from './problem.js';
import type { Scanner } from './scanner.js';
import type { LiteralSyntax } from './syntax.js';

const PICO_PER_USD = 1_000_000_000_000;
const MICROS_PER_SECOND = 1_000_000;
const MOST_DIGITS = 30;
const UNIT_WORDS = [...Object.keys(TIME_UNITS.units), ...Object.keys(SIZE_UNITS.units), '%', 'USD'];
const ALLOWED =
  'us ms s m h d, B KiB MiB GiB KB MB GB, %, USD, and a rate behind them: /s /m /h /d';

/** Words that may follow a number without being its unit. */
const FOLLOWERS = ['during', 'after', 'before'];

export function readLiteral(scan: Scanner, refuse: Refuse): LiteralSyntax | undefined {
  const at = scan.at;
  const digits = scan.match(/\d+(?:\.\d+)?/y)!;
  const unit = scan.match(/[A-Za-zµ%_$€][A-Za-zµ%_$€0-9]*/y) ?? unitBehindSpace(scan);
  const period = scan.match(/\/(?:s|m|h|d)(?![A-Za-z0-9_(.])/y)?.slice(1);
  const text = scan.text.slice(at, scan.at);
  if (digits.length > MOST_DIGITS) {
    return refuse({
      code: 'out-of-range',
      offset: at,
      found: `${digits.slice(0, MOST_DIGITS)}…`,
      allowed: 'at most 30 digits',
    });
  }
  const amount = amountOf(digits, unit);
  if (amount === undefined) {
    const nearest = nearestUnit(unit);
    const better =
      nearest === undefined
        ? {}
        : { nearest: `${digits}${nearest === 'USD' ? ' ' : ''}${nearest}` };
    return refuse({ code: 'wrong-unit', offset: at, found: text, allowed: ALLOWED, ...better });
  }
  if (period === undefined) return { kind: 'literal', at, end: scan.at, text, ...amount };
  const rate = perTime(digits, unit, PERIOD_SECONDS[period] * MICROS_PER_SECOND);
  if (rate !== undefined) return { kind: 'literal', at, end: scan.at, text, ...rate };
  return refuse({
    code: 'wrong-unit',
    offset: at,
    found: text,
    allowed: 'a count or a size per time: 5/s, 5MiB/s',
  });
}

/** One division of whole numbers, so that `0.4/s` equals 4 things in 10 s to the last bit. */
function perTime(digits: string, unit: string, micros: number): Amount | undefined {
  const size = unit === '' ? 1 : own(SIZE_UNITS.units, unit);
  if (size === undefined) return undefined;
  const [whole, decimals = ''] = digits.split('.');
  const value = (Number(`${whole}${decimals}`) * size) / (Number(`1e${decimals.length}`) * micros);
  return { value, quantity: unit === '' ? RATE : SIZE_RATE };
}

/** Money stands behind a space, and so may a percent sign; any other unit there is taken to be refused. */
function unitBehindSpace(scan: Scanner): string {
  const start = scan.at;
  scan.skipSpace();
  const word = scan.peek(/%|[A-Za-zµ$€]+(?![A-Za-z0-9_.(])/y);
  if (
    word === undefined ||
    word === 'and' ||
    word === 'or' ||
    nearestOf(word, FOLLOWERS) !== undefined
  ) {
    scan.at = start;
    return '';
  }
  scan.at += word.length;
  return word === 'USD' || word === '%' ? word : ` ${word}`;
}

interface Amount {
  readonly value: number;
  readonly quantity: Quantity;
}

function amountOf(digits: string, unit: string): Amount | undefined {
  if (unit === '') return { value: Number(digits), quantity: NUMBER };
  if (unit === '%') return { value: Number(`${digits}e-2`), quantity: SHARE };
  if (unit === 'USD') return { value: multiplied(digits, PICO_PER_USD).value, quantity: MONEY };
  const time = own(TIME_UNITS.units, unit);
  if (time !== undefined) return { value: multiplied(digits, time).value, quantity: TIME };
  const size = own(SIZE_UNITS.units, unit);
  if (size !== undefined) return { value: multiplied(digits, size).value, quantity: SIZE };
  return undefined;
}

function own(units: Readonly<Record<string, number>>, unit: string): number | undefined {
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}

function nearestUnit(written: string): string | undefined {
  const unit = written.trim();
  if (UNIT_WORDS.includes(unit)) return unit;
  if (unit === '$' || unit === 'usd' || unit === 'dollars' || unit === 'EUR' || unit === '€')
    return 'USD';
  for (const { synonyms } of [TIME_UNITS, SIZE_UNITS]) {
    if (Object.hasOwn(synonyms, unit)) return synonyms[unit];
  }
  return nearestOf(unit, UNIT_WORDS);
}
