// The part of random stories that a topic tells: it accepts messages for some of its links, tries, and gives up.

import { Cause, CopyStage, Outcome, RunEnd } from '../../src/components/facts.js';
import type { Driver } from './driver.js';
import { FEED, PARTNER, TOPIC } from './driver.js';
import type { Push } from './push-driver.js';
import { LINKS, PushDriver } from './push-driver.js';

/** What the rest of a story does for this part. */
export interface Around {
  consumerOf(target: number): number;
  /** A copy lies in a queue now. */
  stored(copy: number, queue: number, stage: CopyStage): void;
}

export class PushStory {
  private readonly pushes: PushDriver;
  /** Those between two attempts, and those whose attempt is out. */
  private waiting: Push[] = [];
  private out: Push[] = [];
  /** Runs at the endpoint. */
  private runs: { readonly push: Push; readonly delivery: number }[] = [];
  private readonly sent: number[] = [];

  constructor(
    private readonly driver: Driver,
    private readonly around: Around,
    private readonly deadLetters: number,
    private readonly deadConsumer: number,
  ) {
    this.pushes = new PushDriver(driver);
  }

  /** What may happen next; each takes a number that picks. */
  readonly kinds: readonly ((which: number) => void)[] = [
    (which) => this.attempt(which),
    (which) => this.attempt(which),
    (which) => this.taken(which),
    (which) => this.taken(which),
    (which) => this.runOver(which),
    (which) => this.fail(which),
    (which) => this.giveUp(which),
    (which) => this.again(which),
  ];

  /** The topic accepts a message: the bits of `which` say for which links. */
  publish(message: number, which: number): void {
    const { facts } = this.driver;
    let accepted = 0;
    LINKS[TOPIC].forEach((_, link) => {
      if (((which >> link) & 1) === 0) facts.filtered(TOPIC, message, link);
      else {
        this.accept(link, message);
        accepted++;
      }
    });
    if (accepted === 0) facts.unclaimed(TOPIC, message);
    this.sent.push(message);
  }

  private accept(link: number, message: number): void {
    const consumer = this.around.consumerOf(LINKS[TOPIC][link]);
    this.waiting.push(this.pushes.accept(TOPIC, link, message, consumer));
  }

  /** The topic accepts a further attempt of a producer. */
  private again(which: number): void {
    const { messages } = this.driver;
    const message = this.sent[which % Math.max(1, this.sent.length)];
    LINKS[TOPIC].forEach((_, link) => {
      if (message === undefined || messages.repeated(message, TOPIC * 0x1_0000 + link) < 0) return;
      this.accept(link, message);
    });
  }

  private attempt(which: number): void {
    const push = pick(this.waiting, which);
    if (push === undefined) return;
    this.waiting = without(this.waiting, push);
    this.out.push(push);
    this.pushes.attempt(push);
  }

  /** The target takes what is under way; its answer may get lost. */
  private taken(which: number): void {
    const push = pick(this.out, which);
    if (push === undefined) return;
    this.out = without(this.out, push);
    const { target } = push;
    if (target === PARTNER) {
      this.runs.push({ push, delivery: this.pushes.receive(push) });
      return;
    }
    if (target === FEED) {
      const links = LINKS[FEED].map((_, link) => link).filter((link) => (which >> link) & 1);
      const passed = this.pushes.passOn(push, links, (one) => this.around.consumerOf(one));
      this.waiting.push(...passed);
    } else {
      const stage = which % 3 === 0 ? CopyStage.Delayed : CopyStage.Visible;
      const copy = this.pushes.store(push, target, this.around.consumerOf(target), stage);
      this.around.stored(copy, target, stage);
    }
    if (which % 5 === 0) this.failed(push);
    else this.pushes.delivered(push);
  }

  private runOver(which: number): void {
    const run = pick(this.runs, which);
    if (run === undefined) return;
    this.runs = without(this.runs, run);
    const isWell = which % 3 !== 0;
    this.driver.end(run.delivery, isWell ? RunEnd.Ok : RunEnd.Failed);
    this.driver.release(run.delivery);
    if (!isWell || which % 7 === 0) this.failed(run.push);
    else this.pushes.delivered(run.push);
  }

  private fail(which: number): void {
    const push = pick(this.out, which);
    if (push === undefined) return;
    this.out = without(this.out, push);
    this.failed(push);
  }

  private failed(push: Push): void {
    this.driver.messages.blame(push.obligation, Cause.DeliveryRetry);
    this.pushes.fail(push);
    this.waiting.push(push);
  }

  private giveUp(which: number): void {
    const tried = this.waiting.filter(({ attempts }) => attempts > 0);
    const push = pick(tried, which);
    if (push === undefined) return;
    this.waiting = without(this.waiting, push);
    if (which % 2 === 0) {
      const isRefused = which % 4 === 0;
      this.pushes.drop(push, isRefused ? Outcome.DeliveryRefused : Outcome.DeliveryExhausted);
      return;
    }
    const copy = this.pushes.divert(push, this.deadConsumer, CopyStage.Visible);
    this.around.stored(copy, this.deadLetters, CopyStage.Visible);
  }
}

function pick<T>(list: readonly T[], which: number): T | undefined {
  return list.length === 0 ? undefined : list[which % list.length];
}

function without<T>(list: readonly T[], one: T): T[] {
  return list.filter((other) => other !== one);
}
