/** Names of traffic and resources (docs/scenario.md): their shape, and that each is given once. */

import type { Examiner } from './examine.js';
import { NOT_MODELLED_PAGE } from './not-modelled.js';
import { REGION_SHAPE } from './regions.js';

const NAME = /^[A-Za-z][A-Za-z0-9_-]*(\.fifo)?$/;
const LONGEST = 80;
const FIFO = '.fifo';

/** Types whose FIFO variants are told by their names. */
const FIFO_TYPES = ['sqs.queue', 'sns.topic'];

/** Reports a name that cannot be; returns whether it is fine. */
export function checkName(
  examiner: Examiner,
  kind: 'traffic' | 'resources',
  name: string,
  type: unknown,
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
  } else if (name.endsWith(FIFO) && !(kind === 'resources' && FIFO_TYPES.includes(String(type)))) {
    const nearest = name.slice(0, -FIFO.length);
    refuse({
      code: 'wrong-kind',
      message: `only FIFO queues and topics end in ${FIFO}`,
      allowed: 'another name',
      nearest,
      ...at,
    });
  } else if (name.endsWith(FIFO) && type === 'sqs.queue') {
    refuse({
      code: 'not-modelled',
      message: `FIFO queues are not modelled yet (${NOT_MODELLED_PAGE})`,
      allowed: 'a standard queue',
      ...at,
    });
  } else return true;
  return false;
}
