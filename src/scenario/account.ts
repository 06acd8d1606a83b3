/** `account` of a resource: in which AWS account it lies. Any word will do; what counts is which are the same. */

import type { Read } from '../components/settings/problem.js';
import { show } from '../components/settings/problem.js';
import { setting } from '../components/settings/setting.js';

/** One for all that do not say, and for all traffic. */
export const DEFAULT_ACCOUNT = '000000000000';

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;
const DIGITS = 12;

/** YAML reads 123456789012 as a number, and 012345678901 without its zero. */
const readAccount: Read<string> = (written, refuse) => {
  if (typeof written === 'number' && Number.isSafeInteger(written) && written >= 0)
    return String(written).padStart(DIGITS, '0');
  if (typeof written === 'string' && ACCOUNT.test(written)) return written;
  return refuse({
    code: 'wrong-kind',
    found: show(written),
    allowed: 'an account such as 123456789012, or a name for it',
  });
};

export function account() {
  return setting(
    readAccount,
    { type: ['string', 'integer'], 'x-form': 'an account' },
    { doc: `The AWS account it lies in; default one for all (${DEFAULT_ACCOUNT}).` },
  ).optional();
}
