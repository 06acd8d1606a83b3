/**
 * What slow standard and FIFO queues have in common. Messages are objects in an array; each operation
 * walks over all of them.
 */

import type { NaiveClock } from './clock.js';
import type { Moment, NaiveMessage, NaiveReceipt } from './message.js';
import { Refusal, demand } from './refusal.js';
import type { NaiveSettings } from './settings.js';
import { SECOND } from './settings.js';

/** What a message is made from. */
export interface Sending {
  readonly body: string | null;
  readonly bytes: number;
  readonly group: string | null;
  readonly dedup: string | null;
  /** µs; null: the queue's. */
  readonly delay: number | null;
}

export interface Receiving {
  readonly max: number;
  /** µs; null: what the queue says when a message is handed out. */
  readonly visibilityTimeout: number | null;
  readonly attempt: string | null;
}

export interface Stored {
  readonly id: string;
  readonly sequence: number;
}

/** What is known of it from the queue before. */
type Received = Pick<NaiveMessage, 'receiveCount' | 'firstReceivedAt'>;

/** A hand-out as its receiver sees it. */
export interface Delivered {
  readonly receipt: NaiveReceipt;
  /** ApproximateReceiveCount at this receive. */
  readonly count: number;
}

/** Where a queue stands. */
export interface Place {
  readonly name: string;
  /** Messages in flight at a time, at most. */
  readonly inFlightMax: number;
  readonly clock: NaiveClock;
  /** Puts a dead letter into the queue of this name, if there is one. */
  readonly bury: (message: NaiveMessage, target: string) => boolean;
}

/** A message is invisible to others for so long after one receive, at most. */
export const INVISIBLE_MAX = 43_200 * SECOND;
const PURGE_PAUSE = 60 * SECOND;
const RECEIVES_BEFORE_BACK = 3;

export abstract class NaiveQueue {
  readonly name: string;
  readonly inFlightMax: number;
  protected readonly clock: NaiveClock;
  private readonly bury: Place['bury'];
  messages: NaiveMessage[] = [];
  receipts: NaiveReceipt[] = [];
  private purgedAt = -Infinity;

  constructor(
    { name, inFlightMax, clock, bury }: Place,
    public settings: NaiveSettings,
  ) {
    this.name = name;
    this.inFlightMax = inFlightMax;
    this.clock = clock;
    this.bury = bury;
  }

  abstract send(sending: Sending): Stored;
  /** Visible messages in the order in which they would be handed out. */
  abstract line(): NaiveMessage[];
  /** What an earlier receive of the same ReceiveRequestAttemptId got, if that is to be had again. */
  abstract repeat(receiving: Receiving): Delivered[] | null;
  /** What a receive would return next that has these already, and has just looked at `last`. */
  protected abstract nextAfter(
    taken: readonly NaiveMessage[],
    last: NaiveMessage | null,
  ): NaiveMessage | undefined;
  abstract delete(handle: string): void;
  /** A dead letter arrives. */
  abstract takeDeadLetter(letter: NaiveMessage, from: string): void;
  protected abstract checkChange(receipt: NaiveReceipt): void;

  count(state: NaiveMessage['state']): number {
    return this.messages.filter((message) => message.state === state).length;
  }

  get isFull(): boolean {
    return this.count('inFlight') >= this.inFlightMax;
  }

  /** Appends a message; `enqueued`: what retention counts from; `delay` in µs. */
  protected store(
    fields: Pick<NaiveMessage, 'id' | 'body' | 'bytes' | 'group' | 'dedup' | 'ownDelay' | 'origin'>,
    enqueued: Moment,
    delay: number,
    before: Received = { receiveCount: 0, firstReceivedAt: null },
  ): NaiveMessage {
    const since = this.clock.moment();
    const message: NaiveMessage = {
      ...fields,
      enqueued,
      sequence: since.seq,
      state: delay > 0 ? 'delayed' : 'visible',
      since,
      until: { at: since.at + delay, seq: since.seq },
      receiveCount: before.receiveCount,
      receivedBefore: before.receiveCount,
      firstReceivedAt: before.firstReceivedAt,
      holder: null,
      isInFront: false,
    };
    this.messages.push(message);
    return message;
  }

  /** A move task brings it from a dead-letter queue: a new message, available at once. */
  takeMoved({ body, bytes, group, dedup }: NaiveMessage): void {
    const id = `${this.name}-m${this.clock.moment().seq}`;
    const fields = { id, body, bytes, group, dedup, ownDelay: null, origin: null };
    this.store(fields, this.clock.moment(), 0);
  }

  remove(message: NaiveMessage): void {
    this.messages = this.messages.filter((other) => other !== message);
  }

  /** It becomes available, at the end of its delay or of its visibility timeout. */
  show(message: NaiveMessage): void {
    message.isInFront = message.state === 'inFlight' && message.receiveCount < RECEIVES_BEFORE_BACK;
    message.state = 'visible';
    message.since = this.clock.moment();
  }

  /** Shown again at once after 0 µs, but not before what is due at this moment already. */
  protected hide(message: NaiveMessage, holder: NaiveReceipt, micros: number): void {
    message.holder = holder;
    message.state = 'inFlight';
    message.since = this.clock.moment();
    message.until = this.clock.in(micros);
  }

  /**
   * Dead letters leave on the way: what stands behind them is next. So does what expires at this instant, though its
   * turn has not come.
   */
  receive({ max, visibilityTimeout }: Receiving): Delivered[] {
    const room = this.inFlightMax - this.count('inFlight');
    const taken: NaiveMessage[] = [];
    let next = this.nextAfter(taken, null);
    while (next !== undefined && taken.length < Math.min(max, room)) {
      const isOver = this.expiry(next).at <= this.clock.now;
      if (isOver) this.remove(next);
      else if (!this.isBuried(next)) taken.push(next);
      next = this.nextAfter(taken, isOver ? null : next);
    }
    return taken.map((message) => this.handOut(message, visibilityTimeout));
  }

  private handOut(message: NaiveMessage, asked: number | null): Delivered {
    const visibilityTimeout = asked ?? this.settings.visibilityTimeout;
    message.receiveCount++;
    message.firstReceivedAt ??= this.clock.now;
    const receipt: NaiveReceipt = {
      handle: `${this.name}/${this.receipts.length}`,
      message,
      at: this.clock.now,
      deadline: this.clock.now + visibilityTimeout,
    };
    this.receipts.push(receipt);
    this.hide(message, receipt, visibilityTimeout);
    return { receipt, count: message.receiveCount };
  }

  /** Moves it to the dead-letter queue if it was handed out too often by this queue; true when it did. */
  private isBuried(message: NaiveMessage): boolean {
    const { redrive } = this.settings;
    const receives = message.receiveCount - message.receivedBefore;
    if (redrive === null || receives < redrive.maxReceiveCount) return false;
    if (!this.bury(message, redrive.target)) return false;
    this.remove(message);
    return true;
  }

  protected receiptOf(handle: string): NaiveReceipt {
    const receipt = this.receipts.find((one) => one.handle === handle);
    if (receipt === undefined) throw new Refusal('ReceiptHandleIsInvalid', handle);
    return receipt;
  }

  protected isLatest(receipt: NaiveReceipt): boolean {
    return this.receipts.filter((one) => one.message === receipt.message).at(-1) === receipt;
  }

  /**
   * `micros`: the new timeout, from now. An older receipt stretches the hand-out that hides the message; the limit
   * counts from that one's receive.
   */
  changeVisibility(handle: string, micros: number): void {
    const receipt = this.receiptOf(handle);
    const { message } = receipt;
    demand(this.messages.includes(message), 'InvalidParameterValue', 'message does not exist');
    this.checkChange(receipt);
    const isHidden = message.state === 'inFlight';
    const holder = (isHidden ? message.holder : null) ?? receipt;
    const inLimit = this.clock.now + micros <= holder.at + INVISIBLE_MAX;
    demand(inLimit, 'InvalidParameterValue', 'total visibility timeout beyond the limit');
    if (!isHidden && micros === 0) return;
    holder.deadline = this.clock.now + micros;
    this.hide(message, holder, micros);
    if (micros === 0) this.show(message);
  }

  purge(): void {
    const isLongAgo = this.clock.now - this.purgedAt >= PURGE_PAUSE;
    demand(isLongAgo, 'PurgeQueueInProgress', 'one in 60 s');
    this.purgedAt = this.clock.now;
    this.messages = [];
  }

  /** What has become too old is gone, also after the setting changed. */
  dropExpired(): void {
    this.messages = this.messages.filter((message) => this.clock.now < this.expiry(message).at);
  }

  expiry({ enqueued }: NaiveMessage): Moment {
    return { at: enqueued.at + this.settings.retention, seq: enqueued.seq };
  }

  change(settings: NaiveSettings): void {
    this.settings = settings;
  }
}
