/**
 * DeleteMessageBatch: all that went well in a batch at its end, or (`deletes: onReceipt`) the whole batch before
 * any work. The loop waits for the answer. A call that fails is tried again as the client does; entries of a
 * call that went through are not: what failed among them comes back after its timeout, blamed on the lost
 * delete.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Handler } from '../../kernel/kernel.js';
import { GIVE_UP } from '../client/retry.js';
import type { Cause } from '../facts.js';
import { Outcome } from '../facts.js';
import type { DeliveryTable } from '../messages.js';
import { NONE } from '../messages.js';
import { CallError } from '../port.js';
import { QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';
import { blameLostDelete } from './closing.js';
import type { ProgramOptions } from './options.js';
import { Deletes } from './options.js';
import type { PollingParts } from './polling-calls.js';
import { PollingCalls } from './polling-calls.js';
import { Wait } from './tables.js';

export interface BatchOwner {
  /** The loop is rid of the batch. */
  batchIsRid(loop: number): void;
  /** `deletes: onReceipt`: the batch from `first` on may be handled now. */
  batchIsFree(loop: number, first: number): void;
}

export class BatchDeletes extends PollingCalls {
  private readonly deliveries: DeliveryTable;
  private readonly answered: Handler;
  private readonly again: Handler;
  private readonly patience: Deadlines;

  constructor(
    world: World,
    options: ProgramOptions,
    parts: PollingParts,
    private readonly owner: BatchOwner,
  ) {
    super(world, options, parts);
    const { name } = options;
    this.deliveries = world.messages.deliveries;
    this.answered = world.kernel.handler(`${name}/batch deleted`, (call) => this.onAnswer(call));
    this.again = world.kernel.handler(`${name}/batch delete again`, (loop) => this.onAgain(loop));
    this.patience = new Deadlines(
      world.kernel,
      `${name}/batch delete timeout`,
      parts.loops.patience,
      (loop) => this.giveUp(loop),
    );
  }

  /** Deletes the `count` deliveries from `first` on. */
  begin(loop: number, first: number, count: number): void {
    const { loops } = this;
    loops.done[loop] = first;
    loops.doneCount[loop] = count;
    this.attempts.begun(loops, loop);
    this.send(loop);
  }

  private send(loop: number): void {
    const { calls, loops } = this;
    const { queue } = this.sources[loops.source[loop]];
    const operation = QueueOperation.DeleteMessageBatch;
    const call = calls.begin(this.consumer, queue, operation, this.answered, loop);
    calls.first[call] = loops.done[loop];
    calls.carries[call] = loops.doneCount[loop];
    loops.waitsFor[loop] = Wait.Delete;
    loops.call[loop] = call;
    const timeout = this.attempts.timeout;
    if (timeout !== Infinity) this.patience.set(loop, timeout);
    calls.go(call, loops.mark0[loop], loops.mark1[loop], loops.callsMade[loop]++);
  }

  private isOnReceipt(loop: number): boolean {
    return this.sources[this.loops.source[loop]].deletes === Deletes.OnReceipt;
  }

  private onAnswer(call: number): void {
    const { calls, loops } = this;
    const error = calls.error[call];
    if (calls.abandoned[call] === 1) {
      this.takeLate(calls.first[call], error === CallError.None && calls.context[call] === NONE);
      calls.free(call);
      return;
    }
    const loop = calls.context[call];
    calls.free(call);
    if (this.patience.has(loop)) this.patience.clear(loop);
    loops.waitsFor[loop] = Wait.Nothing;
    if (error === CallError.None) this.attempts.succeeded(loops, loop);
    else if (this.triesAgain(loop, error)) return;
    this.finish(loop, error);
  }

  /** An answer that nobody waits for. `isFate`: what it deleted was not handled, and never will be. */
  private takeLate(first: number, isFate: boolean): void {
    const { deliveries, messages } = this;
    for (let delivery = first; delivery !== NONE;) {
      const next = deliveries.next[delivery];
      if (isFate && deliveries.error[delivery] === 0)
        messages.fate(deliveries.obligation[delivery], Outcome.DeletedOnReceipt);
      this.named.unname(delivery);
      delivery = next;
    }
  }

  /** No answer came in time. */
  private giveUp(loop: number): void {
    const { calls, loops } = this;
    const call = loops.call[loop];
    if (this.isOnReceipt(loop) && calls.silent[call] === 0) {
      // The batch cannot be handled while a call names it in its order: it waits on.
      this.patience.set(loop, this.attempts.timeout);
      return;
    }
    if (calls.abandon(call)) calls.free(call);
    else this.nameAll(loops.done[loop]);
    loops.waitsFor[loop] = Wait.Nothing;
    if (!this.triesAgain(loop, CallError.Timeout)) this.finish(loop, CallError.Timeout);
  }

  private nameAll(first: number): void {
    const { next } = this.deliveries;
    for (let delivery = first; delivery !== NONE; delivery = next[delivery])
      this.named.name(delivery);
  }

  private triesAgain(loop: number, error: number): boolean {
    const { loops } = this;
    const pause = this.pauseAfter(error, loops, loop, loop);
    if (pause === GIVE_UP) return false;
    loops.waitsFor[loop] = Wait.Backoff;
    this.kernel.after(pause, this.again, loop);
    return true;
  }

  private onAgain(loop: number): void {
    if (this.loops.gone[loop] !== 0) this.loops.free(loop);
    else this.send(loop);
  }

  /** The last attempt is over; `error` is its own, each delivery has that of its entry. */
  private finish(loop: number, error: number): void {
    const { deliveries, loops, messages } = this;
    const first = loops.done[loop];
    loops.done[loop] = NONE;
    loops.doneCount[loop] = 0;
    const isOnReceipt = this.isOnReceipt(loop);
    for (let delivery = first; delivery !== NONE;) {
      const next = deliveries.next[delivery];
      const failure = error !== CallError.None ? error : deliveries.error[delivery];
      if (failure !== CallError.None) blameLostDelete(messages, delivery, failure);
      else if (isOnReceipt)
        messages.fate(deliveries.obligation[delivery], Outcome.DeletedOnReceipt);
      if (!isOnReceipt) this.named.release(delivery);
      delivery = next;
    }
    if (isOnReceipt) this.owner.batchIsFree(loop, first);
    else this.owner.batchIsRid(loop);
  }

  /** The loop's process is gone while it waits for the answer, which takes its course. */
  drop(loop: number, cause: Cause): void {
    const { calls, deliveries, loops, messages } = this;
    const call = loops.call[loop];
    const first = loops.done[loop];
    const isOnReceipt = this.isOnReceipt(loop);
    loops.done[loop] = NONE;
    if (this.patience.has(loop)) this.patience.clear(loop);
    calls.context[call] = isOnReceipt ? NONE : 0;
    const isSilent = calls.abandon(call);
    if (isSilent) calls.free(call);
    else this.nameAll(first);
    for (let delivery = first; delivery !== NONE;) {
      const next = deliveries.next[delivery];
      if (isSilent) blameLostDelete(messages, delivery, CallError.Timeout);
      else if (isOnReceipt) messages.blame(deliveries.obligation[delivery], cause);
      this.named.release(delivery);
      delivery = next;
    }
  }
}
