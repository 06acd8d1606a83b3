/**
 * The scan window of a FIFO queue: SQS looks through the first 120,000 messages for groups that are
 * available, so that a longer backlog of one blocked group hides the groups behind it.
 * Source: SQS Developer Guide "avoid-backlog-with-the-same-message-group-id".
 *
 * Messages stand in the order in which they were sent, which is the order of their retention
 * deadlines. The window ends with the copy at its border; every one that goes from inside lets one in.
 */

import type { Deadlines } from '../../kernel/deadlines.js';
import { NONE } from '../messages.js';

export class ScanWindow {
  /** Copies in the queue. */
  private count = 0;
  /** The last copy inside, when not all are. */
  private border = NONE;

  /** `retention`: its deadlines are kept in order. */
  constructor(
    private readonly retention: Deadlines,
    private readonly size: number,
  ) {}

  /** A copy came to the end of the queue; its retention runs. */
  enter(copy: number): void {
    this.count++;
    if (this.count === this.size + 1) this.border = this.retention.older(copy);
  }

  isInside(copy: number): boolean {
    if (this.count <= this.size) return true;
    return this.retention.orderOf(copy) <= this.retention.orderOf(this.border);
  }

  /** A copy goes. Its retention still runs, or has just ended. Returns the copy that is let in, or NONE. */
  leave(copy: number, retentionTime: number): number {
    if (this.count <= this.size) {
      this.count--;
      return NONE;
    }
    const { retention } = this;
    const hasEnded = !retention.has(copy); // then it was the first
    if (!hasEnded && !this.isInside(copy)) {
      this.count--;
      return NONE;
    }
    if (this.border !== copy) this.border = retention.younger(this.border);
    else this.border = hasEnded ? retention.oldest(retentionTime) : retention.younger(copy);
    this.count--;
    return this.border;
  }
}
