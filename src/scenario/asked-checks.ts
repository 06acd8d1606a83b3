/**
 * What traffic and steps ask of a target that its kind does not have: what only an object in a bucket has, said of a
 * statement to a database; batches larger than the target takes.
 */

import type { Path } from '../components/settings/problem.js';
import type { CallerClient, StepSpec } from '../components/settings/program.js';
import { OBJECT_OPTIONS } from '../components/settings/program.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import type { CheckedResource, CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';

type Resources = ReadonlyMap<string, CheckedResource>;

export function checkAsked(
  examiner: Examiner,
  resources: Resources,
  traffic: readonly CheckedTraffic[],
  types: readonly ResourceSchema[],
): void {
  const isDatabase = (name: string): boolean =>
    resources.get(name)?.roles.includes('database') === true;
  const most = (name: string): number =>
    types.find(({ type }) => type === resources.get(name)?.type)?.inbox?.batchMax ?? Infinity;
  for (const { name, verb, target, prefix, suffix, client } of traffic) {
    const path = ['traffic', name];
    if (verb === 'send') checkBatch(examiner, path, client.batch?.size, most(target));
    else if (isDatabase(target)) refuseOptions(examiner, path, { prefix, suffix });
  }
  for (const { name, programs } of resources.values()) {
    const own = programs['client'] as CallerClient | undefined;
    for (const [i, step] of ((programs['handler'] ?? []) as readonly StepSpec[]).entries()) {
      const path = ['resources', name, 'handler', i];
      if (step.verb === 'send') {
        const above = step.client.batch === undefined ? ['resources', name] : path;
        const { size } = step.client.batch ?? own?.batch ?? {};
        checkBatch(examiner, above, size, most(step.target));
      } else if ((step.verb === 'write' || step.verb === 'read') && isDatabase(step.target))
        refuseOptions(examiner, path, { ...step.object });
    }
  }
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

function checkBatch(examiner: Examiner, path: Path, size: number | undefined, most: number): void {
  if (size === undefined || size <= most) return;
  examiner.refuse(path, {
    code: 'out-of-range',
    found: String(size),
    allowed: `a whole number 1..${most}`,
    nearest: String(most),
    awsError: 'TooManyEntriesInBatchRequest',
    path: ['client', 'batch', 'size'],
  });
}
