/**
 * What a queue keeps of copies that came from another queue: dead letters, and what was redriven. Few
 * copies do; a queue that has none asks nothing.
 */

import type { Micros } from '../../kernel/time.js';

/** A dead letter. */
export interface Letter {
  /** The number of the queue that it comes from. */
  readonly source: number;
  readonly movedAt: Micros;
  /** How often it had been received before it came. */
  readonly receives: number;
}

export class Pasts {
  private readonly letters = new Map<number, Letter>();
  /** Of copies that were ever redriven: how often. */
  private readonly redrives = new Map<number, number>();

  /** `copy` came as a dead letter that had been redriven so often. */
  buried(copy: number, letter: Letter, redrives: number): void {
    this.letters.set(copy, letter);
    this.redriven(copy, redrives);
  }

  /** `copy` came, redriven so often. */
  redriven(copy: number, redrives: number): void {
    if (redrives > 0) this.redrives.set(copy, redrives);
  }

  /** A copy has appeared beside another, and is what that is. */
  inherited(copy: number, from: number): void {
    const letter = this.letterOf(from);
    if (letter !== undefined) this.letters.set(copy, letter);
    this.redriven(copy, this.redrivesOf(from));
  }

  letterOf(copy: number): Letter | undefined {
    return this.letters.size === 0 ? undefined : this.letters.get(copy);
  }

  /** How often a copy was received before it came to its queue. */
  receivesBefore(copy: number): number {
    return this.letterOf(copy)?.receives ?? 0;
  }

  redrivesOf(copy: number): number {
    return this.redrives.size === 0 ? 0 : (this.redrives.get(copy) ?? 0);
  }

  /** The copy has left. */
  forget(copy: number): void {
    if (this.letters.size > 0) this.letters.delete(copy);
    if (this.redrives.size > 0) this.redrives.delete(copy);
  }
}
