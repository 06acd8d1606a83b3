/**
 * The Availability Zones of a group: which of them work, where to launch, and how far instances are from being
 * spread evenly. Each launch goes to the zone with the fewest instances (EC2 Auto Scaling User Guide, "Instance
 * distribution", awsdocs commit 37fce10e); where AWS says nothing, the first zone of the list goes first.
 */

/** A move of one instance from zone to zone. */
export interface ZoneMove {
  readonly from: number;
  readonly to: number;
}

export class Zones {
  /** By zone: how many faults hold it down. */
  private readonly faults: number[];

  constructor(readonly names: readonly string[]) {
    this.faults = names.map(() => 0);
  }

  indexOf(name: string): number {
    return this.names.indexOf(name);
  }

  isDown(zone: number): boolean {
    return this.faults[zone] > 0;
  }

  /** A fault takes the zone down, or is over. Returns whether the zone went down, or came back, by it. */
  fault(zone: number, on: boolean): boolean {
    this.faults[zone] += on ? 1 : -1;
    return this.faults[zone] === (on ? 1 : 0);
  }

  /** The zone with the fewest instances that works, or -1. */
  fewest(counts: readonly number[]): number {
    let best = -1;
    counts.forEach((count, zone) => {
      if (!this.isDown(zone) && (best < 0 || count < counts[best])) best = zone;
    });
    return best;
  }

  /** The move that evens instances out, or null when no two zones that work differ by more than one. */
  move(counts: readonly number[]): ZoneMove | null {
    const to = this.fewest(counts);
    if (to < 0) return null;
    let from = to;
    counts.forEach((count, zone) => {
      if (!this.isDown(zone) && count > counts[from]) from = zone;
    });
    return counts[from] - counts[to] > 1 ? { from, to } : null;
  }
}
