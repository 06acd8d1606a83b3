/**
 * Invariant `exclusive-visibility`: nobody receives a hidden message. A copy is handed out only while
 * it is visible, and what leaves its store leaves from where facts have put it.
 */
import { CopyStage } from '../../components/facts.js';
import type { Messages } from '../../components/messages.js';
import { Extension } from '../../kernel/table.js';
import { brokenOn } from './broken.js';
import type { Broken } from './broken.js';

class StageMemory extends Extension {
  readonly stage = this.u8('stage');

  /** Nothing: `stored` sets it. */
  override wipe(): void {
    // See above.
  }
}

export class ExclusiveVisibility {
  private readonly violations: Float64Array;
  private readonly memory: StageMemory;

  constructor(names: number, messages: Messages) {
    this.violations = new Float64Array(names);
    this.memory = new StageMemory(messages.copies);
  }

  stored(copy: number, stage: CopyStage): void {
    this.memory.stage[copy] = stage;
  }

  visible(resource: number, copy: number): void {
    this.step(resource, copy, CopyStage.Delayed, CopyStage.Visible);
  }

  taken(resource: number, copy: number): void {
    this.step(resource, copy, CopyStage.Visible, CopyStage.InFlight);
  }

  returned(resource: number, copy: number): void {
    this.step(resource, copy, CopyStage.InFlight, CopyStage.Visible);
  }

  left(resource: number, copy: number, from: CopyStage): void {
    if (this.memory.stage[copy] !== from) this.violations[resource]++;
  }

  result(stores: readonly number[]): Broken[] {
    return brokenOn('exclusive-visibility', stores, this.violations);
  }

  private step(resource: number, copy: number, from: CopyStage, to: CopyStage): void {
    const stage = this.memory.stage;
    if (stage[copy] !== from) this.violations[resource]++;
    stage[copy] = to;
  }
}
