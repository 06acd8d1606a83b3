/** Instances of each fleet by what became of them; the invariants `instance-conservation` and `capacity-bounds`. */
import { InstanceState } from '../../components/facts.js';
import type { Broken } from '../invariants/broken.js';
import type { Levels } from '../levels.js';
import { INSTANCES } from '../levels.js';

/** What a fleet may want: the least minimum and the largest maximum that it ever has. */
export interface CapacityBounds {
  readonly min: number;
  readonly max: number;
}

class FleetCounts {
  readonly states: (InstanceState | undefined)[] = [];
  launched = 0;
  terminated = 0;
  failed = 0;
  /** Facts of instances that were gone. */
  afterEnd = 0;
  outOfBounds = 0;

  constructor(readonly bounds: CapacityBounds) {}

  instance(worker: number, state: InstanceState): void {
    const before = this.states[worker];
    this.states[worker] = state;
    if (before === undefined) this.launched++;
    else if (isGone(before)) this.afterEnd++;
    if (state === InstanceState.Terminated) this.terminated++;
    if (state === InstanceState.Failed) this.failed++;
  }

  desired(capacity: number): void {
    if (capacity < this.bounds.min || capacity > this.bounds.max) this.outOfBounds++;
  }

  count(of: (state: InstanceState) => boolean): number {
    return this.states.filter((state) => state !== undefined && of(state)).length;
  }
}

export interface InstanceCount {
  /** Those of time 0 included. */
  readonly launched: number;
  readonly terminated: number;
  readonly failed: number;
}

export class InstanceCounts {
  private readonly fleets = new Map<number, FleetCounts>();

  /** Fleets that can scale. */
  constructor(fleets: readonly { readonly id: number; readonly bounds: CapacityBounds }[]) {
    for (const { id, bounds } of fleets) this.fleets.set(id, new FleetCounts(bounds));
  }

  /** The fact of the same name. */
  instance(group: number, worker: number, state: InstanceState): void {
    this.fleets.get(group)?.instance(worker, state);
  }

  /** The fact of the same name. */
  desired(group: number, capacity: number): void {
    this.fleets.get(group)?.desired(capacity);
  }

  of(fleet: number): InstanceCount {
    const { launched = 0, terminated = 0, failed = 0 } = this.fleets.get(fleet) ?? {};
    return { launched, terminated, failed };
  }

  /** Once the run is over. Launched = there + terminated + failed; those in service are as many as the level says. */
  results(levels: Levels | null): Broken[] {
    const conservation = [...this.fleets].map(([on, fleet]) => {
      const { launched, terminated, failed, afterEnd } = fleet;
      const there = fleet.count((state) => !isGone(state));
      const inService = fleet.count((state) => state === InstanceState.InService);
      let violations = afterEnd;
      if (launched !== there + terminated + failed) violations++;
      if (levels !== null && levels.value(on, INSTANCES) !== inService) violations++;
      return { name: 'instance-conservation', on, violations };
    });
    const bounds = [...this.fleets].map(([on, { outOfBounds }]) => {
      return { name: 'capacity-bounds', on, violations: outOfBounds };
    });
    return [...conservation, ...bounds];
  }
}

function isGone(state: InstanceState): boolean {
  return state === InstanceState.Terminated || state === InstanceState.Failed;
}
