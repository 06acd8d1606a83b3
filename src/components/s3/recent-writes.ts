/** Which keys were written a moment ago: two writes of one key at the same time may give one event. */

import type { Micros } from '../../kernel/time.js';

export class RecentWrites {
  /** By how objects are named: when each key had its last event, the oldest first. */
  private readonly events: Map<number, Micros>[] = [];

  constructor(private readonly window: Micros) {}

  /** A key is written now. False: its last event is so young that it stands for this write, too. */
  isNews(naming: number, key: number, now: Micros): boolean {
    const events = (this.events[naming] ??= new Map<number, Micros>());
    for (const [old, at] of events) {
      if (now - at < this.window) break;
      events.delete(old);
    }
    if (events.has(key)) return false;
    events.set(key, now);
    return true;
  }
}
