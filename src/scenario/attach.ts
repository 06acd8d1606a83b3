/**
 * Reads the data files that a scenario names (a trace to replay, measured times) and puts them in
 * place of their names.
 */

import type { Path } from '../components/settings/problem.js';
import { AttachedFile } from '../components/settings/problem.js';
import type { ReadFile } from './bases.js';
import { textOf } from './bases.js';
import { relativeTo } from './paths.js';
import { nodeAt } from './tree.js';
import type { TreeNode } from './tree.js';

const SAMPLE_KEYS = ['samples', 'column', 'unit', 'min', 'max'];

/** The same plain values with files attached; `root` tells in which file a name was written. */
export class Attacher {
  private readonly texts = new Map<string, AttachedFile>();

  constructor(
    private readonly root: TreeNode,
    private readonly read: ReadFile,
  ) {}

  attach(value: unknown, path: Path): unknown {
    if (Array.isArray(value))
      return value.map((item: unknown, i) => this.attach(item, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    const result = Object.create(null) as Record<string, unknown>;
    const keys = Object.keys(value);
    const areSamples = keys.includes('samples') && keys.every((key) => SAMPLE_KEYS.includes(key));
    const isReplay = path[path.length - 1] === 'replay' && path[0] === 'traffic';
    for (const [key, inner] of Object.entries(value)) {
      const isName =
        typeof inner === 'string' &&
        ((areSamples && key === 'samples') || (isReplay && key === 'file'));
      result[key] = isName ? this.file(inner, [...path, key]) : this.attach(inner, [...path, key]);
    }
    return result;
  }

  private file(name: string, path: Path): AttachedFile {
    const file = nodeAt(this.root, path)?.place.file ?? '';
    const full = relativeTo(file, name);
    const known = this.texts.get(full);
    if (known !== undefined) return known;
    const text = textOf(full, this.read);
    const attached =
      typeof text === 'string'
        ? new AttachedFile(name, full, text)
        : new AttachedFile(name, full, '', text.problem);
    this.texts.set(full, attached);
    return attached;
  }
}
