/** What a fault is on: this release breaks fleets; the language knows links, regions, queues and traffic too. */

import { linkOf } from '../components/settings/words.js';
import type { Examiner } from './examine.js';
import type { FaultSpec } from './faults.js';
import { NOT_MODELLED_PAGE } from './not-modelled.js';
import type { NameKinds } from './references.js';
import { refuseUnless } from './references.js';
import { REGION_SHAPE } from './regions.js';

const BREAKABLE = ['autoscaling.group'];

export function checkFaultTargets(
  examiner: Examiner,
  kinds: NameKinds,
  faults: readonly (FaultSpec | undefined)[],
): void {
  faults.forEach((fault, i) => {
    if (fault === undefined) return;
    const path = ['faults', i];
    const at = { path: ['on'], onKey: false };
    if (linkOf(fault.on) !== undefined || REGION_SHAPE.test(fault.on)) {
      const what = linkOf(fault.on) === undefined ? 'regions and zones' : 'links';
      examiner.refuse(path, {
        code: 'not-modelled',
        found: fault.on,
        message: `faults on ${what} are not modelled yet (${NOT_MODELLED_PAGE})`,
        allowed: 'the name of a fleet',
        ...at,
      });
    } else
      refuseUnless(examiner, kinds, {
        name: fault.on,
        kinds: BREAKABLE,
        path: [...path, 'on'],
        onKey: false,
      });
  });
}
