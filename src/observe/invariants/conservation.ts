/**
 * Invariant `conservation`: nothing comes from nowhere and nothing vanishes. Of each store: what was
 * stored, redriven messages included, has left or is there (visible, delayed, in flight, and never fewer
 * than none). Of the whole run: every obligation was settled once or is open, and the tables hold just what
 * is left; a run may be stopped while a copy is on its way to another store.
 */
import type { Messages } from '../../components/messages.js';
import type { StoreCounter } from '../counts.js';
import { DELAYED, DEPTH, IN_FLIGHT } from '../levels.js';
import type { Levels } from '../levels.js';
import type { LedgerBook } from '../ledger.js';
import type { Broken } from './broken.js';
import { WHOLE } from './broken.js';

const NAME = 'conservation';

/** Judged when the run is over; `open` obligations were counted in the tables. */
export class Conservation {
  constructor(
    private readonly counts: StoreCounter,
    /** null: levels are switched off. */
    private readonly levels: Levels | null,
    private readonly ledger: LedgerBook,
  ) {}

  result(messages: Messages, open: number, stores: readonly number[]): Broken[] {
    const results: Broken[] = [];
    for (const on of stores) {
      const counted = this.counts.present(on);
      const holds = this.levels === null || agrees(this.levels, on, counted);
      results.push({ name: NAME, on, violations: holds ? 0 : 1 });
    }
    let violations = 0;
    if (this.ledger.owed - this.ledger.settled !== open) violations++;
    if (messages.obligations.count !== open) violations++;
    if (this.counts.allPresent() + messages.moving !== messages.copies.count) violations++;
    return [...results, { name: NAME, on: WHOLE, violations }];
  }
}

/** Whether the levels of a store come to `counted` copies, and none was ever negative. */
function agrees(levels: Levels, resource: number, counted: number): boolean {
  const kinds = [DEPTH, DELAYED, IN_FLIGHT];
  const sum = kinds.reduce<number>((total, level) => total + levels.value(resource, level), 0);
  return sum === counted && kinds.every((level) => levels.summary(resource, level).min >= 0);
}
