/** Messages that were accepted, and of which nothing comes: so far they are owed to nobody. */
import type { MessageTable } from '../../components/messages.js';
import type { Micros } from '../../kernel/time.js';
import type { MessageMemory } from '../rows.js';
import { FOR_NOBODY } from '../rows.js';
import type { Scopes } from './scopes.js';

export class ForNobody {
  private readonly warmUp: Micros;

  constructor(
    private readonly table: MessageTable,
    private readonly memory: MessageMemory,
    private readonly scopes: Scopes,
    { warmUp }: { readonly warmUp: Micros },
  ) {
    this.warmUp = warmUp;
  }

  unclaimed(message: number): void {
    const { undone } = this.memory;
    if (undone[message] !== 0) return;
    undone[message] = FOR_NOBODY;
    this.count(message, 1);
  }

  /** Somebody waits for it, after all. */
  claim(message: number): void {
    this.memory.undone[message] = 0;
    this.count(message, -1);
  }

  private count(message: number, change: number): void {
    if (this.table.bornAt[message] >= this.warmUp)
      this.scopes.toNobody[this.table.source[message]] += change;
  }
}
