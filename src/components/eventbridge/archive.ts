/** The archive of a bus: what it keeps. Replays come with replay.ts. */

import type { ArchiveOptions } from './options.js';
import type { Bus } from './bus.js';
import { Counter } from './counters.js';

export class Archive {
  constructor(
    private readonly bus: Bus,
    readonly options: ArchiveOptions,
  ) {}

  /** The event that the bus has just taken is for the archive. */
  add(message: number): void {
    const { world, id } = this.bus;
    world.facts.metered(id, Counter.Archived, world.messages.messages.size[message]);
  }
}
