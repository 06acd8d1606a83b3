/** Counts of links: what pushers accepted for them, and what became of it. */

import type { LinkCounts, PushCounter } from '../push-counts.js';
import { givenUp, underWay } from '../push-counts.js';
import type { Reader } from './evaluate.js';

/** What a count of the language is of a link. */
const COUNTS = {
  owed: (link: LinkCounts) => link.dispatched,
  offered: (link: LinkCounts) => link.dispatched + link.filtered,
  filtered: (link: LinkCounts) => link.filtered,
  processed: (link: LinkCounts) => link.delivered,
  deadLettered: (link: LinkCounts) => link.deadLettered,
  lost: (link: LinkCounts) => givenUp(link) - link.deadLettered,
  failed: givenUp,
  retries: (link: LinkCounts) => link.retries,
  unfinished: underWay,
} as const;
export type LinkCountName = keyof typeof COUNTS;

export function isLinkCount(name: string): name is LinkCountName {
  return Object.hasOwn(COUNTS, name);
}

export class PushReadings {
  constructor(
    private readonly pushes: PushCounter,
    /** The targets of the links of each name. */
    private readonly targets: readonly (readonly number[])[],
  ) {}

  /** Over all links of a pusher, so far. */
  of(pusher: number, name: LinkCountName): number {
    return this.targets[pusher].reduce((sum, _, link) => sum + this.count(pusher, link, name), 0);
  }

  /** Over the links from a pusher to a target. */
  between(pusher: number, target: number, name: LinkCountName): Reader {
    const links = this.targets[pusher].flatMap((one, link) => (one === target ? [link] : []));
    return () => links.reduce((sum, link) => sum + this.count(pusher, link, name), 0);
  }

  private count(pusher: number, link: number, name: LinkCountName): number {
    return COUNTS[name](this.pushes.of(pusher, link));
  }
}
