/**
 * Small programs on the kernel's API, and the same as a bare loop over typed arrays, for the bench.
 *
 * Each function builds its model and returns a `Workload`: `run` does the work once, `units` says how much that was.
 * The bare loop is in the same process, so that the ratio of the two holds on any machine.
 */
import { Kernel } from '../../src/kernel/kernel.js';
import type { EventQueue } from '../../src/kernel/event-queue.js';
import type { Handler } from '../../src/kernel/kernel.js';
import { Ring } from '../../src/kernel/ring.js';
import { SECOND } from '../../src/kernel/time.js';
import { Timers } from '../../src/kernel/timers.js';
import { BareHeap } from './bare-heap.js';

export interface Workload {
  readonly units: number; // events or customers
  run(): void;
  /** Anything that depends on the whole run, to be compared: the same for kernel and bare loop. */
  result(): number;
}

const DRAWS = 8192;

/** Exponential delays with mean 1 s in µs, drawn beforehand, so that the bench shows the queue. */
export class Draws {
  private readonly table = new Int32Array(DRAWS);
  private i = 0;

  constructor(seed: number) {
    let state = seed | 0;
    for (let i = 0; i < DRAWS; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const uniform = ((state >>> 0) + 0.5) / 2 ** 32;
      this.table[i] = Math.round(-Math.log(uniform) * SECOND);
    }
  }

  next(): number {
    this.i = (this.i + 1) & (DRAWS - 1);
    return this.table[this.i];
  }
}

/** The hold model: `pending` events; each schedules its successor an exponential delay ahead. */
export function holdModel(pending: number, events: number, queue?: EventQueue): Workload {
  const kernel = new Kernel(queue === undefined ? {} : { queue });
  const hold = new Hold(kernel, pending);
  return {
    units: events,
    run: () => hold.run(events),
    result: () => kernel.now,
  };
}

class Hold {
  private readonly draws = new Draws(12345);
  private readonly tick: Handler;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel, pending: number) {
    this.kernel = kernel;
    this.tick = kernel.handler('hold/tick', (arg) => this.onTick(arg));
    for (let i = 0; i < pending; i++) kernel.after(this.draws.next(), this.tick, i);
  }

  run(events: number): void {
    this.kernel.advance(Number.MAX_SAFE_INTEGER, events);
  }

  private onTick(arg: number): void {
    this.kernel.after(this.draws.next(), this.tick, arg);
  }
}

/** The hold model as a bare loop over a typed 4-ary heap of (time, seq, payload). */
export function bareHoldModel(pending: number, events: number): Workload {
  const heap = new BareHeap(pending + 8);
  const draws = new Draws(12345);
  for (let i = 0; i < pending; i++) heap.push(draws.next(), i);
  return {
    units: events,
    run: () => {
      for (let i = 0; i < events; i++) {
        const arg = heap.pop();
        heap.push(heap.time + draws.next(), arg);
      }
    },
    result: () => heap.time,
  };
}

/** M/M/c: Poisson arrivals, `servers` servers, exponential service of mean 1 s, first come first served. */
export function multiServer(servers: number, load: number, customers: number): Workload {
  const kernel = new Kernel();
  const station = new Station(kernel, servers, load);
  return {
    units: customers,
    run: () => station.run(customers),
    result: () => station.sojournSum,
  };
}

class Station {
  sojournSum = 0.5; // not an integer at first, as in the kernel
  private readonly kernel: Kernel;
  private readonly draws = new Draws(99);
  private readonly arrive: Handler;
  private readonly finish: Handler;
  private readonly waiting = new Ring();
  private readonly idle: Int32Array;
  private idleCount: number;
  private readonly arrivedAt = new Float64Array(1 << 16); // by customer, modulo
  private readonly serving: Int32Array; // customer by server
  private readonly interarrival: number; // mean in units of mean service time
  private arrived = 0;
  private finished = 0;
  private target = 0;

  constructor(kernel: Kernel, servers: number, load: number) {
    this.kernel = kernel;
    this.interarrival = 1 / (servers * load);
    this.arrive = kernel.handler('station/arrive', () => this.onArrival());
    this.finish = kernel.handler('station/finish', (server) => this.onFinish(server));
    this.serving = new Int32Array(servers);
    this.idle = Int32Array.from({ length: servers }, (_, i) => i);
    this.idleCount = servers;
    this.sojournSum = 0;
    this.scheduleArrival();
  }

  run(customers: number): void {
    this.target = this.finished + customers;
    this.kernel.advance(Number.MAX_SAFE_INTEGER);
  }

  private onArrival(): void {
    const customer = this.arrived++ & 0xffff;
    this.arrivedAt[customer] = this.kernel.now;
    if (this.idleCount > 0) this.serve(customer, this.idle[--this.idleCount]);
    else this.waiting.push(customer);
    this.scheduleArrival();
  }

  private onFinish(server: number): void {
    this.sojournSum += this.kernel.now - this.arrivedAt[this.serving[server]];
    if (++this.finished === this.target) this.kernel.stop();
    if (this.waiting.length > 0) this.serve(this.waiting.shift(), server);
    else this.idle[this.idleCount++] = server;
  }

  private serve(customer: number, server: number): void {
    this.serving[server] = customer;
    this.kernel.after(this.draws.next(), this.finish, server);
  }

  private scheduleArrival(): void {
    this.kernel.after(Math.round(this.draws.next() * this.interarrival), this.arrive, 0);
  }
}

/** `count` timers pending at a time, nine out of ten cancelled before they fire. */
export function timerChurn(count: number, settings: number): Workload {
  const kernel = new Kernel();
  const churn = new Churn(kernel, count);
  return {
    units: settings,
    run: () => churn.run(settings),
    result: () => churn.fired,
  };
}

class Churn {
  fired = 0;
  private readonly kernel: Kernel;
  private readonly timers: Timers;
  private readonly draws = new Draws(7);
  private readonly ids: Float64Array;
  private readonly step: Handler;
  private remaining = 0;

  constructor(kernel: Kernel, count: number) {
    this.kernel = kernel;
    this.timers = new Timers(kernel, 'churn', () => void this.fired++);
    this.ids = new Float64Array(count).fill(-1);
    this.step = kernel.handler('churn/step', (i) => this.onStep(i));
  }

  run(settings: number): void {
    this.remaining = settings;
    this.kernel.soon(this.step, 0);
    this.kernel.advance(Number.MAX_SAFE_INTEGER);
  }

  private onStep(i: number): void {
    if (this.ids[i] >= 0) this.timers.cancel(this.ids[i]);
    this.ids[i] = this.timers.set(this.kernel.now + 10 * this.draws.next(), i);
    if (--this.remaining === 0) this.kernel.stop();
    const next = i + 1 === this.ids.length ? 0 : i + 1;
    this.kernel.after(Math.round(SECOND / this.ids.length), this.step, next);
  }
}
