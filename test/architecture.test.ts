// Who may import whom. The rules are functions of a list of files, so that they are
// first tried on made-up trees with one bad arrow each, then on the project.

import { describe, expect, test } from 'vitest';
import { sourceFile, sourceFiles } from './support/source-tree.js';
import type { Import, SourceFile } from './support/source-tree.js';

const LAYERS = ['kernel', 'components', 'observe', 'scenario', 'experiment', 'report', 'cli'];

/** The package's entries: `index.ts` reads files and `core.ts` is handed them; neither is part of a layer. */
const ENTRIES = ['src/index.ts', 'src/core.ts'];

/** Folders in src/components that belong to its base files. */
const BASE_FOLDERS = ['settings', 'expression', 'patterns'];

/** Folders in src/components that all services share; everything else there is one service each. */
const SHARED_FOLDERS = ['client', 'program', 'traffic', 'delivery', 'patterns'];

/** Which folders may import which package; the others reach it through what these export. */
const PACKAGES: Record<string, readonly string[]> = {
  '@noble/hashes': ['src/experiment/operations/'],
  seedrandom: ['src/kernel/random/'],
  'csv-stringify': ['src/report/'],
  yaml: ['src/scenario/'],
  yargs: ['src/cli/'],
  zod: ['src/components/', 'src/scenario/'],
};

interface Arrow {
  readonly from: string;
  readonly to: Import;
}

function arrowsOf(files: readonly SourceFile[]): Arrow[] {
  return files.flatMap((file) => file.imports.map((to) => ({ from: file.path, to })));
}

const say = ({ from, to }: Arrow, why: string): string =>
  `${from}:${to.line} imports ${to.specifier}: ${why}`;

const layerOf = (path: string): string | undefined => /^src\/([a-z]+)\//.exec(path)?.[1];

/** Later layers are unknown to earlier ones. */
function wrongLayers(files: readonly SourceFile[]): string[] {
  const wrong = files
    .filter((file) => !ENTRIES.includes(file.path) && !LAYERS.includes(layerOf(file.path) ?? ''))
    .map((file) => `${file.path} is in no layer`);
  for (const arrow of arrowsOf(files)) {
    if (arrow.to.file === null) continue;
    if (!arrow.to.file.startsWith('src/')) wrong.push(say(arrow, 'src imports only src'));
    if (ENTRIES.includes(arrow.to.file) && !ENTRIES.includes(arrow.from))
      wrong.push(say(arrow, 'the entries are for users'));
    const own = layerOf(arrow.from);
    const other = layerOf(arrow.to.file);
    if (own === undefined || other === undefined) continue;
    if (LAYERS.indexOf(other) > LAYERS.indexOf(own)) {
      wrong.push(say(arrow, `${own} comes before ${other}`));
    }
  }
  return wrong;
}

type Place = { readonly kind: 'base' | 'shared' | 'service' | 'registry'; readonly folder: string };

/** Where in src/components a file lies, or null outside of it. */
function placeOf(path: string): Place | null {
  const match = /^src\/components\/(?:([^/]+)\/)?(.+)$/.exec(path);
  if (match === null) return null;
  const folder = match[1] ?? '';
  if (folder === '') return { kind: match[2] === 'registry.ts' ? 'registry' : 'base', folder };
  if (BASE_FOLDERS.includes(folder)) return { kind: 'base', folder };
  return { kind: SHARED_FOLDERS.includes(folder) ? 'shared' : 'service', folder };
}

/** base files <- program/ and traffic/ <- service folders, which don't know each other <- registry.ts */
function wrongComponents(files: readonly SourceFile[]): string[] {
  const rank = { base: 0, shared: 1, service: 2, registry: 3 };
  const wrong: string[] = [];
  for (const arrow of arrowsOf(files)) {
    const from = placeOf(arrow.from);
    const to = placeOf(arrow.to.file ?? '');
    if (from === null || to === null) continue;
    if (rank[to.kind] > rank[from.kind])
      wrong.push(say(arrow, `${from.kind} comes before ${to.kind}`));
    if (from.kind === 'service' && to.kind === 'service' && from.folder !== to.folder) {
      wrong.push(say(arrow, 'services meet in port.ts, never in each other’s folder'));
    }
  }
  return wrong;
}

/** A new service is a folder and a line in the registry, which reads the folder's index file and no other. */
function wrongRegistry(files: readonly SourceFile[]): string[] {
  const registry = files.find((file) => file.path === 'src/components/registry.ts');
  if (registry === undefined) return [];
  const isService = (path: string): boolean => placeOf(path)?.kind === 'service';
  const folders = new Set(
    files
      .map((file) => file.path)
      .filter(isService)
      .map((path) => placeOf(path)?.folder),
  );
  return [...folders].flatMap((folder) => {
    const read = new Set(
      registry.imports.map((to) => to.file).filter((to) => placeOf(to ?? '')?.folder === folder),
    );
    if (read.size === 1) return [];
    const names = [...read].join(', ') || 'nothing';
    return [`registry.ts imports ${names} of src/components/${folder}, not its one index file`];
  });
}

/** Observers know facts, no component; reports know results, no model (but types, and the words of facts.ts). */
function wrongViews(files: readonly SourceFile[]): string[] {
  return arrowsOf(files).flatMap((arrow) => {
    const from = layerOf(arrow.from);
    const to = arrow.to.file ?? '';
    if (from === 'observe' && ['shared', 'service', 'registry'].includes(placeOf(to)?.kind ?? '')) {
      return [say(arrow, 'an observer knows facts, no component')];
    }
    const words = arrow.to.typeOnly || to === 'src/components/facts.ts';
    const model = ['components', 'observe', 'scenario'].includes(layerOf(to) ?? '');
    if (from === 'report' && model && !words) return [say(arrow, 'a report knows results only')];
    return [];
  });
}

/** Node and packages are reached from one place each. */
function wrongPackages(files: readonly SourceFile[]): string[] {
  return arrowsOf(files).flatMap((arrow) => {
    const { specifier, file } = arrow.to;
    if (file !== null) return [];
    if (specifier.startsWith('node:')) {
      const allowed = layerOf(arrow.from) === 'cli' || arrow.from === 'src/index.ts';
      return allowed ? [] : [say(arrow, 'only src/cli and the package root reach Node')];
    }
    const name = /^(@[^/]+\/)?[^/]*/.exec(specifier)?.[0] ?? '';
    const folders = PACKAGES[name];
    if (folders === undefined) return [say(arrow, 'not one of the runtime dependencies')];
    if (folders.some((folder) => arrow.from.startsWith(folder))) return [];
    return [say(arrow, `only ${folders.join(' and ')} imports it`)];
  });
}

const RULES = { wrongLayers, wrongComponents, wrongRegistry, wrongViews, wrongPackages };

/** A tree of two-line files: path -> what it imports. */
function madeUp(tree: Record<string, string[]>): SourceFile[] {
  return Object.entries(tree).map(([path, imports]) =>
    sourceFile(path, imports.map((name) => `import { x } from '${name}';`).join('\n')),
  );
}

describe('each rule reports its bad arrow, and no other', () => {
  const good = madeUp({
    'src/index.ts': ['node:fs', './core.js', './cli/main.js'],
    'src/core.ts': ['./experiment/run.js'],
    'src/kernel/kernel.ts': ['./check.js'],
    'src/kernel/random/streams.ts': ['../check.js', 'seedrandom'],
    'src/components/port.ts': ['../kernel/kernel.js', './facts.js', 'zod'],
    'src/components/program/step.ts': ['../port.js'],
    'src/components/sqs/queue.ts': ['../program/step.js', './limits.js', '../../kernel/kernel.js'],
    'src/components/registry.ts': ['./sqs/queue.js', './program/step.js'],
    'src/observe/ledger.ts': ['../components/facts.js'],
    'src/scenario/load.ts': ['yaml', '../components/registry.js'],
    'src/experiment/operations/sha.ts': ['@noble/hashes/sha2.js'],
    'src/report/csv.ts': ['csv-stringify/sync', '../experiment/result.js'],
    'src/cli/main.ts': ['node:fs', 'yargs', '../report/csv.js'],
  });
  const cases: [keyof typeof RULES, string, string][] = [
    ['wrongLayers', 'src/kernel/a.ts', '../components/port.js'],
    ['wrongLayers', 'src/report/a.ts', '../cli/main.js'],
    ['wrongLayers', 'src/experiment/a.ts', '../core.js'],
    ['wrongLayers', 'src/experiment/a.ts', '../../test/support/engines.js'],
    ['wrongComponents', 'src/components/a.ts', './sqs/queue.js'],
    ['wrongComponents', 'src/components/a.ts', './registry.js'],
    ['wrongComponents', 'src/components/program/a.ts', '../sqs/queue.js'],
    ['wrongComponents', 'src/components/sqs/a.ts', '../sns/topic.js'],
    ['wrongComponents', 'src/components/sqs/a.ts', '../registry.js'],
    ['wrongRegistry', 'src/components/sns/a.ts', './limits.js'],
    ['wrongViews', 'src/observe/a.ts', '../components/sqs/queue.js'],
    ['wrongViews', 'src/report/a.ts', '../observe/ledger.js'],
    ['wrongPackages', 'src/experiment/a.ts', 'node:fs'],
    ['wrongPackages', 'src/core.ts', 'node:fs'],
    ['wrongPackages', 'src/scenario/a.ts', 'seedrandom'],
    ['wrongPackages', 'src/kernel/a.ts', 'lodash'],
    ['wrongPackages', 'src/kernel/a.ts', '@noble/hashes/sha2.js'],
    ['wrongPackages', 'src/experiment/operations/a.ts', '@noble/curves/p256.js'],
  ];
  test.each(cases)('%s: %s importing %s', (rule, path, specifier) => {
    const bad = [...good.filter((file) => file.path !== path), ...madeUp({ [path]: [specifier] })];
    for (const [name, run] of Object.entries(RULES)) {
      expect(run(good)).toEqual([]);
      expect(run(bad), name).toHaveLength(name === rule ? 1 : 0);
    }
  });
  test('a folder outside the layers is reported', () => {
    expect(wrongLayers(madeUp({ 'src/util/a.ts': [] }))).toEqual(['src/util/a.ts is in no layer']);
  });
});

describe('the project', () => {
  const files = sourceFiles('src');
  test('has files', () => expect(files.length).toBeGreaterThan(2));
  test.each(Object.entries(RULES))('%s finds nothing', (_name, run) =>
    expect(run(files)).toEqual([]),
  );
});
