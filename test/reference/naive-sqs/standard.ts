/**
 * A slow standard queue with one storage host: the order is exact. What came back stands in front of what
 * was never received, in the order in which it came back; what was received three times stands behind.
 */

import type { NaiveMessage } from './message.js';
import { byMoment } from './message.js';
import type { Place, Sending, Stored } from './queue.js';
import { NaiveQueue } from './queue.js';
import type { NaiveSettings } from './settings.js';

export class NaiveStandardQueue extends NaiveQueue {
  constructor(
    place: Place,
    settings: NaiveSettings,
    private readonly staleDelete: 'ignored' | 'deletes',
  ) {
    super(place, settings);
  }

  send({ body, bytes, delay }: Sending): Stored {
    const id = `${this.name}-m${this.clock.moment().seq}`;
    const fields = { id, body, bytes, group: null, dedup: null, ownDelay: delay, origin: null };
    const enqueued = this.clock.moment();
    const { sequence } = this.store(fields, enqueued, delay ?? this.settings.delay);
    return { id, sequence };
  }

  line(): NaiveMessage[] {
    const visible = this.messages.filter(({ state }) => state === 'visible');
    const inOrder = [...visible].sort((a, b) => byMoment(a.since, b.since));
    return [
      ...inOrder.filter(({ isInFront }) => isInFront),
      ...inOrder.filter(({ isInFront }) => !isInFront),
    ];
  }

  protected nextAfter(taken: readonly NaiveMessage[]): NaiveMessage | undefined {
    return this.line().find((message) => !taken.includes(message));
  }

  /** Only FIFO queues know attempts. */
  repeat(): null {
    return null;
  }

  /** A receipt is good until the message is received again; an older one does what is assumed. */
  delete(handle: string): void {
    const receipt = this.receiptOf(handle);
    if (this.isLatest(receipt) || this.staleDelete === 'deletes') this.remove(receipt.message);
  }

  takeDeadLetter(letter: NaiveMessage, from: string): void {
    this.store({ ...letter, origin: from }, letter.enqueued, 0, letter);
    this.dropExpired();
  }

  /** A receipt may also be used after its timeout, and after the message was received again. */
  protected checkChange(): void {}
}
