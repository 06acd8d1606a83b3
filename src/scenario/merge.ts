/**
 * Variants (docs/scenario.md): what a file says on top of its base. Maps by name and blocks of settings
 * merge; scalars, lists, distributions, values and patterns are replaced whole; `null` removes; a
 * changed `type` replaces the resource; naming one alternative displaces the other.
 */

import type { Path } from '../components/settings/problem.js';
import type { Finding } from './findings.js';
import { errorAt } from './findings.js';
import type { Entry, MapNode, TreeNode } from './tree.js';
import { isNull } from './tree.js';

/** Keys whose values are AWS's patterns: null is a value there, and they are replaced whole. */
const PATTERN_KEYS = ['when', 'filterPolicy', 'eventPattern', 'pattern'];
/** Any of these keys makes a map a distribution or a value (docs/scenario.md). */
const WHOLE_KEYS = ['p50', 'p99', 'quantiles', 'samples', 'mix', 'dist', 'oneOf', 'of'];

/** Alternatives: naming one of a group displaces the others. `*` stands for any name. */
const ALTERNATIVES: readonly {
  readonly under: readonly string[];
  readonly group: readonly string[];
}[] = [
  { under: ['traffic', '*'], group: ['send', 'call', 'write', 'read', 'steps'] },
  { under: ['traffic', '*'], group: ['rate', 'phases', 'users', 'replay'] },
  { under: ['traffic', '*', 'replay'], group: ['every', 'at'] },
  {
    under: ['resources', '*', 'consumes', '*'],
    group: ['scalingConfig', 'provisionedPollerConfig'],
  },
  { under: ['resources', '*', 'consumes', '*', 'checkpoint'], group: ['every', 'records'] },
  { under: ['resources', '*', 'rules', '*'], group: ['eventPattern', 'scheduleExpression'] },
  { under: ['resources', '*', 'scheduledActions', '*'], group: ['recurrence', 'startTime'] },
  {
    under: ['resources', '*'],
    group: [
      'extendedS3DestinationConfiguration',
      'redshiftDestinationConfiguration',
      'splunkDestinationConfiguration',
      'amazonopensearchserviceDestinationConfiguration',
      'httpEndpointDestinationConfiguration',
    ],
  },
];

function isUnder(path: Path, under: readonly string[]): boolean {
  return path.length === under.length && under.every((part, i) => part === '*' || part === path[i]);
}

/** `over` on top of `base`; findings are about nulls that remove nothing. */
export function merged(base: TreeNode, over: TreeNode, path: Path, findings: Finding[]): TreeNode {
  if (base.kind !== 'map' || over.kind !== 'map' || isReplacedWhole(base, over, path)) return over;
  const entries = new Map(base.entries);
  for (const key of displaced(over, path)) entries.delete(key);
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key);
    if (isNull(entry.node) && below !== undefined && !isNull(below.node)) entries.delete(key);
    else if (below === undefined || isNull(entry.node)) entries.set(key, entry);
    else entries.set(key, mergedEntry(below, entry, [...path, key], findings));
  }
  return { kind: 'map', place: over.place, entries };
}

function mergedEntry(base: Entry, over: Entry, path: Path, findings: Finding[]): Entry {
  return { place: over.place, node: merged(base.node, over.node, path, findings) };
}

function displaced(over: MapNode, path: Path): string[] {
  return ALTERNATIVES.filter(({ under }) => isUnder(path, under)).flatMap(({ group }) => {
    const named = group.filter((key) => {
      const entry = over.entries.get(key);
      return entry !== undefined && !isNull(entry.node);
    });
    // Two of a kind in one file are the author's mistake, and stay visible as such.
    return named.length > 0 ? group.filter((key) => !over.entries.has(key)) : [];
  });
}

function isReplacedWhole(base: MapNode, over: MapNode, path: Path): boolean {
  if (PATTERN_KEYS.includes(String(path[path.length - 1]))) return true;
  if (path[0] === 'resources' && path.length === 2) return hasOtherType(base, over);
  // Names that people give may be anything, also `of`.
  const isByName = path.length === 1;
  return !isByName && WHOLE_KEYS.some((key) => isWholeKey(base, key) || isWholeKey(over, key));
}

/** `p50: null` still merges, and `of` alone is a value only beside a number. */
function isWholeKey(node: MapNode, key: string): boolean {
  const entry = node.entries.get(key);
  return entry !== undefined && !isNull(entry.node);
}

function hasOtherType(base: MapNode, over: MapNode): boolean {
  const before = base.entries.get('type')?.node;
  const after = over.entries.get('type')?.node;
  if (before?.kind !== 'scalar' || after?.kind !== 'scalar' || isNull(after)) return false;
  return before.value !== after.value;
}

/** What an operation sets is merged when it happens: null says there what it says in a variant. */
function isSet(path: Path): boolean {
  return path[0] === 'operations' && path[2] === 'set';
}

/** Every `null` that is still there removes nothing. Patterns are left alone: null is a value there. */
export function leftoverNulls(node: TreeNode, path: Path, findings: Finding[]): void {
  if (isSet(path)) return;
  if (node.kind === 'list')
    node.items.forEach((item, i) => leftoverNulls(item, [...path, i], findings));
  if (node.kind !== 'map') return;
  for (const [key, entry] of node.entries) {
    const inside = [...path, key];
    if (PATTERN_KEYS.includes(key)) continue;
    if (isNull(entry.node)) {
      findings.push(
        errorAt(entry.place, inside, {
          code: 'never-happens',
          found: 'null',
          message: `${key}: null removes nothing`,
          allowed: 'a value, or null where a base has one',
        }),
      );
    } else leftoverNulls(entry.node, inside, findings);
  }
}

/** The tree without its leftover nulls, so that each is reported once. */
export function withoutNulls(node: TreeNode, path: Path = []): TreeNode {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item, i) => withoutNulls(item, [...path, i])) };
  }
  if (node.kind !== 'map' || isSet(path)) return node;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    if (PATTERN_KEYS.includes(key)) entries.set(key, entry);
    else if (!isNull(entry.node))
      entries.set(key, {
        place: entry.place,
        node: withoutNulls(entry.node, [...path, key]),
      });
  }
  return { ...node, entries };
}
