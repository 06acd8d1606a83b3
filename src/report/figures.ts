/**
 * Figures for a reader: three significant digits, a unit that fits, thousands apart. Only the
 * terminal and report.md use them; files for machines print plain figures. No locale: the same
 * bytes everywhere.
 */
import type { Seconds } from '../experiment/result.js';

/** What stands where nothing exists. */
export const NONE = '–';

/** `1234567` as `1,234,567`; takes the digits before any decimal point. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/gu, ',');
}

/** A count, whole or not: `1,234`, `12.3`. */
export function count(value: number): string {
  if (!Number.isInteger(value)) return digits(value, 3);
  return value < 0 ? `-${grouped(String(-value))}` : grouped(String(value));
}

/**
 * A figure with so many significant digits, never with an exponent, and with no more than `most` decimals; whole
 * digits are never cut.
 */
export function digits(value: number, significant: number, most = 9): string {
  const size = Math.abs(value);
  let decimals = significant - 1;
  for (let bound = 10; bound <= size && decimals > 0; bound *= 10) decimals--;
  for (let bound = 1; bound > size && size > 0 && decimals < most; bound /= 10) decimals++;
  const [whole, fraction] = size.toFixed(decimals).split('.');
  return `${value < 0 ? '-' : ''}${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A latency: `350 us`, `80.2 ms`, `12.4 s`, `3m 20s`, `2h 05m`, `4d 06h`. */
export function duration(time: Seconds, significant = 3): string {
  if (time === null) return NONE;
  if (time === 'inf') return 'inf';
  if (time === 0) return '0 s';
  if (time < 0.001) return `${digits(time * 1_000_000, significant)} us`;
  if (time < 1) return `${digits(time * 1_000, significant)} ms`;
  if (time < 120) return `${digits(time, significant)} s`;
  if (time < 7_200) return twoUnits(time, 60, 'm', 1, 's');
  if (time < 172_800) return twoUnits(time, 3_600, 'h', 60, 'm');
  return twoUnits(time, 86_400, 'd', 3_600, 'h');
}

/** A point or span of virtual time as a scenario would write it: `30m`, `32m 10s`, `1h`, `0s`. */
export function span(time: number): string {
  const whole = Math.floor(time);
  const rest = time - whole === 0 || time >= 60 ? '' : withoutZeros(digits(time, 3));
  const units: string[] = [];
  let left = whole;
  for (const [size, unit] of [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'm'],
    [1, 's'],
  ] as const) {
    const amount = Math.floor(left / size);
    left -= amount * size;
    if (amount > 0) units.push(`${amount}${unit}`);
  }
  if (rest !== '') return `${rest}s`;
  return units.length === 0 ? '0s' : units.slice(0, 3).join(' ');
}

/** A share: `12.3 %`, `0.012 %`; shows `100 %` only for all of it. `most`: decimals of the percentage. */
export function share(value: number, significant = 3, most = 9): string {
  const percent = value * 100;
  if (value === 0 || value === 1) return `${percent} %`;
  const text = digits(percent, significant, most);
  if (Number(text) !== 100) return `${text} %`;
  return `${withoutZeros(percent.toFixed(5))} %`;
}

/** Bytes in binary units: `512 B`, `1.50 KiB`. */
export function bytes(value: number, significant = 3): string {
  let size = value;
  let unit = 'B';
  for (const next of ['KiB', 'MiB', 'GiB', 'TiB']) {
    if (Math.abs(size) < 1024) break;
    size /= 1024;
    unit = next;
  }
  return `${unit === 'B' ? count(size) : digits(size, significant)} ${unit}`;
}

function withoutZeros(decimals: string): string {
  return decimals.replace(/\.?0+$/u, '');
}

function twoUnits(
  time: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const total = Math.round(time / small);
  const per = large / small;
  const rest = String(total % per).padStart(2, '0');
  return `${Math.floor(total / per)}${largeUnit} ${rest}${smallUnit}`;
}
