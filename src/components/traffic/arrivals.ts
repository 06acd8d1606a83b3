/** When the next message is made. One implementation for rates, one for replayed counts. */

import type { Stream } from '../../kernel/random/streams.js';
import { pow } from '../../kernel/math/pow.js';
import type { ReplayPlan } from './options.js';
import type { RateProfile } from './rate-profile.js';

export interface Arrivals {
  /** The time of the next arrival in µs, not before the last one; Infinity when there is none. */
  next(): number;
}

/** A unit-rate Poisson process, or the points 0, 1, 2, …, through a rate profile. */
export class RateArrivals implements Arrivals {
  private point: number;

  /** `gaps` null: constant gaps. */
  constructor(
    private readonly profile: RateProfile,
    private readonly gaps: Stream | null,
  ) {
    this.point = gaps === null ? -1 : 0;
  }

  next(): number {
    this.point += this.gaps === null ? 1 : this.gaps.exponential();
    return Math.round(this.profile.timeOf(this.point));
  }
}

/**
 * Counts per interval, conserved exactly. Constant: evenly spread over the interval. Poisson: as a
 * Poisson process lies when its count is known, that is as sorted independent uniform points; they
 * are drawn in order, so that nothing has to be stored.
 */
export class ReplayArrivals implements Arrivals {
  private row = 0;
  private placed = 0;
  /** The last point of this row, as a share of the interval. */
  private share = 0;

  constructor(
    private readonly plan: ReplayPlan,
    private readonly points: Stream | null,
  ) {}

  next(): number {
    const { counts, every } = this.plan;
    while (this.row < counts.length && this.placed === counts[this.row]) {
      this.row++;
      this.placed = 0;
      this.share = 0;
    }
    if (this.row === counts.length) return Infinity;
    const left = counts[this.row] - this.placed;
    if (this.points === null) this.share = this.placed / counts[this.row];
    else this.share = 1 - (1 - this.share) * pow(1 - this.points.uniform(), 1 / left);
    this.placed++;
    // Rounding down keeps the point inside its interval.
    return this.row * every + Math.min(every - 1, Math.floor(this.share * every));
  }
}
