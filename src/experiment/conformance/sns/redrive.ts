/** A redrive policy as a case writes it: `{ dlq: d }`, the name alone, or JSON. */

import { isMap } from '../../../components/settings/problem.js';
import { inOurWords } from '../sqs/words.js';
import { DEAD_LETTERS } from './words.js';

/** null and '' take the policy away. `nameOf`: the real name of a queue of the case. */
export function readRedrive(
  said: unknown,
  where: string,
  nameOf: (said: unknown) => string,
): unknown {
  if (isMap(said)) {
    const policy = inOurWords(DEAD_LETTERS, said, where);
    const { deadLetterTarget } = policy;
    return deadLetterTarget === undefined
      ? policy
      : { ...policy, deadLetterTarget: nameOf(deadLetterTarget) };
  }
  if (typeof said !== 'string' || said === '' || said.startsWith('{')) return said;
  return { deadLetterTarget: nameOf(said) };
}
