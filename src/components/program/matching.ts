/** `when` of a step, at work. */

import { FilterSet } from '../patterns/filter-set.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { World } from '../world.js';

export class When {
  private readonly filter: FilterSet;

  constructor(world: World, spec: PatternSpec) {
    this.filter = new FilterSet(world, [spec]);
  }

  /** `source` and the marks: what it is about (lineage.ts); `sender`: who sent it. */
  matches(source: number, mark0: number, mark1: number, sender = source): boolean {
    this.filter.begin(source, mark0, mark1, sender);
    return this.filter.matches(0);
  }
}
