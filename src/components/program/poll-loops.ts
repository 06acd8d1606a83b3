/**
 * Poll loops: a loop polls a queue, has a batch in hand, runs the handler for each message, deletes what
 * went well, and polls again. Its lanes do the handling: one lane takes the messages in turn, several
 * (`inBatch: parallel`) take them at once. A failed message is let go: it stays hidden until its timeout.
 *
 * A loop whose process ends lets go of everything. What is under way then takes its course: a delete still
 * reaches the queue and counts; a poll is abandoned, and messages that were already on their way to it
 * stay hidden until their timeout, their redelivery blamed on the end of the process.
 */

import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Facts } from '../facts.js';
import { Cause, Outcome, RunEnd } from '../facts.js';
import type { DeliveryTable, Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';
import { PROGRAM_LIMITS } from './limits.js';
import type { ProgramOptions, QueueSource } from './options.js';
import { Deletes } from './options.js';
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

export class PollLoops {
  readonly loops: LoopTable;
  readonly runs: Runs;
  private readonly kernel: Kernel;
  private readonly facts: Facts;
  private readonly messages: Messages;
  private readonly deliveries: DeliveryTable;
  private readonly calls: Calls;
  private readonly consumer: number;
  private readonly sources: readonly QueueSource[];
  private readonly lanes: LaneTable;
  private readonly key: MarkKey;
  private readonly received: Handler;
  private readonly rested: Handler;
  private readonly deleted: Handler;
  private readonly batchDeleted: Handler;
  private readonly deletedFirst: Handler;

  constructor(
    world: World,
    options: ProgramOptions,
    private readonly owner: LoopOwner,
  ) {
    this.kernel = world.kernel;
    this.facts = world.facts;
    this.messages = world.messages;
    this.deliveries = world.messages.deliveries;
    this.calls = world.calls;
    this.consumer = options.consumer;
    this.sources = options.sources;
    this.loops = new LoopTable(world.kernel.tables);
    this.runs = new Runs(world, options, this);
    this.lanes = this.runs.lanes;
    this.key = world.streams.key(options.name, 'poll loop');
    const on = (event: string, run: (row: number) => void) =>
      world.kernel.handler(`${options.name}/${event}`, run);
    this.received = on('received', (call) => this.onReceived(call));
    this.rested = on('rested', (loop) => this.onRested(loop));
    this.deleted = on('deleted', (call) => this.onDeleted(call));
    this.batchDeleted = on('batch deleted', (call) => this.onBatchDeleted(call));
    this.deletedFirst = on('deleted on receipt', (call) => this.onDeletedFirst(call));
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
    const { loops, calls } = this;
    const source = this.sources[loops.source[loop]];
    if (loops.isFree[loop] === 0) {
      loops.isFree[loop] = 1;
      this.facts.loopFree(this.consumer, source.queue, loops.worker[loop]);
    }
    const call = calls.begin(
      this.consumer,
      source.queue,
      QueueOperation.ReceiveMessage,
      this.received,
      loop,
    );
    loops.waitsFor[loop] = Wait.Poll;
    loops.call[loop] = call;
    calls.carries[call] = source.batchSize;
    calls.a[call] = source.waitTime;
    calls.b[call] = source.visibilityTimeout;
    this.go(call, loop);
  }

  private go(call: number, loop: number): void {
    const loops = this.loops;
    this.calls.go(call, loops.mark0[loop], loops.mark1[loop], loops.callsMade[loop]++);
  }

  private onReceived(call: number): void {
    const { calls, loops } = this;
    const loop = calls.context[call];
    const first = calls.first[call];
    const count = calls.carries[call];
    const isRefused = calls.error[call] !== 0;
    calls.free(call);
    if (loops.gone[loop] !== 0) {
      this.letGo(first, loops.cause[loop]);
      loops.free(loop);
      return;
    }
    loops.waitsFor[loop] = Wait.Nothing;
    if (first === NONE) this.rest(loop, isRefused);
    else this.takeBatch(loop, first, count);
  }

  /** After an empty receive, or one that was refused. */
  private rest(loop: number, isRefused: boolean): void {
    const { loops } = this;
    const pause = this.sources[loops.source[loop]].idleTimeBetweenReads;
    const time = isRefused ? Math.max(pause, PROGRAM_LIMITS.pauseAfterError) : pause;
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
    this.loops.isFree[loop] = 0;
    this.facts.arrived(
      this.consumer,
      this.sources[this.loops.source[loop]].queue,
      this.loops.worker[loop],
      first,
    );
    if (this.deletesOf(loop) === Deletes.OnReceipt)
      this.deleteBatch(loop, first, count, this.deletedFirst);
    else this.beginBatch(loop, first);
  }

  private deletesOf(loop: number): Deletes {
    return this.sources[this.loops.source[loop]].deletes;
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

  /** The lane takes the next message in hand, if there is one. */
  private takeNext(lane: number, loop: number): void {
    const delivery = this.loops.inHand[loop];
    if (delivery === NONE) {
      this.lanes.delivery[lane] = NONE;
      this.laneIsIdle(loop);
      return;
    }
    this.loops.inHand[loop] = this.deliveries.next[delivery];
    this.deliveries.next[delivery] = NONE;
    this.runs.begin(lane, delivery);
  }

  private laneIsIdle(loop: number): void {
    const loops = this.loops;
    if (--loops.active[loop] > 0) return;
    const first = loops.done[loop];
    if (first === NONE) {
      this.again(loop);
      return;
    }
    const count = loops.doneCount[loop];
    loops.done[loop] = NONE;
    loops.doneCount[loop] = 0;
    this.deleteBatch(loop, first, count, this.batchDeleted);
  }

  /** RunOwner: the run of a lane ended. */
  runOver(lane: number, isWell: boolean): void {
    const { lanes, loops, deliveries } = this;
    const delivery = lanes.delivery[lane];
    const loop = lanes.loop[lane];
    const deletes = this.deletesOf(loop);
    if (isWell && deletes === Deletes.AfterEach) {
      this.deleteOne(lane, delivery, loop);
      return;
    }
    if (isWell && deletes === Deletes.AfterBatch) {
      deliveries.next[delivery] = loops.done[loop];
      loops.done[loop] = delivery;
      loops.doneCount[loop]++;
    } else {
      this.messages.consumerReleases(delivery);
    }
    this.takeNext(lane, loop);
  }

  // --- deletes -------------------------------------------------------------------------------------

  private deleteOne(lane: number, delivery: number, loop: number): void {
    const { calls } = this;
    const queue = this.sources[this.loops.source[loop]].queue;
    const call = calls.begin(
      this.consumer,
      queue,
      QueueOperation.DeleteMessage,
      this.deleted,
      lane,
    );
    calls.first[call] = delivery;
    calls.carries[call] = 1;
    this.go(call, loop);
  }

  private onDeleted(call: number): void {
    const { calls, lanes } = this;
    const lane = calls.context[call];
    this.messages.consumerReleases(calls.first[call]);
    calls.free(call);
    const loop = lanes.loop[lane];
    if (loop === NONE) lanes.free(lane);
    else this.takeNext(lane, loop);
  }

  private deleteBatch(loop: number, first: number, count: number, answerTo: Handler): void {
    const { calls, loops } = this;
    const queue = this.sources[loops.source[loop]].queue;
    loops.waitsFor[loop] = Wait.Delete;
    const call = calls.begin(
      this.consumer,
      queue,
      QueueOperation.DeleteMessageBatch,
      answerTo,
      loop,
    );
    calls.first[call] = first;
    calls.carries[call] = count;
    this.go(call, loop);
  }

  private onBatchDeleted(call: number): void {
    const { calls, loops } = this;
    const loop = calls.context[call];
    this.letGo(calls.first[call], Cause.None);
    calls.free(call);
    loops.waitsFor[loop] = Wait.Nothing;
    if (loops.gone[loop] !== 0) loops.free(loop);
    else this.again(loop);
  }

  /** `deletes: onReceipt`: from here on, what is not handled well is lost. */
  private onDeletedFirst(call: number): void {
    const { calls, loops, deliveries } = this;
    const loop = calls.context[call];
    const first = calls.first[call];
    const isDeleted = calls.error[call] === 0;
    calls.free(call);
    for (
      let delivery = first;
      isDeleted && delivery !== NONE;
      delivery = deliveries.next[delivery]
    ) {
      this.messages.fate(deliveries.obligation[delivery], Outcome.DeletedOnReceipt);
    }
    loops.waitsFor[loop] = Wait.Nothing;
    if (loops.gone[loop] === 0) {
      this.beginBatch(loop, first);
    } else {
      this.letGo(first, loops.cause[loop]);
      loops.free(loop);
    }
  }

  // --- ends ----------------------------------------------------------------------------------------

  /** RunOwner: a `crash` step struck. */
  processDies(worker: number): void {
    this.owner.processDies(worker);
  }

  /**
   * The loop ends with all it holds: `end` says how its runs end, `cause` what later runs of its messages
   * are blamed on.
   */
  drop(loop: number, cause: Cause, end: RunEnd): void {
    const { loops } = this;
    this.dropHand(loop, cause, end);
    this.setTaken(loop);
    this.owner.forget(loop);
    const waitsFor = loops.waitsFor[loop];
    if (waitsFor === Wait.Nothing || waitsFor === Wait.Release) {
      loops.free(loop);
      return;
    }
    // Something still names the row: it is freed when that comes.
    loops.gone[loop] = 1;
    loops.cause[loop] = cause;
    if (waitsFor === Wait.Poll) this.calls.abandoned[loops.call[loop]] = 1;
  }

  private dropHand(loop: number, cause: Cause, end: RunEnd): void {
    const { loops, lanes } = this;
    for (let at = loops.firstLane[loop]; at !== 0;) {
      const lane = at - 1;
      at = lanes.sibling[lane];
      this.letGo(this.runs.drop(lane, end), cause);
    }
    this.letGo(loops.inHand[loop], cause);
    this.letGo(loops.done[loop], cause);
  }

  /** The consumer is through with a list of deliveries. */
  private letGo(first: number, cause: number): void {
    const { deliveries, messages } = this;
    for (let delivery = first; delivery !== NONE;) {
      const next = deliveries.next[delivery];
      if (cause !== Cause.None) messages.blame(deliveries.obligation[delivery], cause);
      messages.consumerReleases(delivery);
      delivery = next;
    }
  }

  private setTaken(loop: number): void {
    const { loops } = this;
    if (loops.isFree[loop] === 0) return;
    loops.isFree[loop] = 0;
    this.facts.loopTaken(this.consumer, this.sources[loops.source[loop]].queue, loops.worker[loop]);
  }
}
