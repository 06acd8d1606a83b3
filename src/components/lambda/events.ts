/**
 * The queue of a function's events: what was sent to it, until a run has gone well or it is given up. Each event has
 * attempts of its own: after a failure the next one waits a minute, then two; after a refusal a second, then twice
 * as long each time up to five minutes. What is too old or has failed too often goes to the dead-letter queue.
 *
 * Nobody polls: an event is visible from its first attempt on, and in flight while it is run.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { Cause, CopyStage, Outcome, RunEnd } from '../facts.js';
import { CallError } from '../port.js';
import type { World } from '../world.js';
import { DeadLetters } from './dead-letters.js';
import { ASYNC_LIMITS, LAMBDA_LIMITS } from './limits.js';
import type { EventOptions } from './options.js';
import { LambdaError, LambdaOperation } from './port.js';

/** Columns beside messages.copies. */
class EventColumns extends Extension {
  readonly stage = this.u8('stage');
  readonly bytes = this.u32('bytes');
  /** Runs that failed, and refusals since the last one. */
  readonly failures = this.u8('failures');
  readonly refusals = this.u32('refusals');
  /** Since when it is visible without a break, µs. */
  readonly since = this.f64('since');
  /** 1: it became too old while it was run. */
  readonly isOld = this.u8('isOld');
  readonly attempt = this.links('attempt');
  readonly age = this.links('age');

  constructor(world: World) {
    super(world.messages.copies);
  }
}

/** Who runs events. */
export interface EventOwner {
  /** 0, or why nothing may be run now: a place in LambdaError. */
  refusal(): number;
  /** The event of this delivery is to be run. */
  run(delivery: number, bytes: number): void;
}

export class EventQueue {
  private readonly events: EventColumns;
  private readonly attempts: Deadlines;
  private readonly ages: Deadlines;
  private readonly dispatchKey: MarkKey;
  private readonly duplicateKey: MarkKey;
  private readonly deadLetters: DeadLetters | null;

  constructor(
    private readonly world: World,
    private readonly id: number,
    name: string,
    private readonly options: EventOptions,
    private readonly owner: EventOwner,
  ) {
    const { kernel, streams } = world;
    this.events = world.shared(EventColumns);
    this.attempts = new Deadlines(kernel, `${name}/event due`, this.events.attempt, (copy) =>
      this.attempt(copy),
    );
    this.ages = new Deadlines(kernel, `${name}/event old`, this.events.age, (copy) =>
      this.grewOld(copy),
    );
    this.dispatchKey = streams.key(name, 'asyncDispatch');
    this.duplicateKey = streams.key(name, 'asyncDuplicate');
    this.deadLetters =
      options.deadLetter === null ? null : new DeadLetters(world, id, name, options.deadLetter);
  }

  /** Takes the event that a call brings. Returns 0, or why it does not. */
  accept(call: number): number {
    const { calls, messages } = this.world;
    const message = calls.first[call];
    const bytes = messages.messages.size[message] + calls.envelope[call];
    this.world.facts.request(this.id, LambdaOperation.InvokeAsync, bytes);
    calls.brought(call, bytes);
    if (bytes > LAMBDA_LIMITS.asyncPayloadMax) return LambdaError.RequestTooLarge;
    const copy = messages.addTaken(message, calls.pushed[call], this.id, this.id);
    this.store(copy, bytes, 0);
    const { duplicates } = this.options;
    const { mark0, mark1 } = messages.messages;
    if (duplicates > 0 && this.duplicateKey.u53(mark0[message], mark1[message], 0) < duplicates)
      this.duplicate(copy);
    return CallError.None;
  }

  /** Lambda's queue has the event twice. */
  private duplicate(copy: number): void {
    const { messages } = this.world;
    const obligation = messages.copies.obligation[copy];
    messages.blame(obligation, Cause.SpontaneousCopy);
    this.store(messages.addCopy(obligation), this.events.bytes[copy], 1);
  }

  /** `n` tells the copies of a message apart. */
  private store(copy: number, bytes: number, n: number): void {
    const { events, options } = this;
    const delay = this.dispatchTime(copy, n);
    const stage = delay > 0 ? CopyStage.Delayed : CopyStage.Visible;
    events.stage[copy] = stage;
    events.bytes[copy] = bytes;
    events.failures[copy] = 0;
    events.refusals[copy] = 0;
    events.since[copy] = this.world.kernel.now;
    events.isOld[copy] = 0;
    this.attempts.set(copy, delay);
    this.ages.set(copy, options.ageMax);
    this.world.facts.stored(this.id, copy, stage);
  }

  private dispatchTime(copy: number, n: number): Micros {
    const { dispatch } = this.options;
    if (dispatch === null) return 0;
    const { mark0, mark1 } = this.world.messages.messages;
    const message = this.messageOf(copy);
    return drawMicros(dispatch, this.dispatchKey.u53(mark0[message], mark1[message], n));
  }

  private messageOf(copy: number): number {
    const { copies, obligations } = this.world.messages;
    return obligations.message[copies.obligation[copy]];
  }

  // --- attempts ------------------------------------------------------------------------------------

  private attempt(copy: number): void {
    const { events, id, owner } = this;
    const { facts, kernel } = this.world;
    if (events.stage[copy] === CopyStage.Delayed) {
      events.stage[copy] = CopyStage.Visible;
      events.since[copy] = kernel.now;
      facts.visible(id, copy);
    }
    const error = owner.refusal();
    if (error === CallError.None) {
      owner.run(this.handOut(copy), events.bytes[copy]);
      return;
    }
    if (error === LambdaError.NeverRuns) {
      this.giveUp(copy);
      return;
    }
    if (error === CallError.Throttled) facts.throttled(id, LambdaOperation.InvokeAsync, id);
    this.attempts.set(copy, backOff(events.refusals[copy]++));
  }

  private handOut(copy: number): number {
    const { events, id } = this;
    const { facts, kernel, messages } = this.world;
    const { receiveCount } = messages.copies;
    if (receiveCount[copy] < 0xffff) receiveCount[copy]++;
    const delivery = messages.addDelivery(copy, receiveCount[copy], id);
    events.stage[copy] = CopyStage.InFlight;
    facts.taken(id, delivery);
    const held = kernel.now - events.since[copy];
    if (held > 0) facts.heldBack(id, delivery, held);
    return delivery;
  }

  /** The run of a delivery is over; `worker` is the environment that had it. */
  runOver(delivery: number, worker: number, end: RunEnd): void {
    const { messages, facts } = this.world;
    const copy = messages.deliveries.copy[delivery];
    const isWell = end === RunEnd.Ok || end === RunEnd.Skipped;
    if (isWell) messages.endRunWell(delivery);
    else this.endBadly(delivery, end);
    facts.runEnded(this.id, delivery, worker, end);
    if (isWell) this.done(copy, delivery);
    else this.failed(copy, delivery);
  }

  private endBadly(delivery: number, end: RunEnd): void {
    const { messages } = this.world;
    const obligation = messages.deliveries.obligation[delivery];
    if (end === RunEnd.Failed) {
      messages.endRunFailed(delivery);
      return;
    }
    messages.endRunLost(delivery);
    messages.blame(obligation, end === RunEnd.Crashed ? Cause.Crash : Cause.AsyncRetry);
  }

  private done(copy: number, delivery: number): void {
    const { messages, facts } = this.world;
    if (this.ages.has(copy)) this.ages.clear(copy);
    facts.deleted(this.id, copy, CopyStage.InFlight);
    this.letGo(delivery);
    messages.dropCopy(copy);
  }

  private failed(copy: number, delivery: number): void {
    const { events, options } = this;
    events.stage[copy] = CopyStage.Visible;
    events.since[copy] = this.world.kernel.now;
    events.refusals[copy] = 0;
    this.world.facts.returned(this.id, delivery);
    this.letGo(delivery);
    const failures = ++events.failures[copy];
    if (events.isOld[copy] !== 0 || failures > options.retries) this.giveUp(copy);
    else this.attempts.set(copy, ASYNC_LIMITS.retryWaits[failures - 1]);
  }

  private letGo(delivery: number): void {
    const { messages } = this.world;
    messages.storeReleases(delivery);
    messages.consumerReleases(delivery);
  }

  // --- ends ----------------------------------------------------------------------------------------

  /** A run that goes on may still end well. */
  private grewOld(copy: number): void {
    const { events } = this;
    if (events.stage[copy] === CopyStage.InFlight) events.isOld[copy] = 1;
    else this.giveUp(copy);
  }

  /** The event is discarded: the dead-letter queue has it next, or it is lost. */
  private giveUp(copy: number): void {
    const { messages, facts } = this.world;
    const stage = this.events.stage[copy] as CopyStage;
    const obligation = messages.copies.obligation[copy];
    if (this.attempts.has(copy)) this.attempts.clear(copy);
    if (this.ages.has(copy)) this.ages.clear(copy);
    if (!messages.isDone(obligation)) this.bury(obligation);
    facts.deleted(this.id, copy, stage);
    messages.dropCopy(copy);
  }

  private bury(obligation: number): void {
    if (this.deadLetters === null) this.world.messages.fate(obligation, Outcome.AsyncExhausted);
    else this.deadLetters.take(obligation);
  }
}

/** After so many refusals before, µs. */
function backOff(refusals: number): Micros {
  let wait: Micros = ASYNC_LIMITS.backOffFirst;
  for (let i = 0; i < refusals && wait < ASYNC_LIMITS.backOffMost; i++) wait *= 2;
  return Math.min(wait, ASYNC_LIMITS.backOffMost);
}
