/** Keys of small maps that no schema describes: forms of a distribution, of a value. */
import { nearestOf } from './nearest.js';
import type { Refuse } from './problem.js';

/** Whether `key` is one of `known`; refuses it otherwise. */
export function isKnownKey(key: string, known: readonly string[], refuse: Refuse): boolean {
  if (known.includes(key)) return true;
  const near = nearestOf(key, known);
  const nearest = near === undefined ? {} : { nearest: near };
  refuse({
    code: 'unknown-key',
    found: key,
    allowed: known.join(', '),
    ...nearest,
    path: [key],
    onKey: true,
  });
  return false;
}
