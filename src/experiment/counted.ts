/** Counts by name, with their total, as results have them. */
import type { Counted } from './result.js';

export function counted<Name extends string>(
  names: readonly Name[],
  counts: readonly number[],
): Counted<Name> {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return Object.fromEntries([
    ['total', total],
    ...names.map((name, i) => [name, counts[i]]),
  ]) as Counted<Name>;
}
