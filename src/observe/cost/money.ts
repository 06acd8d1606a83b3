/**
 * Money: whole 1e-12 USD (pico) in BigInt, and decimal strings. A double would hold 9,007 USD of
 * them; prices need ten decimals.
 */

import { check } from '../../kernel/check.js';

/** 1e-12 USD in one USD. */
export const PICO_PER_USD = 1_000_000_000_000n;
const DECIMALS = 12;

/** `0.0000004` as 400000n. At most 12 decimals. */
export function picoOf(text: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,12}))?$/.exec(text);
  check(match !== null, 'a price is a decimal string with at most 12 decimals');
  return BigInt(match[1]) * PICO_PER_USD + BigInt((match[2] ?? '').padEnd(DECIMALS, '0'));
}

/** 400000n as `0.0000004`: all digits, no trailing zeros, no exponent. */
export function usdText(pico: bigint): string {
  return decimalText(pico, DECIMALS);
}

/** `units` × 10^-decimals as a decimal string without trailing zeros. */
export function decimalText(units: bigint, decimals: number): string {
  const size = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = size.slice(0, size.length - decimals);
  const fraction = size.slice(size.length - decimals).replace(/0+$/, '');
  const sign = units < 0n ? '-' : '';
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** `numerator` / `denominator` to the nearest whole number, halves away from zero. */
export function dividedRounded(numerator: bigint, denominator: bigint): bigint {
  check(denominator > 0n, 'amounts are divided by something positive');
  const half = numerator < 0n ? -denominator : denominator;
  return (2n * numerator + half) / (2n * denominator);
}
