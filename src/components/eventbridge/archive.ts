/**
 * The archive of a bus: it keeps the events that match its pattern, for so long. Events reach it some time after the
 * bus; only those that are there can be replayed. What it keeps is kept here only if an operation will replay it;
 * otherwise bytes are counted, for the bill.
 * Source: EventBridge User Guide "eb-archive", 2026.
 */

import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { Bus } from './bus.js';
import { Counter } from './counters.js';
import type { ArchiveOptions } from './options.js';

/** An archived event: 20 bytes, and 10 for each target that it went to. */
class KeptEvents extends Table {
  readonly message = this.i32('message');
  /** When the bus took it, µs. */
  readonly at = this.f64('at');
  /** The next newer one, or NONE. */
  readonly next = this.i32('next');
  /** The first of its obligations, or NONE. */
  readonly owed = this.i32('owed');
}

/** What was owed to a link of the bus because of it: a replay is due under the same obligation. */
class KeptObligations extends Table {
  readonly obligation = this.i32('obligation');
  readonly link = this.u16('link');
  readonly next = this.i32('next');
}

export class Archive {
  readonly events: KeptEvents;
  private readonly owed: KeptObligations;
  private readonly delayKey: MarkKey;
  private oldest = NONE;
  private newest = NONE;
  /** Replays under way: nothing is let go meanwhile. */
  private readers = 0;

  constructor(
    private readonly bus: Bus,
    readonly options: ArchiveOptions,
  ) {
    const { kernel, streams } = bus.world;
    this.events = new KeptEvents(kernel.tables);
    this.owed = new KeptObligations(kernel.tables);
    this.delayKey = streams.key(bus.options.name, 'archiveDelay');
  }

  private get world(): World {
    return this.bus.world;
  }

  /** The event that the bus has just taken is for the archive. */
  add(message: number): void {
    const { facts, messages } = this.world;
    facts.metered(this.bus.id, Counter.Archived, messages.messages.size[message]);
    if (this.bus.isReplayed) this.keep(message);
  }

  private keep(message: number): void {
    const { events, world } = this;
    this.expire();
    world.messages.keep(message);
    const row = events.add();
    events.message[row] = message | 0;
    events.at[row] = world.kernel.now;
    events.next[row] = NONE;
    events.owed[row] = NONE;
    if (this.newest === NONE) this.oldest = row;
    else events.next[this.newest] = row;
    this.newest = row;
    const { links, obligations } = this.bus.routed;
    for (let i = 0; i < links.length; i++) this.remember(row, links[i], obligations[i]);
  }

  /** What the event was, or is now, owed to a link under. */
  remember(row: number, link: number, obligation: number): void {
    const { owed, events } = this;
    const one = owed.add();
    owed.obligation[one] = obligation | 0;
    owed.link[one] = link | 0;
    owed.next[one] = events.owed[row];
    events.owed[row] = one;
    this.world.messages.keepAgain(obligation);
  }

  /** The obligation of a kept event towards a link, or NONE. */
  obligationOf(row: number, link: number): number {
    const { owed } = this;
    for (let one = this.events.owed[row]; one !== NONE; one = owed.next[one])
      if (owed.link[one] === link) return owed.obligation[one];
    return NONE;
  }

  /** Lets go of what is older than the retention. */
  private expire(): void {
    if (this.readers > 0) return;
    const { events } = this;
    const limit = this.world.kernel.now - this.options.retention;
    while (this.oldest !== NONE && events.at[this.oldest] < limit) {
      const row = this.oldest;
      this.oldest = events.next[row];
      if (this.oldest === NONE) this.newest = NONE;
      this.drop(row);
    }
  }

  private drop(row: number): void {
    const { events, owed } = this;
    const { messages } = this.world;
    for (let one = events.owed[row]; one !== NONE;) {
      const next = owed.next[one];
      messages.forgoAgain(owed.obligation[one]);
      owed.free(one);
      one = next;
    }
    messages.forgo(events.message[row]);
    events.free(row);
  }

  // --- replays ---------------------------------------------------------------------------------------

  /** The kept events from `from` on that have reached the archive by now, oldest first; `done` follows. */
  read(from: Micros): number[] {
    const { events } = this;
    const { now } = this.world.kernel;
    const oldest = Math.max(from, now - this.options.retention);
    this.expire();
    this.readers++;
    const rows: number[] = [];
    for (let row = this.oldest; row !== NONE; row = events.next[row])
      if (events.at[row] >= oldest && events.at[row] < now && this.hasArrived(row)) rows.push(row);
    return rows;
  }

  done(): void {
    this.readers--;
  }

  private hasArrived(row: number): boolean {
    const { delay } = this.options;
    if (delay === null) return true;
    const { mark0, mark1 } = this.world.messages.messages;
    const message = this.events.message[row];
    const late = drawMicros(delay, this.delayKey.u53(mark0[message], mark1[message], 0));
    return this.events.at[row] + late <= this.world.kernel.now;
  }
}
