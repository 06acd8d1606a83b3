/** How deep a YAML text is nested, before it is composed: the composer recurses, and would end its stack. */

import type { CST } from 'yaml';

interface Open {
  readonly token: CST.Token;
  readonly depth: number;
}

/** Where the nesting exceeds `max`, or undefined. */
export function tooDeep(tokens: readonly CST.Token[], max: number): number | undefined {
  const open: Open[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > max && 'offset' in token) return token.offset;
    for (const inner of innerOf(token)) open.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

function innerOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  const inner: CST.Token[] = [];
  for (const { key, value } of token.items) {
    if (key !== undefined && key !== null) inner.push(key);
    if (value !== undefined) inner.push(value);
  }
  return inner;
}
