/**
 * The tables that everything else points at: messages, obligations, copies, deliveries, batch entries. What
 * they mean, and how long a row lives, is said in messages.ts.
 */

import { Table } from '../kernel/table.js';

export const NONE = -1;

export class MessageTable extends Table {
  /** Two halves of the mark: the message's identity, from which everything random about it is derived. */
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  /** When the producer made it, µs. */
  readonly bornAt = this.f64('bornAt');
  /** Body and attributes, bytes. */
  readonly size = this.u32('size');
  /** Time spent in the producer's own buffer before its call began, µs; `client.batch.wait` keeps it to an hour. */
  readonly buffered = this.u32('buffered');
  /** The resource number of the producer. */
  readonly source = this.u16('source');
  /** Holders: its producer while unanswered, and each obligation. */
  readonly holders = this.u16('holders');
}

export class ObligationTable extends Table {
  readonly message = this.i32('message');
  /** The resource number of the consumer, or NOBODY. */
  readonly consumer = this.u16('consumer');
  /** Handler runs begun so far; stops counting at 65,535. */
  readonly runs = this.u16('runs');
  /** Holders: copies and deliveries in a consumer's hands. */
  readonly holders = this.u16('holders');
  readonly flags = this.u8('flags');
  /** What its last copy ended as; counts only if no run ended well. */
  readonly fate = this.u8('fate');
}

export class CopyTable extends Table {
  readonly obligation = this.i32('obligation');
  readonly receiveCount = this.u16('receiveCount');
  /** 1 while somebody is still expected to handle it. */
  readonly awaited = this.u8('awaited');
}

/** Bits of DeliveryTable.holders. */
export const Holder = { Store: 1, Consumer: 2 } as const;

export class DeliveryTable extends Table {
  /** The copy it hands out. Rows are reused: see `receipt`, and the obligation, before touching the copy. */
  readonly copy = this.i32('copy');
  readonly obligation = this.i32('obligation');
  /** What tells this hand-out of the copy from others: the receipt. Queues take the receive count. */
  readonly receipt = this.u32('receipt');
  /** Next delivery of the same answer, or NONE. */
  readonly next = this.i32('next');
  readonly consumer = this.u16('consumer');
  readonly holders = this.u8('holders');
  /** The cause that allowed this run to be a redelivery, or 0. */
  readonly cause = this.u8('cause');
  /** 1 while its run of the handler is going on. */
  readonly running = this.u8('running');
  /** Why the last call about it was refused, 0 for success; set by its store. */
  readonly error = this.u8('error');
  /** Its message group as a label of World.labels, set by a store that keeps order; -1: none. */
  readonly group = this.f64('group');
  /** By a store that keeps order: the sequence number of the message there; greater is later. */
  readonly sequence = this.f64('sequence');
}

/** One entry of a batch call on its way to a service; what it says belongs to the operation (queue-port.ts). */
export class EntryTable extends Table {
  readonly message = this.i32('message');
  readonly next = this.i32('next');
  /** Labels of its message group and deduplication id. */
  readonly group = this.f64('group');
  readonly id = this.f64('id');
  /** µs. */
  readonly delay = this.f64('delay');
  /** In the answer: 0, or why this entry was refused. */
  readonly error = this.u8('error');

  /** An entry that says nothing but its message. */
  addFor(message: number, next: number): number {
    const row = this.add();
    this.message[row] = message | 0;
    this.next[row] = next | 0;
    this.group[row] = -1;
    this.id[row] = -1;
    this.delay[row] = -1;
    this.error[row] = 0;
    return row;
  }
}
