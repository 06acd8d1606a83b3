/**
 * Invariant `at-least-once`: each obligation ends somewhere. None is over without having been
 * processed, dead-lettered, expired, or lost for a reason that has a name.
 */
import { NOBODY, Outcome } from '../../components/facts.js';
import { brokenOn } from './broken.js';
import type { Broken } from './broken.js';

export class AtLeastOnce {
  private readonly violations: Float64Array;

  constructor(names: number) {
    this.violations = new Float64Array(names);
  }

  settled(consumer: number, outcome: Outcome): void {
    if (outcome === Outcome.Unfinished && consumer !== NOBODY) this.violations[consumer]++;
  }

  result(consumers: readonly number[]): Broken[] {
    return brokenOn('at-least-once', consumers, this.violations);
  }
}
