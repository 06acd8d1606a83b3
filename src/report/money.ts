/** Decimal strings of money, added and rounded without floats: in 1e-12 USD, as BigInt. */
import { check } from '../kernel/check.js';
import { grouped } from './figures.js';

const PICO = 12;
const PICO_PER_USD = 1_000_000_000_000n;
const PICO_PER_CENT = 10_000_000_000n;

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
  return `${sign}${size === 0n || size >= 10n * PICO_PER_CENT ? cents(size) : significant(size)} USD`;
}

function cents(pico: bigint): string {
  const rounded = (pico + PICO_PER_CENT / 2n) / PICO_PER_CENT;
  return `${grouped((rounded / 100n).toString())}.${(rounded % 100n).toString().padStart(2, '0')}`;
}

/** Two significant digits of an amount below 0.10 USD, cut, not rounded: no carry to think of. */
function significant(pico: bigint): string {
  const decimals = pico.toString().padStart(PICO, '0');
  const first = decimals.search(/[1-9]/u);
  return `0.${decimals.slice(0, first + 2).replace(/0+$/u, '')}`;
}
