/** Names of traffic and resources (docs/scenario.md): their shape, that each is given once, and what each is. */

import { FIFO_SUFFIX } from '../components/settings/resource.js';
import { isMap } from '../components/settings/problem.js';
import type { Examiner } from './examine.js';
import type { Registry } from './frame.js';
import type { NameKinds } from './references.js';
import { REGION_SHAPE } from './regions.js';
import { typeOf } from './resource-types.js';

const NAME = /^[A-Za-z][A-Za-z0-9_-]*(\.fifo)?$/;
const LONGEST = 80;

type Entries = readonly (readonly [name: string, body: unknown])[];

/** What each name of the file is; what cannot be is reported. */
export function namesOf(
  examiner: Examiner,
  registry: Registry,
  traffic: Entries,
  resources: Entries,
): NameKinds {
  const kinds = new Map<string, string | undefined>();
  for (const [name] of traffic) {
    checkName(examiner, 'traffic', name, false);
    kinds.set(name, 'traffic');
  }
  for (const [name, body] of resources) {
    const type = isMap(body) ? body['type'] : undefined;
    const known = registry.types.find((one) => one.type === type);
    // Of a type that does not exist, nothing is known.
    const isFine = checkName(
      examiner,
      'resources',
      name,
      known === undefined || known.hasFifo === true,
    );
    if (kinds.has(name)) {
      examiner.refuse(['resources'], {
        code: 'duplicate-key',
        found: name,
        message: `${name} is the name of traffic already`,
        allowed: 'another name',
        path: [name],
        onKey: true,
      });
    }
    kinds.set(name, isFine ? typeOf(examiner, registry, name, body)?.type : undefined);
  }
  return kinds;
}

/** Reports a name that cannot be; returns whether it is fine. `hasFifo`: it may be the name of a FIFO variant. */
function checkName(
  examiner: Examiner,
  kind: 'traffic' | 'resources',
  name: string,
  hasFifo: boolean,
): boolean {
  const at = { path: [name], onKey: true, found: name };
  const refuse = examiner.refuse.bind(examiner, [kind]);
  if (!NAME.test(name)) {
    const nearest = name
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^[^A-Za-z]+/, '')
      .replace(/-+$/, '');
    refuse({
      code: 'wrong-kind',
      message: `${name} is not a name`,
      allowed: 'letters, digits, - and _, beginning with a letter',
      ...(nearest === '' ? {} : { nearest }),
      ...at,
    });
  } else if (name.length > LONGEST) {
    refuse({
      code: 'out-of-range',
      message: `a name of ${name.length} characters`,
      allowed: `at most ${LONGEST}`,
      ...at,
    });
  } else if (REGION_SHAPE.test(name)) {
    refuse({
      code: 'wrong-kind',
      message: `the name ${name} looks like a region`,
      allowed: 'another name',
      ...at,
    });
  } else if (name.endsWith(FIFO_SUFFIX) && !hasFifo) {
    const nearest = name.slice(0, -FIFO_SUFFIX.length);
    refuse({
      code: 'wrong-kind',
      message: `only FIFO queues and topics end in ${FIFO_SUFFIX}`,
      allowed: 'another name',
      nearest,
      ...at,
    });
  } else return true;
  return false;
}
