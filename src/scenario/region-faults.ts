/** Faults on a whole region, and on the way from one region to another: what can happen there. */

import { nearestOf } from '../components/settings/nearest.js';
import type { LinkName } from '../components/settings/words.js';
import type { Examiner } from './examine.js';
import { FaultCheck } from './fault-check.js';
import type { FaultSpec } from './faults.js';
import type { Link } from './links.js';
import { isRegion, regionsOf } from './places.js';

/** Verbs that the way between two regions can have. */
const WAY_FAULTS: readonly string[] = ['slow', 'lose', 'cut'];

export interface RegionSurroundings {
  /** By name: its region, or another place. */
  readonly places: ReadonlyMap<string, string>;
  readonly links: readonly Link[];
}

export class RegionFaultCheck extends FaultCheck {
  private readonly regions: readonly string[];

  constructor(
    examiner: Examiner,
    private readonly around: RegionSurroundings,
    fault: FaultSpec,
    index: number,
  ) {
    super(examiner, fault, index);
    this.regions = regionsOf(around.places.values());
  }

  region(): void {
    if (this.isOutage('a region')) this.isThere(this.fault.on);
  }

  /** Calls of clients in `from` to services in `to`. */
  way({ from, to }: LinkName): void {
    const { fault } = this;
    if (!WAY_FAULTS.includes(fault.verb)) {
      const allowed = `${WAY_FAULTS.join(', ')} between regions; ${fault.verb} on a resource or a link`;
      this.notModelled(fault.verb, `${fault.verb} between regions`, allowed);
    }
    if (fault.api !== undefined)
      this.notModelled('api', 'faults on single API operations between regions', 'a link a -> b');
    if (!this.isThere(from) || !this.isThere(to)) return;
    const ways = this.ways();
    if (ways.includes(fault.on)) return;
    const isBackwards = ways.includes(`${to} -> ${from}`);
    this.examiner.refuse(this.path, {
      code: 'never-happens',
      found: fault.on,
      message: `nothing in ${from} calls anything in ${to}`,
      allowed: ways.length === 0 ? 'no calls between regions in this scenario' : ways.join(', '),
      path: ['on'],
      ...(isBackwards ? { nearest: `${to} -> ${from}` } : {}),
    });
  }

  /** From whom to whom calls go between regions: `us-west-2 -> ap-northeast-1`. */
  private ways(): string[] {
    const { places, links } = this.around;
    const ways = links.map(({ client, target }) => [places.get(client), places.get(target)]);
    const between = ways.filter(([from, to]) => {
      return (
        from !== to && from !== undefined && to !== undefined && isRegion(from) && isRegion(to)
      );
    });
    return [...new Set(between.map(([from, to]) => `${from} -> ${to}`))];
  }

  private isThere(region: string): boolean {
    if (this.regions.includes(region)) return true;
    const near = nearestOf(region, this.regions);
    this.examiner.refuse(this.path, {
      code: 'never-happens',
      found: region,
      message: `nothing of this scenario lies in ${region}`,
      allowed: this.regions.join(', '),
      path: ['on'],
      ...(near === undefined ? {} : { nearest: this.fault.on.replace(region, near) }),
    });
    return false;
  }
}
