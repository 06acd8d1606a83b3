/**
 * What observers keep per row of the shared tables. A waiting message costs 100 bytes with all
 * observers on, so every byte here counts. Rows are not wiped: each column is set by the fact that
 * tells of the row first.
 */
import { Extension } from '../kernel/table.js';

// Bits of ObligationMemory.seen; the upper four hold the cause of its last redelivery.
export const ENDED_WELL = 1;
export const AFTER_FAILURE = 2;
export const CAUSE_SHIFT = 4;

export class ObligationMemory extends Extension {
  readonly seen = this.u8('seen');

  override wipe(): void {
    // See the head of this file.
  }
}

// Bits of MessageMemory.undone: it is or was owed to several; its latency was recorded; obligations not done.
export const SEVERAL = 0x8000;
export const TOLD = 0x4000;
export const OPEN_OBLIGATIONS = 0x3fff;
/** So far nothing comes of the message: it is owed to nobody. */
export const FOR_NOBODY = OPEN_OBLIGATIONS;

export class MessageMemory extends Extension {
  readonly undone = this.u16('undone');

  override wipe(): void {
    // See the head of this file.
  }
}

/** From here on, CopyMemory.hidden is PAST plus a row of Pasts. */
export const PAST = 0x8000_0000;

export class CopyMemory extends Extension {
  /**
   * Since when it is available (while it is delayed: when it was stored), µs after its message's birth.
   * A copy with a past has it there.
   */
  readonly sinceBorn = this.u32('sinceBorn');
  /** From the store to the first time it was available, µs; or its past. */
  readonly hidden = this.u32('hidden');
  /** Low 32 bits of its store's gap clock when it became available. */
  readonly gapLow = this.u32('gapLow');

  /** Nothing: a stale past must stay known, so that the next copy in this row gives it back. */
  override wipe(): void {
    // See the head of this file.
  }
}

/** Beside messages.obligations, in worlds in which something is pushed. */
export class PushMemory extends Extension {
  /** When its pusher accepted it, µs, plus 1; less than 0 once it has come to a store; 0: nobody pushes it. */
  readonly acceptedAt = this.f64('acceptedAt');

  override wipe(): void {
    // See the head of this file.
  }
}

/** Beside messages.obligations, in worlds in which something is pushed: what its link has told of it. */
export class LinkMemory extends Extension {
  /** When its pusher accepted it first, µs. */
  readonly since = this.f64('since');
  /** Bits of push-counts.ts. */
  readonly seen = this.u8('seen');

  override wipe(): void {
    // See the head of this file.
  }
}
