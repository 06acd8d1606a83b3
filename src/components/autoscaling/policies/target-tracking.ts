/**
 * The arithmetic of target tracking, as pure functions.
 *
 * AWS publishes that it rounds towards more capacity (add 1.5: 2; remove 1.5: 1), that it scales out when any
 * policy wants to and in when all do, and that the largest capacity wins (EC2 Auto Scaling User Guide, "Target
 * tracking scaling policies", awsdocs doc_source/as-scaling-target-tracking.md, commit 0987d768). That capacity
 * is proportional to the metric follows from its recipe for queues (as-using-sqs-queue.md), as an assumption.
 */

import type { Capacity } from './step-scaling.js';

/** What is left of a division that should have come out whole: 7.000000000000001 instances are 7. */
const SLACK = 1e-9;

/** Upwards to a whole number of instances. */
export function roundUp(instances: number): number {
  const nearest = Math.round(instances);
  if (Math.abs(instances - nearest) <= SLACK * Math.max(1, Math.abs(nearest))) return nearest + 0;
  return Math.ceil(instances) + 0;
}

/** The capacity at which the metric would be at its target, not rounded. */
export function proportional(active: number, metric: number, target: number): number {
  return (active * metric) / target;
}

/** What a policy wants that is to scale out: never fewer than now. */
export function wantedOut(capacity: Capacity, metric: number, target: number): number {
  return Math.max(capacity.desired, roundUp(proportional(capacity.warm, metric, target)));
}

/**
 * What a policy wants that is to scale in: never more than now, nothing while instances warm up or a scale-out is
 * under way. Instances that are on their way out still count, so that no more are removed than needed. Rounding
 * upwards sees to it that the metric of those that stay is not beyond the target.
 */
export function wantedIn(capacity: Capacity, metric: number, target: number): number {
  if (capacity.isWarming || capacity.warm === 0) return capacity.desired;
  const present = capacity.warm + capacity.leaving;
  return Math.min(capacity.desired, roundUp(proportional(present, metric, target)));
}

/**
 * What is left of what a policy wants when one scale-in removes at most this share of the capacity (0..1), or one
 * instance if that is more: an assumption, because AWS says only that groups "scale in more gradually".
 */
export function gradually(desired: number, wanted: number, share: number): number {
  const most = Math.max(1, Math.floor(share * desired + SLACK));
  return Math.max(wanted, desired - most);
}

/** What a group with several policies wants: NaN stands for a policy that wants nothing, such as one without data. */
export function wantedByAll(desired: number, wants: readonly number[]): number {
  const real = wants.filter((want) => !Number.isNaN(want));
  const largest = Math.max(desired, ...real);
  if (largest > desired || real.length < wants.length || real.length === 0) return largest;
  return Math.max(...real);
}
