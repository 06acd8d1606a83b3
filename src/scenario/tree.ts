/**
 * The written scenario as a tree of nodes. Each node knows where it was written, also after bases have
 * been merged into it, so that a finding points at the line that caused it.
 */

import { AttachedFile } from '../components/settings/problem.js';
import type { Path, Place, Problem } from '../components/settings/problem.js';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `007` stays `007`. */
  readonly text: string;
}

export interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly TreeNode[];
}

export interface Entry {
  /** Where the key stands. */
  readonly place: Place;
  readonly node: TreeNode;
}

export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

export type TreeNode = ScalarNode | ListNode | MapNode;

export function isNull(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The node at a path, or undefined. */
export function nodeAt(root: TreeNode, path: Path): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const part of path) {
    if (node?.kind === 'map') node = node.entries.get(String(part))?.node;
    else if (node?.kind === 'list' && typeof part === 'number') node = node.items[part];
    else return undefined;
  }
  return node;
}

/** Where the value at a path was written, or its key; for what is not written, the nearest thing around it. */
export function placeAt(root: TreeNode, path: Path, onKey: boolean): Place {
  let node: TreeNode = root;
  let place = root.place;
  for (let i = 0; i < path.length; i++) {
    const part = path[i];
    if (node.kind === 'map') {
      const entry = node.entries.get(String(part));
      if (entry === undefined) return place;
      const isLast = i === path.length - 1;
      // A missing setting is reported at the name of the block that lacks it.
      place = entry.node.kind === 'map' || (isLast && onKey) ? entry.place : entry.node.place;
      node = entry.node;
    } else if (node.kind === 'list' && typeof part === 'number' && part < node.items.length) {
      node = node.items[part]!;
      place = node.place;
    } else return place;
  }
  return place;
}

/** The tree as plain values. Maps have no prototype, so that no name is special. */
export function plainOf(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  const map = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of node.entries) map[key] = plainOf(entry.node);
  return map;
}

/** A value in the language's own notation, on one line: `{ p50: 80ms, p99: 900ms }`. A data file is its name. */
export function writtenOf(plain: unknown): string {
  if (plain instanceof AttachedFile) return plain.name;
  if (Array.isArray(plain))
    return plain.length === 0 ? '[]' : `[${plain.map(writtenOf).join(', ')}]`;
  if (typeof plain !== 'object' || plain === null) return String(plain);
  const entries = Object.entries(plain);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, value]) => `${key}: ${writtenOf(value)}`).join(', ')} }`;
}

/** A problem at a place within the text at `path` and below: says where in the file that is. */
export function placedInText(
  root: TreeNode,
  path: Path,
  { offset, ...problem }: Problem & { readonly offset?: number },
): Problem {
  if (offset === undefined) return problem;
  const place = placeAt(root, [...path, ...(problem.path ?? [])], false);
  return { ...problem, at: { ...place, column: place.column + offset } };
}
