/**
 * M/M/c on the kernel's API: Poisson arrivals, `servers` servers, exponential service of mean 1 s,
 * first come first served. Draws come from the engine's streams, sojourn goes into its histogram.
 */
import { Histogram } from '../../../src/kernel/histogram.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import type { Stream } from '../../../src/kernel/random/streams.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { Ring } from '../../support/ring.js';
import { SECOND } from '../../../src/kernel/time.js';
import type { Workload } from './workload.js';

const PRESENT_MAX = 1 << 16; // customers in the station at a time

export class MultiServer implements Workload {
  readonly sojourn = new Histogram();
  private readonly kernel = new Kernel();
  private readonly gaps: Stream;
  private readonly services: Stream;
  private readonly arrive: Handler;
  private readonly finish: Handler;
  private readonly waiting = new Ring();
  private readonly idle: Int32Array;
  private idleCount: number;
  private readonly arrivedAt = new Float64Array(PRESENT_MAX); // by customer, modulo
  private readonly serving: Int32Array; // customer by server
  private readonly gap: number; // mean, µs
  private arrived = 0;

  constructor(
    servers: number,
    load: number,
    readonly units: number,
  ) {
    const streams = new Streams('bench', 0);
    this.gaps = streams.stream('station', 'arrivals');
    this.services = streams.stream('station', 'services');
    this.gap = SECOND / (servers * load);
    this.arrive = this.kernel.handler('station/arrive', () => this.onArrival());
    this.finish = this.kernel.handler('station/finish', (server) => this.onFinish(server));
    this.serving = new Int32Array(servers);
    this.idle = Int32Array.from({ length: servers }, (_, i) => i);
    this.idleCount = servers;
    this.scheduleArrival();
  }

  run(): void {
    this.kernel.advance(Number.MAX_SAFE_INTEGER);
  }

  /** The mean sojourn, s. */
  result(): number {
    return this.sojourn.mean / SECOND;
  }

  private onArrival(): void {
    const customer = this.arrived++ & (PRESENT_MAX - 1);
    this.arrivedAt[customer] = this.kernel.now;
    if (this.idleCount > 0) this.serve(customer, this.idle[--this.idleCount]);
    else this.waiting.push(customer);
    this.scheduleArrival();
  }

  private onFinish(server: number): void {
    this.sojourn.record(this.kernel.now - this.arrivedAt[this.serving[server]]);
    if (this.sojourn.count === this.units) this.kernel.stop();
    if (this.waiting.length > 0) this.serve(this.waiting.shift(), server);
    else this.idle[this.idleCount++] = server;
  }

  private serve(customer: number, server: number): void {
    this.serving[server] = customer;
    this.kernel.after(Math.round(this.services.exponential() * SECOND), this.finish, server);
  }

  private scheduleArrival(): void {
    this.kernel.after(Math.round(this.gaps.exponential() * this.gap), this.arrive, 0);
  }
}
