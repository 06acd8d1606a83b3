/**
 * The instances that are there, by Availability Zone, each zone's in the order in which they joined. A group
 * keeps its members so, and its warm pool; no instance is in both. What is gone costs nothing.
 */

import type { InstanceTable } from './instances.js';

export const NOBODY = -1;

export class Roster {
  /** Instances, and those of them that are Spot Instances. */
  size = 0;
  spot = 0;
  /** By zone. */
  readonly counts: number[];
  private readonly first: number[];
  private readonly last: number[];
  private joins = 0;

  constructor(
    private readonly instances: InstanceTable,
    zones: number,
  ) {
    this.counts = Array.from({ length: zones }, () => 0);
    this.first = this.counts.map(() => NOBODY);
    this.last = this.counts.map(() => NOBODY);
  }

  add(row: number): void {
    const { instances, first, last } = this;
    const zone = instances.zone[row];
    const before = last[zone];
    instances.joined[row] = this.joins++;
    instances.before[row] = before + 1;
    instances.after[row] = 0;
    if (before === NOBODY) first[zone] = row;
    else instances.after[before] = row + 1;
    last[zone] = row;
    this.count(row, 1);
  }

  remove(row: number): void {
    const { instances, first, last } = this;
    const zone = instances.zone[row];
    const before = instances.before[row] - 1;
    const after = instances.after[row] - 1;
    if (before === NOBODY) first[zone] = after;
    else instances.after[before] = after + 1;
    if (after === NOBODY) last[zone] = before;
    else instances.before[after] = before + 1;
    this.count(row, -1);
  }

  /** The one that joined a zone first, or NOBODY; then `next` of each. */
  firstOf(zone: number): number {
    return this.first[zone];
  }

  next(row: number): number {
    return this.instances.after[row] - 1;
  }

  /** All rows, zone by zone. */
  rows(): number[] {
    const rows: number[] = [];
    for (const first of this.first) {
      for (let row = first; row !== NOBODY; row = this.next(row)) rows.push(row);
    }
    return rows;
  }

  private count(row: number, by: 1 | -1): void {
    this.size += by;
    this.spot += by * this.instances.isSpot[row];
    this.counts[this.instances.zone[row]] += by;
  }
}
