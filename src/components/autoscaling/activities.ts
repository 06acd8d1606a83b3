/**
 * Scaling activities of a group: instances that are on their way in or out. A simple policy waits until all of them
 * are over, and its cooldown counts from there.
 */

import type { Micros } from '../../kernel/time.js';

export class Activities {
  private under = 0;
  /** When the last activity ended, µs; -Infinity: none has yet. */
  endedAt: Micros = -Infinity;
  /** Called whenever the last one that was under way has ended. */
  over: (() => void) | null = null;

  /** Whether any instance is being launched, replaced or terminated. */
  get areUnderWay(): boolean {
    return this.under > 0;
  }

  begin(): void {
    this.under++;
  }

  end(now: Micros): void {
    this.under--;
    this.endedAt = now;
    if (this.under === 0) this.over?.();
  }
}
