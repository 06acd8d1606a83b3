/**
 * Units of written quantities, and exact decimal arithmetic on their text: 0.1s is 100,000 µs
 * because the digits say so, not because a float happens to round well.
 */

export interface UnitTable {
  /** Unit → how many base units it holds. */
  readonly units: Readonly<Record<string, number>>;
  /** Other people's spellings → ours. */
  readonly synonyms: Readonly<Record<string, string>>;
}

/** Base unit: microseconds. */
export const TIME_UNITS: UnitTable = {
  units: { us: 1, ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 },
  synonyms: {
    µs: 'us',
    usec: 'us',
    msec: 'ms',
    millis: 'ms',
    milliseconds: 'ms',
    S: 's',
    sec: 's',
    secs: 's',
    second: 's',
    seconds: 's',
    M: 'm',
    min: 'm',
    mins: 'm',
    minute: 'm',
    minutes: 'm',
    H: 'h',
    hr: 'h',
    hrs: 'h',
    hour: 'h',
    hours: 'h',
    D: 'd',
    day: 'd',
    days: 'd',
    w: '7d',
    week: '7d',
    weeks: '7d',
  },
};

/** Base unit: bytes. K is 1000, Ki is 1024. */
export const SIZE_UNITS: UnitTable = {
  units: {
    B: 1,
    KB: 1_000,
    KiB: 1_024,
    MB: 1_000_000,
    MiB: 1_048_576,
    GB: 1_000_000_000,
    GiB: 1_073_741_824,
    TB: 1_000_000_000_000,
    TiB: 1_099_511_627_776,
  },
  synonyms: {
    b: 'B',
    byte: 'B',
    bytes: 'B',
    k: 'KB',
    K: 'KB',
    kB: 'KB',
    kb: 'KB',
    Kb: 'KB',
    ki: 'KiB',
    Ki: 'KiB',
    kib: 'KiB',
    Kib: 'KiB',
    kiB: 'KiB',
    M: 'MB',
    mb: 'MB',
    Mb: 'MB',
    mB: 'MB',
    Mi: 'MiB',
    mib: 'MiB',
    Mib: 'MiB',
    G: 'GB',
    gb: 'GB',
    Gb: 'GB',
    Gi: 'GiB',
    gib: 'GiB',
    Gib: 'GiB',
  },
};

/** What stands behind the slash of a rate; base unit: per second. */
export const PERIOD_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
};

/** A written quantity, split: `-1.5` and `KiB`. undefined when it does not begin with a number. */
export interface Parts {
  readonly digits: string;
  readonly unit: string;
}

const QUANTITY = /^([+-]?\d+(?:\.\d+)?)(.*)$/s;
const LONGEST_QUANTITY = 40;

export function splitQuantity(text: string): Parts | undefined {
  if (text.length > LONGEST_QUANTITY) return undefined;
  const match = QUANTITY.exec(text);
  return match === null ? undefined : { digits: match[1], unit: match[2] };
}

export interface Exact {
  /** The value, rounded to the nearest whole number of base units. */
  readonly whole: number;
  /** The value as the nearest float. */
  readonly value: number;
  /** Whether nothing was rounded. */
  readonly exact: boolean;
}

/** `digits` × `factor`, exactly. */
export function multiplied(digits: string, factor: number): Exact {
  const negative = digits.startsWith('-');
  const unsigned = digits.replace(/^[+-]/, '');
  const point = unsigned.indexOf('.');
  const decimals = point < 0 ? 0 : unsigned.length - point - 1;
  const numerator = BigInt(unsigned.replace('.', '')) * BigInt(factor);
  const denominator = BigInt(`1${'0'.repeat(decimals)}`);
  const whole = (2n * numerator + denominator) / (2n * denominator);
  const sign = negative ? -1 : 1;
  return {
    whole: sign * Number(whole),
    value: sign * (Number(numerator) / Number(denominator)),
    exact: numerator % denominator === 0n,
  };
}

/** The value in the largest unit that writes it without a fraction: 90,000,000 µs → 90s. */
function written(value: number, table: UnitTable, order: readonly string[]): string {
  for (const unit of order) {
    const size = table.units[unit];
    if (value >= size && value % size === 0) return `${value / size}${unit}`;
  }
  const smallest = order[order.length - 1];
  return `${value}${smallest}`;
}

/** A time in the language's own notation. */
export function writtenTime(micros: number): string {
  return micros === 0 ? '0s' : written(micros, TIME_UNITS, ['d', 'h', 'm', 's', 'ms', 'us']);
}

/** A size in the language's own notation; powers of 1024 before powers of 1000. */
export function writtenSize(bytes: number): string {
  return written(bytes, SIZE_UNITS, ['GiB', 'MiB', 'KiB', 'GB', 'MB', 'KB', 'B']);
}
