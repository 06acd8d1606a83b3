/**
 * Workers: what each instance of a fleet did, and how long it was busy and in service.
 *
 * Busy time is the mean over the instance's poll loops, while it is in service, so that it never
 * exceeds the time in service: busy / in service is the utilisation.
 */
import { check } from '../kernel/check.js';
import { InstanceState } from '../components/facts.js';
import type { Micros } from '../kernel/time.js';
import type { Clock } from './clock.js';

export interface WorkerSummary {
  /** Obligations that a run on this worker finished first. */
  readonly processed: number;
  readonly busy: Micros;
  readonly inService: Micros;
  /** In service with nothing in hand: no poll loop was busy. */
  readonly idle: Micros;
}

// Places within the eight numbers of a worker, behind what it processed; LOOPS: the most there ever were.
const STATE = 1;
const FREE_LOOPS = 2;
const BUSY_LOOPS = 3;
const LOOPS = 4;
const SINCE = 5;
const BUSY_AREA = 6;
const OCCUPIED = 7; // time in service with a busy loop
const UNSEEN = -1;

/** The workers of one group, by number. */
class Group {
  numbers = new Float64Array(8 * 8);
  /** Two numbers a worker, changed by its states only: since when it is in service, for how long it was before. */
  service = new Float64Array(2 * 8);
  count = 0;

  /** Where the numbers of a worker begin. */
  base(worker: number): number {
    if (worker >= this.count) this.grow(worker);
    return worker << 3;
  }

  private grow(worker: number): void {
    if (worker << 3 >= this.numbers.length) {
      const grown = new Float64Array(Math.max((worker + 1) << 3, 2 * this.numbers.length));
      grown.set(this.numbers);
      this.numbers = grown;
      const service = new Float64Array(grown.length >> 2);
      service.set(this.service);
      this.service = service;
    }
    for (; this.count <= worker; this.count++) this.numbers[(this.count << 3) + STATE] = UNSEEN;
  }
}

export class Workers {
  private readonly groups: (Group | undefined)[] = [];
  private finished = false;

  constructor(private readonly clock: Clock) {}

  /** A worker's state changed. Returns by how much the number of instances in service changes. */
  instance(group: number, worker: number, state: InstanceState): number {
    const g = this.group(group);
    const base = g.base(worker);
    const before = g.numbers[base + STATE];
    this.pass(g.numbers, base, this.clock.now);
    g.numbers[base + STATE] = state;
    const was = before === InstanceState.InService;
    const is = state === InstanceState.InService;
    if (was) this.leaves(g.service, worker, this.clock.now);
    if (is) g.service[worker << 1] = this.clock.now;
    return Number(is) - Number(was);
  }

  /** A loop has nothing in hand. Returns by how much the number of busy loops in service changes. */
  loopFree(group: number, worker: number): number {
    const g = this.group(group);
    const base = g.base(worker);
    const n = g.numbers;
    const busy = n[base + BUSY_LOOPS];
    const free = ++n[base + FREE_LOOPS];
    if (busy === 0) {
      if (free > n[base + LOOPS]) n[base + LOOPS] = free;
      return 0;
    }
    this.pass(n, base, this.clock.now);
    n[base + BUSY_LOOPS] = busy - 1;
    return n[base + STATE] === InstanceState.InService ? -1 : 0;
  }

  /** A free loop has messages in hand. Returns by how much the number of busy loops in service changes. */
  loopBusy(group: number, worker: number): number {
    const g = this.group(group);
    const base = g.base(worker);
    const n = g.numbers;
    this.pass(n, base, this.clock.now);
    n[base + FREE_LOOPS]--;
    n[base + BUSY_LOOPS]++;
    return n[base + STATE] === InstanceState.InService ? 1 : 0;
  }

  /** A free loop is gone. */
  loopGone(group: number, worker: number): void {
    const g = this.group(group);
    const base = g.base(worker);
    g.numbers[base + FREE_LOOPS]--;
  }

  /** Loops of a worker that are busy, as far as it is in service. */
  busyLoops(group: number, worker: number): number {
    const g = this.group(group);
    const base = g.base(worker);
    return g.numbers[base + STATE] === InstanceState.InService ? g.numbers[base + BUSY_LOOPS] : 0;
  }

  /** 1 while a worker is on its way into service, from its launch on. */
  pending(group: number, worker: number): 0 | 1 {
    const g = this.group(group);
    const state = g.numbers[g.base(worker) + STATE];
    return state === InstanceState.Pending || state === InstanceState.Running ? 1 : 0;
  }

  processed(group: number, worker: number): void {
    const g = this.group(group);
    const base = g.base(worker);
    g.numbers[base]++;
  }

  /** The run is over. */
  finish(end: Micros): void {
    check(!this.finished, 'a run ends once');
    this.finished = true;
    for (const g of this.groups) {
      for (let worker = 0; g !== undefined && worker < g.count; worker++) {
        this.pass(g.numbers, worker << 3, end);
        if (g.numbers[(worker << 3) + STATE] === InstanceState.InService)
          this.leaves(g.service, worker, end);
      }
    }
  }

  /** Workers in order of their number. */
  of(group: number): WorkerSummary[] {
    const g = this.groups[group];
    const workers: WorkerSummary[] = [];
    for (let worker = 0; g !== undefined && worker < g.count; worker++) {
      const [processed, , , , loops, , busyArea, occupied] = g.numbers.subarray(
        worker << 3,
        (worker + 1) << 3,
      );
      const inService = g.service[(worker << 1) + 1];
      const busy = loops === 0 ? 0 : Math.round(busyArea / loops);
      workers.push({ processed, busy, inService, idle: inService - occupied });
    }
    return workers;
  }

  private group(group: number): Group {
    return this.groups[group] ?? this.open(group);
  }

  private open(group: number): Group {
    const opened = new Group();
    while (this.groups.length < group) this.groups.push(undefined);
    this.groups[group] = opened;
    return opened;
  }

  private pass(n: Float64Array, base: number, now: Micros): void {
    const busy = n[base + BUSY_LOOPS];
    if (busy > 0 && n[base + STATE] === InstanceState.InService) {
      const passed = now - n[base + SINCE];
      n[base + OCCUPIED] += passed;
      n[base + BUSY_AREA] += busy * passed;
    }
    n[base + SINCE] = now;
  }

  private leaves(service: Float64Array, worker: number, now: Micros): void {
    service[(worker << 1) + 1] += now - service[worker << 1];
  }
}
