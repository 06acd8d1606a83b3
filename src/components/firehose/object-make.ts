/** What the objects of a delivery stream are about: nothing but where they come from. */

import type { Make } from '../makes.js';
import type { World } from '../world.js';

export class ObjectMake implements Make {
  readonly isKeyed = false;
  private readonly label: number;

  /** Between prefix and suffix the keys of objects have their name: the time in them is not modelled. */
  constructor(world: World, name: string) {
    this.label = world.labels.of(name);
  }

  key(): number {
    return this.label;
  }

  attribute(): undefined {
    return undefined;
  }
}
