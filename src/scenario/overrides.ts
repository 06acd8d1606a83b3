/**
 * Overrides: `--set path=value`, and `--seed`, `--profile`. Paths are dotted, list items in brackets,
 * names matched longest first (`resources.orders.fifo.visibilityTimeout`); the value is YAML and goes
 * on top as a variant would (merge.ts).
 */

import { nearestOf } from '../components/settings/nearest.js';
import type { PathPart, Place, Problem } from '../components/settings/problem.js';
import type { Finding } from './findings.js';
import { errorAt } from './findings.js';
import { merged } from './merge.js';
import { parseSource } from './source.js';
import type { Entry, MapNode, TreeNode } from './tree.js';
import { nodeAt } from './tree.js';

export interface Override {
  /** What findings call it: `--set`. */
  readonly flag: string;
  /** Which of its kind, from 1: the line of its findings. */
  readonly number: number;
  /** `path=value`. */
  readonly text: string;
  /** The value as a plain text instead; then `text` is the path alone. */
  readonly literal?: string;
}

/** The tree with an override on top; the same tree, and findings, when it cannot be. */
export function overridden(root: MapNode, override: Override, findings: Finding[]): MapNode {
  const place: Place = { file: override.flag, line: override.number, column: 1 };
  const refuse = (problem: Problem): undefined => {
    findings.push(errorAt(place, [], problem));
    return undefined;
  };
  if (override.literal !== undefined) {
    const node: TreeNode = {
      kind: 'scalar',
      place,
      value: override.literal,
      text: override.literal,
    };
    return merged(root, wrapped([override.text], { place, node }), [], findings) as MapNode;
  }
  const equals = override.text.indexOf('=');
  if (equals <= 0) {
    refuse({
      code: 'syntax',
      found: override.text,
      message: `${override.text} says no value`,
      allowed: 'path=value',
    });
    return root;
  }
  const path = pathOf(root, override.text.slice(0, equals).trim(), refuse);
  const parsed = parseSource(override.text.slice(equals + 1), {
    file: override.flag,
    firstLine: override.number,
    shift: equals + 1,
  });
  findings.push(...parsed.findings);
  if (path === undefined || parsed.root === undefined) return root;
  const result = onTop(root, path, 0, { place, node: parsed.root }, findings);
  return result.kind === 'map' ? result : root;
}

/** The value at `path`, put on top of what stands there; lists are opened, never merged. */
function onTop(
  node: TreeNode,
  path: readonly PathPart[],
  depth: number,
  value: Entry,
  findings: Finding[],
): TreeNode {
  const rest = path.slice(depth);
  const listAt = rest.findIndex((part) => typeof part === 'number');
  if (listAt < 0) return merged(node, wrapped(rest, value), path.slice(0, depth), findings);
  const inner = nodeAt(node, rest.slice(0, listAt));
  const index = rest[listAt] as number;
  if (inner?.kind !== 'list' || index >= inner.items.length) return node; // pathOf has refused it
  const items = [...inner.items];
  const isLast = listAt === rest.length - 1;
  items[index] = isLast
    ? value.node
    : onTop(items[index], path, depth + listAt + 1, value, findings);
  const list: Entry = { place: value.place, node: { ...inner, items } };
  return merged(node, wrapped(rest.slice(0, listAt), list), path.slice(0, depth), findings);
}

/** `a.b: value` as nested maps. */
function wrapped(path: readonly PathPart[], value: Entry): TreeNode {
  let entry = value;
  for (const part of [...path].reverse()) {
    const entries = new Map([[String(part), entry]]);
    entry = { place: value.place, node: { kind: 'map', place: value.place, entries } };
  }
  return entry.node;
}

/** A dotted path, resolved against what is there. */
export function pathOf(
  root: TreeNode,
  text: string,
  refuse: (problem: Problem) => undefined,
): PathPart[] | undefined {
  const path: PathPart[] = [];
  let node: TreeNode | undefined = root;
  let rest = text;
  while (rest !== '') {
    const item: RegExpExecArray | null = /^\[(\d+)\]\.?/.exec(rest);
    if (item !== null) {
      const index = Number(item[1]);
      const length: number = node?.kind === 'list' ? node.items.length : -1;
      if (index >= length) return refuseItem(text, index, length, refuse);
      path.push(index);
      node = node?.kind === 'list' ? node.items[index] : undefined;
      rest = rest.slice(item[0].length);
      continue;
    }
    const key = longestKey(node, rest) ?? /^[^.[]+/.exec(rest)?.[0];
    if (key === undefined)
      return refuse({
        code: 'syntax',
        found: text,
        message: `${text} is not a path`,
        allowed: 'a dotted path, list items in brackets',
      });
    if (isMissingName(node, path, key)) return refuseName(node as MapNode, path, key, refuse);
    path.push(key);
    node = node?.kind === 'map' ? node.entries.get(key)?.node : undefined;
    rest = rest.slice(key.length).replace(/^\./, '');
  }
  return path;
}

function refuseItem(
  text: string,
  index: number,
  length: number,
  refuse: (problem: Problem) => undefined,
): undefined {
  const allowed = length < 0 ? 'brackets behind a list only' : `[0]..[${length - 1}]`;
  return refuse({
    code: 'never-happens',
    found: `[${index}]`,
    message: `${text} names nothing`,
    allowed,
  });
}

/** Names that people give must be there; keys of settings need not have been written. */
function isMissingName(
  node: TreeNode | undefined,
  path: readonly PathPart[],
  key: string,
): boolean {
  const isByName = path.length === 1 && (path[0] === 'resources' || path[0] === 'traffic');
  return isByName && node?.kind === 'map' && !node.entries.has(key);
}

function refuseName(
  node: MapNode,
  path: readonly PathPart[],
  key: string,
  refuse: (problem: Problem) => undefined,
): undefined {
  const names = [...node.entries.keys()];
  const near = nearestOf(key, names);
  return refuse({
    code: 'unknown-name',
    found: key,
    message: `${String(path[0])} has no ${key}`,
    allowed: names.join(', '),
    ...(near === undefined ? {} : { nearest: near }),
  });
}

/** The longest key of the map that the rest of the path begins with. */
function longestKey(node: TreeNode | undefined, rest: string): string | undefined {
  if (node?.kind !== 'map') return undefined;
  let longest: string | undefined;
  for (const key of node.entries.keys()) {
    const next = rest[key.length];
    const fits = rest.startsWith(key) && (next === undefined || next === '.' || next === '[');
    if (fits && (longest === undefined || key.length > longest.length)) longest = key;
  }
  return longest;
}
