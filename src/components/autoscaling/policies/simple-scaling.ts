/**
 * Simple scaling: one adjustment per action of the alarm; then nothing by simple policies until all activities
 * of the group are over and the cooldown has passed. What acts otherwise (other kinds of policies, schedules,
 * changes by hand, replacements) waits for neither.
 *
 * Sources: EC2 Auto Scaling User Guide, "Step and simple scaling policies" and "Scaling cooldowns" (awsdocs,
 * doc_source/as-scaling-simple-step.md and Cooldown.md, commit 0987d768). The cooldown that counts is that of the
 * policy that acted, from the moment when its last instance is launched or gone.
 */

import type { Micros } from '../../../kernel/time.js';
import type { Activities } from '../activities.js';
import type { Decision } from './decider.js';
import { Decider } from './decider.js';
import type { Group } from '../group.js';
import type { SimplePolicyOptions } from './policy-options.js';
import type { AdjustmentType } from './step-scaling.js';
import { changeOf } from './step-scaling.js';

/** The cooldown of a group, which all its simple policies share. */
export class Cooldown {
  private endsAt: Micros = -Infinity;
  /** Of the policy that acted; -1 once its activities are over. */
  private waiting: Micros = -1;

  constructor(
    private readonly clock: { readonly now: Micros },
    private readonly activities: Activities,
  ) {
    activities.over = () => this.begin();
  }

  /** A policy whose change began no activity has nothing to wait for. */
  get isOver(): boolean {
    if (this.activities.areUnderWay) return false;
    return this.waiting >= 0 || this.clock.now >= this.endsAt;
  }

  /** A simple policy is about to change the group. */
  startAfter(cooldown: Micros): void {
    this.waiting = cooldown;
  }

  private begin(): void {
    if (this.waiting < 0) return;
    this.endsAt = this.clock.now + this.waiting;
    this.waiting = -1;
  }
}

export class SimplePolicy extends Decider {
  constructor(
    private readonly group: Group,
    private readonly options: SimplePolicyOptions,
    private readonly cooldown: Cooldown,
  ) {
    super([options.alarm]);
  }

  metricOf(values: readonly number[]): number {
    return values[values.length - 1] ?? NaN;
  }

  decide(): Decision {
    const { adjustmentType, adjustment, minAdjustmentMagnitude, cooldown } = this.options;
    const { desired, min, max } = this.group.capacityNow(0);
    const wanted = simpleWanted(adjustmentType, adjustment, desired, minAdjustmentMagnitude);
    const to = Math.min(max, Math.max(min, wanted));
    if (to === desired || !this.cooldown.isOver) return { wanted, desired };
    this.cooldown.startAfter(cooldown);
    return { wanted, desired: to };
  }
}

/** What a simple policy makes of a capacity, before the group's bounds. */
export function simpleWanted(
  type: AdjustmentType,
  adjustment: number,
  capacity: number,
  minMagnitude: number,
): number {
  return Math.max(0, capacity + changeOf(type, adjustment, capacity, minMagnitude));
}

/** The cooldown that holds: the policy's own, else the group's. */
export function cooldownOf(own: Micros | undefined, ofGroup: Micros): Micros {
  return own ?? ofGroup;
}
