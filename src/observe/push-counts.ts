/**
 * What became of what pushers accepted, by pusher and link. A push to a target that stands for so many subscribers counts
 * as so many.
 */

import { LOSSES, Outcome } from '../components/facts.js';

export interface LinkCounts {
  /** Accepted for the link, and kept from it by its filter. */
  readonly dispatched: number;
  readonly filtered: number;
  readonly attempts: number;
  readonly failedAttempts: number;
  readonly delivered: number;
  readonly deadLettered: number;
  /** By cause, in the order of LOSSES. */
  readonly lost: readonly number[];
}

class Tally {
  constructor(readonly weight: number) {}

  dispatched = 0;
  filtered = 0;
  attempts = 0;
  failedAttempts = 0;
  delivered = 0;
  deadLettered = 0;
  readonly lost = LOSSES.map(() => 0);
}

export class PushCounter {
  private readonly tallies: Tally[][];

  constructor(
    names: number,
    /** By target: as how many a push there counts. */
    private readonly weights: Float64Array,
    /** The targets of links, by pusher. */
    private readonly targets: readonly (readonly number[] | undefined)[] = [],
  ) {
    this.tallies = Array.from({ length: names }, () => []);
  }

  filtered(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.filtered += tally.weight;
  }

  dispatched(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.dispatched += tally.weight;
  }

  pushed(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.attempts += tally.weight;
  }

  failed(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.failedAttempts += tally.weight;
  }

  delivered(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.delivered += tally.weight;
  }

  diverted(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.deadLettered += tally.weight;
  }

  dropped(pusher: number, link: number, outcome: Outcome): void {
    const tally = this.at(pusher, link);
    tally.lost[outcome - Outcome.LostFirst] += tally.weight;
  }

  of(pusher: number, link: number): LinkCounts {
    return this.at(pusher, link);
  }

  private at(pusher: number, link: number): Tally {
    return (this.tallies[pusher][link] ??= new Tally(this.weightOf(pusher, link)));
  }

  private weightOf(pusher: number, link: number): number {
    const target = this.targets[pusher]?.[link];
    return target === undefined ? 1 : this.weights[target];
  }
}
