/**
 * Which instances go when a group scales in (EC2 Auto Scaling User Guide, "Working with Amazon EC2 Auto Scaling
 * termination policies", awsdocs commit 0b8b3aea). In a mixed group the purchase option comes first; then the zones
 * with the most instances and one at least that is not protected; within them the list of policies. Where AWS then
 * draws lots, the one that joined first goes. What is still on its way in goes only when nothing else can. The step
 * "closest to the next billing hour" of the Default policy is left out: Linux instances are billed by the second, and
 * have no billing hour.
 */

import { HOUR } from '../../../kernel/time.js';
import type { Micros } from '../../../kernel/time.js';
import type { InstanceTable } from './instances.js';
import type { InstancesDistribution } from './purchase.js';
import { terminatesSpot } from './purchase.js';
import type { Roster } from './roster.js';
import { NOBODY } from './roster.js';

export const TERMINATION_POLICIES = [
  'Default',
  'OldestInstance',
  'NewestInstance',
  'ClosestToNextInstanceHour',
  'OldestLaunchTemplate',
  'OldestLaunchConfiguration',
  'AllocationStrategy',
] as const;
export type TerminationPolicy = (typeof TERMINATION_POLICIES)[number];

export interface TerminationRules {
  readonly policies: readonly TerminationPolicy[];
  /** null: all instances are On-Demand. */
  readonly distribution: InstancesDistribution | null;
  /** Instances that Auto Scaling takes for in service are protected from scale-in. */
  readonly protectsNew: boolean;
}

export class TerminationOrder {
  constructor(
    private readonly instances: InstanceTable,
    private readonly rules: TerminationRules,
  ) {}

  isProtected(row: number): boolean {
    return this.rules.protectsNew && this.instances.isServing(row);
  }

  /** The `count` members that go, the first first; fewer when the rest is protected. */
  choose(members: Roster, count: number, now: Micros): number[] {
    const { distribution } = this.rules;
    const counts = [...members.counts];
    // By purchase option, then by zone: who goes first there.
    const queues = [false, true].map((isSpot) =>
      counts.map((_, zone) => this.queue(members, zone, isSpot, now)),
    );
    const chosen: number[] = [];
    let spot = members.spot;
    while (chosen.length < count) {
      const onDemand = members.size - chosen.length - spot;
      const spotFirst = distribution !== null && terminatesSpot(distribution, onDemand, spot);
      const [first, second] = spotFirst ? [queues[1], queues[0]] : queues;
      const row = this.take(first, counts, now) ?? this.take(second, counts, now);
      if (row === undefined) break;
      counts[this.instances.zone[row]]--;
      spot -= this.instances.isSpot[row];
      chosen.push(row);
    }
    return chosen;
  }

  /** The one of a zone's members that goes first, of those that may go; undefined: none may. */
  firstOf(
    members: Roster,
    zone: number,
    now: Micros,
    mayGo: (row: number) => boolean,
  ): number | undefined {
    let first: number | undefined;
    for (let row = members.firstOf(zone); row !== NOBODY; row = members.next(row)) {
      if (this.isProtected(row) || !mayGo(row)) continue;
      if (first === undefined || this.compare(row, first, now) < 0) first = row;
    }
    return first;
  }

  private queue(members: Roster, zone: number, isSpot: boolean, now: Micros): number[] {
    const queue: number[] = [];
    for (let row = members.firstOf(zone); row !== NOBODY; row = members.next(row)) {
      const isOther = (this.instances.isSpot[row] === 1) !== isSpot;
      if (!isOther && !this.isProtected(row)) queue.push(row);
    }
    return queue.sort((a, b) => this.compare(a, b, now));
  }

  /** Out of the zones with the most instances, of those that have a candidate left. */
  private take(
    queues: readonly number[][],
    counts: readonly number[],
    now: Micros,
  ): number | undefined {
    let best = -1;
    queues.forEach((queue, zone) => {
      if (queue.length === 0) return;
      const isBetter =
        best < 0 ||
        counts[zone] > counts[best] ||
        (counts[zone] === counts[best] && this.compare(queue[0], queues[best][0], now) < 0);
      if (isBetter) best = zone;
    });
    return best < 0 ? undefined : queues[best].shift();
  }

  /** Below 0: `a` goes before `b`. */
  private compare(a: number, b: number, now: Micros): number {
    const { instances, rules } = this;
    const pending = Number(instances.isPending(a)) - Number(instances.isPending(b));
    if (pending !== 0) return pending;
    for (const policy of rules.policies) {
      const order = this.compareBy(policy, a, b, now);
      if (order !== 0) return order;
    }
    return instances.joined[a] - instances.joined[b];
  }

  private compareBy(policy: TerminationPolicy, a: number, b: number, now: Micros): number {
    const { version, joined } = this.instances;
    switch (policy) {
      case 'OldestInstance':
        return joined[a] - joined[b];
      case 'NewestInstance':
        return joined[b] - joined[a];
      case 'ClosestToNextInstanceHour':
        return this.intoHour(b, now) - this.intoHour(a, now);
      case 'Default':
      case 'OldestLaunchTemplate':
      case 'OldestLaunchConfiguration':
        return version[a] - version[b];
      case 'AllocationStrategy': // one instance type: every instance fits the strategy
        return 0;
    }
  }

  /** How much of its instance hour has passed. */
  private intoHour(row: number, now: Micros): Micros {
    return this.instances.isPending(row) ? 0 : (now - this.instances.upAt[row]) % HOUR;
  }
}
