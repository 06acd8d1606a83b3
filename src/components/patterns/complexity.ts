/**
 * How complex SNS takes a filter policy to be: the product over its names of their values, each as often as it
 * is deep; the branches of `$or` add up. Four values at depth 3 and three at depth 2 make 4 * 3 * 3 * 2 = 72.
 * Source: SNS Developer Guide "Filter policy constraints", 2026.
 */

import { isMap } from '../settings/problem.js';

/** `knowsOr` false: `$or` is a name as any other. */
export function combinationsOf(
  written: Readonly<Record<string, unknown>>,
  knowsOr: boolean,
  depth = 1,
): number {
  let product = 1;
  for (const [name, value] of Object.entries(written)) {
    if (isMap(value)) product *= combinationsOf(value, knowsOr, depth + 1);
    if (!Array.isArray(value)) continue;
    const items: readonly unknown[] = value;
    if (name !== '$or' || !knowsOr) product *= items.length * depth;
    else {
      let sum = 0;
      for (const branch of items) if (isMap(branch)) sum += combinationsOf(branch, knowsOr, depth);
      product *= sum;
    }
  }
  return product;
}
