/**
 * Workers: what each instance of a fleet did, how long it was busy and in service, and the instance
 * time to pay for.
 *
 * Busy time is the mean over the instance's poll loops, while it is in service, so that it never
 * exceeds the time in service: busy / in service is the utilisation.
 */
import { check } from '../kernel/check.js';
import { InstanceState } from '../components/facts.js';
import type { Micros } from '../kernel/time.js';
import { MINUTE } from '../kernel/time.js';
import type { Clock } from './clock.js';

/** EC2 bills an instance for a minute at least. */
const BILLED_AT_LEAST: Micros = MINUTE;

export interface WorkerSummary {
  /** Obligations that a run on this worker finished first. */
  readonly processed: number;
  readonly busy: Micros;
  readonly inService: Micros;
}

/** Places within the numbers of a worker. */
const AT = {
  Processed: 0, State: 1, FreeLoops: 2, BusyLoops: 3, Loops: 4, Since: 5, BusyArea: 6, InService: 7, RunningSince: 8,
} as const;
const WIDTH = 9;
const NEVER = -1;

/** The workers of one group, by number. */
class Group {
  numbers = new Float64Array(8 * WIDTH);
  count = 0;
  billed: Micros = 0;

  base(worker: number): number {
    while (this.count <= worker) {
      const at = WIDTH * this.count++;
      if (at === this.numbers.length) {
        const grown = new Float64Array(2 * at);
        grown.set(this.numbers);
        this.numbers = grown;
      }
      this.numbers[at + AT.State] = NEVER;
      this.numbers[at + AT.RunningSince] = NEVER;
    }
    return worker * WIDTH;
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
    const n = g.numbers;
    const before = n[base + AT.State];
    this.pass(n, base, this.clock.now);
    n[base + AT.State] = state;
    const isBilled = state >= InstanceState.Running && state <= InstanceState.Terminating;
    if (!isBilled) this.stopBilling(g, base, this.clock.now);
    else if (n[base + AT.RunningSince] === NEVER) n[base + AT.RunningSince] = this.clock.now;
    return Number(state === InstanceState.InService) - Number(before === InstanceState.InService);
  }

  /** A loop has nothing in hand. */
  loopFree(group: number, worker: number): void {
    const g = this.group(group);
    const base = g.base(worker);
    const n = g.numbers;
    this.pass(n, base, this.clock.now);
    n[base + AT.FreeLoops]++;
    if (n[base + AT.BusyLoops] > 0) n[base + AT.BusyLoops]--;
    n[base + AT.Loops] = Math.max(n[base + AT.Loops], n[base + AT.FreeLoops] + n[base + AT.BusyLoops]);
  }

  /** A free loop has messages in hand, or is gone: the latter when its instance is not in service. */
  loopTaken(group: number, worker: number): void {
    const g = this.group(group);
    const base = g.base(worker);
    const n = g.numbers;
    this.pass(n, base, this.clock.now);
    n[base + AT.FreeLoops]--;
    if (n[base + AT.State] === InstanceState.InService) n[base + AT.BusyLoops]++;
  }

  /** Loops of a worker that are busy, as far as it is in service. */
  busyLoops(group: number, worker: number): number {
    const g = this.group(group);
    const base = g.base(worker);
    return g.numbers[base + AT.State] === InstanceState.InService ? g.numbers[base + AT.BusyLoops] : 0;
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
        this.pass(g.numbers, worker * WIDTH, end);
        this.stopBilling(g, worker * WIDTH, end);
      }
    }
  }

  /** Workers in order of their number. */
  of(group: number): WorkerSummary[] {
    const g = this.groups[group];
    const workers: WorkerSummary[] = [];
    for (let worker = 0; g !== undefined && worker < g.count; worker++) {
      const [processed, , , , loops, , busyArea, inService] = g.numbers.subarray(worker * WIDTH, (worker + 1) * WIDTH);
      workers.push({ processed, busy: loops === 0 ? 0 : Math.round(busyArea / loops), inService });
    }
    return workers;
  }

  /** Instance time to pay for, µs: from Running to the end of each instance, a minute at least each. */
  billed(group: number): Micros {
    return this.groups[group]?.billed ?? 0;
  }

  private group(group: number): Group {
    return (this.groups[group] ??= new Group());
  }

  private pass(n: Float64Array, base: number, now: Micros): void {
    if (n[base + AT.State] === InstanceState.InService) {
      const passed = now - n[base + AT.Since];
      n[base + AT.InService] += passed;
      n[base + AT.BusyArea] += n[base + AT.BusyLoops] * passed;
    }
    n[base + AT.Since] = now;
  }

  private stopBilling(g: Group, base: number, now: Micros): void {
    const since = g.numbers[base + AT.RunningSince];
    if (since === NEVER) return;
    g.billed += Math.max(BILLED_AT_LEAST, now - since);
    g.numbers[base + AT.RunningSince] = NEVER;
  }
}
