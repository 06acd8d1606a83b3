/** What warnings ask of a type that programs call: how long it takes, and whether it may refuse. */

import type { ResourceView } from './resource.js';

/** How long one message, or one call, takes, µs. */
export interface TakenTime {
  readonly mean: number;
  /** One in a hundred takes longer, if all its steps are slow at once. */
  readonly p99: number;
}

export const NO_TIME: TakenTime = { mean: 0, p99: 0 };

export interface CalledService {
  /** What the verb of a step (`send`, `call`, `write`, `read`) takes there when nobody waits. */
  time(self: ResourceView, verb: string): TakenTime;
  /** Whether it refuses calls that are too many. */
  isLimited(self: ResourceView): boolean;
}
