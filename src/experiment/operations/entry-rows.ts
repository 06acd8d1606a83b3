/** Batches as the model takes them: rows of the table of entries, each pointing at the next. */

import { NONE } from '../../components/messages.js';
import type { World } from '../../components/world.js';
import type { Micros } from '../../kernel/time.js';

export interface EntryRow {
  /** A row of the table of messages. */
  readonly row: number;
  /** Labels. */
  readonly group: number;
  readonly id: number;
  readonly delay: Micros;
}

export function entryRows({ messages }: World, list: readonly EntryRow[]): number[] {
  const { entries } = messages;
  let next = NONE;
  const rows = [...list].reverse().map(({ row, group, id, delay }) => {
    next = entries.addFor(row, next);
    entries.group[next] = group;
    entries.id[next] = id;
    entries.delay[next] = delay;
    return next;
  });
  return rows.reverse();
}

/** Frees the rows and returns the error of each. */
export function freeEntries({ messages }: World, rows: readonly number[]): number[] {
  const { entries } = messages;
  return rows.map((row) => {
    const error = entries.error[row];
    entries.free(row);
    return error;
  });
}
