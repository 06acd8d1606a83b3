/** What became of what pushers accepted, by pusher and link. */

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

  constructor(names: number) {
    this.tallies = Array.from({ length: names }, () => []);
  }

  filtered(pusher: number, link: number): void {
    this.at(pusher, link).filtered++;
  }

  dispatched(pusher: number, link: number): void {
    this.at(pusher, link).dispatched++;
  }

  pushed(pusher: number, link: number): void {
    this.at(pusher, link).attempts++;
  }

  failed(pusher: number, link: number): void {
    this.at(pusher, link).failedAttempts++;
  }

  delivered(pusher: number, link: number): void {
    this.at(pusher, link).delivered++;
  }

  diverted(pusher: number, link: number): void {
    this.at(pusher, link).deadLettered++;
  }

  dropped(pusher: number, link: number, outcome: Outcome): void {
    this.at(pusher, link).lost[outcome - Outcome.LostFirst]++;
  }

  of(pusher: number, link: number): LinkCounts {
    return this.at(pusher, link);
  }

  private at(pusher: number, link: number): Tally {
    return (this.tallies[pusher][link] ??= new Tally());
  }
}
