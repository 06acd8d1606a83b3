/**
 * How a lane gets rid of a message: DeleteMessage after a run that went well, ChangeMessageVisibility after one
 * that failed (`onFailure.visibilityTimeout`), which the rest of its group may follow. The lane waits for each
 * answer; failed calls are tried again as the client does. A delete that fails for good leaves the message
 * where it is: it comes back after its timeout, blamed on the lost delete.
 *
 * A lane whose process dies waits no longer; what is under way takes its course: a delete still reaches the
 * queue and counts.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Handler } from '../../kernel/kernel.js';
import { GIVE_UP } from '../client/retry.js';
import { Cause } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import { CallError } from '../port.js';
import { QueueError, QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';
import type { ProgramOptions } from './options.js';
import type { PollingParts } from './polling-calls.js';
import { PollingCalls } from './polling-calls.js';

export interface ClosingOwner {
  /** The lane is rid of its message, and of what was to follow. */
  laneIsRid(lane: number): void;
}

export class Closing extends PollingCalls {
  private readonly answered: Handler;
  private readonly again: Handler;
  private readonly patience: Deadlines;

  constructor(
    world: World,
    options: ProgramOptions,
    parts: PollingParts,
    private readonly owner: ClosingOwner,
  ) {
    super(world, options, parts);
    const { name } = options;
    this.answered = world.kernel.handler(`${name}/closed`, (call) => this.onAnswer(call));
    this.again = world.kernel.handler(`${name}/close again`, (lane) => this.onAgain(lane));
    this.patience = new Deadlines(
      world.kernel,
      `${name}/close timeout`,
      parts.lanes.patience,
      (lane) => this.giveUp(lane),
    );
  }

  /** DeleteMessage for the lane's delivery. */
  delete(lane: number): void {
    this.begin(lane, QueueOperation.DeleteMessage);
  }

  /** ChangeMessageVisibility for the lane's delivery, then for those behind it by `next`. */
  release(lane: number): void {
    this.begin(lane, QueueOperation.ChangeMessageVisibility);
  }

  private begin(lane: number, operation: number): void {
    this.lanes.step[lane] = operation;
    this.attempts.begun(this.lanes, lane);
    this.send(lane);
  }

  private send(lane: number): void {
    const { calls, lanes, loops } = this;
    const loop = lanes.loop[lane];
    const source = this.sources[loops.source[loop]];
    const operation = lanes.step[lane];
    const call = calls.begin(this.consumer, source.queue, operation, this.answered, lane);
    calls.first[call] = lanes.job[lane];
    calls.carries[call] = 1;
    if (operation === QueueOperation.ChangeMessageVisibility)
      calls.a[call] = source.onFailure.visibilityTimeout;
    lanes.call[lane] = call;
    const timeout = this.attempts.timeout;
    if (timeout !== Infinity) this.patience.set(lane, timeout);
    calls.go(call, loops.mark0[loop], loops.mark1[loop], loops.callsMade[loop]++);
  }

  private onAnswer(call: number): void {
    const { calls, lanes } = this;
    const error = calls.error[call];
    if (calls.abandoned[call] === 1) {
      this.named.unname(calls.first[call]);
      calls.free(call);
      return;
    }
    const lane = calls.context[call];
    calls.free(call);
    lanes.call[lane] = NONE;
    if (this.patience.has(lane)) this.patience.clear(lane);
    if (error !== CallError.None) {
      this.fail(lane, error);
      return;
    }
    this.attempts.succeeded(lanes, lane);
    this.rid(lane);
  }

  /** No answer came in time. */
  private giveUp(lane: number): void {
    this.abandon(lane);
    this.fail(lane, CallError.Timeout);
  }

  private fail(lane: number, error: number): void {
    const { lanes } = this;
    const pause = this.pauseAfter(error, lanes, lane, lanes.loop[lane]);
    if (pause !== GIVE_UP) {
      this.kernel.after(pause, this.again, lane);
      return;
    }
    if (lanes.step[lane] === QueueOperation.DeleteMessage)
      blameLostDelete(this.messages, lanes.job[lane], error);
    this.rid(lane);
  }

  private onAgain(lane: number): void {
    if (this.lanes.loop[lane] === NONE) this.lanes.free(lane);
    else this.send(lane);
  }

  private rid(lane: number): void {
    const { lanes } = this;
    const next = this.takeRest(lane);
    this.named.release(lanes.job[lane]);
    if (next === NONE) {
      this.owner.laneIsRid(lane);
      return;
    }
    lanes.job[lane] = next;
    this.begin(lane, lanes.step[lane]);
  }

  /** Cuts off what is to follow the lane's delivery. */
  private takeRest(lane: number): number {
    const { next } = this.messages.deliveries;
    const delivery = this.lanes.job[lane];
    const rest = next[delivery];
    next[delivery] = NONE;
    return rest;
  }

  /** The lane's process is gone. Returns the deliveries that were still to follow. */
  drop(lane: number, cause: Cause): number {
    const { lanes, messages, named } = this;
    const delivery = lanes.job[lane];
    const isDelete = lanes.step[lane] === QueueOperation.DeleteMessage;
    const rest = this.takeRest(lane);
    if (lanes.call[lane] !== NONE) {
      if (this.patience.has(lane)) this.patience.clear(lane);
      if (this.abandon(lane) && isDelete) blameLostDelete(messages, delivery, CallError.Timeout);
      lanes.free(lane);
    } else {
      if (isDelete) messages.blame(messages.deliveries.obligation[delivery], cause);
      lanes.loop[lane] = NONE;
    }
    named.release(delivery);
    return rest;
  }

  /** Nobody waits for the lane's call any more. True: nobody will ever answer it. */
  private abandon(lane: number): boolean {
    const { calls, lanes } = this;
    const call = lanes.call[lane];
    lanes.call[lane] = NONE;
    const isSilent = calls.abandon(call);
    if (isSilent) calls.free(call);
    else this.named.name(lanes.job[lane]);
    return isSilent;
  }
}

/** A delete failed for good. An expired receipt is none of its doing: the timeout has been blamed. */
export function blameLostDelete(messages: Messages, delivery: number, error: number): void {
  if (error === QueueError.InvalidParameterValue) return;
  messages.blame(messages.deliveries.obligation[delivery], Cause.LostDelete);
}
