/** Cancellable timers: `count` pending at a time, nine out of ten cancelled before they fire. */
import type { Handler } from '../../../src/kernel/kernel.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { SECOND } from '../../../src/kernel/time.js';
import { Timers } from '../../../src/kernel/timers.js';
import { Draws } from './draws.js';
import type { Workload } from './workload.js';

export class TimerChurn implements Workload {
  private fired = 0;
  private readonly kernel = new Kernel();
  private readonly timers: Timers;
  private readonly draws = new Draws(7);
  private readonly ids: Float64Array;
  private readonly step: Handler;
  private remaining: number;

  constructor(
    private readonly count: number,
    readonly units: number,
  ) {
    this.timers = new Timers(this.kernel, 'churn', () => void this.fired++);
    this.ids = new Float64Array(count).fill(-1);
    this.step = this.kernel.handler('churn/step', (i) => this.onStep(i));
    this.remaining = units;
    this.kernel.soon(this.step, 0);
  }

  run(): void {
    this.kernel.advance(Number.MAX_SAFE_INTEGER);
  }

  /** How many timers fired. */
  result(): number {
    return this.fired;
  }

  private onStep(i: number): void {
    if (this.ids[i] >= 0) this.timers.cancel(this.ids[i]);
    this.ids[i] = this.timers.set(this.kernel.now + 10 * this.draws.next(), i);
    if (--this.remaining === 0) this.kernel.stop();
    this.kernel.after(Math.round(SECOND / this.count), this.step, i + 1 === this.count ? 0 : i + 1);
  }
}
