// Random stories for observers: whatever a queue, its consumers and its fleet may do, in any order that they can.

import fc from 'fast-check';
import { CopyStage, NOBODY, Outcome, RunEnd } from '../../src/components/facts.js';
import {
  BOTS,
  DEAD,
  FEED,
  MAILERS,
  MAILS,
  ORDERS,
  PARTNER,
  SHOPPERS,
  TOPIC,
  WORKERS,
} from './driver.js';
import type { Driver } from './driver.js';
import { PushStory } from './push-story.js';

/** What happens next: which of the possible things, to which of its rows, after how long. */
export interface Turn {
  readonly what: number;
  readonly which: number;
  readonly after: number;
}

export const turns = (length: number): fc.Arbitrary<Turn[]> =>
  fc.array(
    fc.record({
      what: fc.nat(999),
      which: fc.nat(999),
      after: fc.oneof(
        fc.constant(0),
        fc.nat(5),
        fc.nat(5_000),
        fc.nat(3_000_000),
        fc.constantFrom(0, 0, 0, 6e9),
      ),
    }),
    // By itself fast-check prefers short stories, in which nothing happens.
    { minLength: length / 4, maxLength: length, size: 'max' },
  );

interface Copy {
  readonly row: number;
  readonly queue: number;
  hidden: Delivery | null;
  isDelayed: boolean;
}

interface Delivery {
  readonly row: number;
  readonly copy: Copy;
  readonly consumer: number;
  phase: 'onItsWay' | 'here' | 'running' | 'done';
}

/** Tells a story turn by turn; what is possible depends on what has happened. */
export class Story {
  private readonly unsent: { row: number; bornAt: number }[] = [];
  private readonly unanswered: { row: number; queue: number }[] = [];
  private copies: Copy[] = [];
  private deliveries: Delivery[] = [];
  private readonly polls = [0, 0, 0, 0, 0];
  private readonly loops = new Map<string, number>();
  private readonly workers = new Map<number, number>();
  private readonly pushes: PushStory;

  /** `deadConsumer`: who consumes the dead-letter queue; `fifo`: the queue that keeps order, or -1. */
  constructor(
    private readonly driver: Driver,
    private readonly deadConsumer: number,
    private readonly fifo = -1,
  ) {
    const around = {
      consumerOf: (target: number) => this.consumerOf(target),
      stored: (row: number, queue: number, stage: CopyStage) => this.stored(row, queue, stage),
    };
    this.pushes = new PushStory(driver, around, DEAD, deadConsumer);
  }

  tell(story: readonly Turn[]): void {
    for (const turn of story) {
      this.driver.clock.now += turn.after;
      this.turn(turn);
    }
  }

  private turn({ what, which }: Turn): void {
    const kinds = [
      () => this.birth(which),
      () => this.send(which),
      () => this.send(which),
      () => this.answer(which),
      () => this.show(which),
      () => this.show(which),
      () => this.take(which),
      () => this.take(which),
      () => this.take(which),
      () => this.arrive(which),
      () => this.arrive(which),
      () => this.begin(which),
      () => this.begin(which),
      () => this.end(which),
      () => this.end(which),
      () => this.giveBack(which),
      () => this.remove(which),
      () => this.expire(which),
      () => this.deadLetter(which),
      () => this.spawn(which),
      () => this.let(which),
      () => this.poll(which),
      () => this.poll(which),
      () => this.loop(which),
      () => this.loop(which),
      () => this.instance(which),
      () => this.driver.facts.desired(WORKERS, which % 7),
      () => this.driver.facts.scaled(WORKERS, which % 3, which % 9, which % 7),
      () => this.retry(which),
      () => this.sendAgain(which),
      () => this.hide(which),
      () => this.purge(which),
      () => this.redrive(which),
      () => this.redrive(which),
      // A message takes many steps to be done: some more of each.
      () => this.send(which),
      () => this.take(which),
      () => this.take(which),
      () => this.arrive(which),
      () => this.arrive(which),
      () => this.begin(which),
      () => this.begin(which),
      () => this.end(which),
      () => this.end(which),
      () => this.publish(which),
      () => this.publish(which),
      ...this.pushes.kinds.map((kind) => () => kind(which)),
    ];
    kinds[what % kinds.length]();
  }

  private pick<T>(list: readonly T[], which: number): T | undefined {
    return list.length === 0 ? undefined : list[which % list.length];
  }

  private birth(which: number): void {
    const row = this.driver.birth(which % 2 === 0 ? SHOPPERS : BOTS, which, which % 3 === 0);
    this.unsent.push({ row, bornAt: this.driver.clock.now });
  }

  /** The message waits in the buffer for part of the time since its birth, then travels. */
  private next(which: number): number | undefined {
    const { messages, clock } = this.driver;
    const next = this.unsent.shift();
    if (next === undefined) return undefined;
    messages.messages.buffered[next.row] = Math.min(
      Math.floor(((clock.now - next.bornAt) * (which % 3)) / 2),
      1e9,
    );
    return next.row;
  }

  /** To the topic. */
  private publish(which: number): void {
    const row = this.next(which);
    if (row === undefined) return this.birth(which);
    this.pushes.publish(row, which);
    this.unanswered.push({ row, queue: TOPIC });
  }

  private send(which: number): void {
    const row = this.next(which);
    if (row === undefined) return this.birth(which);
    const queue = which % 2 === 0 ? ORDERS : MAILS;
    const stage = which % 3 === 0 ? CopyStage.Visible : CopyStage.Delayed;
    const copy = this.driver.store(
      row,
      queue,
      which % 11 === 0 ? NOBODY : this.consumerOf(queue),
      stage,
    );
    this.stored(copy, queue, stage);
    this.unanswered.push({ row, queue });
  }

  private stored(row: number, queue: number, stage: CopyStage): void {
    const isDelayed = stage === CopyStage.Delayed;
    this.copies.push({ row, queue, hidden: null, isDelayed });
  }

  /** The producer tries again, whether or not an attempt was stored. */
  private retry(which: number): void {
    const isThrottled = which % 3 === 0 ? 1 : 0;
    const next = which % 2 === 0 ? this.unsent[0] : this.pick(this.unanswered, which);
    if (next !== undefined) this.driver.retry(next.row, isThrottled);
  }

  /** One more attempt is stored, or is found to be a duplicate. */
  private sendAgain(which: number): void {
    const { driver } = this;
    const next = this.pick(this.unanswered, which);
    if (next === undefined) return;
    const { row, queue } = next;
    if (which % 4 === 0) driver.facts.deduplicated(queue, row);
    if (driver.messages.repeated(row, 0) < 0) return;
    const stage = which % 2 === 0 ? CopyStage.Visible : CopyStage.Delayed;
    this.stored(driver.store(row, queue, this.consumerOf(queue), stage), queue, stage);
  }

  private consumerOf(queue: number): number {
    if (queue === FEED || queue === PARTNER) return queue;
    return queue === ORDERS ? WORKERS : queue === MAILS ? MAILERS : this.deadConsumer;
  }

  private answer(which: number): void {
    const message = this.unanswered.shift();
    if (message === undefined) return;
    if (which % 5 === 0) this.driver.giveUp(message.row);
    else this.driver.answer(message.row);
  }

  private show(which: number): void {
    const copy = this.pick(
      this.copies.filter((one) => one.isDelayed),
      which,
    );
    if (copy === undefined) return;
    copy.isDelayed = false;
    this.driver.show(copy.queue, copy.row, which % 4 === 0 ? 7 * which : null);
  }

  private visible(): Copy[] {
    return this.copies.filter((one) => !one.isDelayed && one.hidden === null);
  }

  private take(which: number): void {
    const { messages } = this.driver;
    const open = this.visible().filter(({ row, queue }) => {
      const owedTo = messages.obligations.consumer[messages.copies.obligation[row]];
      return owedTo !== NOBODY && this.consumerOf(queue) !== NOBODY;
    });
    const copy = this.pick(open, which);
    if (copy === undefined) return;
    const consumer = this.consumerOf(copy.queue);
    const row =
      copy.queue === this.fifo
        ? this.driver.takeOf(
            this.groupOf(copy),
            which * (which % 9),
            copy.queue,
            copy.row,
            consumer,
          )
        : this.driver.take(copy.queue, copy.row, consumer);
    const delivery: Delivery = { row, copy, consumer, phase: 'onItsWay' };
    copy.hidden = delivery;
    this.deliveries.push(delivery);
  }

  private groupOf({ row }: Copy): number {
    const { copies, obligations, messages } = this.driver.messages;
    return messages.size[obligations.message[copies.obligation[row]]] % 2;
  }

  private in(phase: Delivery['phase']): Delivery[] {
    return this.deliveries.filter((one) => one.phase === phase);
  }

  private arrive(which: number): void {
    const delivery = this.pick(this.in('onItsWay'), which);
    if (delivery === undefined) return;
    delivery.phase = 'here';
    this.driver.arrive(delivery.row, delivery.copy.queue, which % 3);
  }

  private begin(which: number): void {
    const delivery = this.pick(this.in('here'), which);
    if (delivery === undefined) return;
    delivery.phase = 'running';
    this.driver.begin(delivery.row, which % 3);
  }

  private end(which: number): void {
    const delivery = this.pick(this.in('running'), which);
    if (delivery === undefined) return;
    delivery.phase = 'done';
    const { Ok, Failed, Crashed, Killed, Skipped } = RunEnd;
    const ends = [Ok, Ok, Failed, Crashed, Killed, Ok, Skipped];
    this.driver.end(delivery.row, ends[which % ends.length], which % 3);
    if (which % 4 !== 0) this.release(delivery);
  }

  /** The consumer lets go of a delivery: one that is through, or one that it never got to. */
  private let(which: number): void {
    const delivery = this.pick(
      this.deliveries.filter((one) => one.phase !== 'running'),
      which,
    );
    if (delivery !== undefined) this.release(delivery);
  }

  private release(delivery: Delivery): void {
    this.deliveries = this.deliveries.filter((one) => one !== delivery);
    this.driver.release(delivery.row);
  }

  private giveBack(which: number): void {
    const copy = this.pick(
      this.copies.filter((one) => one.hidden !== null),
      which,
    );
    if (copy === undefined || copy.hidden === null) return;
    this.driver.giveBack(copy.queue, copy.hidden.row, 1 + (which % 6));
    copy.hidden = null;
  }

  /** Somebody who had a copy asks for more time, too late. */
  private hide(which: number): void {
    const visible = this.visible();
    const delivery = this.pick(
      this.deliveries.filter(({ copy }) => visible.includes(copy)),
      which,
    );
    if (delivery === undefined) return;
    this.driver.hide(delivery.copy.queue, delivery.row);
    delivery.copy.hidden = delivery;
  }

  private purge(which: number): void {
    const copy = this.pick(this.copies, which);
    if (copy === undefined || which % 3 !== 0) return;
    const { Delayed, InFlight, Visible } = CopyStage;
    const stage = copy.isDelayed ? Delayed : copy.hidden === null ? Visible : InFlight;
    this.driver.purge(copy.queue, copy.row, stage, copy.hidden?.row ?? -1);
    this.drop(copy);
  }

  private redrive(which: number): void {
    const copy = this.pick(
      this.visible().filter(({ queue }) => queue === DEAD),
      which,
    );
    if (copy === undefined) return;
    const target = which % 2 === 0 ? ORDERS : MAILS;
    const stage = which % 3 === 0 ? CopyStage.Delayed : CopyStage.Visible;
    this.drop(copy);
    this.driver.redrive(copy.row, target, this.consumerOf(target), stage);
    this.stored(copy.row, target, stage);
  }

  private drop(copy: Copy): void {
    this.copies = this.copies.filter((one) => one !== copy);
  }

  private remove(which: number): void {
    const copy = this.pick(
      this.copies.filter((one) => !one.isDelayed),
      which,
    );
    if (copy === undefined) return;
    const { messages } = this.driver;
    const obligation = messages.copies.obligation[copy.row];
    if (!messages.isDone(obligation)) messages.fate(obligation, Outcome.DeletedOnReceipt);
    this.driver.remove(copy.queue, copy.row, copy.hidden?.row ?? -1);
    this.drop(copy);
  }

  private expire(which: number): void {
    const copy = this.pick(
      this.copies.filter((one) => one.hidden === null),
      which,
    );
    if (copy === undefined || which % 3 !== 0) return;
    this.driver.expire(
      copy.queue,
      copy.row,
      copy.isDelayed ? CopyStage.Delayed : CopyStage.Visible,
    );
    this.drop(copy);
  }

  private deadLetter(which: number): void {
    const { messages } = this.driver;
    const owed = this.visible().filter(({ row, queue }) => {
      return (
        queue !== DEAD && messages.obligations.consumer[messages.copies.obligation[row]] !== NOBODY
      );
    });
    const copy = this.pick(owed, which);
    if (copy === undefined) return;
    this.drop(copy);
    const row = this.driver.deadLetter(copy.queue, copy.row, DEAD, this.deadConsumer);
    this.stored(row, DEAD, CopyStage.Visible);
  }

  private spawn(which: number): void {
    const delivery = this.pick(this.deliveries.slice(-1), which);
    if (delivery === undefined || delivery.copy.hidden !== delivery || which % 2 === 0) return;
    const { queue } = delivery.copy;
    const row = this.driver.spawn(queue, this.driver.messages.deliveries.obligation[delivery.row]);
    this.stored(row, queue, CopyStage.Delayed);
  }

  private poll(which: number): void {
    const queue = [ORDERS, MAILS, DEAD][which % 3];
    if (this.polls[queue] > 0 && which % 4 !== 0) {
      this.polls[queue]--;
      this.driver.facts.pollClosed(queue, this.consumerOf(queue), which % 11, which);
    } else {
      this.polls[queue]++;
      this.driver.facts.pollOpened(queue, this.consumerOf(queue), 2);
    }
  }

  private loop(which: number): void {
    const queue = [ORDERS, MAILS][which % 2];
    const worker = which % 3;
    const name = `${queue}/${worker}`;
    const free = this.loops.get(name) ?? 0;
    if (free > 0 && which % 5 < 3) {
      this.loops.set(name, free - 1);
      this.driver.facts.loopTaken(this.consumerOf(queue), queue, worker);
    } else {
      this.loops.set(name, free + 1);
      this.driver.facts.loopFree(this.consumerOf(queue), queue, worker);
    }
  }

  private instance(which: number): void {
    const worker = which % 3;
    const state = this.workers.get(worker) ?? -1;
    if (state >= 4) return;
    this.workers.set(worker, state + 1);
    this.driver.facts.instance(WORKERS, worker, (state + 1) as 0);
  }
}
