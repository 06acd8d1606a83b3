/**
 * Moves between Availability Zones that are under way. Rebalancing launches before it terminates (EC2 Auto Scaling
 * User Guide, "Rebalancing activities", awsdocs commit 37fce10e): until the replacement is in service, the group has
 * an instance more than it wants.
 */

import type { InstanceTable } from './instances.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import { NOBODY } from './roster.js';

interface Move {
  readonly replacement: number;
  readonly replaced: number;
}

export class Rebalancing {
  private readonly moves: Move[] = [];

  constructor(private readonly instances: InstanceTable) {}

  /** So many members are there only until they have replaced others. */
  get underWay(): number {
    return this.moves.length;
  }

  begin(replacement: number, replaced: number): void {
    this.moves.push({ replacement, replaced });
  }

  /** A member is in service. Returns the one that it replaces, or NOBODY. */
  entered(worker: number): number {
    const at = this.moves.findIndex(({ replacement }) => replacement === worker);
    if (at < 0) return NOBODY;
    return this.moves.splice(at, 1)[0].replaced;
  }

  /** A member is none any more: a move that it took part in is off. */
  removed(worker: number): void {
    const at = this.moves.findIndex(
      ({ replacement, replaced }) => replacement === worker || replaced === worker,
    );
    if (at >= 0) this.moves.splice(at, 1);
  }

  isReplaced(worker: number): boolean {
    return this.moves.some(({ replaced }) => replaced === worker);
  }

  /** Members by zone as they will be when all moves are done. */
  after(counts: readonly number[]): number[] {
    const after = [...counts];
    for (const { replaced } of this.moves) after[this.instances.zone[replaced]]--;
    return after;
  }

  /** How many members there may be meanwhile. */
  static mostMembers(maxSize: number): number {
    return maxSize + Math.max(1, Math.floor(maxSize * AUTOSCALING_LIMITS.rebalancingMargin));
  }
}
