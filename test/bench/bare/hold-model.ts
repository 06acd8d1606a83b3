/** The hold model as a bare loop over a typed heap. */
import { Draws } from '../workloads/draws.js';
import type { Workload } from '../workloads/workload.js';
import { BareHeap } from './heap.js';

export class BareHoldModel implements Workload {
  private readonly heap: BareHeap;
  private readonly draws = new Draws(12345);

  constructor(
    pending: number,
    readonly units: number,
  ) {
    this.heap = new BareHeap(pending + 1);
    for (let i = 0; i < pending; i++) this.heap.push(this.draws.next(), i);
  }

  run(): void {
    const { heap, draws } = this;
    for (let i = 0; i < this.units; i++) {
      const payload = heap.pop();
      heap.push(heap.time + draws.next(), payload);
    }
  }

  result(): number {
    return this.heap.time;
  }
}
