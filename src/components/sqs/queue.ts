/**
 * An SQS queue: what happens to its copies.
 *
 * A copy is Delayed, then Fresh (visible), then InFlight; it is Returned (visible again) when its
 * visibility timeout ends before a delete. It leaves by a delete, by the end of its retention, by a
 * purge, or to another queue (transfer.ts). Every change of state of a copy is here; which visible
 * copy a receive gets is the shelf's; what calls ask for is in send.ts, receive.ts, delete.ts and
 * visibility.ts; what is done to the queue itself in control.ts.
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
import { Deduplication } from '../deduplication.js';
import { Envelopes } from '../envelopes.js';
import type { Messages } from '../messages.js';
import { Holder } from '../messages.js';
import type { ApiLatency, Port } from '../port.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';
import { Control } from './control.js';
import type { CopyColumns } from './copies.js';
import { CopyState, QueueStore, TWIN } from './copies.js';
import { Delays } from './delays.js';
import { deleteMessage, deleteMessageBatch } from './delete.js';
import { FairShelf } from './fair-shelf.js';
import { FifoShelf } from './fifo-shelf.js';
import { Gate } from './gate.js';
import { addGauges, Tally } from './gauges.js';
import { SQS_LIMITS } from './limits.js';
import type { QueueOptions } from './options.js';
import { copyFor } from './owing.js';
import { AnyWaiting, LongestWaiting, type Parking } from './parking.js';
import { Receiving } from './receive.js';
import { Pasts } from './pasts.js';
import { receiptOf } from './receipts.js';
import { sendMessage, sendMessageBatch } from './send.js';
import type { Shelf } from './shelf.js';
import { Spontaneous } from './spontaneous.js';
import { adopt, takeBack } from './transfer.js';
import { changeVisibility, changeVisibilityBatch } from './visibility.js';
import { VisibleList } from './visible-list.js';

/** The settings that may change while the queue runs. */
export type QueueSettingsInForce = {
  -readonly [K in keyof QueueOptions]: QueueOptions[K];
};

export class Queue implements Port {
  readonly handlers: readonly Handler[];
  readonly latency: ApiLatency | null;
  readonly store: QueueStore;
  readonly copies: CopyColumns;
  readonly options: QueueSettingsInForce;
  /** The visible copies. */
  shelf: Shelf;
  /** Copies hidden by a visibility timeout. */
  inFlight = 0;
  /** The queue is deleted: nothing comes in any more. */
  isGone = false;
  readonly parking: Parking;
  readonly receiving: Receiving;
  /** null: a standard queue. */
  readonly deduplication: Deduplication | null;
  readonly fifo: FifoShelf | null;
  /** null: nobody in this world wraps messages. */
  envelopes: Envelopes | null = null;
  /** null: every call is let in. */
  gate: Gate | null;
  readonly control: Control;
  readonly tally = new Tally();
  readonly pasts = new Pasts();
  readonly retention: Deadlines;
  readonly visibility: Deadlines;
  readonly delays: Delays;
  /** Takes over a copy that another queue dead-letters, or redrives. */
  readonly onAdopt: Handler;
  readonly onTakeBack: Handler;
  /** Who gets the obligations of what is stored here. */
  readonly consumer: number;
  /** null: this queue makes no copies of its own accord. */
  private readonly spontaneous: Spontaneous | null;
  private readonly shardKey: MarkKey;
  private readonly propagationKey: MarkKey;
  // of the world: one step less on the way to every row
  readonly messages: Messages;
  readonly facts: Facts;

  constructor(
    readonly world: World,
    readonly id: number,
    options: QueueOptions,
  ) {
    const { kernel, streams } = world;
    const { name, assume } = options;
    const { storageShards } = assume;
    check(storageShards >= 1 && storageShards <= 32, 'a queue has 1 to 32 storage shards');
    this.options = { ...options };
    this.messages = world.messages;
    this.facts = world.facts;
    this.store = world.shared(QueueStore);
    this.copies = this.store.copies;
    this.store.add(id, this);
    this.consumer = options.consumers[0] ?? NOBODY;
    this.onAdopt = kernel.handler(`${name}/adopt`, (copy) => adopt(this, copy));
    this.onTakeBack = kernel.handler(`${name}/take back`, (copy) => takeBack(this, copy));
    const deadlines = (what: string, links: Deadlines['links'], run: (row: number) => void) =>
      new Deadlines(kernel, `${name}/${what}`, links, run);
    const { handOuts } = this.store;
    this.retention = deadlines('retention', this.copies.retention, (row) => this.expire(row));
    this.retention.keepInOrder(options.retention);
    this.visibility = deadlines('visibility', handOuts.visibility, (row) => this.timeOut(row));
    this.delays = new Delays(this);
    this.latency = assume.apiLatency && {
      distribution: assume.apiLatency,
      key: streams.key(name, 'apiLatency'),
    };
    this.shardKey = streams.key(name, 'storageShard');
    this.propagationKey = streams.key(name, 'propagation');
    this.parking = this.newParking(streams.stream(name, 'pollChoice'));
    this.fifo = options.fifo && this.newFifoShelf(options.fifo.scanWindow);
    this.shelf = this.fifo ?? new VisibleList(this.copies, storageShards);
    const isPerGroup = options.fifo?.deduplicationScope === 'messageGroup';
    this.deduplication = options.fifo && new Deduplication(kernel, isPerGroup);
    this.receiving = new Receiving(this);
    this.spontaneous =
      options.fifo === null && Spontaneous.needed(assume) ? new Spontaneous(this) : null;
    this.gate = Gate.needed(options) ? new Gate(this) : null;
    this.control = new Control(this);
    this.handlers = this.newHandlers();
    world.calls.open(id, this);
    world.addQueue(id, this.control);
    addGauges(this);
  }

  connect(): void {
    this.envelopes = this.world.existing(Envelopes);
  }

  /** One for each operation that is called, in the order of QUEUE_OPERATIONS. */
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
      on('ChangeMessageVisibility', (call) => changeVisibility(this, call)),
      on('ChangeMessageVisibilityBatch', (call) => changeVisibilityBatch(this, call)),
    ];
  }

  private newParking(choices: Stream): Parking {
    const { polls } = this.store;
    return this.options.assume.pollChoice === 'random'
      ? new AnyWaiting(polls, choices)
      : new LongestWaiting(polls);
  }

  private newFifoShelf(scanWindow: number): FifoShelf {
    const { world, store, retention, options } = this;
    return new FifoShelf(world, store, retention, options, scanWindow);
  }

  // --- a copy comes in ---------------------------------------------------------------------------

  /**
   * Stores a message of `group` (NO_LABEL: none) that `call` brings (NONE: a batch), hidden for `delay` µs. Poll
   * waiters are served by the caller, once per call (`receiving.serve`). Returns the copy.
   */
  enqueue(message: number, group: number, delay: number, call: number): number {
    const copy = copyFor(this, message, call);
    const spread = this.options.assume.propagation === null ? 0 : this.drawPropagation(message);
    this.settle(copy, message, 0);
    this.retention.set(copy, this.options.retention);
    this.place(copy, group);
    if (delay > 0 || spread > 0) this.delays.hold(copy, delay, spread);
    else this.shelf.pushFresh(copy);
    this.tally.sent++;
    this.tally.sentBytes += this.bytesOf(copy, message);
    this.facts.stored(this.id, copy, delay > 0 || spread > 0 ? Stage.Delayed : Stage.Visible);
    return copy;
  }

  /** What SQS counts of a copy of `message`: what was wrapped around it, too. */
  bytesOf(copy: number, message: number): number {
    const size = this.messages.messages.size[message];
    return this.envelopes === null ? size : size + this.envelopes.bytes[copy];
  }

  /** Gives a copy its place in this queue. `twin`: TWIN if SQS has brought it forth by itself, else 0. */
  settle(copy: number, message: number, twin: number): void {
    const c = this.copies;
    c.queue[copy] = this.id;
    const { storageShards } = this.options.assume;
    c.shard[copy] = twin | (storageShards === 1 ? 0 : this.drawShard(message, storageShards));
  }

  /** Puts a copy, whose retention runs, where its group belongs. */
  place(copy: number, group: number): void {
    if (group !== NO_LABEL && this.shelf instanceof VisibleList)
      this.shelf = FairShelf.takeOver(this);
    this.shelf.enter(copy, group);
  }

  private drawShard(message: number, shards: number): number {
    const { mark0, mark1 } = this.messages.messages;
    return Math.floor(this.shardKey.u53(mark0[message], mark1[message], 0) * shards);
  }

  private drawPropagation(message: number): number {
    const { mark0, mark1 } = this.messages.messages;
    const u = this.propagationKey.u53(mark0[message], mark1[message], 0);
    return drawMicros(this.options.assume.propagation!, u);
  }

  // --- a copy is handed out ----------------------------------------------------------------------

  /** Hides a visible copy for `visibilityTimeout` µs and returns the delivery. */
  handOut(copy: number, consumer: number, visibilityTimeout: number): number {
    const { messages, facts, shelf } = this;
    const c = this.copies;
    const counts = messages.copies.receiveCount;
    shelf.remove(copy);
    if (counts[copy] < 0xffff) counts[copy]++;
    const delivery = messages.addDelivery(copy, receiptOf(this, copy), consumer);
    shelf.take(copy, delivery);
    c.state[copy] = CopyState.InFlight;
    c.prev[copy] = delivery;
    this.inFlight++;
    this.store.handOuts.takenAt[delivery] = this.world.kernel.now;
    this.visibility.set(delivery, visibilityTimeout);
    facts.taken(this.id, delivery);
    if (this.fifo !== null) this.tellGroup(delivery, this.fifo.blockedTime());
    if (this.spontaneous !== null && (c.shard[copy] & TWIN) === 0)
      this.spontaneous.afterHandOut(copy);
    return delivery;
  }

  private tellGroup(delivery: number, blocked: number): void {
    this.facts.ofGroup(this.id, delivery, this.messages.deliveries.group[delivery], blocked);
  }

  /** The visibility timeout ended before a delete. */
  private timeOut(delivery: number): void {
    const { deliveries } = this.messages;
    if ((deliveries.holders[delivery] & Holder.Consumer) !== 0)
      this.messages.blame(deliveries.obligation[delivery], Cause.VisibilityTimeout);
    this.giveBack(delivery);
  }

  /** A copy in flight is visible again; `delivery` is the one that hid it. */
  giveBack(delivery: number): void {
    const { messages, facts, shelf } = this;
    const copy = messages.deliveries.copy[delivery];
    const isTroublesome =
      this.fifo === null && messages.copies.receiveCount[copy] >= SQS_LIMITS.receivesBeforeBack;
    this.inFlight--;
    shelf.land(copy);
    if (isTroublesome) shelf.pushFresh(copy);
    else shelf.pushReturned(copy);
    facts.returned(this.id, delivery);
    messages.storeReleases(delivery);
    this.receiving.serve();
  }

  /** A visible copy is hidden again for `delivery`, which handed it out before. */
  hideAgain(delivery: number, visibilityTimeout: number): void {
    const { messages, shelf } = this;
    const copy = messages.deliveries.copy[delivery];
    shelf.remove(copy);
    shelf.take(copy, delivery);
    this.copies.state[copy] = CopyState.InFlight;
    this.copies.prev[copy] = delivery;
    this.inFlight++;
    messages.storeTakes(delivery);
    this.visibility.set(delivery, visibilityTimeout);
    this.facts.hidden(this.id, delivery);
  }

  // --- a copy goes -------------------------------------------------------------------------------

  /** Deletes a live copy, whether hidden or visible again. */
  remove(copy: number): void {
    const { messages } = this;
    const wasFull = this.isFull;
    const obligation = messages.copies.obligation[copy];
    if (!messages.isDone(obligation)) messages.fate(obligation, Outcome.DeletedOnReceipt);
    const stage = this.withdraw(copy);
    this.facts.deleted(this.id, copy, stage);
    if (this.spontaneous !== null && (this.copies.shard[copy] & TWIN) === 0)
      this.spontaneous.afterDelete(copy);
    this.drop(copy);
    this.serveIf(wasFull);
  }

  /** The retention of a copy ended. */
  expire(copy: number): void {
    if (this.copies.state[copy] === CopyState.Moving) return; // its new queue decides, at this instant
    const wasFull = this.isFull;
    this.takeOutExpired(copy);
    this.serveIf(wasFull);
  }

  /** Whether the retention of a copy ends at this instant, though its turn has not come. */
  isOverdue(copy: number): boolean {
    return this.sentAt(copy) + this.options.retention <= this.world.kernel.now;
  }

  takeOutExpired(copy: number): void {
    const { messages, facts } = this;
    const stage = this.withdraw(copy);
    messages.fate(messages.copies.obligation[copy], Outcome.Expired);
    facts.expired(this.id, copy, stage);
    this.drop(copy);
  }

  /** Purged, or deleted with the queue. */
  sweep(copy: number, outcome: Outcome): void {
    const { messages, facts } = this;
    const stage = this.withdraw(copy);
    messages.fate(messages.copies.obligation[copy], outcome);
    facts.purged(this.id, copy, stage);
    this.drop(copy);
  }

  get isFull(): boolean {
    return this.inFlight >= this.options.inFlightMax;
  }

  /** A copy that has gone may have made room, or freed its group. */
  private serveIf(wasFull: boolean): void {
    if (wasFull || this.fifo !== null) this.receiving.serve();
  }

  /** Takes a copy out of the structure its state has put it in. Returns where it stood. */
  private withdraw(copy: number): CopyStage {
    const c = this.copies;
    const state = c.state[copy];
    if (state === CopyState.InFlight) {
      const delivery = c.prev[copy];
      this.shelf.land(copy);
      this.shelf.leave(copy);
      this.visibility.clear(delivery);
      this.inFlight--;
      this.messages.storeReleases(delivery);
      return Stage.InFlight;
    }
    if (state === CopyState.Delayed) {
      this.delays.withdraw(copy);
      this.shelf.leave(copy);
      return Stage.Delayed;
    }
    this.shelf.remove(copy);
    this.shelf.leave(copy);
    return Stage.Visible;
  }

  private drop(copy: number): void {
    if (this.retention.has(copy)) this.retention.clear(copy);
    this.copies.state[copy] = CopyState.Gone;
    this.pasts.forget(copy);
    this.messages.dropCopy(copy);
  }

  /** When SQS took the message, as its SentTimestamp says. */
  sentAt(copy: number): number {
    return this.retention.baseOf(copy);
  }

  /**
   * True when one more receive of this copy would exceed maxReceiveCount. A dead-letter queue with a policy of
   * its own counts its own receives only, although the count that it shows goes on.
   */
  isExhausted(copy: number): boolean {
    const { deadLetter } = this.options;
    if (deadLetter === null) return false;
    const receives = this.messages.copies.receiveCount[copy] - this.pasts.receivesBefore(copy);
    return receives >= deadLetter.maxReceiveCount && !this.store.queueAt(deadLetter.target).isGone;
  }
}
