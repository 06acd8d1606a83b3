/** From the counts of links to what results say of them. */

import { LOSSES } from '../components/facts.js';
import type { LinkCosts } from '../observe/cost/link-costs.js';
import { underWay } from '../observe/push-counts.js';
import type { Model } from '../scenario/wire.js';
import { counted } from './counted.js';
import { linkDistributionOf } from './latency-result.js';
import type { LinkResult, PusherResult } from './push-types.js';

/** Those that deliver by themselves, in file order. */
export function pushersOf(model: Model, costs: LinkCosts): PusherResult[] {
  const { cast } = model;
  return cast.pushers.map((id) => ({
    pusher: cast.names[id],
    links: cast.pushLinks[id].map((_, link) => {
      return linkOf(model, id, link, costs.of(cast.names[id], link));
    }),
  }));
}

function linkOf({ cast, watch }: Model, pusher: number, link: number, costUsd: string): LinkResult {
  const { name, target, deadLetter } = cast.pushLinks[pusher][link];
  const found = watch.pushes.of(pusher, link);
  const { dispatched, filtered, attempts, retries, failedAttempts } = found;
  const { delivered, deadLettered, lost, latency, undelivered } = found;
  return {
    name,
    target: cast.names[target],
    deadLetter,
    matched: dispatched,
    filtered,
    attempts,
    retries,
    failedAttempts,
    delivered,
    deadLettered,
    lost: counted(LOSSES, lost),
    underWay: underWay(found),
    costUsd,
    latency: linkDistributionOf({ totals: latency, unfinished: undelivered }),
  };
}
