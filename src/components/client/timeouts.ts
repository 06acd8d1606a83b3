/**
 * Timeouts of calls: the client stops waiting so long after each attempt began. The answer may come later, or
 * never (port.ts, `abandon`).
 */

import { Deadlines } from '../../kernel/deadlines.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { World } from '../world.js';

/** Columns of world.calls that exist only where a client has a timeout. */
export class CallDeadlines extends Extension {
  readonly due = this.links('timeout');
  /** What the client's bookkeeping of the call is, a row of its own, or -1. */
  readonly send = this.i32('send');

  constructor(world: World) {
    super(world.calls);
  }
}

/** The timeouts of one client. */
export class Timeouts {
  readonly columns: CallDeadlines;
  private readonly deadlines: Deadlines;

  /** `timeout`: Infinity for none; calls can be given up all the same. `run(call)`: its time is up. */
  constructor(
    world: World,
    name: string,
    private readonly timeout: Micros,
    run: (call: number) => void,
  ) {
    this.columns = world.shared(CallDeadlines);
    this.deadlines = new Deadlines(world.kernel, `${name}/timeout`, this.columns.due, run);
  }

  /** The call goes out now. `send`: see CallDeadlines. */
  start(call: number, send: number): void {
    this.columns.send[call] = send | 0;
    if (this.timeout !== Infinity) this.deadlines.set(call, this.timeout);
  }

  /** Its answer is there, or nobody waits for it any more. */
  stop(call: number): void {
    if (this.timeout !== Infinity) this.deadlines.clear(call);
  }
}
