/**
 * Sends that did not go well at the first attempt: what is still to be sent, how often it was tried, which
 * calls are under way. A send whose first attempt succeeds never has a row here.
 *
 * Messages are held by their producer until none of their calls is under way any more: one that has timed out
 * may still store a copy (messages.ts, `mayRepeat`).
 */

import { Table } from '../../kernel/table.js';
import type { EntryTable } from '../messages.js';
import { NONE } from '../messages.js';

/** How the messages of a send go out. */
export const SendKind = {
  /** One message by SendMessage. */
  One: 0,
  /** By SendMessageBatch. */
  Batch: 1,
  /** The payload of one message by PutObject, before the message itself is sent. */
  Put: 2,
} as const;

export class SendTable extends Table {
  readonly kind = this.u8('kind');
  /** Entries (messages.entries) that are still to be sent, by `next`; NONE: all have been settled. */
  readonly first = this.i32('first');
  /** Entries that have been settled while calls were under way that still carry their messages. */
  readonly kept = this.i32('kept');
  /** Further attempts begun. */
  readonly retries = this.u32('retries');
  /** The last wait between two attempts, µs. */
  readonly waited = this.f64('waited');
  /** Why the last attempt failed. */
  readonly error = this.u8('error');
  /** Calls under way, those included that nobody waits for. */
  readonly calls = this.u32('calls');

  begin(kind: number, first: number): number {
    const row = this.add();
    this.kind[row] = kind | 0;
    this.first[row] = first | 0;
    this.kept[row] = NONE;
    this.retries[row] = 0;
    this.waited[row] = 0;
    this.error[row] = 0;
    this.calls[row] = 0;
    return row;
  }
}

/** The same messages with the same ids in new entries: the old ones belong to a call under way. */
export function copyOf(entries: EntryTable, first: number): number {
  let head = NONE;
  let last = NONE;
  for (let from = first; from !== NONE; from = entries.next[from]) {
    const row = entries.addFor(entries.message[from], NONE);
    entries.group[row] = entries.group[from];
    entries.id[row] = entries.id[from];
    entries.delay[row] = entries.delay[from];
    if (last === NONE) head = row;
    else entries.next[last] = row;
    last = row;
  }
  return head;
}

export function freeList(entries: EntryTable, first: number): void {
  for (let row = first; row !== NONE;) {
    const next = entries.next[row];
    entries.free(row);
    row = next;
  }
}
