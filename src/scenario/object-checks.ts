/** What only an object in a bucket has: said of a statement to a database, it would have no effect. */

import type { Path } from '../components/settings/problem.js';
import type { StepSpec } from '../components/settings/program.js';
import { OBJECT_OPTIONS } from '../components/settings/program.js';
import type { CheckedResource, CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';

export function checkObjects(
  examiner: Examiner,
  resources: ReadonlyMap<string, CheckedResource>,
  traffic: readonly CheckedTraffic[],
): void {
  const isDatabase = (name: string): boolean =>
    resources.get(name)?.roles.includes('database') === true;
  for (const { name, verb, target, prefix, suffix } of traffic)
    if (verb !== 'send' && isDatabase(target))
      refuseOptions(examiner, ['traffic', name], { prefix, suffix });
  for (const { name, programs } of resources.values())
    for (const [i, step] of ((programs['handler'] ?? []) as readonly StepSpec[]).entries())
      if ((step.verb === 'write' || step.verb === 'read') && isDatabase(step.target))
        refuseOptions(examiner, ['resources', name, 'handler', i], { ...step.object });
}

function refuseOptions(
  examiner: Examiner,
  path: Path,
  said: Readonly<Record<string, unknown>>,
): void {
  for (const key of OBJECT_OPTIONS) {
    if (said[key] === undefined) continue;
    examiner.refuse(path, {
      code: 'no-effect',
      message: `${key} would have no effect: a statement to a database is no object`,
      allowed: 'only with a bucket',
      path: [key],
      onKey: true,
    });
  }
}
