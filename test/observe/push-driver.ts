// Pushes in the small world of driver.ts: a topic with five links, one of them to a second topic that passes on what it
// takes; facts come in the order in which services tell them.

import type { CopyStage } from '../../src/components/facts.js';
import { Outcome } from '../../src/components/facts.js';
import { DEAD, FEED, MAILS, ORDERS, PARTNER, TOPIC } from './driver.js';
import type { Driver } from './driver.js';

/** The targets of the links of each pusher. */
export const LINKS: Readonly<Record<number, readonly number[]>> = {
  [TOPIC]: [ORDERS, MAILS, PARTNER, FEED, PARTNER],
  [FEED]: [MAILS, PARTNER],
};

const PLACES = 0x1_0000;

export interface Push {
  readonly pusher: number;
  readonly link: number;
  readonly target: number;
  readonly obligation: number;
  attempts: number;
}

export class PushDriver {
  constructor(private readonly driver: Driver) {}

  /** The pusher accepts a message for a link; it is owed to `consumer`. */
  accept(pusher: number, link: number, message: number, consumer: number): Push {
    const { messages, facts } = this.driver;
    const place = pusher * PLACES + link;
    const obligation = messages.oweAt(place, message, consumer);
    messages.hold(obligation);
    facts.dispatched(pusher, obligation, link);
    const target = LINKS[pusher][link];
    return { pusher, link, target, obligation, attempts: 0 };
  }

  attempt(push: Push): void {
    this.driver.facts.pushed(push.pusher, push.obligation, push.link, push.attempts++);
  }

  /** A queue stores what is pushed there. Returns the copy. */
  store(push: Push, queue: number, consumer: number, stage: CopyStage): number {
    const copy = this.driver.messages.addPushed(push.obligation, consumer);
    this.driver.tellStored(queue, copy, stage);
    return copy;
  }

  /** An endpoint takes it, and its handler begins. Returns the delivery. */
  receive(push: Push): number {
    const { messages, facts } = this.driver;
    const delivery = messages.addReceived(push.obligation, push.attempts, push.target);
    facts.received(push.target, delivery);
    this.driver.begin(delivery);
    return delivery;
  }

  /** A topic behind a topic takes it, for the links that it says; none: for nobody. */
  passOn(push: Push, links: readonly number[], consumerOf: (target: number) => number): Push[] {
    const { messages, facts } = this.driver;
    const message = messages.obligations.message[push.obligation];
    const { target } = push;
    const passed = links.map((link) =>
      this.accept(target, link, message, consumerOf(LINKS[target][link])),
    );
    if (passed.length === 0) facts.unclaimed(target, message);
    messages.passedOn(push.obligation);
    return passed;
  }

  fail(push: Push, error = 10): void {
    this.driver.facts.pushFailed(push.pusher, push.obligation, push.link, error);
  }

  delivered(push: Push): void {
    this.driver.facts.delivered(push.pusher, push.obligation, push.link);
    this.driver.messages.letGo(push.obligation);
  }

  drop(push: Push, outcome: Outcome = Outcome.DeliveryExhausted): void {
    const { messages, facts } = this.driver;
    messages.fate(push.obligation, outcome);
    facts.dropped(push.pusher, push.obligation, push.link, outcome);
    messages.letGo(push.obligation);
  }

  /** The dead-letter queue takes it. Returns the copy there. */
  divert(push: Push, consumer: number, stage: CopyStage): number {
    const { messages, facts } = this.driver;
    messages.fate(push.obligation, Outcome.DeadLettered);
    const copy = this.store(push, DEAD, consumer, stage);
    facts.diverted(push.pusher, push.obligation, push.link, DEAD);
    messages.letGo(push.obligation);
    return copy;
  }
}
