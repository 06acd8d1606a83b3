/** All groups of a world: whom operations find by the number of a resource, and what they may change. */

import type { Group } from './group.js';

/** What may change while it runs; undefined: as it is. */
export interface GroupSizes {
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly desiredCapacity?: number | undefined;
}

/** `world.shared(Groups)`. */
export class Groups {
  readonly byId = new Map<number, Group>();
}
