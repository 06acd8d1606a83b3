/** `assume.parallelism`: how many statements at a time, as a number or for each vCPU of the class. */

import { isKnownKey } from '../settings/known-key.js';
import { readCount, readNumber } from '../settings/numbers.js';
import type { Read } from '../settings/problem.js';
import { below, isMap, show } from '../settings/problem.js';
import { setting } from '../settings/setting.js';

export type ParallelismSpec = { readonly statements: number } | { readonly perVcpu: number };

const MOST = 100_000;
const ALLOWED = 'a number such as 8, or { perVcpu: 2 }';

const read: Read<ParallelismSpec> = (written, refuse) => {
  if (isMap(written)) {
    const known = Object.keys(written).every((key) => isKnownKey(key, ['perVcpu'], refuse));
    if (!known) return undefined;
    if (written['perVcpu'] === undefined)
      return refuse({ code: 'missing', message: 'perVcpu is missing', allowed: ALLOWED });
    const perVcpu = readNumber({ min: 0.1, max: 1000 })(
      written['perVcpu'],
      below(refuse, 'perVcpu'),
    );
    return perVcpu === undefined ? undefined : { perVcpu };
  }
  if (typeof written !== 'number')
    return refuse({ code: 'wrong-kind', found: show(written), allowed: ALLOWED });
  const statements = readCount({ min: 1, max: MOST })(written, refuse);
  return statements === undefined ? undefined : { statements };
};

export const parallelism = setting(read, {
  anyOf: [{ type: 'integer' }, { type: 'object' }],
  'x-form': ALLOWED,
});

/** At least one. */
export function statementsAtATime(spec: ParallelismSpec, vcpus: number): number {
  return 'statements' in spec ? spec.statements : Math.max(1, Math.round(spec.perVcpu * vcpus));
}
