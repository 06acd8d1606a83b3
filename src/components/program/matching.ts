/** `when` of a step, at work. */

import { FilterSet } from '../patterns/filter-set.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { World } from '../world.js';

export class When {
  private readonly filter: FilterSet;

  constructor(world: World, spec: PatternSpec) {
    this.filter = new FilterSet(world, [spec]);
  }

  matches(source: number, mark0: number, mark1: number): boolean {
    this.filter.begin(source, mark0, mark1);
    return this.filter.matches(0);
  }
}
