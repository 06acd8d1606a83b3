/**
 * ReceiveMessage calls of poll loops. One that fails, or whose answer does not come, is tried again as the client
 * does, with the same attempt id if the source has ids. What a lost or late answer carried is let go of: it
 * stays hidden until its timeout.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { GIVE_UP } from '../client/retry.js';
import { Cause } from '../facts.js';
import type { Labels } from '../labels.js';
import { CallError } from '../port.js';
import { NO_LABEL, QUEUE_DEFAULT, QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';
import { PROGRAM_LIMITS } from './limits.js';
import type { ProgramOptions, QueueSource } from './options.js';
import type { PollingParts } from './polling-calls.js';
import { PollingCalls } from './polling-calls.js';
import { Wait } from './tables.js';

export interface ReceivesOwner {
  /** The loop got `count` deliveries, `first` at their head; or none. */
  received(loop: number, first: number, count: number): void;
  /** The receive failed for good. */
  receiveFailed(loop: number): void;
  /** Whether the loop must not poll any more, or not now. */
  isHindered(loop: number): boolean;
}

/** WaitTimeSeconds, or the longest there is where the queue decides. */
function waitOf({ waitTime }: QueueSource): Micros {
  return waitTime === QUEUE_DEFAULT ? PROGRAM_LIMITS.longestWait : waitTime;
}

/** What the context of a call says that no loop waits for: the cause to blame for what it brings. */
const contextOf = (cause: Cause): number => -1 - cause;
const causeIn = (context: number): Cause => (-1 - context) as Cause;

export class Receives extends PollingCalls {
  private readonly labels: Labels;
  private readonly answered: Handler;
  private readonly again: Handler;
  private readonly patience: Deadlines;

  constructor(
    world: World,
    options: ProgramOptions,
    parts: PollingParts,
    private readonly owner: ReceivesOwner,
  ) {
    super(world, options, parts);
    const { name } = options;
    this.labels = world.labels;
    this.answered = world.kernel.handler(`${name}/received`, (call) => this.onAnswer(call));
    this.again = world.kernel.handler(`${name}/receive again`, (loop) => this.onAgain(loop));
    this.patience = new Deadlines(
      world.kernel,
      `${name}/receive timeout`,
      parts.loops.patience,
      (loop) => this.giveUp(loop),
    );
  }

  /** The loop, which has nothing in hand, asks its queue for messages. */
  begin(loop: number): void {
    const { loops } = this;
    const source = this.sources[loops.source[loop]];
    // The id of a receive that failed for good is used on: its answer may be what got lost.
    if (source.attemptIds && loops.attempt[loop] === NO_LABEL)
      loops.attempt[loop] = this.labels.fresh();
    this.attempts.begun(loops, loop);
    this.send(loop, source);
  }

  private send(loop: number, source: QueueSource): void {
    const { calls, loops } = this;
    const operation = QueueOperation.ReceiveMessage;
    const call = calls.begin(this.consumer, source.queue, operation, this.answered, loop);
    loops.waitsFor[loop] = Wait.Poll;
    loops.call[loop] = call;
    calls.carries[call] = source.batchSize;
    calls.a[call] = source.waitTime;
    calls.b[call] = source.visibilityTimeout;
    calls.c[call] = loops.attempt[loop];
    const { timeout } = this.attempts;
    // The time that the receive itself waits is no sign of a lost answer.
    if (timeout !== Infinity) this.patience.set(loop, timeout + waitOf(source));
    calls.go(call, loops.mark0[loop], loops.mark1[loop], loops.callsMade[loop]++);
  }

  private onAnswer(call: number): void {
    const { calls, loops } = this;
    const loop = calls.context[call];
    const first = calls.first[call];
    const count = calls.carries[call];
    const error = calls.error[call];
    calls.free(call);
    if (loop < 0) {
      this.named.releaseAll(first, causeIn(loop));
      return;
    }
    if (this.patience.has(loop)) this.patience.clear(loop);
    loops.waitsFor[loop] = Wait.Nothing;
    if (error !== CallError.None) {
      this.named.releaseAll(first, Cause.LostReceive);
      this.fail(loop, error);
      return;
    }
    this.attempts.succeeded(loops, loop);
    loops.attempt[loop] = NO_LABEL;
    this.owner.received(loop, first, count);
  }

  /** No answer came in time. */
  private giveUp(loop: number): void {
    this.abandon(loop, Cause.LostReceive);
    this.loops.waitsFor[loop] = Wait.Nothing;
    this.fail(loop, CallError.Timeout);
  }

  private fail(loop: number, error: number): void {
    const { loops } = this;
    const isOver = this.owner.isHindered(loop);
    const pause = isOver ? GIVE_UP : this.pauseAfter(error, loops, loop, loop);
    if (pause === GIVE_UP) {
      this.owner.receiveFailed(loop);
      return;
    }
    loops.waitsFor[loop] = Wait.Pause;
    this.kernel.after(pause, this.again, loop);
  }

  private onAgain(loop: number): void {
    const { loops } = this;
    if (loops.gone[loop] !== 0) {
      loops.free(loop);
      return;
    }
    loops.waitsFor[loop] = Wait.Nothing;
    if (this.owner.isHindered(loop)) this.owner.receiveFailed(loop);
    else this.send(loop, this.sources[loops.source[loop]]);
  }

  /** The loop's process is gone while it polls. */
  drop(loop: number, cause: Cause): void {
    if (this.patience.has(loop)) this.patience.clear(loop);
    this.abandon(loop, cause);
  }

  /** Nobody waits for the loop's call any more; `cause` is blamed for what it brings. */
  private abandon(loop: number, cause: Cause): void {
    const { calls } = this;
    const call = this.loops.call[loop];
    calls.context[call] = contextOf(cause);
    if (!calls.abandon(call)) return;
    const first = calls.first[call];
    calls.free(call);
    this.named.releaseAll(first, cause);
  }
}
