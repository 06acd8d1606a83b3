/**
 * ReceiveMessage: short polls look at a sample of the storage shards and answer at once; long polls
 * look at all of them and wait for the first message. A copy that has been handed out
 * maxReceiveCount times is moved to the dead-letter queue by the receive that meets it.
 * Source: SQS Developer Guide "Short and long polling"; algorithm of docs/components/sqs.queue.md.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Stream } from '../../kernel/random/streams.js';
import type { Facts } from '../facts.js';
import { Cause } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { NO_LABEL, QUEUE_DEFAULT, QueueError, QueueOperation } from '../queue-port.js';
import { Attempts } from './attempts.js';
import { FairShelf } from './fair-shelf.js';
import { SQS_LIMITS } from './limits.js';
import type { Parking } from './parking.js';
import type { Queue } from './queue.js';
import { moveToDeadLetters } from './transfer.js';
import { VisibleList } from './visible-list.js';

export class Receiving {
  private readonly waiting: Deadlines;
  private readonly draws: Stream;
  private readonly losesAnswers: boolean;
  /** All shards as bits. */
  private readonly allShards: number;
  /** Receives that said an attempt id; FIFO queues only. */
  readonly attempts: Attempts | null;
  /** What `collect` found: a list of deliveries, how many, their bytes. */
  private head = NONE;
  private found = 0;
  private foundBytes = 0;
  // of the queue and its world: fewer steps on the way to every row
  private readonly calls: Calls;
  private readonly facts: Facts;
  private readonly messages: Messages;
  private readonly parking: Parking;

  constructor(private readonly queue: Queue) {
    const { world, store, options } = queue;
    this.calls = world.calls;
    this.facts = world.facts;
    this.messages = world.messages;
    this.parking = queue.parking;
    this.waiting = new Deadlines(world.kernel, `${options.name}/wait`, store.polls.wait, (call) =>
      this.giveUp(call),
    );
    this.draws = world.streams.stream(options.name, 'receive');
    this.attempts = options.fifo === null ? null : new Attempts(queue);
    const { storageShards, lostReceive } = options.assume;
    this.losesAnswers = lostReceive > 0;
    this.allShards = storageShards === 32 ? -1 : (1 << storageShards) - 1;
  }

  /** A ReceiveMessage call has arrived. */
  begin(call: number): void {
    const { calls, queue } = this;
    if (queue.gate !== null && queue.gate.refusesReceive(call) !== 0) {
      calls.first[call] = NONE;
      calls.carries[call] = 0;
      calls.answer(call);
      return;
    }
    this.facts.pollOpened(queue.id, calls.client[call], QueueOperation.ReceiveMessage);
    if (this.attempts !== null && calls.c[call] !== NO_LABEL && this.repeats(call)) return;
    const asked = calls.a[call];
    const wait = asked === QUEUE_DEFAULT ? queue.options.receiveWait : asked;
    if (queue.isFull) {
      this.refuseAtCap(call, wait);
      return;
    }
    if (this.isRefusedContent(call)) return;
    this.collect(wait === 0 ? this.sampleShards() : this.visibleTo(wait), call);
    if (this.found > 0 || wait === 0) this.answer(call);
    else this.park(call, wait);
  }

  /** Answers a receive whose attempt id is known with what it got before, if that is still good. */
  private repeats(call: number): boolean {
    const { calls, attempts } = this;
    if (calls.abandoned[call] === 1) return this.answersNobody(call);
    const first = attempts!.again(calls.c[call], this.timeoutOf(call), call);
    if (first === NONE) return false;
    this.collectNothing();
    this.head = first;
    const { next } = this.messages.deliveries;
    for (let row = first; row !== NONE; row = next[row]) this.count(row);
    this.answer(call);
    return true;
  }

  /** A receive that its client has given up while it was on the way must not disturb the one that followed it. */
  private answersNobody(call: number): boolean {
    if (!this.attempts!.knows(this.calls.c[call])) return false;
    this.collectNothing();
    this.answer(call);
    return true;
  }

  /** Hands visible copies to waiting polls, as long as there are both. */
  serve(): void {
    const { parking, queue } = this;
    while (parking.length > 0 && queue.shelf.length > 0 && !queue.isFull) {
      if (!this.serveOne(parking.choose())) return;
    }
  }

  /** Answers a waiting poll, unless all that was visible went to the dead-letter queue. */
  private serveOne(call: number): boolean {
    const { calls } = this;
    if (calls.abandoned[call] === 0) {
      if (this.isRefusedContent(call)) return true;
      this.collect(this.allShards, call);
      if (this.found === 0) return false;
    } else this.collectNothing();
    this.unpark(call);
    this.answer(call);
    return true;
  }

  /** Encrypted queues: there is something to return, and KMS gives no data key for it. */
  private isRefusedContent(call: number): boolean {
    const { gate, shelf } = this.queue;
    if (gate === null || shelf.length === 0 || gate.refusesContent(call) === 0) return false;
    if (this.waiting.has(call)) this.unpark(call);
    this.collectNothing();
    this.answer(call);
    return true;
  }

  // --- waiting -----------------------------------------------------------------------------------

  private park(call: number, wait: number): void {
    this.parking.park(call);
    this.waiting.set(call, wait);
  }

  private unpark(call: number): void {
    this.parking.unpark(call);
    if (this.waiting.has(call)) this.waiting.clear(call);
  }

  /** The wait of a long poll is over. */
  private giveUp(call: number): void {
    this.parking.unpark(call);
    this.collectNothing();
    this.answer(call);
  }

  /** At the in-flight cap a short poll gets OverLimit (FIFO: nothing); a long poll waits and gets nothing. */
  private refuseAtCap(call: number, wait: number): void {
    this.collectNothing();
    if (wait > 0) {
      this.park(call, wait);
      return;
    }
    if (this.queue.fifo === null) this.calls.error[call] = QueueError.OverLimit;
    this.answer(call);
  }

  /** The queue is deleted: no poll waits any longer. */
  dismiss(): void {
    while (this.parking.length > 0) {
      const call = this.parking.choose();
      this.unpark(call);
      this.collectNothing();
      this.calls.error[call] = QueueError.QueueDoesNotExist;
      this.answer(call);
    }
  }

  // --- collecting --------------------------------------------------------------------------------

  private collectNothing(): void {
    this.head = NONE;
    this.found = 0;
    this.foundBytes = 0;
  }

  /** Takes as many copies from `shards` (bits) as the call asks for and the queue lets go. */
  private collect(shards: number, call: number): void {
    this.collectNothing();
    const { queue } = this;
    const { shelf } = queue;
    const max = Math.min(this.calls.carries[call], queue.options.inFlightMax - queue.inFlight);
    let tail = NONE;
    shelf.begin();
    while (this.found < max) {
      const copy = shelf.next(shards);
      if (copy === NONE) break;
      if (queue.isOverdue(copy)) {
        queue.takeOutExpired(copy);
        shelf.begin(); // nothing was taken of its group: it was the oldest
        continue;
      }
      if (queue.isExhausted(copy)) {
        moveToDeadLetters(queue, copy);
        continue;
      }
      const delivery = queue.handOut(copy, this.calls.client[call], this.timeoutOf(call));
      this.count(delivery);
      if (tail === NONE) this.head = delivery;
      else this.messages.deliveries.next[tail] = delivery;
      tail = delivery;
    }
    if (this.attempts !== null && this.found > 0 && this.calls.c[call] !== NO_LABEL)
      this.attempts.remember(this.calls.c[call], this.head, call);
  }

  private timeoutOf(call: number): number {
    const asked = this.calls.b[call];
    return asked === QUEUE_DEFAULT ? this.queue.options.visibilityTimeout : asked;
  }

  private count(delivery: number): void {
    const { messages } = this;
    const { copy, obligation } = messages.deliveries;
    const message = messages.obligations.message[obligation[delivery]];
    this.foundBytes += this.queue.bytesOf(copy[delivery], message);
    this.found++;
  }

  /** The distinct shards that one short poll looks at, each set equally likely. */
  private sampleShards(): number {
    const { storageShards, shortPollShards } = this.queue.options.assume;
    if (shortPollShards >= storageShards) return this.allShards;
    let shards = 0;
    for (let left = shortPollShards, of = storageShards; left > 0; of--) {
      if (this.draws.below(of) < left) {
        shards |= 1 << (of - 1);
        left--;
      }
    }
    const { shelf } = this.queue;
    if (shelf instanceof VisibleList || shelf instanceof FairShelf)
      shelf.turn = this.draws.below(storageShards);
    return shards;
  }

  /** What a long poll sees: all shards, but in rare cases nothing. */
  private visibleTo(wait: number): number {
    const { falseEmpty } = this.queue.options.assume;
    if (falseEmpty === 0 || wait >= SQS_LIMITS.reliableWait) return this.allShards;
    return this.draws.uniform() < falseEmpty ? 0 : this.allShards;
  }

  // --- answering ---------------------------------------------------------------------------------

  private answer(call: number): void {
    const { calls, queue } = this;
    queue.tally.received += this.found;
    if (this.found === 0) queue.tally.emptyReceives++;
    this.facts.pollClosed(queue.id, calls.client[call], this.found, this.foundBytes);
    calls.returns(call, this.foundBytes);
    if (this.losesAnswers && this.found > 0) this.perhapsLoseAnswer();
    calls.first[call] = this.head;
    calls.carries[call] = this.found;
    calls.answer(call);
  }

  private perhapsLoseAnswer(): void {
    if (this.draws.uniform() < this.queue.options.assume.lostReceive) this.loseAnswer();
  }

  /** The messages are hidden, but the consumer gets an empty answer. */
  private loseAnswer(): void {
    const { messages } = this;
    let row = this.head;
    while (row >= 0) {
      const next = messages.deliveries.next[row];
      messages.blame(messages.deliveries.obligation[row], Cause.LostReceive);
      messages.consumerReleases(row);
      row = next;
    }
    this.collectNothing();
  }
}
