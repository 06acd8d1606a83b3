/**
 * The step `send`: a lane makes children of its message and waits until each is acknowledged. How they go out is the
 * sender's affair (components/client). Each run makes new children: one that is broken off half-way and run again
 * sends again. When the process dies, what was sent stays sent, and nothing is tried again.
 */

import { NONE } from '../messages.js';
import { CallError } from '../port.js';
import type { SendOptions, SendParts } from './send-step.js';
import { SendStep } from './send-step.js';
import type { LaneTable } from './tables.js';

/** What runs hear of the sends of their lanes. */
export interface OutboxOwner {
  /** All are acknowledged, or their failure does not matter. */
  sendsDone(lane: number): void;
  sendFailed(lane: number): void;
}

export class Outbox {
  /** By the place of the step. */
  private readonly steps = new Map<number, SendStep>();

  private readonly lanes: LaneTable;

  constructor(
    private readonly name: string,
    private readonly parts: Omit<SendParts, 'settled'>,
    private readonly owner: OutboxOwner,
  ) {
    this.lanes = parts.lanes;
  }

  /** While building. */
  add(place: number, options: SendOptions): void {
    const settled = (lane: number, error: number): void => this.onSettled(lane, error);
    const own = `${this.name}/handler[${place}]`;
    this.steps.set(place, new SendStep({ ...this.parts, settled }, own, options));
  }

  /** The lane is on its step. */
  begin(lane: number): void {
    const step = this.stepOf(lane);
    this.lanes.callsLeft[lane] = step.options.count;
    step.send(lane, 0);
  }

  /** That before the lane's next. */
  private stepOf(lane: number): SendStep {
    return this.steps.get(this.lanes.step[lane] - 1)!;
  }

  private onSettled(lane: number, error: number): void {
    const { lanes, owner } = this;
    const step = this.stepOf(lane);
    lanes.sent[lane] = NONE;
    const { count, ignoresErrors } = step.options;
    if (error !== CallError.None && !ignoresErrors) owner.sendFailed(lane);
    else if (--lanes.callsLeft[lane] > 0) step.send(lane, count - lanes.callsLeft[lane]);
    else owner.sendsDone(lane);
  }

  /** The lane's process is gone while it waits for an acknowledgement; nothing else names the lane. */
  drop(lane: number): void {
    this.stepOf(lane).drop(lane);
    this.lanes.free(lane);
  }

  /** The process is gone. */
  forget(worker: number): void {
    for (const step of this.steps.values()) step.forget(worker);
  }
}
