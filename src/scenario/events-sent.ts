/** What stands around the detail of an event: only a bus takes any notice of it. */

import type { ResourceSchema } from '../components/settings/resource.js';
import { kindsWith } from '../components/settings/roles.js';
import type { CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';
import type { NameKinds } from './references.js';

export function checkEventFields(
  examiner: Examiner,
  kinds: NameKinds,
  types: readonly ResourceSchema[],
  traffic: readonly CheckedTraffic[],
): void {
  const buses = kindsWith(types, ['bus']);
  for (const one of traffic) {
    const kind = kinds.get(one.target);
    if (kind === undefined || buses.includes(kind)) continue;
    for (const key of ['source', 'detailType'] as const) {
      if (one[key] === undefined) continue;
      examiner.refuse(['traffic', one.name], {
        code: 'no-effect',
        message: `${key} would have no effect: ${one.target} is no event bus`,
        allowed: 'only to an event bus',
        path: [key],
        onKey: true,
      });
    }
  }
}
