/**
 * Copies that SQS brings forth by itself: rare, documented, and without a published rate.
 *
 * - on receive: a host that did not hear of the hand-out shows the message to a second consumer;
 * - after delete: a host that did not hear of the delete shows it again within a minute.
 *
 * A copy brought forth so brings forth no further ones: there are not that many hosts.
 *
 * Source: SQS Developer Guide "At-least-once delivery"; the rates are assumptions
 * (assume.duplicateOnReceive, assume.duplicateAfterDelete).
 */

import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import { Cause, CopyStage } from '../facts.js';
import { NO_LABEL } from '../queue-port.js';
import { TWIN } from './copies.js';
import { SQS_LIMITS } from './limits.js';
import type { QueueAssumptions } from './options.js';
import type { Queue } from './queue.js';

export class Spontaneous {
  private readonly onReceive: MarkKey;
  private readonly afterDeletes: MarkKey;
  private readonly distance: MarkKey;

  static needed(assume: QueueAssumptions): boolean {
    return assume.duplicateOnReceive > 0 || assume.duplicateAfterDelete > 0;
  }

  constructor(private readonly queue: Queue) {
    const { streams } = queue.world;
    const { name } = queue.options;
    this.onReceive = streams.key(name, 'duplicateOnReceive');
    this.afterDeletes = streams.key(name, 'duplicateAfterDelete');
    this.distance = streams.key(name, 'duplicateAfterDelete/distance');
  }

  afterHandOut(copy: number): void {
    const share = this.queue.options.assume.duplicateOnReceive;
    if (share > 0 && this.draw(this.onReceive, copy) < share) this.spawn(copy, 0);
  }

  /** Called while the copy that is being deleted still has its row. */
  afterDelete(copy: number): void {
    const share = this.queue.options.assume.duplicateAfterDelete;
    if (share === 0 || this.draw(this.afterDeletes, copy) >= share) return;
    const { phantomDelayMin, phantomDelayMax } = SQS_LIMITS;
    const u = this.draw(this.distance, copy);
    this.spawn(copy, Math.round(phantomDelayMin + u * (phantomDelayMax - phantomDelayMin)));
  }

  /** A draw for this message at this receive. */
  private draw(key: MarkKey, copy: number): number {
    const { messages, obligations, copies } = this.queue.world.messages;
    const message = obligations.message[copies.obligation[copy]];
    return key.u53(messages.mark0[message], messages.mark1[message], copies.receiveCount[copy]);
  }

  /** A copy appears beside `copy` after `after` µs (0: at once). */
  private spawn(copy: number, after: Micros): void {
    const { queue } = this;
    const { messages, copies, facts } = queue;
    const obligation = messages.copies.obligation[copy];
    const twin = messages.addCopy(obligation);
    messages.copies.receiveCount[twin] = messages.copies.receiveCount[copy];
    if (queue.envelopes !== null) queue.envelopes.bytes[twin] = queue.envelopes.bytes[copy];
    copies.queue[twin] = queue.id;
    copies.shard[twin] = copies.shard[copy] | TWIN;
    queue.pasts.inherited(twin, copy);
    messages.blame(obligation, Cause.SpontaneousCopy);
    queue.retention.setFrom(twin, queue.sentAt(copy), queue.options.retention);
    queue.place(twin, NO_LABEL);
    queue.delays.holdFor(twin, after);
    facts.stored(queue.id, twin, CopyStage.Delayed);
  }
}
