/** Counts within a window are counted from its beginning. */

import type { Reader } from './evaluate.js';

export class CountSince {
  private base = 0;

  constructor(private readonly count: Reader) {}

  /** The window begins here. */
  begin(): void {
    this.base = this.count();
  }

  readonly read: Reader = () => this.count() - this.base;
}
