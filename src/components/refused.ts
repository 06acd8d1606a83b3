/** What AWS refuses of what a resource does by itself while it runs: the report tells it as a warning. */

import type { Micros } from '../kernel/time.js';
import type { World } from './world.js';

/** One thing in a resource's settings, all of its refusals together. */
export interface RefusedAct {
  /** The resource, and where it says so: `['scheduledActions', 'sale']`. */
  readonly owner: number;
  readonly path: readonly string[];
  /** In words: `the scheduled action sale`. */
  readonly what: string;
  /** When it was refused first, and how often in all. */
  readonly at: Micros;
  readonly times: number;
  /** AWS's name of the error. */
  readonly awsError: string;
}

/** `world.shared(Refused)`. */
export class Refused {
  /** In the order of their first refusals. */
  private readonly acts: RefusedAct[] = [];

  constructor(private readonly world: World) {}

  get all(): readonly RefusedAct[] {
    return this.acts;
  }

  remember({ owner, path, what, awsError }: Omit<RefusedAct, 'at' | 'times'>): void {
    const place = this.acts.findIndex((one) => one.owner === owner && one.what === what);
    if (place >= 0) {
      const act = this.acts[place];
      this.acts[place] = { ...act, times: act.times + 1 };
      return;
    }
    this.acts.push({ owner, path, what, at: this.world.kernel.now, times: 1, awsError });
  }
}
