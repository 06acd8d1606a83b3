/** M/M/c as a bare loop: a typed heap, a ring of those who wait, integer µs. */
import { SECOND } from '../../../src/kernel/time.js';
import type { Workload } from '../workloads/workload.js';
import { BareHeap } from './heap.js';
import { BareHistogram } from './histogram.js';
import { BareRandom } from './random.js';

const WAITING = 1 << 16;

export class BareMultiServer implements Workload {
  private readonly heap: BareHeap;
  private readonly random = new BareRandom(99);
  private readonly sojourn = new BareHistogram();
  private readonly idle: Int32Array;
  private idleCount: number;
  private readonly arrivedAt: Float64Array; // of the customer at each server
  private readonly waiting = new Float64Array(WAITING); // when those who wait arrived
  private first = 0;
  private next = 0;

  constructor(
    private readonly servers: number,
    private readonly load: number,
    readonly units: number,
  ) {
    this.heap = new BareHeap(servers + 2);
    this.arrivedAt = new Float64Array(servers);
    this.idle = Int32Array.from({ length: servers }, (_, i) => i);
    this.idleCount = servers;
  }

  run(): void {
    const { heap, random, servers, sojourn } = this;
    const gap = SECOND / (servers * this.load);
    heap.push(Math.round(random.exponential() * gap), servers);
    while (sojourn.count < this.units) {
      const who = heap.pop();
      if (who === servers) {
        this.arrive();
        heap.push(heap.time + Math.round(random.exponential() * gap), servers);
      } else this.finish(who);
    }
  }

  result(): number {
    return this.sojourn.mean / SECOND;
  }

  private arrive(): void {
    const now = this.heap.time;
    if (this.idleCount > 0) this.serve(this.idle[--this.idleCount], now);
    else {
      this.waiting[this.next] = now;
      this.next = (this.next + 1) & (WAITING - 1);
    }
  }

  private finish(server: number): void {
    this.sojourn.record(this.heap.time - this.arrivedAt[server]);
    if (this.first !== this.next) {
      const arrivedAt = this.waiting[this.first];
      this.first = (this.first + 1) & (WAITING - 1);
      this.serve(server, arrivedAt);
    } else this.idle[this.idleCount++] = server;
  }

  private serve(server: number, arrivedAt: number): void {
    this.arrivedAt[server] = arrivedAt;
    this.heap.push(this.heap.time + Math.round(this.random.exponential() * SECOND), server);
  }
}
