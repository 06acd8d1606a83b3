/**
 * The archive of a FIFO topic: what was published, in order, for so long. What it holds is kept here only if the
 * scenario replays it; otherwise bytes are counted, for the bill.
 * Source: SNS Developer Guide "fifo-message-archiving-replay", 2026.
 */

import { Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';

/** An archived message: 30 bytes, and 10 for each subscription that is replayed to and that it went to. */
class ArchivedMessages extends Table {
  readonly message = this.i32('message');
  /** When the topic took it, µs. */
  readonly at = this.f64('at');
  /** The label of its message group. */
  readonly group = this.f64('group');
  /** Bytes that others had wrapped around it before. */
  readonly wrapped = this.u16('wrapped');
  /** The next newer one, or NONE. */
  readonly next = this.i32('next');
  /** The first of its obligations, or NONE. */
  readonly owed = this.i32('owed');
}

/** What was owed to a subscription because of it: a replay is due under the same obligation. */
class ArchivedObligations extends Table {
  readonly obligation = this.i32('obligation');
  readonly link = this.u16('link');
  readonly next = this.i32('next');
}

export class Archive {
  readonly rows: ArchivedMessages;
  oldest = NONE;
  newest = NONE;
  /** Replays under way: nothing is let go meanwhile. */
  readers = 0;
  private readonly owed: ArchivedObligations;

  /** `retention`: µs. */
  constructor(
    private readonly world: World,
    private readonly retention: Micros,
  ) {
    const { tables } = world.kernel;
    this.rows = new ArchivedMessages(tables);
    this.owed = new ArchivedObligations(tables);
  }

  /** The topic has taken a message. Returns its row. */
  add(message: number, group: number, wrapped: number): number {
    const { rows, world } = this;
    this.expire();
    world.messages.keep(message);
    const row = rows.add();
    rows.message[row] = message | 0;
    rows.at[row] = world.kernel.now;
    rows.group[row] = group;
    rows.wrapped[row] = wrapped;
    rows.next[row] = NONE;
    rows.owed[row] = NONE;
    if (this.newest === NONE) this.oldest = row;
    else rows.next[this.newest] = row;
    this.newest = row;
    return row;
  }

  /** What the message was, or is now, owed to a subscription under. */
  remember(row: number, link: number, obligation: number): void {
    const { owed, rows } = this;
    const one = owed.add();
    owed.obligation[one] = obligation | 0;
    owed.link[one] = link | 0;
    owed.next[one] = rows.owed[row];
    rows.owed[row] = one;
    this.world.messages.keepAgain(obligation);
  }

  /** The obligation of an archived message towards a subscription, or NONE. */
  obligationOf(row: number, link: number): number {
    const { owed } = this;
    for (let one = this.rows.owed[row]; one !== NONE; one = owed.next[one])
      if (owed.link[one] === link) return owed.obligation[one];
    return NONE;
  }

  /** Whether its retention is not over. */
  isFresh(row: number): boolean {
    return this.rows.at[row] >= this.world.kernel.now - this.retention;
  }

  /** Lets go of what is older than the retention. */
  expire(): void {
    if (this.readers > 0) return;
    while (this.oldest !== NONE && !this.isFresh(this.oldest)) {
      const row = this.oldest;
      this.oldest = this.rows.next[row];
      if (this.oldest === NONE) this.newest = NONE;
      this.drop(row);
    }
  }

  private drop(row: number): void {
    const { rows, owed } = this;
    const { messages } = this.world;
    for (let one = rows.owed[row]; one !== NONE;) {
      const next = owed.next[one];
      messages.forgoAgain(owed.obligation[one]);
      owed.free(one);
      one = next;
    }
    messages.forgo(rows.message[row]);
    rows.free(row);
  }
}
