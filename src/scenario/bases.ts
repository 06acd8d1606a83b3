/** A scenario file with all its bases (`extends`) and overrides merged into one tree. */

import type { Place } from '../components/settings/problem.js';
import type { Finding } from './findings.js';
import { errorAt } from './findings.js';
import { leftoverNulls, merged, withoutNulls } from './merge.js';
import type { Override } from './overrides.js';
import { overridden } from './overrides.js';
import { relativeTo } from './paths.js';
import { parseSource } from './source.js';
import type { MapNode } from './tree.js';

/** How deep a chain of `extends` may be. */
const MAX_CHAIN = 8;

/** Gives a file's text, or throws an Error that says why not. */
export type ReadFile = (path: string) => string;

/** The merged tree, or undefined when some file could not be understood. */
export function mergedTree(
  path: string,
  read: ReadFile,
  overrides: readonly Override[],
  findings: Finding[],
): MapNode | undefined {
  const files = chainOf(path, read, findings);
  if (files === undefined) return undefined;
  let root = files[files.length - 1];
  for (let i = files.length - 2; i >= 0; i--)
    root = merged(root, files[i], [], findings) as MapNode;
  for (const override of overrides) root = overridden(root, override, findings);
  leftoverNulls(root, [], findings);
  return withoutNulls(root) as MapNode;
}

/** The file itself, its base, the base's base, …, without their `extends`. */
function chainOf(path: string, read: ReadFile, findings: Finding[]): MapNode[] | undefined {
  const chain: MapNode[] = [];
  const seen: string[] = [];
  let next: { path: string; place: Place } | undefined = {
    path,
    place: { file: path, line: 1, column: 1 },
  };
  while (next !== undefined) {
    const { path: file, place } = next;
    if (seen.includes(file)) {
      const circle = [...seen.slice(seen.indexOf(file)), file].join(' → ');
      findings.push(
        errorAt(place, ['extends'], {
          code: 'circular',
          found: circle,
          message: `a circle of bases: ${circle}`,
          allowed: 'a chain that ends',
        }),
      );
      return undefined;
    }
    if (seen.length > MAX_CHAIN) {
      findings.push(
        errorAt(place, ['extends'], {
          code: 'out-of-range',
          message: `a chain of more than ${MAX_CHAIN} bases`,
          allowed: `at most ${MAX_CHAIN}`,
        }),
      );
      return undefined;
    }
    seen.push(file);
    const root = parsedFile(file, place, read, seen.length === 1, findings);
    if (root === undefined) return undefined;
    next = baseOf(root, file, findings);
    chain.push(withoutExtends(root));
  }
  return findings.length > 0 ? undefined : chain;
}

function parsedFile(
  file: string,
  place: Place,
  read: ReadFile,
  isFirst: boolean,
  findings: Finding[],
): MapNode | undefined {
  const text = textOf(file, read);
  if (typeof text !== 'string') {
    const path = isFirst ? [] : ['extends'];
    findings.push(
      errorAt(place, path, {
        code: 'file',
        found: file,
        message: `${file} cannot be read: ${text.problem}`,
        allowed: 'a readable scenario file',
      }),
    );
    return undefined;
  }
  const parsed = parseSource(text, { file });
  findings.push(...parsed.findings);
  const root = parsed.root;
  if (root === undefined || root.kind === 'map') return root;
  findings.push(
    errorAt(root.place, [], {
      code: 'syntax',
      found: root.kind === 'list' ? 'a list' : root.text,
      message: 'the file is not a map',
      allowed: 'keys such as name, traffic and resources',
    }),
  );
  return undefined;
}

/** The text, or why it cannot be read. */
export function textOf(file: string, read: ReadFile): string | { readonly problem: string } {
  try {
    return read(file);
  } catch (error) {
    // Whatever the caller's reader throws is about the file; its own message names it.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function baseOf(
  root: MapNode,
  file: string,
  findings: Finding[],
): { path: string; place: Place } | undefined {
  const entry = root.entries.get('extends');
  if (entry === undefined) return undefined;
  const { node } = entry;
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') {
    return { path: relativeTo(file, node.value), place: node.place };
  }
  findings.push(
    errorAt(node.place, ['extends'], {
      code: 'wrong-kind',
      found: node.kind === 'scalar' ? node.text : `a ${node.kind}`,
      allowed: 'one scenario file, relative to this one',
    }),
  );
  return undefined;
}

function withoutExtends(root: MapNode): MapNode {
  const entries = new Map(root.entries);
  entries.delete('extends');
  return { ...root, entries };
}
