/**
 * What observers keep per row of the shared tables. A waiting message costs 100 bytes with all
 * observers on, so every byte here counts. Rows are not wiped: each column is set by the fact that
 * tells of the row first.
 */
import { Extension } from '../kernel/table.js';

/** Bits of ObligationMemory.seen; the upper four hold the cause of its last redelivery. */
export const Seen = { EndedWell: 1, AfterFailure: 2 } as const;
export const SEEN_CAUSE_SHIFT = 4;

export class ObligationMemory extends Extension {
  readonly seen = this.u8('seen');

  override wipe(): void {
    // See the head of this file.
  }
}

/** Bits of MessageMemory.undone; the others count obligations that are not done. */
export const Undone = { Several: 0x8000, Told: 0x4000, Count: 0x3fff } as const;

export class MessageMemory extends Extension {
  readonly undone = this.u16('undone');

  override wipe(): void {
    // See the head of this file.
  }
}

/** From here on, CopyMemory.hidden is PAST plus a row of Pasts. */
export const PAST = 0x8000_0000;

export class CopyMemory extends Extension {
  /** Since when it is available, µs; while it is delayed: when it was stored. */
  readonly availableAt = this.f64('availableAt');
  /** From the store to the first time it was available, µs; or its past. */
  readonly hidden = this.u32('hidden');
  /** Low 32 bits of its store's gap clock when it became available. */
  readonly gapLow = this.u32('gapLow');

  /** Nothing: a stale past must stay known, so that the next copy in this row gives it back. */
  override wipe(): void {
    // See the head of this file.
  }
}
