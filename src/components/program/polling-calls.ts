/**
 * What the three kinds of calls of poll loops have in common: receives, closing and batch deletes. Each keeps its
 * own handlers and deadlines.
 */

import type { Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import type { Messages } from '../messages.js';
import type { Calls } from '../port.js';
import type { World } from '../world.js';
import type { Attempts, Tried } from './attempts.js';
import type { Named } from './named.js';
import type { ProgramOptions, QueueSource } from './options.js';
import type { LaneTable, LoopTable } from './tables.js';

/** What the parts of a program's poll loops share. */
export interface PollingParts {
  readonly loops: LoopTable;
  readonly lanes: LaneTable;
  readonly named: Named;
  readonly attempts: Attempts;
}

export abstract class PollingCalls {
  protected readonly kernel: Kernel;
  protected readonly calls: Calls;
  protected readonly messages: Messages;
  protected readonly consumer: number;
  protected readonly sources: readonly QueueSource[];
  protected readonly loops: LoopTable;
  protected readonly lanes: LaneTable;
  protected readonly named: Named;
  protected readonly attempts: Attempts;

  protected constructor(world: World, options: ProgramOptions, parts: PollingParts) {
    this.kernel = world.kernel;
    this.calls = world.calls;
    this.messages = world.messages;
    this.consumer = options.consumer;
    this.sources = options.sources;
    this.loops = parts.loops;
    this.lanes = parts.lanes;
    this.named = parts.named;
    this.attempts = parts.attempts;
  }

  /** The pause before the call that `rows` keeps in `row` is tried again, µs, or GIVE_UP. */
  protected pauseAfter(error: number, rows: Tried, row: number, loop: number): Micros {
    const { mark0, mark1, callsMade } = this.loops;
    const u = this.attempts.draw(mark0[loop], mark1[loop], callsMade[loop]);
    return this.attempts.failed(rows, row, error, u);
  }
}
