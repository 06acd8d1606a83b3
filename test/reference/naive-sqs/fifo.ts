/**
 * A slow FIFO queue. A receive takes from deliverable prefixes only: per group the longest run of visible
 * messages from the head. The group whose head became available first goes first, as far as it reaches.
 */

import { createHash } from 'node:crypto';
import type { Moment, NaiveMessage, NaiveReceipt } from './message.js';
import { byMoment } from './message.js';
import type { Delivered, Place, Receiving, Sending, Stored } from './queue.js';
import { NaiveQueue } from './queue.js';
import { demand } from './refusal.js';
import type { NaiveSettings } from './settings.js';
import { SECOND } from './settings.js';

const DEDUPLICATION = 300 * SECOND;
const ATTEMPT = 300 * SECOND;

/** The first send of an id that was accepted. */
interface Sent extends Stored {
  readonly scope: string;
  readonly dedup: string;
  readonly at: number;
}

/** What a receive with a ReceiveRequestAttemptId returned. */
interface Attempt {
  readonly name: string;
  readonly at: number;
  readonly delivered: readonly Delivered[];
  /** When each was to be visible again, as the receive set it. */
  readonly until: readonly number[];
}

export class NaiveFifoQueue extends NaiveQueue {
  private sent: Sent[] = [];
  private attempts: Attempt[] = [];

  constructor(
    place: Place,
    settings: NaiveSettings,
    /** Only so many messages from the front are examined. */
    private readonly scanWindow: number,
  ) {
    super(place, settings);
  }

  send(sending: Sending): Stored {
    const { group, body } = sending;
    const id = `${this.name}-m${this.clock.moment().seq}`;
    // A body of which only the size is known is like no other.
    const dedup = sending.dedup ?? (body === null ? null : contentId(body));
    const scope = this.settings.deduplicationScope === 'messageGroup' ? `${group}` : '';
    const { now } = this.clock;
    const first = this.sent.filter((one) => one.scope === scope && one.dedup === dedup).at(-1);
    if (first !== undefined && now - first.at < DEDUPLICATION) return first;
    const fields = { ...sending, id, dedup, ownDelay: null, origin: null };
    const { sequence } = this.store(fields, this.clock.moment(), this.settings.delay);
    if (dedup !== null) this.sent.push({ scope, dedup, at: now, id, sequence });
    return { id, sequence };
  }

  line(): NaiveMessage[] {
    const groups = [...new Set(this.messages.map(({ group }) => group))];
    return groups
      .map((group) => this.prefix(group))
      .filter((prefix) => prefix.length > 0)
      .sort(([a], [b]) => byMoment(this.available(a), this.available(b)))
      .flat();
  }

  /** The deliverable prefix of a group. */
  private prefix(group: string | null): NaiveMessage[] {
    const examined = this.messages.slice(0, this.scanWindow);
    const own = examined.filter((message) => message.group === group);
    const blocked = own.findIndex(({ state }) => state !== 'visible');
    return blocked === -1 ? own : own.slice(0, blocked);
  }

  /** When it became so: at the end of the delay that the queue has now, or when it came back. */
  private available({ holder, since, enqueued }: NaiveMessage): Moment {
    return holder === null ? { at: enqueued.at + this.settings.delay, seq: enqueued.seq } : since;
  }

  override receive(receiving: Receiving): Delivered[] {
    const delivered = super.receive(receiving);
    this.remember(receiving, delivered);
    return delivered;
  }

  /** The next of the group that the receive is at, then the first of another group. */
  protected nextAfter(
    taken: readonly NaiveMessage[],
    last: NaiveMessage | null,
  ): NaiveMessage | undefined {
    const same = last === null ? [] : this.prefix(last.group);
    const groups = new Set(taken.map(({ group }) => group));
    return (
      same.find((message) => !taken.includes(message)) ??
      this.line().find(({ group }) => !groups.has(group))
    );
  }

  delete(handle: string): void {
    const receipt = this.receiptOf(handle);
    if (!this.messages.includes(receipt.message)) return;
    demand(this.isGood(receipt), 'InvalidParameterValue', 'the receipt handle has expired');
    this.remove(receipt.message);
  }

  /** The enqueue time starts anew. */
  takeDeadLetter(letter: NaiveMessage, from: string): void {
    const fields = { ...letter, dedup: letter.id, origin: from };
    this.store(fields, this.clock.moment(), 0, letter);
  }

  override purge(): void {
    super.purge();
    this.sent = [];
  }

  /** A changed delay holds for what is still delayed; what was available once stays so. */
  override change(settings: NaiveSettings): void {
    const isNewDelay = settings.delay !== this.settings.delay;
    super.change(settings);
    if (!isNewDelay) return;
    for (const message of this.messages) {
      if (message.state !== 'delayed') continue;
      const { at, seq } = message.enqueued;
      message.until = { at: Math.max(at + settings.delay, this.clock.now), seq };
    }
  }

  protected checkChange(receipt: NaiveReceipt): void {
    demand(this.isGood(receipt), 'InvalidParameterValue', 'the receipt handle has expired');
  }

  private isGood(receipt: NaiveReceipt): boolean {
    return this.isLatest(receipt) && this.clock.now < receipt.deadline;
  }

  /** The same messages and handles as an earlier receive of this name, hidden anew; null: a new receive. */
  repeat({ attempt, visibilityTimeout: asked }: Receiving): Delivered[] | null {
    const { now } = this.clock;
    const visibilityTimeout = asked ?? this.settings.visibilityTimeout;
    const known = this.attempts.filter(({ name }) => name === attempt).at(-1);
    if (known === undefined || now - known.at >= ATTEMPT) return null;
    const isAsItWas = known.delivered.every(
      ({ receipt }, i) =>
        this.messages.includes(receipt.message) &&
        this.isGood(receipt) &&
        receipt.deadline === known.until[i],
    );
    if (!isAsItWas) return null;
    for (const { receipt } of known.delivered) {
      receipt.at = now;
      receipt.deadline = now + visibilityTimeout;
      this.hide(receipt.message, receipt, visibilityTimeout);
    }
    const until = known.delivered.map(() => now + visibilityTimeout);
    this.attempts.push({ ...known, until });
    return [...known.delivered];
  }

  private remember({ attempt }: Receiving, delivered: Delivered[]): void {
    if (attempt === null || delivered.length === 0) return;
    const until = delivered.map(({ receipt }) => receipt.deadline);
    this.attempts.push({ name: attempt, at: this.clock.now, delivered, until });
  }
}

/** What AWS takes for the id of a message without one: SHA-256 of the body. */
export function contentId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
