/** A rule of a bus at work: whether it is enabled, and which links of the pusher are its targets. */

import type { RuleOptions } from './options.js';

export interface Rule {
  readonly options: RuleOptions;
  /** Its place among the bus's filters. */
  readonly filter: number;
  /** Its links: numbers from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  isEnabled: boolean;
}
