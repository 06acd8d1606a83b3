/**
 * How long the way between two regions takes, there and back: one time for all, or a map by pair,
 * `{ us-west-2 -> ap-northeast-1: 100ms }`.
 */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { readDistribution } from './distribution.js';
import { nearestOf } from './nearest.js';
import type { Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import { REGIONS } from './regions.js';
import { setting } from './setting.js';
import { linkOf } from './words.js';

/** µs. A pair counts for the way back, too, unless that is named as well. */
export interface BetweenRegions {
  /** For pairs that are not named; undefined: the default of the profile. */
  readonly others: DistributionSpec | undefined;
  readonly pairs: readonly RegionPair[];
}

export interface RegionPair {
  readonly from: string;
  readonly to: string;
  readonly time: DistributionSpec;
}

const readTime = readDistribution('duration');

const readBetween: Read<BetweenRegions> = (written, refuse) => {
  if (!isMap(written) || !Object.keys(written).some((key) => key.includes('->'))) {
    const others = readTime(written, refuse);
    return others === undefined ? undefined : { others, pairs: [] };
  }
  const pairs: RegionPair[] = [];
  let ok = true;
  for (const [key, time] of Object.entries(written)) {
    const pair = readPair(key, time, refuse);
    if (pair === undefined) ok = false;
    else pairs.push(pair);
  }
  return ok ? { others: undefined, pairs } : undefined;
};

function readPair(key: string, written: unknown, refuse: Refuse): RegionPair | undefined {
  const ends = linkOf(key);
  const allowed = 'pairs of regions such as us-west-2 -> ap-northeast-1: 100ms';
  if (ends === undefined || ends.from === ends.to)
    return refuse({ code: 'wrong-kind', found: show(key), allowed, path: [key], onKey: true });
  for (const region of [ends.from, ends.to]) {
    if ((REGIONS as readonly string[]).includes(region)) continue;
    const nearest = nearestOf(region, REGIONS);
    return refuse({
      code: 'choice',
      found: region,
      message: `no region of AWS is called ${region}`,
      allowed,
      path: [key],
      onKey: true,
      ...(nearest === undefined ? {} : { nearest: key.replace(region, nearest) }),
    });
  }
  const time = readTime(written, below(refuse, key));
  return time === undefined ? undefined : { ...ends, time };
}

export function betweenRegions() {
  const shape = { anyOf: [{ type: ['string', 'number'] }, { type: 'object' }] };
  return setting(readBetween, { ...shape, 'x-form': 'a time, or a map of pairs' }, {});
}

/** What a map leaves out is as by default. */
export function withOthers(own: BetweenRegions, standard: BetweenRegions): BetweenRegions {
  return own.others === undefined ? { ...own, others: standard.others } : own;
}
