/** How long the loops of each process were busy with `work`: measured only when somebody asks for it. */

import type { Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';

export class WorkMeter {
  /** By lane: 1 while it is at work. */
  private readonly lanes: number[] = [];
  /** By loop: its lanes at work. */
  private readonly loops: number[] = [];
  /** By worker: its loops at work, their time of work so far, and until when that is. */
  private readonly busy: number[] = [];
  private readonly times: number[] = [];
  private readonly until: Micros[] = [];

  constructor(private readonly kernel: Kernel) {}

  begins(lane: number, loop: number, worker: number): void {
    this.lanes[lane] = 1;
    this.loops[loop] = (this.loops[loop] ?? 0) + 1;
    if (this.loops[loop] === 1) this.change(worker, 1);
  }

  /** The lane has finished its work, or its process is gone; nothing, when it was not at work. */
  ends(lane: number, loop: number, worker: number): void {
    if (this.lanes[lane] !== 1) return;
    this.lanes[lane] = 0;
    this.loops[loop]--;
    if (this.loops[loop] === 0) this.change(worker, -1);
  }

  /** Loop-µs of work until now. */
  timeOf(worker: number): number {
    this.change(worker, 0);
    return this.times[worker];
  }

  private change(worker: number, by: number): void {
    const { now } = this.kernel;
    const busy = this.busy[worker] ?? 0;
    this.times[worker] = (this.times[worker] ?? 0) + busy * (now - (this.until[worker] ?? now));
    this.until[worker] = now;
    this.busy[worker] = busy + by;
  }
}
