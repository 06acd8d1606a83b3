/** Decimal strings of money, added and rounded without floats: in 1e-12 USD, as BigInt. */
import { check } from '../kernel/check.js';
import { grouped } from './figures.js';

const PICO = 12;
const PICO_PER_USD = 1_000_000_000_000n;
const PICO_PER_CENT = 10_000_000_000n;
/** Below this amount cents would say too little. */
const LEAST_IN_CENTS = 10n * PICO_PER_CENT;

/** `12.5` as 12500000000000n; digits beyond the 12th decimal are cut off. */
export function picoUsd(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(text);
  check(match !== null, 'money in results is a decimal string');
  const [, sign, whole, decimals = ''] = match;
  const pico = BigInt(whole) * PICO_PER_USD + BigInt(decimals.slice(0, PICO).padEnd(PICO, '0'));
  return sign === '-' ? -pico : pico;
}

/** For a reader: cents, or two significant digits where cents would say nothing: `1,234.50 USD`, `0.0032 USD`. */
export function usd(text: string): string {
  return usdOfPico(picoUsd(text));
}

export function usdOfPico(pico: bigint): string {
  const sign = pico < 0n ? '-' : '';
  const size = pico < 0n ? -pico : pico;
  const shown = size < LEAST_IN_CENTS ? significant(size) : size;
  const isInCents = shown === 0n || shown >= LEAST_IN_CENTS;
  return `${sign}${isInCents ? cents(shown) : decimal(shown)} USD`;
}

function cents(pico: bigint): string {
  const rounded = (pico + PICO_PER_CENT / 2n) / PICO_PER_CENT;
  return `${grouped((rounded / 100n).toString())}.${(rounded % 100n).toString().padStart(2, '0')}`;
}

/** Rounded to two significant digits, half up. */
function significant(pico: bigint): bigint {
  const unit = BigInt('1'.padEnd(pico.toString().length - 1, '0'));
  return ((pico + unit / 2n) / unit) * unit;
}

/** An amount below 1 USD with the decimals that it has. */
function decimal(pico: bigint): string {
  return `0.${pico.toString().padStart(PICO, '0').replace(/0+$/u, '')}`;
}
