/**
 * The warm pool of a group: instances that were prepared in advance (EC2 Auto Scaling User Guide, "Warm pools for
 * Amazon EC2 Auto Scaling", awsdocs commit 0b8b3aea). What is still being prepared is not taken, nor is what was
 * launched before the last deployment; where the pool has nothing in the zone, the launch is a cold start.
 */

import type { InstanceTable } from './instances.js';
import { NOBODY, Roster } from './roster.js';

export const POOL_STATES = ['Stopped', 'Running', 'Hibernated'] as const;

export interface WarmPoolOptions {
  readonly poolState: (typeof POOL_STATES)[number];
  readonly minSize: number;
  /** Instances of group and pool together; null: the group's maxSize. */
  readonly maxGroupPreparedCapacity: number | null;
  readonly reuseOnScaleIn: boolean;
}

export class WarmPool {
  readonly waiting: Roster;
  /** Instances that are on their way back to it. */
  returning = 0;

  constructor(
    readonly options: WarmPoolOptions,
    private readonly instances: InstanceTable,
    zones: number,
  ) {
    this.waiting = new Roster(instances, zones);
  }

  /** How many instances more (below 0: fewer) the pool wants. */
  missing(desired: number, maxSize: number): number {
    const { minSize, maxGroupPreparedCapacity } = this.options;
    const wanted = Math.max(minSize, (maxGroupPreparedCapacity ?? maxSize) - desired);
    return wanted - this.waiting.size - this.returning;
  }

  /** Takes out an instance of this version that is ready, or NOBODY. */
  take(zone: number, version: number): number {
    const { waiting, instances } = this;
    for (let row = waiting.firstOf(zone); row !== NOBODY; row = waiting.next(row)) {
      if (instances.isReady[row] === 0 || instances.version[row] !== version) continue;
      waiting.remove(row);
      return row;
    }
    return NOBODY;
  }

  /** The one that goes when the pool is too large, or NOBODY: out of the zone with the most. */
  surplus(): number {
    const { waiting } = this;
    let most = 0;
    waiting.counts.forEach((count, zone) => {
      if (count > waiting.counts[most]) most = zone;
    });
    return waiting.firstOf(most);
  }

  /** Those of versions before this one. */
  outdated(version: number): number[] {
    return this.waiting.rows().filter((row) => this.instances.version[row] < version);
  }
}
