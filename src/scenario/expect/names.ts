/** What the check of expectations must know of a scenario: its names, what each is, where its messages go. */

import type { Role } from '../../observe/measures/catalog.js';

export interface NamedThing {
  readonly name: string;
  /** `traffic`, or the resource's type. */
  readonly kind: string;
  readonly roles: readonly Role[];
  /** The levels its type has. */
  readonly levels: readonly string[];
  /** The API operations its type has. */
  readonly operations: readonly string[];
  /** Where its messages go next: the target of traffic, the consumers of a queue, the targets of links. */
  readonly next: readonly string[];
  /** To whom it delivers by itself: the targets of its links, each once. Default: nobody. */
  readonly pushesTo?: readonly string[];
}

export class Names {
  private readonly byName: ReadonlyMap<string, NamedThing>;

  constructor(
    /** In file order. */
    readonly things: readonly NamedThing[],
    /** When the run is over at the latest, µs; windows that begin then never happen. */
    readonly latestEnd: number = Infinity,
  ) {
    this.byName = new Map(things.map((thing) => [thing.name, thing]));
  }

  find(name: string): NamedThing | undefined {
    return this.byName.get(name);
  }

  /** Whether messages of `from` can come to `to`, over any number of steps. */
  isPath(from: string, to: string): boolean {
    const seen = new Set<string>();
    const open = [from];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const name of this.find(next)?.next ?? []) {
        if (name === to) return true;
        if (seen.has(name)) continue;
        seen.add(name);
        open.push(name);
      }
    }
    return false;
  }
}
