/**
 * IP addresses as hexadecimal digits, which compare as texts do: 8 digits of version 4, 32 of version 6.
 * What counts as an address, and that an IPv4 address mapped into IPv6 is the IPv4 address, is as AWS's matcher
 * has it (aws/event-ruler, 2026).
 */

import type { AddressRange } from './pattern.js';

const V4 = /^\d+\.\d+\.\d+\.\d+$/;
const V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const MAPPED = `${'0'.repeat(20)}FFFF`;

/** The digits of an address; undefined for any other text. */
export function addressOf(text: string): string | undefined {
  if (V4.test(text)) return v4Of(text);
  return V6.test(text) ? v6Of(text) : undefined;
}

function hex(value: number, digits: number): string {
  let text = '';
  for (let place = digits - 1; place >= 0; place--)
    text += '0123456789ABCDEF'[(value >>> (4 * place)) & 15];
  return text;
}

function v4Of(text: string): string | undefined {
  let digits = '';
  for (const part of text.split('.')) {
    if (Number(part) > 255) return undefined;
    digits += hex(Number(part), 2);
  }
  return digits;
}

function v6Of(text: string): string | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...head, ...(tail ?? [])];
  if (!given.every((group) => GROUP.test(group))) return undefined;
  const gap = 8 - given.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const groups = [...head, ...Array<string>(gap).fill('0'), ...(tail ?? [])];
  const digits = groups.map((group) => hex(parseInt(group, 16), 4)).join('');
  return digits.startsWith(MAPPED) ? digits.slice(MAPPED.length) : digits;
}

/** What is wrong with a range, in AWS's words, or the range: from the address as written to the end of its block. */
export function addressRangeOf(written: string): AddressRange | string {
  const parts = written.split('/');
  if (parts.length !== 2 || parts[1] === '') return "Malformed CIDR, one '/' required";
  if (!/^[+-]?\d+$/.test(parts[1])) return 'Malformed CIDR, mask bits must be an integer';
  const bits = Number(parts[1]);
  if (bits < 0) return 'Malformed CIDR, mask bits must not be negative';
  const low = addressOf(parts[0]);
  if (low === undefined) return `Nonstandard IP address: ${parts[0]}`;
  const isV4 = low.length === 8;
  if (isV4 && bits > 31) return 'IPv4 mask bits must be < 32';
  if (!isV4 && bits > 127) return 'IPv6 mask bits must be < 128';
  let high = '';
  for (let i = 0; i < low.length; i++) {
    const fixed = Math.min(4, Math.max(0, bits - 4 * i));
    high += hex(parseInt(low[i], 16) | (15 >> fixed), 1);
  }
  return { low, high };
}

export function isInRange(address: string, { low, high }: AddressRange): boolean {
  return address.length === low.length && address >= low && address <= high;
}
