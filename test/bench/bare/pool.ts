/**
 * The pool as a bare loop, the fastest of the designs that were tried: typed arrays, one typed heap, and
 * the visibility timeouts in a ring of which only one wake-up lies in the heap. It knows no facts, no
 * parts of latencies, no receipts, no money: what an engine adds has its price, and the ratio shows it.
 */
import { SECOND } from '../../../src/kernel/time.js';
import type { Workload } from '../workloads/workload.js';
import { BareHeap } from './heap.js';
import { BareHistogram } from './histogram.js';
import { BareRandom } from './random.js';

const WORKERS = 50;
const BATCH = 10;
const RECEIVES_MAX = 5;
const GAP = SECOND / 450;
const WORK = SECOND / 10;
const VISIBILITY = 30 * SECOND;
const POISON = 0.01 * 2 ** 32;

// Payloads: pool · 64 + who. Who: a worker, or
const ARRIVAL = WORKERS;
const LANE = WORKERS + 1;

const SLOTS = 1 << 13; // messages alive, and messages waiting, at a time
const HIDINGS = 1 << 15; // receives within one visibility timeout

/** What the pools share. */
interface Shared {
  readonly heap: BareHeap;
  readonly random: BareRandom;
  readonly latency: BareHistogram;
}

class OnePool {
  sent = 0;
  dead = 0;
  private readonly sentAt = new Float64Array(SLOTS);
  private readonly receives = new Uint8Array(SLOTS);
  private readonly poison = new Uint8Array(SLOTS);
  private readonly generation = new Int32Array(SLOTS);
  private readonly free = Int32Array.from({ length: SLOTS }, (_, i) => SLOTS - 1 - i);
  private freeCount = SLOTS;
  private readonly queue = new Int32Array(SLOTS);
  private queueHead = 0;
  private queueTail = 0;
  private readonly hiddenUntil = new Float64Array(HIDINGS);
  private readonly hidden = new Int32Array(HIDINGS);
  private readonly hiddenGeneration = new Int32Array(HIDINGS);
  private hiddenHead = 0;
  private hiddenTail = 0;
  private laneIsArmed = false;
  private readonly idle = new Int32Array(64);
  private idleHead = 0;
  private idleTail = 0;
  private readonly batches = new Int32Array(WORKERS * BATCH);
  private readonly batchSize = new Uint8Array(WORKERS);
  private readonly batchAt = new Uint8Array(WORKERS);

  constructor(
    private readonly base: number,
    private readonly toSend: number,
    private readonly shared: Shared,
  ) {}

  begin(): void {
    for (let worker = 0; worker < WORKERS; worker++) this.poll(worker);
    this.shared.heap.push(this.gap(), this.base + ARRIVAL);
  }

  arrive(): void {
    const { heap, random } = this.shared;
    const message = this.free[--this.freeCount];
    this.sentAt[message] = heap.time;
    this.receives[message] = 0;
    this.poison[message] = random.u32() < POISON ? 1 : 0;
    this.put(message);
    if (++this.sent < this.toSend) heap.push(heap.time + this.gap(), this.base + ARRIVAL);
  }

  /** A worker is through with a message. */
  finish(worker: number): void {
    const { heap, latency } = this.shared;
    const message = this.batches[worker * BATCH + this.batchAt[worker]++];
    if (this.poison[message] === 0) {
      latency.record(heap.time - this.sentAt[message]);
      this.drop(message);
    }
    if (this.batchAt[worker] < this.batchSize[worker]) this.work(worker);
    else this.poll(worker);
  }

  /** All visibility timeouts that are over, then the next wake-up. */
  wakeLane(): void {
    const now = this.shared.heap.time;
    for (this.skipDeleted(); this.hiddenHead !== this.hiddenTail; this.skipDeleted()) {
      if (this.hiddenUntil[this.hiddenHead] > now) break;
      const message = this.hidden[this.hiddenHead];
      this.hiddenHead = (this.hiddenHead + 1) & (HIDINGS - 1);
      if (this.receives[message] < RECEIVES_MAX) this.put(message);
      else {
        this.dead++;
        this.drop(message);
      }
    }
    this.laneIsArmed = this.hiddenHead !== this.hiddenTail;
    if (this.laneIsArmed)
      this.shared.heap.push(this.hiddenUntil[this.hiddenHead], this.base + LANE);
  }

  private skipDeleted(): void {
    const { hidden, hiddenGeneration, generation } = this;
    let head = this.hiddenHead;
    while (head !== this.hiddenTail && hiddenGeneration[head] !== generation[hidden[head]]) {
      head = (head + 1) & (HIDINGS - 1);
    }
    this.hiddenHead = head;
  }

  private put(message: number): void {
    if (this.idleHead !== this.idleTail) {
      const worker = this.idle[this.idleHead];
      this.idleHead = (this.idleHead + 1) & 63;
      this.batches[worker * BATCH] = message;
      this.take(worker, 1);
    } else {
      this.queue[this.queueTail] = message;
      this.queueTail = (this.queueTail + 1) & (SLOTS - 1);
    }
  }

  private poll(worker: number): void {
    let count = 0;
    let head = this.queueHead;
    while (count < BATCH && head !== this.queueTail) {
      this.batches[worker * BATCH + count++] = this.queue[head];
      head = (head + 1) & (SLOTS - 1);
    }
    this.queueHead = head;
    if (count > 0) this.take(worker, count);
    else {
      this.idle[this.idleTail] = worker;
      this.idleTail = (this.idleTail + 1) & 63;
    }
  }

  private take(worker: number, count: number): void {
    const until = this.shared.heap.time + VISIBILITY;
    let tail = this.hiddenTail;
    for (let i = 0; i < count; i++) {
      const message = this.batches[worker * BATCH + i];
      this.receives[message]++;
      this.hiddenUntil[tail] = until;
      this.hidden[tail] = message;
      this.hiddenGeneration[tail] = this.generation[message];
      tail = (tail + 1) & (HIDINGS - 1);
    }
    this.hiddenTail = tail;
    if (!this.laneIsArmed) {
      this.laneIsArmed = true;
      this.shared.heap.push(until, this.base + LANE);
    }
    this.batchAt[worker] = 0;
    this.batchSize[worker] = count;
    this.work(worker);
  }

  private work(worker: number): void {
    const { heap, random } = this.shared;
    heap.push(heap.time + Math.round(random.exponential() * WORK), this.base + worker);
  }

  private drop(message: number): void {
    this.generation[message]++;
    this.free[this.freeCount++] = message;
  }

  private gap(): number {
    return Math.round(this.shared.random.exponential() * GAP);
  }
}

export class BarePool implements Workload {
  readonly units: number;
  private readonly shared: Shared;
  private readonly pools: OnePool[] = [];

  /** `messages` is the sum over all pools. */
  constructor(pools: number, messages: number) {
    const each = Math.ceil(messages / pools);
    this.units = each * pools;
    this.shared = {
      heap: new BareHeap(pools * (WORKERS + 4)),
      random: new BareRandom(1),
      latency: new BareHistogram(),
    };
    for (let i = 0; i < pools; i++) this.pools.push(new OnePool(64 * i, each, this.shared));
  }

  run(): void {
    const { pools, units } = this;
    const { heap, latency } = this.shared;
    for (const pool of pools) pool.begin();
    let dead = 0;
    while (latency.count + dead < units) {
      const payload = heap.pop();
      const pool = pools[payload >> 6];
      const who = payload & 63;
      if (who < WORKERS) pool.finish(who);
      else if (who === ARRIVAL) pool.arrive();
      else {
        const before = pool.dead;
        pool.wakeLane();
        dead += pool.dead - before;
      }
    }
  }

  /** The share of messages that ended as dead letters. */
  result(): number {
    return this.pools.reduce((sum, { dead }) => sum + dead, 0) / this.units;
  }
}
