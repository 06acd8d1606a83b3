/**
 * Errands: a lane calls a service in the middle of a run and waits for its answer. A call that fails (status 429
 * or 5xx, or no answer in time) is tried again as its `client` says; one that fails for good fails the run,
 * unless the step ignores errors. A status 4xx fails at once.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import { GIVE_UP } from '../client/retry.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { CallError } from '../port.js';
import type { World } from '../world.js';
import type { Errand } from './errands.js';
import type { LaneTable } from './tables.js';

/** What runs hear of the errands of their lanes. */
export interface ErrandOwner {
  /** The errand that the lane is on. */
  errandOf(lane: number): Errand;
  /** All its calls are answered well, or their failure does not matter. */
  errandDone(lane: number): void;
  errandFailed(lane: number): void;
}

/** Tells the draws of a pause from those of the call itself. */
const PAUSE = 1 << 30;
const TRIES = 64;
const CALLS = 1024;
const LOWEST_BITS = 8;

export class Calling {
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly answered: Handler;
  private readonly again: Handler;
  private readonly patience: Deadlines;

  /** `client`: the resource number of the one who calls. */
  constructor(
    world: World,
    name: string,
    private readonly client: number,
    private readonly lanes: LaneTable,
    private readonly owner: ErrandOwner,
  ) {
    this.kernel = world.kernel;
    this.calls = world.calls;
    this.messages = world.messages;
    this.answered = world.kernel.handler(`${name}/call answered`, (call) => this.onAnswer(call));
    this.again = world.kernel.handler(`${name}/call again`, (lane) => this.onAgain(lane));
    this.patience = new Deadlines(world.kernel, `${name}/call timeout`, lanes.patience, (lane) =>
      this.giveUp(lane),
    );
  }

  /** The lane makes the calls of its errand; `owner` hears when they are over. */
  begin(lane: number): void {
    const errand = this.owner.errandOf(lane);
    this.lanes.callsLeft[lane] = errand.count;
    this.beginOne(lane, errand);
  }

  private beginOne(lane: number, errand: Errand): void {
    errand.attempts.begun(this.lanes, lane);
    this.call(lane, errand);
  }

  private call(lane: number, errand: Errand): void {
    const { calls, lanes } = this;
    const { client, key, operation } = errand;
    const mark0 = lanes.mark0[lane];
    const mark1 = lanes.mark1[lane];
    key.hash(mark0, mark1, this.numberOf(lane));
    const number = key.h0 >>> LOWEST_BITS;
    const target = errand.targetOf(lanes, lane);
    const call = calls.begin(this.client, target, operation, this.answered, lane);
    errand.fill(calls, call, lanes, lane, number);
    if (calls.first[call] !== NONE) this.messages.keep(calls.first[call]);
    lanes.call[lane] = call;
    if (client.timeout !== Infinity) this.patience.set(lane, client.timeout);
    calls.go(call, mark0, mark1, number);
  }

  /** Tells the tries of an errand's calls apart, within one message. */
  private numberOf(lane: number): number {
    const { run, callsLeft, tries } = this.lanes;
    return Math.imul(Math.imul(run[lane], CALLS) + callsLeft[lane], TRIES) + tries[lane];
  }

  private onAnswer(call: number): void {
    const { calls, lanes } = this;
    const isLate = calls.abandoned[call] === 1;
    const lane = calls.context[call];
    const error = calls.error[call];
    this.free(call);
    if (isLate) return;
    lanes.call[lane] = NONE;
    this.stopWaiting(lane);
    this.settle(lane, error);
  }

  /** No answer came in time. */
  private giveUp(lane: number): void {
    this.abandon(lane);
    this.settle(lane, CallError.Timeout);
  }

  /** One attempt is over. */
  private settle(lane: number, error: number): void {
    const { lanes, owner } = this;
    const errand = owner.errandOf(lane);
    if (error === CallError.None) errand.attempts.succeeded(lanes, lane);
    else if (this.triesAgain(lane, errand, error)) return;
    if (error !== CallError.None && !errand.ignoresErrors) owner.errandFailed(lane);
    else if (--lanes.callsLeft[lane] > 0) this.beginOne(lane, errand);
    else owner.errandDone(lane);
  }

  private triesAgain(lane: number, errand: Errand, error: number): boolean {
    const { lanes } = this;
    const { mark0, mark1 } = lanes;
    const u = errand.attempts.draw(mark0[lane], mark1[lane], this.numberOf(lane) ^ PAUSE);
    const pause = errand.attempts.failed(lanes, lane, error, u);
    if (pause === GIVE_UP) return false;
    this.kernel.after(pause, this.again, lane);
    return true;
  }

  private onAgain(lane: number): void {
    if (this.lanes.loop[lane] === NONE) this.lanes.free(lane);
    else this.call(lane, this.owner.errandOf(lane));
  }

  /** The lane's process is gone while it waits for an answer; nothing else names the lane. */
  drop(lane: number): void {
    this.stopWaiting(lane);
    this.abandon(lane);
    this.lanes.free(lane);
  }

  private stopWaiting(lane: number): void {
    if (this.patience.has(lane)) this.patience.clear(lane);
  }

  private abandon(lane: number): void {
    const call = this.lanes.call[lane];
    this.lanes.call[lane] = NONE;
    if (this.calls.abandon(call)) this.free(call);
  }

  /** The call is over, and nobody serves it any more: what it was about may go. */
  private free(call: number): void {
    const message = this.calls.first[call];
    this.calls.free(call);
    if (message !== NONE) this.messages.forgo(message);
  }
}
