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
import { QUEUE_DEFAULT, QueueOperation } from '../queue-port.js';
import { QueueError } from './errors.js';
import { SQS_LIMITS } from './limits.js';
import type { Parking } from './parking.js';
import type { Queue } from './queue.js';
import type { VisibleList } from './visible-list.js';

export class Receiving {
  private readonly waiting: Deadlines;
  private readonly draws: Stream;
  private readonly losesAnswers: boolean;
  /** All shards as bits. */
  private readonly allShards: number;
  /** The shard where the next receive begins to look. */
  private turn = 0;
  /** What `collect` found: a list of deliveries, how many, their bytes. */
  private head = NONE;
  private found = 0;
  private foundBytes = 0;
  // of the queue and its world: fewer steps on the way to every row
  private readonly calls: Calls;
  private readonly facts: Facts;
  private readonly messages: Messages;
  private readonly visible: VisibleList;
  private readonly parking: Parking;

  constructor(private readonly queue: Queue) {
    const { world, store, options } = queue;
    this.calls = world.calls;
    this.facts = world.facts;
    this.messages = world.messages;
    this.visible = queue.visible;
    this.parking = queue.parking;
    this.waiting = new Deadlines(world.kernel, `${options.name}/wait`, store.polls.wait, (call) =>
      this.giveUp(call),
    );
    this.draws = world.streams.stream(options.name, 'receive');
    const { storageShards, lostReceive } = options.assume;
    this.losesAnswers = lostReceive > 0;
    this.allShards = storageShards === 32 ? -1 : (1 << storageShards) - 1;
  }

  /** A ReceiveMessage call has arrived. */
  begin(call: number): void {
    const { calls } = this;
    this.facts.pollOpened(this.queue.id, calls.client[call], QueueOperation.ReceiveMessage);
    const asked = calls.a[call];
    const wait = asked === QUEUE_DEFAULT ? this.queue.options.receiveWait : asked;
    if (this.queue.inFlight >= SQS_LIMITS.inFlightMax) {
      this.refuseAtCap(call, wait);
      return;
    }
    this.collect(
      calls.carries[call],
      wait === 0 ? this.sampleShards() : this.visibleTo(wait),
      call,
    );
    if (this.found > 0 || wait === 0) this.answer(call);
    else this.park(call, wait);
  }

  /** Hands visible copies to waiting polls, as long as there are both. */
  serve(): void {
    const { parking, visible } = this;
    while (
      visible.length > 0 &&
      parking.length > 0 &&
      this.queue.inFlight < SQS_LIMITS.inFlightMax
    ) {
      if (!this.serveOne(parking.choose())) return;
    }
  }

  /** Answers a waiting poll, unless all that was visible went to the dead-letter queue. */
  private serveOne(call: number): boolean {
    const { calls } = this;
    if (calls.abandoned[call] === 0) {
      this.collect(calls.carries[call], this.allShards, call);
      if (this.found === 0) return false;
    } else this.collectNothing();
    this.unpark(call);
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

  /** At the in-flight cap a short poll gets OverLimit; a long poll waits and gets nothing. */
  private refuseAtCap(call: number, wait: number): void {
    this.collectNothing();
    if (wait > 0) {
      this.park(call, wait);
      return;
    }
    this.calls.error[call] = QueueError.OverLimit;
    this.answer(call);
  }

  // --- collecting --------------------------------------------------------------------------------

  private collectNothing(): void {
    this.head = NONE;
    this.found = 0;
    this.foundBytes = 0;
  }

  /** Takes up to `max` copies from `shards` (bits), one shard after the other. */
  private collect(max: number, shards: number, call: number): void {
    this.collectNothing();
    const { visible } = this;
    let tail = NONE;
    while (this.found < max) {
      const open = visible.filledShards & shards;
      if (open === 0) break;
      const shard = this.nextShard(open);
      const copy = visible.first(shard);
      if (this.queue.isExhausted(copy)) {
        this.queue.moveToDeadLetters(copy);
        continue;
      }
      const delivery = this.handOut(copy, call);
      if (tail === NONE) this.head = delivery;
      else this.messages.deliveries.next[tail] = delivery;
      tail = delivery;
    }
  }

  private handOut(copy: number, call: number): number {
    const { messages, calls } = this;
    const asked = calls.b[call];
    const timeout = asked === QUEUE_DEFAULT ? this.queue.options.visibilityTimeout : asked;
    const delivery = this.queue.handOut(copy, calls.client[call], timeout);
    const message = messages.obligations.message[messages.deliveries.obligation[delivery]];
    this.foundBytes += messages.messages.size[message];
    this.found++;
    return delivery;
  }

  /** The next of the `open` shards at or after the turn; the turn goes on behind it. */
  private nextShard(open: number): number {
    if (this.allShards === 1) return 0;
    const ahead = open & (-1 << this.turn);
    const pick = ahead === 0 ? open : ahead;
    const shard = 31 - Math.clz32(pick & -pick);
    this.turn = (shard + 1) % this.queue.visible.shards;
    return shard;
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
    this.turn = this.draws.below(storageShards);
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
    this.facts.pollClosed(queue.id, calls.client[call], this.found, this.foundBytes);
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
