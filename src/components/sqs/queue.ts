/**
 * An SQS queue: at-least-once delivery, best-effort order.
 *
 * A copy is Delayed, then Fresh (visible), then InFlight; it is Returned (visible again) when its
 * visibility timeout ends before a delete. It leaves by a delete, by the end of its retention, by a
 * purge, or to the dead-letter queue. Every change of state of a copy is here; what calls ask for is
 * in send.ts, receive.ts and delete.ts.
 *
 * Sources: SQS Developer Guide and API reference as collected in docs/components/sqs.queue.md.
 */

import { check } from '../../kernel/check.js';
import { Deadlines } from '../../kernel/deadlines.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Stream } from '../../kernel/random/streams.js';
import type { CopyStage, Facts } from '../facts.js';
import { Cause, CopyStage as Stage, NOBODY, Outcome } from '../facts.js';
import type { Messages } from '../messages.js';
import { Holder, NONE } from '../messages.js';
import type { ApiLatency, Port } from '../port.js';
import type { World } from '../world.js';
import type { CopyColumns } from './copies.js';
import { CopyState, QueueStore, TWIN } from './copies.js';
import { deleteMessage, deleteMessageBatch } from './delete.js';
import { SQS_LIMITS } from './limits.js';
import type { QueueOptions } from './options.js';
import { AnyWaiting, LongestWaiting, type Parking } from './parking.js';
import { Receiving } from './receive.js';
import { sendMessage, sendMessageBatch } from './send.js';
import { Spontaneous } from './spontaneous.js';
import { VisibleList } from './visible-list.js';

export class Queue implements Port {
  readonly handlers: readonly Handler[];
  readonly latency: ApiLatency | null;
  readonly store: QueueStore;
  readonly copies: CopyColumns;
  /** Copies that a receive can return. */
  readonly visible: VisibleList;
  /** Copies hidden by a visibility timeout. */
  inFlight = 0;
  /** Copies that were never visible yet. */
  delayed = 0;
  readonly parking: Parking;
  readonly receiving: Receiving;
  /** null: this queue makes no copies of its own accord. */
  private readonly spontaneous: Spontaneous | null;
  private readonly retention: Deadlines;
  private readonly visibility: Deadlines;
  private readonly delay: Deadlines;
  private readonly onPropagated: Handler;
  private readonly onAdopt: Handler;
  private readonly shardKey: MarkKey;
  private readonly propagationKey: MarkKey;
  /** Who gets the obligations of what is stored here. */
  private readonly consumer: number;
  /** Whether what is stored here is not visible at once. */
  private readonly holdsBack: boolean;
  /** maxReceiveCount; without a dead-letter queue more than a copy ever counts. */
  private readonly mostReceives: number;
  // of the world: one step less on the way to every row
  private readonly messages: Messages;
  private readonly facts: Facts;

  constructor(
    readonly world: World,
    readonly id: number,
    readonly options: QueueOptions,
  ) {
    const { kernel, streams } = world;
    const { name, assume } = options;
    check(
      assume.storageShards >= 1 && assume.storageShards <= 32,
      'a queue has 1 to 32 storage shards',
    );
    this.messages = world.messages;
    this.facts = world.facts;
    this.holdsBack = options.delay > 0 || assume.propagation !== null;
    this.mostReceives = options.deadLetter === null ? 0x10000 : options.deadLetter.maxReceiveCount;
    this.store = world.shared(QueueStore);
    this.copies = this.store.copies;
    this.store.add(id, this);
    this.visible = new VisibleList(this.copies, assume.storageShards);
    this.consumer = options.consumers[0] ?? NOBODY;
    this.onPropagated = kernel.handler(`${name}/propagated`, (row) => this.endDelay(row));
    this.onAdopt = kernel.handler(`${name}/adopt`, (copy) => this.adopt(copy));
    this.retention = new Deadlines(kernel, `${name}/retention`, this.copies.retention, (copy) =>
      this.expire(copy),
    );
    this.visibility = new Deadlines(
      kernel,
      `${name}/visibility`,
      this.store.handOuts.visibility,
      (row) => this.timeOut(row),
    );
    this.delay = new Deadlines(kernel, `${name}/delay`, this.store.delays.delay, (row) =>
      this.endDelay(row),
    );
    this.latency = assume.apiLatency && {
      distribution: assume.apiLatency,
      key: streams.key(name, 'apiLatency'),
    };
    this.shardKey = streams.key(name, 'storageShard');
    this.propagationKey = streams.key(name, 'propagation');
    this.parking = this.newParking(streams.stream(name, 'pollChoice'));
    this.receiving = new Receiving(this);
    this.spontaneous = Spontaneous.needed(assume) ? new Spontaneous(this) : null;
    this.handlers = this.newHandlers();
    world.calls.open(id, this);
    world.addGauge(id, {
      name: 'ApproximateNumberOfMessagesVisible',
      read: () => this.visible.length,
    });
    world.addGauge(id, {
      name: 'ApproximateNumberOfMessagesNotVisible',
      read: () => this.inFlight,
    });
    world.addGauge(id, { name: 'ApproximateNumberOfMessagesDelayed', read: () => this.delayed });
  }

  /** One for each operation, in the order of QUEUE_OPERATIONS. */
  private newHandlers(): Handler[] {
    const { name } = this.options;
    const on = (operation: string, run: (call: number) => void) =>
      this.world.kernel.handler(`${name}/${operation}`, run);
    return [
      on('SendMessage', (call) => sendMessage(this, call)),
      on('SendMessageBatch', (call) => sendMessageBatch(this, call)),
      on('ReceiveMessage', (call) => this.receiving.begin(call)),
      on('DeleteMessage', (call) => deleteMessage(this, call)),
      on('DeleteMessageBatch', (call) => deleteMessageBatch(this, call)),
    ];
  }

  private newParking(choices: Stream): Parking {
    const { polls } = this.store;
    return this.options.assume.pollChoice === 'random'
      ? new AnyWaiting(polls, choices)
      : new LongestWaiting(polls);
  }

  // --- a copy comes in ---------------------------------------------------------------------------

  /** Stores a message. Poll waiters are served by the caller, once per call (`receiving.serve`). */
  enqueue(message: number): void {
    const { messages } = this;
    const copy = messages.addCopy(messages.owe(message, this.consumer));
    this.settle(copy, message);
    this.retention.set(copy, this.options.retention);
    if (this.holdsBack) this.hold(copy, message);
    else this.visible.pushFresh(copy);
    this.facts.stored(this.id, copy, this.holdsBack ? Stage.Delayed : Stage.Visible);
  }

  /** Gives a copy its place in this queue. */
  private settle(copy: number, message: number): void {
    const c = this.copies;
    c.queue[copy] = this.id;
    c.shard[copy] = this.visible.shards === 1 ? 0 : this.drawShard(message);
  }

  private drawShard(message: number): number {
    const { mark0, mark1 } = this.messages.messages;
    return Math.floor(this.shardKey.u53(mark0[message], mark1[message], 0) * this.visible.shards);
  }

  /** A delay, or the time until all hosts know the copy, whichever is longer. */
  private hold(copy: number, message: number): void {
    const { delays } = this.store;
    const { delay, assume } = this.options;
    const spread = assume.propagation === null ? 0 : this.drawPropagation(message);
    const row = delays.add();
    delays.copy[row] = copy;
    this.copies.state[copy] = CopyState.Delayed;
    this.copies.next[copy] = row;
    this.delayed++;
    if (delay >= spread) this.delay.set(row, delay);
    else this.world.kernel.after(spread, this.onPropagated, row);
  }

  private drawPropagation(message: number): number {
    const { mark0, mark1 } = this.messages.messages;
    const u = this.propagationKey.u53(mark0[message], mark1[message], 0);
    return drawMicros(this.options.assume.propagation!, u);
  }

  private endDelay(row: number): void {
    const copy = this.store.delays.copy[row];
    this.store.delays.free(row);
    if (copy === NONE) return;
    this.delayed--;
    this.visible.pushFresh(copy);
    this.facts.visible(this.id, copy);
    this.receiving.serve();
  }

  /** SQS brings a copy forth by itself: it appears beside `copy` after `after` µs (0: at once). */
  spawn(copy: number, after: number): void {
    const { messages, kernel } = this.world;
    const c = this.copies;
    const obligation = messages.copies.obligation[copy];
    const twin = messages.addCopy(obligation);
    messages.copies.receiveCount[twin] = messages.copies.receiveCount[copy];
    c.queue[twin] = this.id;
    c.shard[twin] = c.shard[copy] | TWIN;
    messages.blame(obligation, Cause.SpontaneousCopy);
    this.retention.setFrom(twin, this.sentAt(copy), this.options.retention);
    const row = this.store.delays.add();
    this.store.delays.copy[row] = twin;
    c.state[twin] = CopyState.Delayed;
    c.next[twin] = row;
    this.delayed++;
    this.facts.stored(this.id, twin, Stage.Delayed);
    kernel.after(after, this.onPropagated, row);
  }

  // --- a copy is handed out ----------------------------------------------------------------------

  /** Hides a visible copy for `visibilityTimeout` µs and returns the delivery. */
  handOut(copy: number, consumer: number, visibilityTimeout: number): number {
    const { messages, facts } = this;
    const c = this.copies;
    const counts = messages.copies.receiveCount;
    this.visible.remove(copy);
    if (counts[copy] < 0xffff) counts[copy]++;
    const delivery = messages.addDelivery(copy, counts[copy], consumer);
    c.state[copy] = CopyState.InFlight;
    c.next[copy] = delivery;
    this.inFlight++;
    this.visibility.set(delivery, visibilityTimeout);
    facts.taken(this.id, delivery);
    if (this.spontaneous !== null && (c.shard[copy] & TWIN) === 0)
      this.spontaneous.afterHandOut(copy);
    return delivery;
  }

  /** The visibility timeout ended before a delete. */
  private timeOut(delivery: number): void {
    const { messages, facts } = this;
    const { deliveries } = messages;
    const copy = deliveries.copy[delivery];
    if ((deliveries.holders[delivery] & Holder.Consumer) !== 0) {
      messages.blame(deliveries.obligation[delivery], Cause.VisibilityTimeout);
    }
    this.inFlight--;
    if (messages.copies.receiveCount[copy] >= SQS_LIMITS.receivesBeforeBack)
      this.visible.pushFresh(copy);
    else this.visible.pushReturned(copy);
    facts.returned(this.id, delivery);
    messages.storeReleases(delivery);
    this.receiving.serve();
  }

  // --- a copy goes -------------------------------------------------------------------------------

  /**
   * True when `delivery`'s receipt is the one in force: its copy is still here, and nobody received it
   * after this hand-out. The obligation tells the copy from a later one in the same row: the delivery
   * keeps it alive.
   */
  isCurrent(delivery: number): boolean {
    const { deliveries, copies } = this.messages;
    return (
      copies.receiveCount[deliveries.copy[delivery]] === deliveries.receipt[delivery] &&
      this.holds(delivery)
    );
  }

  /** True when the message of `delivery` is still here, in the copy that it handed out. */
  holds(delivery: number): boolean {
    const { deliveries, copies } = this.messages;
    const copy = deliveries.copy[delivery];
    return (
      copies.isLive(copy) &&
      copies.obligation[copy] === deliveries.obligation[delivery] &&
      this.copies.queue[copy] === this.id &&
      this.copies.state[copy] !== CopyState.Moving
    );
  }

  /** Deletes a live copy, whether hidden or visible again. */
  remove(copy: number): void {
    const stage = this.withdraw(copy);
    this.facts.deleted(this.id, copy, stage);
    if (this.spontaneous !== null && (this.copies.shard[copy] & TWIN) === 0)
      this.spontaneous.afterDelete(copy);
    this.drop(copy);
  }

  /** The retention of a copy ended. */
  private expire(copy: number): void {
    if (this.copies.state[copy] === CopyState.Moving) return; // its new queue decides, at this instant
    const { messages, facts } = this;
    const stage = this.withdraw(copy);
    messages.fate(messages.copies.obligation[copy], Outcome.Expired);
    facts.expired(this.id, copy, stage);
    this.drop(copy);
  }

  /** Takes a copy out of the structure its state has put it in. Returns where it stood. */
  private withdraw(copy: number): CopyStage {
    const c = this.copies;
    const state = c.state[copy];
    if (state === CopyState.InFlight) {
      const delivery = c.next[copy];
      this.visibility.clear(delivery);
      this.inFlight--;
      this.messages.storeReleases(delivery);
      return Stage.InFlight;
    }
    if (state === CopyState.Delayed) {
      this.withdrawDelayed(c.next[copy]);
      return Stage.Delayed;
    }
    this.visible.remove(copy);
    return Stage.Visible;
  }

  private withdrawDelayed(row: number): void {
    const { delays } = this.store;
    this.delayed--;
    delays.copy[row] = NONE;
    if (!this.delay.has(row)) return; // an event names the row; it frees it
    this.delay.clear(row);
    delays.free(row);
  }

  private drop(copy: number): void {
    if (this.retention.has(copy)) this.retention.clear(copy);
    this.copies.state[copy] = CopyState.Gone;
    this.messages.dropCopy(copy);
  }

  /** When SQS took the message, as its SentTimestamp says. */
  private sentAt(copy: number): number {
    return this.retention.dueAt(copy) - this.options.retention;
  }

  // --- the dead-letter queue ---------------------------------------------------------------------

  /** True when one more receive of this copy would exceed maxReceiveCount. */
  isExhausted(copy: number): boolean {
    return this.messages.copies.receiveCount[copy] >= this.mostReceives;
  }

  /** Moves a visible copy to the dead-letter queue, within this instant. */
  moveToDeadLetters(copy: number): void {
    const { target } = this.options.deadLetter!;
    this.visible.remove(copy);
    this.copies.state[copy] = CopyState.Moving;
    this.facts.deadLettered(this.id, copy, target);
    this.world.kernel.soon(this.store.queueAt(target).onAdopt, copy);
  }

  /** Takes over a copy that another queue dead-letters; it keeps its receive count and its age. */
  private adopt(copy: number): void {
    const { messages, facts } = this;
    const source = this.store.queueAt(this.copies.queue[copy]);
    const isTooOld = !source.retention.has(copy); // its retention ended while it moved
    const sentAt = isTooOld ? 0 : source.sentAt(copy);
    if (!isTooOld) source.retention.clear(copy);
    const own = this.consumer === NOBODY ? copy : this.oweAnew(copy);
    if (own === copy) messages.bury(copy);
    this.settle(own, messages.obligations.message[messages.copies.obligation[own]]);
    this.visible.pushFresh(own);
    facts.stored(this.id, own, Stage.Visible);
    if (isTooOld) {
      this.expire(own);
      return;
    }
    this.retention.setFrom(own, sentAt, this.options.retention);
    this.receiving.serve();
  }

  /** Somebody consumes this queue: the old obligation ends as dead-lettered, a new one begins. */
  private oweAnew(copy: number): number {
    const { messages } = this;
    const obligation = messages.copies.obligation[copy];
    const own = messages.addCopy(
      messages.owe(messages.obligations.message[obligation], this.consumer),
    );
    messages.copies.receiveCount[own] = messages.copies.receiveCount[copy];
    messages.fate(obligation, Outcome.DeadLettered);
    this.copies.state[copy] = CopyState.Gone;
    messages.dropCopy(copy);
    return own;
  }
}
