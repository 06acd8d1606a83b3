/** Messages that may be sent again although an attempt was stored (its answer can get lost). Most runs have none. */

import { NONE } from './message-tables.js';

const NOTHING: ReadonlyMap<number, number> = new Map();

export class Repeats {
  /** The obligations that the first attempts made, by message and place. */
  private readonly made = new Map<number, Map<number, number>>();

  get isAny(): boolean {
    return this.made.size > 0;
  }

  allow(message: number): void {
    this.made.set(message, new Map());
  }

  find(message: number, place: number): number {
    return this.made.get(message)?.get(place) ?? NONE;
  }

  /** True: `obligation` is kept until `forget`. */
  keep(message: number, place: number, obligation: number): boolean {
    return this.made.get(message)?.set(place, obligation) !== undefined;
  }

  /** The message is not sent any more. Returns what was kept. */
  forget(message: number): ReadonlyMap<number, number> {
    const made = this.made.get(message);
    if (made === undefined) return NOTHING;
    this.made.delete(message);
    return made;
  }
}
