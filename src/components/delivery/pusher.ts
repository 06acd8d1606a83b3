/**
 * A pusher: a service that delivers by itself (a topic, a bus, notifications, schedules). Whatever it accepts for a
 * link becomes an obligation at once, and each obligation has its own retries and its own fate: taken by the target,
 * by the link's dead-letter queue, or lost with a cause. Nothing that one link does is felt by another, or by the
 * producer.
 *
 * A push: `dispatch` → after the service's latency an attempt sets out as a call under the obligation → the
 * answer. A refusal that a later attempt may change is tried again as the schedule of the link says; another one is
 * for good. An answer that does not come in time may hide a delivery: what is tried again then may be taken twice.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { Facts } from '../facts.js';
import { Cause, Outcome } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { CallError } from '../port.js';
import { isPassing } from '../program/attempts.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';
import { GroupLines } from './group-lines.js';
import { ANSWER_PATIENCE, AWS_MANAGED } from './limits.js';
import { Link } from './link.js';
import type { LinkOptions } from './options.js';
import { PushCalls } from './push-calls.js';
import { PushTable } from './push-table.js';
import { NO_RETRY } from './schedules.js';

/** Places of links beside those of stores (Messages.oweAt). */
const LINKS = 0x1_0000;
/** Of PushTable.twice: a second delivery follows the first; the first is made. */
const TO_MAKE = 1;
const MADE = 2;

export class Pusher {
  readonly links: Link[] = [];
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly facts: Facts;
  private readonly pushes: PushTable;
  private readonly lines: GroupLines;
  private readonly attempts: PushCalls;
  private readonly patience: Deadlines;
  private readonly onDue: Handler;
  private readonly onTurn: Handler;
  private readonly onAnswer: Handler;

  /** While building; `id` is the resource that pushes. */
  constructor(
    private readonly world: World,
    private readonly id: number,
    private readonly name: string,
  ) {
    const { kernel } = world;
    this.kernel = kernel;
    this.calls = world.calls;
    this.messages = world.messages;
    this.facts = world.facts;
    this.pushes = new PushTable(kernel.tables);
    this.lines = new GroupLines(this.pushes);
    this.onDue = kernel.handler(`${name}/push due`, (push) => this.attempt(push));
    this.onTurn = kernel.handler(`${name}/push`, (push) => this.setOut(push));
    this.onAnswer = kernel.handler(`${name}/push answered`, (call) => this.takeAnswer(call));
    this.attempts = new PushCalls(world, id, this.pushes, this.onAnswer);
    this.patience = new Deadlines(kernel, `${name}/push timeout`, this.pushes.patience, (push) =>
      this.giveUpWaiting(push),
    );
    this.calls.setPatience(id, ANSWER_PATIENCE);
  }

  /** A further link; returns its number. Links that come while the world runs draw from streams of their own name. */
  addLink(options: LinkOptions): number {
    return this.links.push(new Link(this.world, this.name, options)) - 1;
  }

  /** How many pushes are not over. */
  get underWay(): number {
    return this.pushes.count;
  }

  /**
   * The pusher accepts `message` for a link. `group` and `id`: labels of its message group and deduplication id, or
   * NO_LABEL; `wrapped`: bytes that others had wrapped around it before. Returns the obligation, or NONE where nothing
   * goes any more.
   */
  dispatch(link: number, message: number, group: number, id: number, wrapped = 0): number {
    const obligation = this.owe(link, message);
    if (obligation !== NONE) this.send(link, obligation, group, id, wrapped);
    return obligation;
  }

  /** The link is owed `message` from now on; the caller keeps the obligation until it lets `send` follow. */
  owe(link: number, message: number): number {
    return this.links[link].isGone ? NONE : this.obligationOf(link, message);
  }

  /**
   * What was owed elsewhere under `obligation` could not be done: the link's dead-letter queue has it next; if that
   * does not take it, it has `outcome`.
   */
  bury(link: number, obligation: number, outcome: Outcome): void {
    const { messages, pushes } = this;
    const push = this.addPush(link, obligation, NO_LABEL, NO_LABEL);
    this.facts.dispatched(this.id, obligation, link);
    messages.fate(obligation, Outcome.DeadLettered);
    pushes.buried[push] = outcome;
    this.kernel.soon(this.onDue, push);
  }

  /** What is owed to the link is on its way now: for the first time, or once more (`messages.sentAgain` before). */
  send(link: number, obligation: number, group: number, id: number, wrapped: number): void {
    const { pushes } = this;
    const { options } = this.links[link];
    const push = this.addPush(link, obligation, group, id);
    const message = this.attempts.messageOf(push);
    pushes.wrapped[push] = wrapped;
    if (options.duplicates > 0 && this.isMadeTwice(link, message)) pushes.twice[push] = TO_MAKE;
    this.facts.dispatched(this.id, obligation, link);
    if (!options.isOrdered || this.lines.join(push)) this.begin(push);
  }

  private addPush(link: number, obligation: number, group: number, id: number): number {
    const { messages, pushes } = this;
    const push = pushes.add();
    pushes.obligation[push] = obligation | 0;
    messages.hold(obligation);
    pushes.link[push] = link | 0;
    pushes.attempts[push] = 0;
    pushes.since[push] = this.kernel.now;
    pushes.group[push] = group;
    pushes.id[push] = id;
    pushes.wrapped[push] = 0;
    pushes.call[push] = NONE;
    pushes.buried[push] = 0;
    pushes.error[push] = 0;
    pushes.twice[push] = 0;
    return push;
  }

  /** The pusher accepts `message` for a link that can never take it as it is: it is lost at once. */
  discard(link: number, message: number): void {
    const { messages, facts, id } = this;
    const obligation = this.obligationOf(link, message);
    messages.hold(obligation);
    facts.dispatched(id, obligation, link);
    messages.fate(obligation, Outcome.DeliveryRefused);
    facts.dropped(id, obligation, link, Outcome.DeliveryRefused);
    messages.letGo(obligation);
  }

  /** A new one, unless an attempt of the same send was accepted before: then it is due to the link once more. */
  private obligationOf(link: number, message: number): number {
    const place = (this.id + 1) * LINKS + link;
    return this.messages.oweAt(place, message, this.links[link].consumer);
  }

  private isMadeTwice(link: number, message: number): boolean {
    const { mark0, mark1 } = this.messages.messages;
    const { duplicateKey, options } = this.links[link];
    return duplicateKey.u53(mark0[message], mark1[message], 0) < options.duplicates;
  }

  // --- attempts ------------------------------------------------------------------------------------

  /** The latency runs from the moment of acceptance, also while others of its group are before it. */
  private begin(push: number): void {
    const { latencyKey, options } = this.links[this.pushes.link[push]];
    const { latency } = options;
    if (latency === null) {
      this.kernel.soon(this.onDue, push);
      return;
    }
    const message = this.attempts.messageOf(push);
    const { mark0, mark1 } = this.messages.messages;
    const u = latencyKey.u53(mark0[message], mark1[message], 0);
    const due = this.pushes.since[push] + drawMicros(latency, u);
    this.kernel.at(Math.max(this.kernel.now, due), this.onDue, push);
  }

  /** It is time for an attempt: it sets out, or waits for its turn. */
  private attempt(push: number): void {
    const { pushes } = this;
    const { pacer, heldMax } = this.links[pushes.link[push]].options;
    if (pacer === null || pushes.buried[push] !== 0) {
      this.setOut(push);
      return;
    }
    const { now } = this.kernel;
    // What is given up takes nobody's turn: else all that comes later would wait as long, for good.
    if (pacer.next(now) - now > heldMax) {
      if (pushes.twice[push] === MADE) this.conclude(push);
      else this.failForGood(push, Outcome.DeliveryExhausted);
      return;
    }
    const at = pacer.reserve(now);
    if (at === now) this.setOut(push);
    else this.kernel.at(at, this.onTurn, push);
  }

  private setOut(push: number): void {
    const { pushes } = this;
    const link = this.links[pushes.link[push]];
    const { timeout } = link.options;
    if (pushes.buried[push] !== 0) {
      this.divert(push, link);
      return;
    }
    const attempt = pushes.attempts[push]++;
    this.facts.pushed(this.id, pushes.obligation[push], pushes.link[push], attempt);
    if (timeout !== Infinity) this.patience.set(push, timeout);
    this.attempts.attempt(push, link, attempt);
  }

  private divert(push: number, link: Link): void {
    const { deadLetter } = link.options;
    if (deadLetter === null) this.loseDiverted(push); // taken away meanwhile
    else this.attempts.divert(push, link, deadLetter, this.pushes.attempts[push]++);
  }

  // --- answers -------------------------------------------------------------------------------------

  private takeAnswer(call: number): void {
    const { calls, pushes } = this;
    const push = calls.context[call];
    const error = calls.error[call];
    const target = calls.target[call];
    const isLate = calls.abandoned[call] === 1;
    const obligation = calls.pushed[call];
    calls.free(call);
    if (isLate) {
      this.messages.letGo(obligation);
      return;
    }
    pushes.call[push] = NONE;
    if (this.patience.has(push)) this.patience.clear(push);
    if (pushes.buried[push] !== 0) this.settleDiverted(push, target, error);
    else this.settle(push, error);
  }

  private giveUpWaiting(push: number): void {
    const { calls, pushes } = this;
    const call = pushes.call[push];
    pushes.call[push] = NONE;
    if (calls.abandon(call)) calls.free(call);
    // It may still come to the target, also when a later attempt has been handled and forgotten.
    else this.messages.hold(pushes.obligation[push]);
    this.settle(push, CallError.Timeout);
  }

  private settle(push: number, error: number): void {
    if (error === CallError.None) this.delivered(push);
    else this.failed(push, error);
  }

  private delivered(push: number): void {
    const { pushes } = this;
    if (pushes.twice[push] === TO_MAKE) {
      pushes.twice[push] = MADE;
      this.messages.blame(pushes.obligation[push], Cause.SpontaneousCopy);
      this.attempt(push);
      return;
    }
    this.conclude(push);
  }

  private conclude(push: number): void {
    const { pushes, facts } = this;
    const { billed, envelope } = this.links[pushes.link[push]].options;
    if (billed !== undefined)
      this.attempts.bill(push, pushes.wrapped[push] + envelope, billed, true);
    facts.delivered(this.id, pushes.obligation[push], pushes.link[push]);
    this.end(push);
  }

  private failed(push: number, error: number): void {
    const { pushes, facts, messages } = this;
    const obligation = pushes.obligation[push];
    const link = this.links[pushes.link[push]];
    pushes.error[push] = error;
    facts.pushFailed(this.id, obligation, pushes.link[push], error);
    if (error === CallError.Timeout) messages.blame(obligation, Cause.DeliveryRetry);
    if (pushes.twice[push] === MADE) {
      this.conclude(push); // the target has it: its second delivery is nobody's duty
      return;
    }
    const isForGood =
      !isPassing(error) || (error === CallError.Throttled && link.options.refusesThrottled);
    if (isForGood) {
      this.failForGood(push, Outcome.DeliveryRefused);
      return;
    }
    const delay = this.pause(push, link);
    if (delay === NO_RETRY) this.failForGood(push, Outcome.DeliveryExhausted);
    else this.kernel.after(delay, this.onDue, push);
  }

  /** Before the next attempt, or NO_RETRY. */
  private pause(push: number, { options, jitterKey }: Link): number {
    const { pushes } = this;
    const retry = pushes.attempts[push] - 1;
    const { schedule, throttledSchedule = schedule } = options;
    const isThrottled = pushes.error[push] === CallError.Throttled;
    const plain = (isThrottled ? throttledSchedule : schedule).delay(retry);
    if (plain <= 0) return plain;
    const { mark0, mark1 } = this.messages.messages;
    const message = this.attempts.messageOf(push);
    const { jitter, ageMax } = options;
    const factor =
      jitter === null ? 1 : jitter.quantile(jitterKey.u53(mark0[message], mark1[message], retry));
    const delay = Math.round(plain * factor);
    return this.kernel.now + delay - pushes.since[push] > ageMax ? NO_RETRY : delay;
  }

  /** No further attempt: the dead-letter queue has it next, or it is lost. */
  private failForGood(push: number, outcome: Outcome): void {
    const { pushes, messages } = this;
    const { deadLetter } = this.links[pushes.link[push]].options;
    if (deadLetter === null) {
      this.drop(push, outcome);
      return;
    }
    messages.fate(pushes.obligation[push], Outcome.DeadLettered);
    pushes.buried[push] = outcome;
    pushes.attempts[push] = 0;
    this.kernel.soon(this.onDue, push);
  }

  /** AWS documents no retries towards a dead-letter queue: those of any queue are assumed. */
  private settleDiverted(push: number, target: number, error: number): void {
    const { pushes, facts } = this;
    if (error === CallError.None) {
      facts.diverted(this.id, pushes.obligation[push], pushes.link[push], target);
      this.end(push);
      return;
    }
    const delay = isPassing(error) ? AWS_MANAGED.delay(pushes.attempts[push] - 1) : NO_RETRY;
    if (delay !== NO_RETRY) {
      this.kernel.after(delay, this.onDue, push);
      return;
    }
    this.loseDiverted(push);
  }

  /** No dead letter, after all. */
  private loseDiverted(push: number): void {
    const { pushes, messages } = this;
    messages.lost(pushes.obligation[push], Outcome.Unfinished);
    this.drop(push, pushes.buried[push] as Outcome);
  }

  private drop(push: number, outcome: Outcome): void {
    const { pushes, facts, messages } = this;
    messages.fate(pushes.obligation[push], outcome);
    facts.dropped(this.id, pushes.obligation[push], pushes.link[push], outcome);
    this.end(push);
  }

  private end(push: number): void {
    const { pushes, messages, lines } = this;
    const obligation = pushes.obligation[push];
    const isOrdered = this.links[pushes.link[push]].options.isOrdered;
    const next = isOrdered ? lines.leave(push) : NONE;
    pushes.free(push);
    if (next !== NONE) this.begin(next);
    messages.letGo(obligation);
  }
}
