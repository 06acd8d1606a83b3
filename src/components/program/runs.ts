/**
 * Runs of a handler: a lane takes one message, or one call that is served, through the steps.
 *
 * Runs know nothing of where their work comes from: whoever owns the lanes (poll loops, or a service that takes
 * calls) begins a run and hears how it ended. A run ends inside `begin` when none of its steps takes time.
 */

import { check } from '../../kernel/check.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { RunEnd } from '../facts.js';
import { NONE } from '../messages.js';
import { ProcessEnds } from '../process-ends.js';
import type { World } from '../world.js';
import type { CallerOptions } from './attempts.js';
import type { ErrandOwner } from './calling.js';
import { Calling } from './calling.js';
import type { Errand } from './errands.js';
import { PayloadRead } from './errands.js';
import type { When } from './matching.js';
import { Once } from './once.js';
import type { OutboxOwner } from './outbox.js';
import { Outbox } from './outbox.js';
import type { Step, StepOptions } from './steps.js';
import { compileHandler, STATUS_OF_FAILURE, Verb } from './steps.js';
import { LaneTable } from './tables.js';
import type { WorkMeter } from './work-meter.js';

export interface RunOwner {
  /** The run of the lane's job is over: Ok, Failed or Skipped. `status`: what a caller gets when it failed. */
  runOver(lane: number, end: RunEnd, status: number): void;
  /** The process of `worker` dies by its own step. */
  processDies(worker: number): void;
}

/** What runs are made of. */
export interface RunsOptions {
  readonly name: string;
  /** The resource number of the program. */
  readonly consumer: number;
  readonly handler: readonly StepOptions[];
  /** How it reads payloads that lie in a bucket. */
  readonly client: CallerOptions;
}

export class Runs implements ErrandOwner, OutboxOwner {
  readonly lanes: LaneTable;
  /** Whether it matters what the message is about. */
  private asksSource: boolean;
  /** Whether payloads of messages may lie in a bucket. */
  private readsPayloads = false;
  private readonly kernel: Kernel;
  private readonly consumer: number;
  private readonly steps: readonly Step[];
  private readonly calling: Calling;
  private readonly payload: PayloadRead;
  private readonly once: Once | null;
  /** null: no step sends. */
  private readonly outbox: Outbox | null;
  private readonly ends: ProcessEnds;
  private readonly worked: Handler;
  private readonly struck: Handler;
  /** Work takes `factor` times as long, and each run begins with `addedTime` of nothing. */
  private factor = 1;
  private addedTime: Micros = 0;
  /** Set before the run when somebody asks how much work there is. */
  meter: WorkMeter | null = null;

  constructor(
    private readonly world: World,
    options: RunsOptions,
    private readonly owner: RunOwner,
  ) {
    const { name, handler, consumer } = options;
    this.consumer = consumer;
    this.kernel = world.kernel;
    this.steps = compileHandler(handler, world, name);
    this.lanes = new LaneTable(world.kernel.tables);
    this.worked = world.kernel.handler(`${name}/worked`, (lane) => this.onWorked(lane));
    this.struck = world.kernel.handler(`${name}/crash step`, (lane) => this.onStruck(lane));
    this.calling = new Calling(world, name, consumer, this.lanes, this);
    this.ends = world.shared(ProcessEnds);
    this.payload = new PayloadRead(world, options.client, world.streams.key(name, 'payload'));
    const [memory, ...more] = handler.flatMap(({ once }) => (once === undefined ? [] : [once]));
    check(more.length === 0, 'a handler has one step once at most');
    this.once = memory === undefined ? null : new Once(world, memory, this.lanes);
    this.outbox = handler.some(({ send }) => send !== undefined)
      ? new Outbox(name, { world, source: consumer, lanes: this.lanes }, this)
      : null;
    for (const [i, { send }] of handler.entries())
      if (send !== undefined) this.outbox!.add(i, send);
    this.asksSource = handler.some(({ when, once, call, send }) =>
      [when, once, call, send].some((one) => one !== undefined),
    );
  }

  /** Before the first run, when all sources of messages are built. */
  prepare(): void {
    this.readsPayloads = this.world.makes.hasPayloads;
    this.asksSource ||= this.readsPayloads;
  }

  /** Work that begins from now on takes `factor` times as long, and each run `addedTime` more. */
  slow(factor: number, addedTime: Micros): void {
    this.factor = factor;
    this.addedTime = addedTime;
  }

  addLane(loop: number, worker: number, sibling: number): number {
    const lanes = this.lanes;
    const lane = lanes.addZeroed();
    lanes.loop[lane] = loop;
    lanes.job[lane] = NONE;
    lanes.worker[lane] = worker;
    lanes.call[lane] = NONE;
    lanes.sent[lane] = NONE;
    lanes.sibling[lane] = sibling;
    return lane;
  }

  /** Run number `run` of the lane's job: this message. */
  begin(lane: number, message: number, run: number): void {
    const { mark0, mark1, source } = this.world.messages.messages;
    if (this.asksSource) {
      const { lanes } = this;
      const about = this.world.messages.about(message);
      lanes.message[lane] = message | 0;
      lanes.sender[lane] = source[message];
      lanes.source[lane] = about.source;
      lanes.about0[lane] = about.mark0;
      lanes.about1[lane] = about.mark1;
    }
    this.go(lane, mark0[message], mark1[message], run);
  }

  /** A run of the lane's job: a call that is served (call-port.ts). `run`: what its draws are numbered by. */
  beginCall(lane: number, call: number, run = this.world.calls.c[call]): void {
    const { lanes } = this;
    const { a, b, carries, first } = this.world.calls;
    const message = first[call];
    lanes.message[lane] = message;
    lanes.sender[lane] = carries[call];
    lanes.source[lane] = carries[call];
    lanes.about0[lane] = a[call];
    lanes.about1[lane] = b[call];
    if (message !== NONE) {
      const about = this.world.messages.about(message);
      lanes.source[lane] = about.source;
      lanes.about0[lane] = about.mark0;
      lanes.about1[lane] = about.mark1;
    }
    this.go(lane, a[call], b[call], run);
  }

  private go(lane: number, mark0: number, mark1: number, run: number): void {
    const { lanes } = this;
    lanes.run[lane] = run;
    lanes.step[lane] = 0;
    lanes.mark0[lane] = mark0;
    lanes.mark1[lane] = mark1;
    if (this.once !== null) lanes.remembers[lane] = 0;
    const isElsewhere = this.readsPayloads && this.payload.bytesFor(lanes, lane) > 0;
    if (isElsewhere) this.calling.begin(lane);
    else this.enter(lane);
  }

  /** Before the first step. */
  private enter(lane: number): void {
    if (this.addedTime > 0) this.kernel.after(this.addedTime, this.worked, lane);
    else this.proceed(lane);
  }

  /** From the lane's next step on, until one takes time or the run is over. */
  private proceed(lane: number): void {
    const { lanes, steps } = this;
    const mark0 = lanes.mark0[lane];
    const mark1 = lanes.mark1[lane];
    const run = lanes.run[lane];
    for (let i = lanes.step[lane]; i < steps.length; i++) {
      const step = steps[i];
      if (!step.happens(mark0, mark1, run)) continue;
      if (step.when !== null && !isMeant(step.when, lanes, lane)) continue;
      if (step.verb === Verb.Work) {
        lanes.step[lane] = i + 1;
        if (this.meter !== null) this.meter.begins(lane, lanes.loop[lane], lanes.worker[lane]);
        this.kernel.after(this.slowed(step.duration(mark0, mark1, run)), this.worked, lane);
        return;
      }
      if (step.verb === Verb.Call) {
        lanes.step[lane] = i + 1;
        this.calling.begin(lane);
        return;
      }
      if (step.verb === Verb.Send) {
        lanes.step[lane] = i + 1;
        this.outbox!.begin(lane);
        return;
      }
      if (step.verb === Verb.Once) {
        if (this.hasSeen(lane)) return;
        continue;
      }
      if (!step.strikes(mark0, mark1, run)) continue;
      if (step.verb === Verb.Fail) this.owner.runOver(lane, RunEnd.Failed, step.status);
      else this.kernel.soon(this.struck, lane); // an event, since others of its loop may be beginning
      return;
    }
    this.endWell(lane);
  }

  private slowed(time: Micros): Micros {
    return this.factor === 1 ? time : Math.round(time * this.factor);
  }

  private endWell(lane: number): void {
    if (this.once !== null && this.lanes.remembers[lane] !== 0) this.once.remember(lane);
    this.owner.runOver(lane, RunEnd.Ok, 0);
  }

  /** The step `once`: a run of what was seen before is over. */
  private hasSeen(lane: number): boolean {
    const seen = this.once!.ask(lane);
    if (seen === 'seen') {
      this.owner.runOver(lane, RunEnd.Skipped, 0);
      return true;
    }
    this.lanes.remembers[lane] = seen === 'new' ? 1 : 0;
    return false;
  }

  // --- ErrandOwner ---------------------------------------------------------------------------------

  /** That of the step before the lane's next; before the first step, the payload. */
  errandOf(lane: number): Errand {
    const next = this.lanes.step[lane];
    return next === 0 ? this.payload : this.steps[next - 1].errand!;
  }

  errandDone(lane: number): void {
    if (this.lanes.step[lane] === 0) this.enter(lane);
    else this.proceed(lane);
  }

  errandFailed(lane: number): void {
    this.owner.runOver(lane, RunEnd.Failed, STATUS_OF_FAILURE);
  }

  // --- OutboxOwner ---------------------------------------------------------------------------------

  sendsDone(lane: number): void {
    this.proceed(lane);
  }

  sendFailed(lane: number): void {
    this.owner.runOver(lane, RunEnd.Failed, STATUS_OF_FAILURE);
  }

  // --- ends ----------------------------------------------------------------------------------------

  /** The lane's process is gone in the middle of a run. The row is freed when nothing names it any more. */
  drop(lane: number): void {
    const { lanes } = this;
    if (this.meter !== null) this.meter.ends(lane, lanes.loop[lane], lanes.worker[lane]);
    if (lanes.sent[lane] !== NONE) this.outbox!.drop(lane);
    else if (lanes.call[lane] === NONE) lanes.loop[lane] = NONE;
    else this.calling.drop(lane);
  }

  /** The process is gone, with what it remembered. */
  forget(worker: number): void {
    if (this.once !== null) this.once.forget(worker);
    for (const { errand } of this.steps) errand?.attempts.forget(worker);
    this.payload.attempts.forget(worker);
    this.outbox?.forget(worker);
    this.ends.tell(this.consumer, worker);
  }

  private onWorked(lane: number): void {
    const { lanes } = this;
    if (lanes.loop[lane] === NONE) {
      lanes.free(lane);
      return;
    }
    if (this.meter !== null) this.meter.ends(lane, lanes.loop[lane], lanes.worker[lane]);
    this.proceed(lane);
  }

  private onStruck(lane: number): void {
    if (this.lanes.loop[lane] !== NONE) this.owner.processDies(this.lanes.worker[lane]);
    check(this.lanes.loop[lane] === NONE, 'a process that dies drops all its lanes');
    this.lanes.free(lane);
  }
}

function isMeant(when: When, { source, about0, about1, sender }: LaneTable, lane: number): boolean {
  return when.matches(source[lane], about0[lane], about1[lane], sender[lane]);
}
