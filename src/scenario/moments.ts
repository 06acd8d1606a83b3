/** When a fault or an operation happens: once, `at` a time, or again and again, `every` so long. */

import type { Problem } from '../components/settings/problem.js';
import { show } from '../components/settings/problem.js';
import { duration } from '../components/settings/scaled.js';
import { setting } from '../components/settings/setting.js';
import type { Micros } from '../kernel/time.js';

/** `every` undefined: once. */
export interface Moments {
  readonly at: Micros;
  readonly every: Micros | undefined;
}

/** The keys of every fault and operation. */
export const moments = {
  at: duration({
    doc: 'When it begins, from the start; default with every: after the first so long.',
  }).optional(),
  every: duration({ min: '1s', doc: 'Again and again, so far apart; default once.' }).optional(),
  /** What kinds of things, depends on the verb. */
  on: setting<string>(
    (written, refuse) => {
      if (typeof written === 'string' && written !== '') return written;
      return refuse({
        code: 'wrong-kind',
        found: show(written),
        allowed: 'the name of a resource',
      });
    },
    { type: 'string', 'x-target': ['resource', 'traffic', 'link', 'region'] },
    { doc: 'The resource, or the link a -> b, that it happens to.' },
  ),
};

/** Reports that neither `at` nor `every` is said. */
export function momentsOf(
  written: { readonly at?: Micros | undefined; readonly every?: Micros | undefined },
  report: (problem: Problem) => void,
): Moments {
  const at = written.at ?? written.every;
  if (at === undefined) report({ code: 'missing', allowed: 'at: 10m, or every: 1h', path: ['at'] });
  return { at: at ?? 0, every: written.every };
}
