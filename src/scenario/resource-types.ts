/** The type of a resource: one that is built, or a finding that says what is wrong with it. */

import { nearestOf } from '../components/settings/nearest.js';
import type { Path } from '../components/settings/problem.js';
import { isMap, show } from '../components/settings/problem.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import type { Examiner } from './examine.js';
import type { Registry } from './frame.js';
import {
  NOT_MODELLED_PAGE,
  NOT_MODELLED_TYPES,
  RESOURCE_WORDS,
  TYPE_WORDS,
} from './not-modelled.js';

/** The type of a resource, or undefined and a finding. */
export function typeOf(
  examiner: Examiner,
  registry: Registry,
  name: string,
  body: unknown,
): ResourceSchema | undefined {
  const path = ['resources', name];
  const types = registry.types.map(({ type }) => type);
  if (!isMap(body)) {
    examiner.refuse(path, {
      code: 'wrong-kind',
      found: show(body),
      allowed: 'a map with its type: { type: sqs.queue }',
    });
    return undefined;
  }
  const written = body['type'];
  if (written === undefined) {
    refuseNoType(examiner, name, body, types);
    return undefined;
  }
  const type = registry.types.find((candidate) => candidate.type === written);
  if (type === undefined) refuseType(examiner, path, written, types);
  return type;
}

function refuseNoType(
  examiner: Examiner,
  name: string,
  body: object,
  types: readonly string[],
): void {
  const typo = Object.keys(body).find(
    (key) => nearestOf(key, ['type']) === 'type' || RESOURCE_WORDS[key] === 'type',
  );
  const problem = { message: `${name} has no type`, allowed: types.join(', ') };
  const path = ['resources', name];
  if (typo === undefined) examiner.refuse(path, { code: 'missing', ...problem });
  else
    examiner.refuse(path, {
      code: 'unknown-key',
      ...problem,
      found: typo,
      nearest: 'type',
      path: [typo],
      onKey: true,
    });
}

function refuseType(
  examiner: Examiner,
  path: Path,
  written: unknown,
  types: readonly string[],
): void {
  const at = { found: show(written), allowed: types.join(', '), path: ['type'] };
  if (typeof written !== 'string') {
    examiner.refuse(path, { code: 'wrong-kind', ...at });
  } else if (NOT_MODELLED_TYPES.includes(written)) {
    const message = `${written} is not modelled yet (${NOT_MODELLED_PAGE})`;
    examiner.refuse(path, { code: 'not-modelled', message, ...at });
  } else {
    const word = Object.hasOwn(TYPE_WORDS, written) ? TYPE_WORDS[written] : undefined;
    const near = word ?? nearestOf(written, [...types, ...NOT_MODELLED_TYPES]);
    const message = `no type is called ${show(written)}`;
    examiner.refuse(path, {
      code: 'unknown-type',
      message,
      ...(near === undefined ? {} : { nearest: near }),
      ...at,
    });
  }
}
