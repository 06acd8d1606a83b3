/** What is pushed to somebody who passes it on: the obligation under which a message comes to a topic behind a bus. */

import type { ObligationTable } from '../../components/messages.js';

/** More names than a world has. */
const NAMES = 0x1_0000;

export class Passing {
  /** By message and resource: the obligation. Those that are over leave when their rows are used anew. */
  private readonly obligations = new Map<number, number>();
  private readonly places = new Map<number, number>();

  /** `relays`: the resources that are pushed to and pass on what they take. */
  constructor(
    private readonly table: ObligationTable,
    private readonly relays: readonly number[],
  ) {}

  /** A new obligation in this row. */
  owed(obligation: number): void {
    const place = this.places.get(obligation);
    if (place === undefined) return;
    this.places.delete(obligation);
    if (this.obligations.get(place) === obligation) this.obligations.delete(place);
  }

  /** A pusher has accepted it for one of its links. */
  dispatched(obligation: number): void {
    const { message, consumer } = this.table;
    const relay = consumer[obligation];
    if (!this.relays.includes(relay)) return;
    const place = message[obligation] * NAMES + relay;
    this.obligations.set(place, obligation);
    this.places.set(obligation, place);
  }

  /** The obligation under which the message came to `resource`; -1: it was sent there. */
  to(resource: number, message: number): number {
    const obligation = this.obligations.get(message * NAMES + resource);
    return obligation !== undefined && this.table.isLive(obligation) ? obligation : -1;
  }
}
