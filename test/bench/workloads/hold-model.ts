/** The hold model on the kernel's API: `pending` events; each schedules its successor an exponential delay ahead. */
import type { Handler } from '../../../src/kernel/kernel.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { Draws } from './draws.js';
import type { Workload } from './workload.js';

export class HoldModel implements Workload {
  private readonly kernel = new Kernel();
  private readonly draws = new Draws(12345);
  private readonly tick: Handler;

  constructor(
    pending: number,
    readonly units: number,
  ) {
    this.tick = this.kernel.handler('hold/tick', (arg) => this.onTick(arg));
    for (let i = 0; i < pending; i++) this.kernel.after(this.draws.next(), this.tick, i);
  }

  run(): void {
    this.kernel.advance(Number.MAX_SAFE_INTEGER, this.units);
  }

  /** When the last event was, µs: the same for the bare loop. */
  result(): number {
    return this.kernel.now;
  }

  private onTick(arg: number): void {
    this.kernel.after(this.draws.next(), this.tick, arg);
  }
}
