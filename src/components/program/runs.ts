/**
 * Runs of a handler: a lane takes one message through the steps.
 *
 * Runs know nothing of where messages come from: whoever owns the lanes (poll loops now; calls that a
 * fleet serves have their place here, too) begins a run and hears how it ended. A run ends inside
 * `begin` when none of its steps takes time.
 */

import { check } from '../../kernel/check.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import type { Facts } from '../facts.js';
import { RunEnd } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { ProgramOptions } from './options.js';
import type { Step } from './steps.js';
import { Verb, compileHandler } from './steps.js';
import { LaneTable } from './tables.js';

export interface RunOwner {
  /** The run of the lane's delivery is over; the lane still holds the delivery. */
  runOver(lane: number, isWell: boolean): void;
  /** The process of `worker` dies by its own step. */
  processDies(worker: number): void;
}

export class Runs {
  readonly lanes: LaneTable;
  private readonly kernel: Kernel;
  private readonly facts: Facts;
  private readonly messages: Messages;
  private readonly consumer: number;
  private readonly steps: readonly Step[];
  private readonly worked: Handler;
  private readonly struck: Handler;
  /** Work takes `factor` times as long, and each run begins with `addedTime` of nothing. */
  private factor = 1;
  private addedTime: Micros = 0;

  constructor(
    world: World,
    options: ProgramOptions,
    private readonly owner: RunOwner,
  ) {
    this.kernel = world.kernel;
    this.facts = world.facts;
    this.messages = world.messages;
    this.consumer = options.consumer;
    this.steps = compileHandler(options.handler, world.streams, options.name);
    this.lanes = new LaneTable(world.kernel.tables);
    this.worked = world.kernel.handler(`${options.name}/worked`, (lane) => this.onWorked(lane));
    this.struck = world.kernel.handler(`${options.name}/crash step`, (lane) => this.onStruck(lane));
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
    lanes.delivery[lane] = NONE;
    lanes.worker[lane] = worker;
    lanes.sibling[lane] = sibling;
    return lane;
  }

  /** The lane handles `delivery` from now on. */
  begin(lane: number, delivery: number): void {
    const { lanes, messages } = this;
    lanes.delivery[lane] = delivery;
    lanes.run[lane] = messages.beginRun(delivery);
    lanes.step[lane] = 0;
    const message = messages.obligations.message[messages.deliveries.obligation[delivery]];
    lanes.mark0[lane] = messages.messages.mark0[message];
    lanes.mark1[lane] = messages.messages.mark1[message];
    this.facts.runBegan(this.consumer, delivery, lanes.worker[lane]);
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
      if (step.verb === Verb.Work) {
        lanes.step[lane] = i + 1;
        this.kernel.after(this.slowed(step.duration(mark0, mark1, run)), this.worked, lane);
        return;
      }
      if (!step.strikes(mark0, mark1, run)) continue;
      if (step.verb === Verb.Fail) this.endFailed(lane);
      else this.kernel.soon(this.struck, lane); // an event, since others of its loop may be beginning
      return;
    }
    this.endWell(lane);
  }

  private slowed(time: Micros): Micros {
    return this.factor === 1 ? time : Math.round(time * this.factor);
  }

  private endWell(lane: number): void {
    const delivery = this.lanes.delivery[lane];
    this.messages.endRunWell(delivery);
    this.facts.runEnded(this.consumer, delivery, this.lanes.worker[lane], RunEnd.Ok);
    this.owner.runOver(lane, true);
  }

  private endFailed(lane: number): void {
    const delivery = this.lanes.delivery[lane];
    this.messages.endRunFailed(delivery);
    this.facts.runEnded(this.consumer, delivery, this.lanes.worker[lane], RunEnd.Failed);
    this.owner.runOver(lane, false);
  }

  /**
   * The lane's process is gone. Returns the delivery that it no longer handles, or NONE when it held
   * none or its delete is under way. The row is freed when nothing names it any more.
   */
  drop(lane: number, end: RunEnd): number {
    const { lanes, messages } = this;
    const delivery = lanes.delivery[lane];
    if (delivery === NONE) {
      lanes.free(lane);
      return NONE;
    }
    lanes.loop[lane] = NONE;
    if (messages.deliveries.running[delivery] === 0) return NONE;
    messages.endRunLost(delivery);
    this.facts.runEnded(this.consumer, delivery, lanes.worker[lane], end);
    return delivery;
  }

  private onWorked(lane: number): void {
    if (this.lanes.loop[lane] === NONE) this.lanes.free(lane);
    else this.proceed(lane);
  }

  private onStruck(lane: number): void {
    if (this.lanes.loop[lane] !== NONE) this.owner.processDies(this.lanes.worker[lane]);
    check(this.lanes.loop[lane] === NONE, 'a process that dies drops all its lanes');
    this.lanes.free(lane);
  }
}
