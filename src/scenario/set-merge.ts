/**
 * What stands there after the operation `set`: maps by name and blocks of settings merge, all else is replaced
 * whole, and the written word null removes (docs/scenario.md, "Variants").
 */

import { isMap } from '../components/settings/problem.js';
import type { Path } from '../components/settings/problem.js';
import type { Examiner } from './examine.js';
import type { SchemaView } from './walk.js';

/** undefined: nothing stands there any more. */
export function mergedAt(
  examiner: Examiner,
  view: SchemaView | undefined,
  old: unknown,
  value: unknown,
  path: Path,
): unknown {
  if (value === null) {
    if (old === undefined) refuseNothing(examiner, path);
    return undefined;
  }
  const merges = view?.kind === 'block' || view?.kind === 'record';
  if (!merges || !isMap(value)) return value;
  const merged: Record<string, unknown> = isMap(old) ? { ...old } : {};
  for (const [key, inner] of Object.entries(value)) {
    const below = view.kind === 'block' ? view.field(key) : view.item();
    const one = mergedAt(examiner, below, merged[key], inner, [...path, key]);
    if (one === undefined) delete merged[key];
    else merged[key] = one;
  }
  return merged;
}

function refuseNothing(examiner: Examiner, path: Path): void {
  examiner.refuse(path, {
    code: 'never-happens',
    found: 'null',
    message: `${path[path.length - 1]}: null removes nothing`,
    allowed: 'a value',
  });
}
