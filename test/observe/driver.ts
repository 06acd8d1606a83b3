// A small world for observers: tables, a clock that the test sets, and a store that does what a queue does, in the
// order in which queues tell it. Marks are made of the message's number.

import type { Facts } from '../../src/components/facts.js';
import { CopyStage, NOBODY, Outcome, RunEnd } from '../../src/components/facts.js';
import { Makes } from '../../src/components/makes.js';
import { Holder, Messages, NONE } from '../../src/components/messages.js';
import { Watch } from '../../src/observe/watch.js';
import type { WatchOptions } from '../../src/observe/watch-options.js';

/** Numbers of the world's names: two kinds of traffic, two queues, a dead-letter queue, two fleets. */
export const SHOPPERS = 0;
export const BOTS = 1;
export const ORDERS = 2;
export const MAILS = 3;
export const DEAD = 4;
export const WORKERS = 5;
export const MAILERS = 6;
/** A topic, a second one to which it pushes, and an endpoint (push-driver.ts). */
export const TOPIC = 7;
export const FEED = 8;
export const PARTNER = 9;
export const NAMES = 10;

export class FakeClock {
  now = 0;
}

export function watchOptions(options: Partial<WatchOptions> = {}): WatchOptions {
  return {
    names: NAMES,
    stores: [ORDERS, MAILS, DEAD],
    consumers: [WORKERS, MAILERS, PARTNER],
    pushers: [TOPIC, FEED],
    relays: [FEED],
    delays: new Float64Array(NAMES),
    maxReceiveCounts: new Float64Array(NAMES).fill(Infinity),
    metered: [],
    warmUp: 0,
    ...options,
  };
}

/** Passes on to listeners that are known later. */
export interface Told {
  facts: Facts;
}

export class Driver {
  readonly messages: Messages;
  private serial = 0;
  /** Of copies: which was stored before which. */
  private readonly sequences = new Map<number, number>();
  private stores = 0;
  private born = 0;

  constructor(
    readonly clock: FakeClock,
    readonly facts: Facts,
    capacity = 1,
  ) {
    this.messages = new Messages({ capacity, poison: capacity === 1 }, facts, new Makes());
  }

  // --- producers ---

  /** `mayRepeat`: its producer may send it again although it was stored. */
  birth(source = SHOPPERS, size = 1000, mayRepeat = false): number {
    const n = this.born++;
    const mark0 = Math.imul(n + 1, 0x9e3779b1);
    const mark1 = Math.imul(n + 7, 0x85ebca6b);
    const message = this.messages.born(source, this.clock.now, mark0, mark1, size);
    if (mayRepeat) this.messages.mayRepeat(message);
    this.facts.born(source, message);
    return message;
  }

  retry(message: number, isThrottled: 0 | 1 = 0): void {
    this.facts.retried(this.messages.messages.source[message], message, isThrottled);
  }

  answer(message: number): void {
    this.facts.answered(this.messages.messages.source[message], message);
    this.messages.release(message);
  }

  giveUp(message: number): void {
    this.facts.gaveUp(this.messages.messages.source[message], message);
    this.messages.release(message);
  }

  // --- a store ---

  tellStored(queue: number, copy: number, stage: CopyStage): void {
    this.sequences.set(copy, this.stores++);
    this.facts.stored(queue, copy, stage);
  }

  /** Delayed unless said otherwise. */
  store(
    message: number,
    queue: number,
    consumer: number,
    stage: CopyStage = CopyStage.Delayed,
  ): number {
    const { messages } = this;
    const copy = messages.addTaken(message, NONE, 0, consumer);
    this.tellStored(queue, copy, stage);
    return copy;
  }

  /** `asked`: the copy had a delay of its own. */
  show(queue: number, copy: number, asked: number | null = null): void {
    if (asked !== null) this.facts.delayed(queue, copy, asked);
    this.facts.visible(queue, copy);
  }

  /** A message that is stored and visible at once. */
  send(queue = ORDERS, consumer = WORKERS, source = SHOPPERS): number {
    const message = this.birth(source);
    const copy = this.store(message, queue, consumer, CopyStage.Visible);
    this.answer(message);
    return copy;
  }

  /** From a queue that keeps order: `group` and for how long it was blocked. */
  takeOf(group: number, blocked: number, queue: number, copy: number, consumer = WORKERS): number {
    const delivery = this.take(queue, copy, consumer);
    this.messages.deliveries.sequence[delivery] = this.sequences.get(copy)!;
    this.facts.ofGroup(queue, delivery, group, blocked);
    return delivery;
  }

  take(queue: number, copy: number, consumer = WORKERS): number {
    this.messages.copies.receiveCount[copy]++;
    const delivery = this.messages.addDelivery(copy, ++this.serial, consumer);
    this.facts.taken(queue, delivery);
    return delivery;
  }

  /** The visibility timeout of the delivery ended; `cause` is what a later run is blamed on. */
  giveBack(queue: number, delivery: number, cause = 1): void {
    const { deliveries } = this.messages;
    if ((deliveries.holders[delivery] & Holder.Consumer) !== 0) {
      this.messages.blame(deliveries.obligation[delivery], cause);
    }
    this.facts.returned(queue, delivery);
    this.messages.storeReleases(delivery);
  }

  /** The consumer hides a copy again that has become visible since. */
  hide(queue: number, delivery: number): void {
    this.messages.storeTakes(delivery);
    this.facts.hidden(queue, delivery);
  }

  /** `delivery`: the one that hides the copy, or NONE. */
  remove(queue: number, copy: number, delivery = NONE): void {
    if (delivery !== NONE) this.messages.storeReleases(delivery);
    this.facts.deleted(queue, copy, delivery === NONE ? CopyStage.Visible : CopyStage.InFlight);
    this.messages.dropCopy(copy);
  }

  expire(queue: number, copy: number, stage: CopyStage = CopyStage.Visible): void {
    this.messages.fate(this.messages.copies.obligation[copy], Outcome.Expired);
    this.facts.expired(queue, copy, stage);
    this.messages.dropCopy(copy);
  }

  /** `delivery`: the one that hides the copy, or NONE. */
  purge(queue: number, copy: number, stage: CopyStage, delivery = NONE): void {
    if (delivery !== NONE) this.messages.storeReleases(delivery);
    this.messages.fate(this.messages.copies.obligation[copy], Outcome.Purged);
    this.facts.purged(queue, copy, stage);
    this.messages.dropCopy(copy);
  }

  /** Back out of a dead-letter queue. */
  redrive(copy: number, target: number, consumer: number, stage: CopyStage): void {
    this.facts.redriven(DEAD, copy, target);
    this.messages.copies.receiveCount[copy] = 0;
    this.messages.digUp(copy, consumer);
    this.tellStored(target, copy, stage);
  }

  /** To a dead-letter queue that nobody consumes, or that `consumer` does. Returns the copy there. */
  deadLetter(queue: number, copy: number, target: number, consumer = NOBODY): number {
    this.facts.deadLettered(queue, copy, target);
    let own = copy;
    if (consumer === NOBODY) this.messages.bury(copy);
    else {
      const obligation = this.messages.copies.obligation[copy];
      own = this.messages.addCopy(
        this.messages.owe(this.messages.obligations.message[obligation], consumer),
      );
      this.messages.fate(obligation, Outcome.DeadLettered);
      this.messages.dropCopy(copy);
    }
    this.tellStored(target, own, CopyStage.Visible);
    return own;
  }

  /** The store brings forth a further copy of what it has just handed out. */
  spawn(queue: number, obligation: number): number {
    const twin = this.messages.addCopy(obligation);
    this.messages.blame(obligation, 6);
    this.tellStored(queue, twin, CopyStage.Delayed);
    return twin;
  }

  // --- consumers ---

  /** A batch of one reaches a loop of `worker` that polled `queue`. */
  arrive(delivery: number, queue = ORDERS, worker = 0): void {
    const consumer = this.messages.deliveries.consumer[delivery];
    this.facts.loopFree(consumer, queue, worker);
    this.facts.arrived(consumer, queue, worker, delivery);
  }

  begin(delivery: number, worker = 0): void {
    this.messages.beginRun(delivery);
    this.facts.runBegan(this.messages.deliveries.consumer[delivery], delivery, worker);
  }

  end(delivery: number, end: RunEnd = RunEnd.Ok, worker = 0): void {
    if (end === RunEnd.Ok || end === RunEnd.Skipped) this.messages.endRunWell(delivery);
    else if (end === RunEnd.Failed) this.messages.endRunFailed(delivery);
    else this.messages.endRunLost(delivery);
    this.facts.runEnded(this.messages.deliveries.consumer[delivery], delivery, worker, end);
  }

  release(delivery: number): void {
    this.messages.consumerReleases(delivery);
  }
}

export interface Scene {
  readonly clock: FakeClock;
  readonly watch: Watch;
  readonly driver: Driver;
}

/** A watch and a driver that tells it; `makes`: what messages are about. */
export function scene(
  options: Partial<WatchOptions> = {},
  capacity = 1,
  makes: Makes = new Makes(),
): Scene {
  const clock = new FakeClock();
  const watch = new Watch(clock, watchOptions(options));
  const driver = new Driver(clock, watch, capacity);
  watch.attach(driver.messages);
  watch.begin(makes);
  return { clock, watch, driver };
}
