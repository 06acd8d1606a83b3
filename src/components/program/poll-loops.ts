/**
 * Poll loops: a loop polls a queue, has a batch in hand, runs the handler for each message, deletes what
 * went well, and polls again. Its lanes do the handling: one lane takes the messages in turn, several
 * (`inBatch: parallel`) take them at once, those of one message group in turn. A failed message is let go, and
 * with it the rest of its group: they stay hidden until their timeout, or for as long as `onFailure` says.
 *
 * A loop whose process ends lets go of everything. What is under way then takes its course: a delete still
 * reaches the queue and counts; a poll is abandoned, and messages that were already on their way to it
 * stay hidden until their timeout, their redelivery blamed on the end of the process.
 */

import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Facts } from '../facts.js';
import { Cause, RunEnd } from '../facts.js';
import type { DeliveryTable, Messages } from '../messages.js';
import { NONE } from '../messages.js';
import { NO_LABEL, QUEUE_DEFAULT } from '../queue-port.js';
import type { World } from '../world.js';
import { Attempts } from './attempts.js';
import type { BatchOwner } from './batch-deletes.js';
import { BatchDeletes } from './batch-deletes.js';
import type { ClosingOwner } from './closing.js';
import { Closing } from './closing.js';
import { Heartbeats } from './heartbeats.js';
import { InHand } from './in-hand.js';
import { PROGRAM_LIMITS } from './limits.js';
import { Named } from './named.js';
import type { LoopWatcher, ProgramOptions, QueueSource } from './options.js';
import { Deletes } from './options.js';
import type { PollingParts } from './polling-calls.js';
import type { ReceivesOwner } from './receives.js';
import { Receives } from './receives.js';
import type { RunOwner } from './runs.js';
import { Runs } from './runs.js';
import type { LaneTable } from './tables.js';
import { LoopTable, Wait } from './tables.js';

/** Who runs the loops: the processes of the fleet. */
export interface LoopOwner {
  /** Whether loops of the process end instead of polling again; whether they must not poll for now. */
  isStopping(worker: number): boolean;
  isHeld(worker: number): boolean;
  /** The loop is about to end by itself, or by `drop`: forget it. */
  forget(loop: number): void;
  /** The process of `worker` dies by its own step. */
  processDies(worker: number): void;
}

export class PollLoops implements RunOwner, ReceivesOwner, ClosingOwner, BatchOwner {
  readonly loops: LoopTable;
  readonly runs: Runs;
  watcher: LoopWatcher | null = null;
  private readonly kernel: Kernel;
  private readonly facts: Facts;
  private readonly messages: Messages;
  private readonly deliveries: DeliveryTable;
  private readonly consumer: number;
  private readonly sources: readonly QueueSource[];
  private readonly lanes: LaneTable;
  private readonly key: MarkKey;
  private readonly inHand: InHand;
  private readonly named: Named;
  private readonly attempts: Attempts;
  private readonly receives: Receives;
  private readonly closing: Closing;
  private readonly batches: BatchDeletes;
  /** By source. */
  private readonly heartbeats: readonly (Heartbeats | null)[];
  private readonly rested: Handler;

  constructor(
    world: World,
    options: ProgramOptions,
    private readonly owner: LoopOwner,
  ) {
    const { name, consumer } = options;
    this.kernel = world.kernel;
    this.facts = world.facts;
    this.messages = world.messages;
    this.deliveries = world.messages.deliveries;
    this.consumer = consumer;
    this.sources = options.sources;
    this.loops = new LoopTable(world.kernel.tables);
    this.runs = new Runs(world, options, this);
    this.lanes = this.runs.lanes;
    this.key = world.streams.key(name, 'poll loop');
    this.inHand = new InHand(world.messages.deliveries, this.loops, this.lanes);
    this.named = new Named(world.messages);
    this.attempts = new Attempts(options.client, world.streams.key(name, 'retry'));
    if (options.client.timeout === Infinity)
      world.calls.setPatience(consumer, PROGRAM_LIMITS.answerTimeout);
    const { loops, lanes, named, attempts } = this;
    const parts: PollingParts = { loops, lanes, named, attempts };
    this.receives = new Receives(world, options, parts, this);
    this.closing = new Closing(world, options, parts, this);
    this.batches = new BatchDeletes(world, options, parts, this);
    this.heartbeats = this.sources.map(({ heartbeat, deletes }, i) => {
      if (heartbeat === null || deletes === Deletes.OnReceipt) return null; // nothing is there to be kept hidden
      return new Heartbeats(world, `${name}/${i}`, consumer, heartbeat, parts);
    });
    this.rested = world.kernel.handler(`${name}/rested`, (loop) => this.onRested(loop));
  }

  // --- with nothing in hand ------------------------------------------------------------------------

  /** A new loop, the `index`-th of the process that was started for the `start`-th time. It does not poll yet. */
  add(worker: number, source: number, index: number, start: number): number {
    const { loops } = this;
    const loop = loops.addZeroed();
    loops.worker[loop] = worker;
    loops.source[loop] = source;
    loops.inHand[loop] = NONE;
    loops.done[loop] = NONE;
    loops.attempt[loop] = NO_LABEL;
    this.key.hash(worker, index, start);
    loops.mark0[loop] = this.key.h0;
    loops.mark1[loop] = this.key.h1;
    const { parallel, batchSize } = this.sources[source];
    for (let i = parallel ? batchSize : 1; i > 0; i--) {
      loops.firstLane[loop] = this.runs.addLane(loop, worker, loops.firstLane[loop]) + 1;
    }
    return loop;
  }

  /** Polls, unless the process is to end or is held. */
  again(loop: number): void {
    const { loops } = this;
    const worker = loops.worker[loop];
    if (this.owner.isStopping(worker)) {
      this.drop(loop, Cause.None, RunEnd.Ok);
    } else if (this.owner.isHeld(worker)) {
      this.setTaken(loop);
      loops.waitsFor[loop] = Wait.Release;
    } else {
      this.poll(loop);
    }
  }

  private poll(loop: number): void {
    const { loops } = this;
    if (loops.isFree[loop] === 0) {
      loops.isFree[loop] = 1;
      const { queue } = this.sources[loops.source[loop]];
      this.facts.loopFree(this.consumer, queue, loops.worker[loop]);
      this.watcher?.polls(loops.worker[loop]);
    }
    this.receives.begin(loop);
  }

  /** ReceivesOwner. */
  isHindered(loop: number): boolean {
    const worker = this.loops.worker[loop];
    return this.owner.isStopping(worker) || this.owner.isHeld(worker);
  }

  received(loop: number, first: number, count: number): void {
    if (first !== NONE) return this.takeBatch(loop, first, count);
    this.watcher?.foundNothing(this.loops.worker[loop]);
    this.rest(loop, false);
  }

  receiveFailed(loop: number): void {
    this.rest(loop, true);
  }

  /** After an empty receive, or one that failed. */
  private rest(loop: number, isFailed: boolean): void {
    const { loops } = this;
    const pause = this.sources[loops.source[loop]].idleTimeBetweenReads;
    const time = isFailed ? Math.max(pause, PROGRAM_LIMITS.pauseAfterError) : pause;
    if (time === 0 || this.owner.isStopping(loops.worker[loop])) {
      this.again(loop);
    } else {
      loops.waitsFor[loop] = Wait.Pause;
      this.kernel.after(time, this.rested, loop);
    }
  }

  private onRested(loop: number): void {
    if (this.loops.gone[loop] !== 0) {
      this.loops.free(loop);
    } else {
      this.loops.waitsFor[loop] = Wait.Nothing;
      this.again(loop);
    }
  }

  // --- a loop with a batch in hand -----------------------------------------------------------------

  private takeBatch(loop: number, first: number, count: number): void {
    const { loops } = this;
    const { queue, deletes } = this.sources[loops.source[loop]];
    loops.isFree[loop] = 0;
    this.facts.arrived(this.consumer, queue, loops.worker[loop], first);
    this.watcher?.took(loops.worker[loop], first);
    const heartbeats = this.heartbeats[loops.source[loop]];
    if (heartbeats !== null) {
      const { next } = this.deliveries;
      for (let delivery = first; delivery !== NONE; delivery = next[delivery])
        heartbeats.begin(delivery, loop, queue);
    }
    if (deletes === Deletes.OnReceipt) this.batches.begin(loop, first, count);
    else this.beginBatch(loop, first);
  }

  /** BatchOwner: a batch that was deleted on receipt. */
  batchIsFree(loop: number, first: number): void {
    this.beginBatch(loop, first);
  }

  private beginBatch(loop: number, first: number): void {
    const { loops, lanes } = this;
    loops.inHand[loop] = first;
    loops.active[loop] = 1; // this walk: a run may be over at once, the batch is not before all lanes had their turn
    for (
      let at = loops.firstLane[loop];
      at !== 0 && loops.inHand[loop] !== NONE;
      at = lanes.sibling[at - 1]
    ) {
      loops.active[loop]++;
      this.takeNext(at - 1, loop);
    }
    this.laneIsIdle(loop);
  }

  /** The lane takes the next message in hand, if there is one for it. */
  private takeNext(lane: number, loop: number): void {
    const { inHand } = this;
    const isParallel = this.sources[this.loops.source[loop]].parallel;
    this.lanes.job[lane] = NONE;
    const delivery = isParallel ? inHand.takeOfFreeGroup(loop) : inHand.take(loop);
    if (delivery === NONE) this.laneIsIdle(loop);
    else this.begin(lane, delivery);
  }

  private begin(lane: number, delivery: number): void {
    const { lanes, messages } = this;
    lanes.job[lane] = delivery;
    const run = messages.beginRun(delivery);
    const message = messages.obligations.message[messages.deliveries.obligation[delivery]];
    this.facts.runBegan(this.consumer, delivery, lanes.worker[lane]);
    this.runs.begin(lane, message, run);
  }

  private laneIsIdle(loop: number): void {
    const loops = this.loops;
    if (--loops.active[loop] > 0) return;
    const first = loops.done[loop];
    if (first === NONE) {
      this.again(loop);
      return;
    }
    this.stopHeartbeats(loop, first);
    this.batches.begin(loop, first, loops.doneCount[loop]);
  }

  /** BatchOwner. */
  batchIsRid(loop: number): void {
    this.again(loop);
  }

  /** ClosingOwner. */
  laneIsRid(lane: number): void {
    this.takeNext(lane, this.lanes.loop[lane]);
  }

  // --- a run is over -------------------------------------------------------------------------------

  /** RunOwner: the run of a lane ended. */
  runOver(lane: number, end: RunEnd): void {
    const { lanes, messages } = this;
    const delivery = lanes.job[lane];
    const loop = lanes.loop[lane];
    const source = this.sources[this.loops.source[loop]];
    if (end === RunEnd.Failed) messages.endRunFailed(delivery);
    else messages.endRunWell(delivery);
    this.facts.runEnded(this.consumer, delivery, lanes.worker[lane], end);
    if (end !== RunEnd.Failed && source.deletes === Deletes.AfterBatch) {
      this.keepForBatch(delivery, loop);
      this.takeNext(lane, loop);
      return;
    }
    const heartbeats = this.heartbeats[this.loops.source[loop]];
    if (heartbeats !== null) heartbeats.stop(delivery);
    if (source.deletes === Deletes.OnReceipt) this.letGo(lane, delivery, loop);
    else if (end === RunEnd.Failed) this.leave(lane, delivery, loop, source);
    else this.closing.delete(lane);
  }

  private keepForBatch(delivery: number, loop: number): void {
    const { deliveries, loops } = this;
    deliveries.next[delivery] = loops.done[loop];
    loops.done[loop] = delivery;
    loops.doneCount[loop]++;
  }

  private letGo(lane: number, delivery: number, loop: number): void {
    this.named.release(delivery);
    this.takeNext(lane, loop);
  }

  /** The run failed: its message, and the rest of its group in the batch, are not handled now. */
  private leave(lane: number, delivery: number, loop: number, source: QueueSource): void {
    const { stopsGroup, visibilityTimeout } = source.onFailure;
    const group = this.deliveries.group[delivery];
    const rest = stopsGroup && group !== NO_LABEL ? this.inHand.takeGroup(loop, group) : NONE;
    this.stopHeartbeats(loop, rest);
    if (visibilityTimeout === QUEUE_DEFAULT) {
      this.named.releaseAll(rest, Cause.None);
      this.letGo(lane, delivery, loop);
    } else {
      this.deliveries.next[delivery] = rest;
      this.closing.release(lane);
    }
  }

  private stopHeartbeats(loop: number, first: number): void {
    const heartbeats = this.heartbeats[this.loops.source[loop]];
    if (heartbeats === null) return;
    const { next } = this.deliveries;
    for (let delivery = first; delivery !== NONE; delivery = next[delivery])
      heartbeats.stop(delivery);
  }

  // --- ends ----------------------------------------------------------------------------------------

  /** RunOwner: a `crash` step struck. */
  processDies(worker: number): void {
    this.owner.processDies(worker);
  }

  /** The process is gone with all its loops, and what it knew. */
  processIsGone(worker: number): void {
    this.runs.forget(worker);
    this.attempts.forget(worker);
  }

  /**
   * The loop ends with all it holds: `end` says how its runs end, `cause` what later runs of its messages
   * are blamed on.
   */
  drop(loop: number, cause: Cause, end: RunEnd): void {
    const { loops } = this;
    const waitsFor = loops.waitsFor[loop];
    if (waitsFor === Wait.Poll) this.receives.drop(loop, cause);
    else if (waitsFor === Wait.Delete) this.batches.drop(loop, cause);
    this.dropHand(loop, cause, end);
    this.setTaken(loop);
    this.owner.forget(loop);
    // An event still names a loop that pauses: it frees the row.
    if (waitsFor === Wait.Pause || waitsFor === Wait.Backoff) loops.gone[loop] = 1;
    else loops.free(loop);
  }

  private dropHand(loop: number, cause: Cause, end: RunEnd): void {
    const { loops, lanes, named } = this;
    for (let at = loops.firstLane[loop]; at !== 0;) {
      const lane = at - 1;
      at = lanes.sibling[lane];
      this.dropLane(lane, loop, cause, end);
    }
    this.stopHeartbeats(loop, loops.inHand[loop]);
    this.stopHeartbeats(loop, loops.done[loop]);
    named.releaseAll(loops.inHand[loop], cause);
    named.releaseAll(loops.done[loop], cause);
  }

  private dropLane(lane: number, loop: number, cause: Cause, end: RunEnd): void {
    const { lanes, messages, named } = this;
    const delivery = lanes.job[lane];
    if (delivery === NONE) {
      lanes.free(lane);
    } else if (messages.deliveries.running[delivery] === 0) {
      named.releaseAll(this.closing.drop(lane, cause), cause);
    } else {
      messages.endRunLost(delivery);
      this.facts.runEnded(this.consumer, delivery, lanes.worker[lane], end);
      this.runs.drop(lane);
      this.stopHeartbeats(loop, delivery);
      named.releaseAll(delivery, cause);
    }
  }

  private setTaken(loop: number): void {
    const { loops } = this;
    if (loops.isFree[loop] === 0) return;
    loops.isFree[loop] = 0;
    this.facts.loopTaken(this.consumer, this.sources[loops.source[loop]].queue, loops.worker[loop]);
  }
}
