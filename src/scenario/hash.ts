/** A hash of what a scenario says, whatever its comments, quotes and layout: 16 hex digits. */

import { AttachedFile } from '../components/settings/problem.js';

const FIRST = 0x811c9dc5;
const SECOND = 0x9e3779b1;

/** Two 32-bit lanes over a text, each step a bijection of the lane. */
export function hashText(text: string): string {
  let a = FIRST;
  let b = SECOND;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul((b ^ c) + ((b << 7) | (b >>> 25)), 0x85ebca6b);
    b ^= b >>> 13;
  }
  return hex(mixed(a, text.length)) + hex(mixed(b, a));
}

function mixed(lane: number, other: number): number {
  let x = lane ^ other;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}

/** JSON in the order written; attached files count by their text. */
export function hashOf(plain: unknown): string {
  return hashText(canonical(plain));
}

function canonical(plain: unknown): string {
  if (plain instanceof AttachedFile) return `file(${hashText(plain.text)})`;
  if (Array.isArray(plain)) return `[${plain.map(canonical).join(',')}]`;
  if (typeof plain !== 'object' || plain === null) return JSON.stringify(plain) ?? 'null';
  return `{${Object.entries(plain)
    .map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`)
    .join(',')}}`;
}
