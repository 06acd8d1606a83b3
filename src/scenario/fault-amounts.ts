/** How much a fault breaks: instances or a share of them, a slowdown, a rate that is left. */

import { readCount } from '../components/settings/numbers.js';
import type { Read } from '../components/settings/problem.js';
import { show } from '../components/settings/problem.js';
import { rate, readFactor, readShare } from '../components/settings/rates.js';
import { readTime } from '../components/settings/scaled.js';
import { reading, setting } from '../components/settings/setting.js';
import type { Micros } from '../kernel/time.js';

/** So many instances, or a share of those in service (0..1). */
export type Amount =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly share: number };

/** It takes `factor` times as long, and `added` µs more. */
export interface Slowdown {
  readonly factor: number;
  readonly added: Micros;
}

/** What is refused: a share of the calls (0..1), or what exceeds so many a second. */
export type Throttle =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'rate'; readonly perSecond: number };

const readAmount: Read<Amount> = (written, refuse) => {
  const allowed = 'a number of instances, or a share such as 30%';
  if (typeof written === 'number') {
    const count = readCount({ min: 1 })(written, (problem) => refuse({ ...problem, allowed }));
    return count === undefined ? undefined : { kind: 'count', count };
  }
  if (typeof written !== 'string')
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const share = readShare({})(written, (problem) => refuse({ ...problem, allowed }));
  return share === undefined ? undefined : { kind: 'share', share };
};

export function amount(doc: string) {
  const anyOf = [
    { type: 'integer', minimum: 1 },
    { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' },
  ];
  return setting(readAmount, { anyOf, 'x-form': 'a count or a share' }, { doc });
}

const readSlow: Read<Slowdown> = (written, refuse) => {
  if (typeof written === 'string' && written.endsWith('x')) {
    const factor = readFactor({})(written, refuse);
    return factor === undefined ? undefined : { factor, added: 0 };
  }
  const allowed = 'a factor such as 5x, or a time that is added, such as 2s';
  const added = readTime({})(written, (problem) => refuse({ ...problem, allowed }));
  return added === undefined ? undefined : { factor: 1, added };
};

export function slowdown(doc: string) {
  return setting(readSlow, { type: 'string', 'x-form': 'a factor or a time' }, { doc });
}

const readThrottle: Read<Throttle> = (written, refuse) => {
  const allowed = 'a rate that is left, such as 100/s, or a share that is refused, such as 50%';
  if (typeof written === 'string' && written.endsWith('%')) {
    const share = readShare({})(written, refuse);
    if (share === 0) return refuse({ code: 'never-happens', found: written, allowed });
    return share === undefined ? undefined : { kind: 'share', share };
  }
  const perSecond = reading(rate())(written, (problem) => refuse({ ...problem, allowed }));
  return perSecond === undefined ? undefined : { kind: 'rate', perSecond };
};

export function throttle(doc: string) {
  return setting(readThrottle, { type: 'string', 'x-form': 'a rate or a share' }, { doc });
}
