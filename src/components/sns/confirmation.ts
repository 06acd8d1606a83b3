/**
 * `confirmed` of a subscription: true, false, or after how long. In µs from the start: 0 is at once, Infinity
 * never.
 */

import type { Micros } from '../../kernel/time.js';
import type { Docs } from '../settings/setting.js';
import { reading, setting } from '../settings/setting.js';
import type { Read } from '../settings/problem.js';
import { show } from '../settings/problem.js';
import { duration } from '../settings.js';

const ALLOWED = 'true, false, or a time of two days at most, such as 10m';

const read: Read<Micros> = (written, refuse) => {
  if (written === true) return 0;
  if (written === false) return Infinity;
  if (typeof written === 'string') return reading(duration({ max: '2d' }))(written, refuse);
  return refuse({ code: 'wrong-kind', found: show(written), allowed: ALLOWED });
};

export function confirmation(options: Docs) {
  return setting(read, { type: ['boolean', 'string'], 'x-form': ALLOWED }, options);
}
