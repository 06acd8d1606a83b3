/** What stands around the detail of an event: only a bus takes any notice of it. */

import type { StepSpec } from '../components/settings/program.js';
import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { kindsWith } from '../components/settings/roles.js';
import type { CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';
import type { NameKinds } from './references.js';

const FIELDS = ['source', 'detailType'] as const;

/** What sends: traffic, or a step. */
interface Sending {
  readonly target: string;
  readonly source: string | undefined;
  readonly detailType: string | undefined;
}

export function checkEventFields(
  examiner: Examiner,
  kinds: NameKinds,
  types: readonly ResourceSchema[],
  traffic: readonly CheckedTraffic[],
  resources: ReadonlyMap<string, Pick<ResourceView, 'programs'>>,
): void {
  const buses = kindsWith(types, ['bus']);
  const check = (sending: Sending, path: readonly (string | number)[]): void => {
    const kind = kinds.get(sending.target);
    if (kind === undefined || buses.includes(kind)) return;
    for (const key of FIELDS) {
      if (sending[key] === undefined) continue;
      examiner.refuse(path, {
        code: 'no-effect',
        message: `${key} would have no effect: ${sending.target} is no event bus`,
        allowed: 'only to an event bus',
        path: [key],
        onKey: true,
      });
    }
  };
  for (const one of traffic) check(one, ['traffic', one.name]);
  for (const [name, { programs }] of resources) {
    const handler = (programs['handler'] ?? []) as readonly StepSpec[];
    handler.forEach((step, i) => {
      if (step.verb === 'send') check(step, ['resources', name, 'handler', i]);
    });
  }
}
