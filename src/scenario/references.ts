/** References: every name that points at something must be there, and be of the right kind. */

import { nearestOf } from '../components/settings/nearest.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import { kindsWith } from '../components/settings/roles.js';
import { nameInAddress } from '../components/settings/words.js';
import type { Examiner, WrittenName } from './examine.js';

/** What each name of the file is: `traffic`, a resource's type, or undefined when its type was refused. */
export type NameKinds = ReadonlyMap<string, string | undefined>;

export function checkReferences(
  examiner: Examiner,
  names: NameKinds,
  types: readonly ResourceSchema[],
): void {
  for (const { roles, ...written } of examiner.references)
    refuseUnless(examiner, names, { ...written, kinds: kindsWith(types, roles) });
}

/** Reports a name that is nothing, or not one of `kinds`; returns whether it is fine. */
export function refuseUnless(
  examiner: Examiner,
  names: NameKinds,
  { name, kinds, path: full, onKey }: WrittenName & { readonly kinds: readonly string[] },
): boolean {
  const path = full.slice(0, -1);
  const at = { path: full.slice(-1), onKey };
  const kind = names.get(name);
  if (names.has(name) && kind === undefined) return false; // its own type was refused
  if (nameInAddress(name) !== undefined) return false; // refused where it was read
  if (kind !== undefined && kinds.includes(kind)) return true;
  const candidates = [...names]
    .filter(([, other]) => other !== undefined && kinds.includes(other))
    .map(([candidate]) => candidate);
  const wanted = [...new Set(kinds)].join(' or ');
  const allowed =
    candidates.length === 0 ? `${wanted}; the scenario has none` : candidates.join(', ');
  if (kind !== undefined) {
    const what = kind === 'traffic' ? 'traffic' : `of type ${kind}`;
    examiner.refuse(path, {
      code: 'wrong-kind',
      found: name,
      message: `${name} is ${what}, not ${wanted}`,
      allowed,
      ...at,
    });
    return false;
  }
  const near = nearestOf(name, candidates);
  examiner.refuse(path, {
    code: 'unknown-name',
    found: name,
    message: `nothing is called ${name}`,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
    ...at,
  });
  return false;
}
