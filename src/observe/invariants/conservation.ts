/**
 * Invariant `conservation`: nothing comes from nowhere and nothing vanishes. Of each store: what was
 * stored has left or is there (visible, delayed, in flight, and never fewer than none). Of the whole
 * run: every obligation was settled once or is open, and the tables hold just what is left.
 */
import type { Messages } from '../../components/messages.js';
import type { StoreCounter } from '../counts.js';
import { Level } from '../levels.js';
import type { Levels } from '../levels.js';
import type { LedgerBook } from '../ledger.js';
import type { Broken } from './broken.js';
import { WHOLE } from './broken.js';

const NAME = 'conservation';

/** Judged when the run is over; `open` obligations were counted in the tables. */
export class Conservation {
  constructor(
    private readonly counts: StoreCounter,
    private readonly levels: Levels,
    private readonly ledger: LedgerBook,
  ) {}

  result(messages: Messages, open: number, stores: readonly number[]): Broken[] {
    const results: Broken[] = [];
    let present = 0;
    for (const on of stores) {
      const inStore = this.inStore(on);
      const counted = this.counts.present(on);
      present += counted;
      results.push({ name: NAME, on, violations: inStore === counted && !this.isNegative(on) ? 0 : 1 });
    }
    let violations = 0;
    if (this.ledger.owed - this.ledger.settled !== open) violations++;
    if (messages.obligations.count !== open) violations++;
    if (present !== messages.copies.count) violations++;
    return [...results, { name: NAME, on: WHOLE, violations }];
  }

  private inStore(resource: number): number {
    const { levels } = this;
    const hidden = levels.value(resource, Level.Delayed) + levels.value(resource, Level.InFlight);
    return hidden + levels.value(resource, Level.Depth);
  }

  private isNegative(resource: number): boolean {
    const { levels } = this;
    const kinds = [Level.Depth, Level.Delayed, Level.InFlight];
    return kinds.some((level) => levels.value(resource, level) < 0 || levels.summary(resource, level).min < 0);
  }
}
