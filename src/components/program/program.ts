/**
 * What a team's code does on the instances of a fleet: a process per instance, with its poll loops.
 *
 * Ends of a process:
 * - `stop` (planned): loops finish the batch in hand and poll no more. A poll that waits at the queue is
 *   left to answer, and what it brings is handled: a program that is told to stop finishes the turn of its
 *   loop, since breaking off a ReceiveMessage would strand what SQS has already put into the answer.
 * - `kill`: all is dropped at once.
 * - the step `crash`: a `kill` from inside, "with all it holds": all loops of the instance. The instance
 *   lives on, and its host starts the program anew.
 */

import { check } from '../../kernel/check.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { Cause, RunEnd } from '../facts.js';
import type { World } from '../world.js';
import { PROGRAM_LIMITS } from './limits.js';
import type { LoopWatcher, ProgramOptions, QueueSource } from './options.js';
import type { LoopOwner } from './poll-loops.js';
import { PollLoops } from './poll-loops.js';
import { ProcessColumns, Wait } from './tables.js';
import { WorkMeter } from './work-meter.js';

/** What the owner of the instances hears; the argument is the instance. */
export interface ProgramHost {
  /** A program that was told to stop has ended by itself. */
  readonly exited: Handler;
  /** A program died by its own `crash` step. */
  readonly crashed: Handler;
}

export class Program implements LoopOwner {
  private readonly kernel: Kernel;
  private readonly sources: readonly QueueSource[];
  private readonly processes: ProcessColumns;
  private readonly polling: PollLoops;

  /** `instances`: the host's table; its rows are the workers of facts, and are never reused. */
  constructor(
    world: World,
    options: ProgramOptions,
    instances: Table,
    private readonly host: ProgramHost,
  ) {
    check(options.sources.length <= PROGRAM_LIMITS.sourcesMax, 'a program has at most 255 sources');
    this.kernel = world.kernel;
    this.sources = options.sources;
    this.processes = new ProcessColumns(instances);
    this.polling = new PollLoops(world, options, this);
  }

  /** How many poll loops it has on each instance. */
  get loopsPerProcess(): number {
    return this.sources.reduce((loops, { concurrency }) => loops + concurrency, 0);
  }

  /** Before the run: somebody asks how long its loops work. */
  meterWork(): WorkMeter {
    const meter = new WorkMeter(this.kernel);
    this.polling.runs.meter = meter;
    return meter;
  }

  /** Before the run: somebody asks what its loops find. */
  watch(watcher: LoopWatcher): void {
    this.polling.watcher = watcher;
  }

  /** The program begins on `worker`: all its loops poll. */
  start(worker: number): void {
    const { processes, polling, sources } = this;
    check(processes.loops[worker] === 0, 'an instance runs its program once at a time');
    processes.stopping[worker] = 0;
    const start = processes.starts[worker]++;
    if (start === 0) polling.runs.prepare();
    let index = 0;
    for (let source = 0; source < sources.length; source++) {
      for (let i = sources[source].concurrency; i > 0; i--) {
        const loop = polling.add(worker, source, index++, start);
        polling.loops.sibling[loop] = processes.firstLoop[worker];
        processes.firstLoop[worker] = loop + 1;
        processes.loops[worker]++;
        polling.again(loop);
      }
    }
  }

  /** The program is to end when it has finished what it has in hand; the host hears `exited`. */
  stop(worker: number): void {
    const { processes, polling } = this;
    check(processes.stopping[worker] === 0, 'a program is told to stop once');
    processes.stopping[worker] = 1;
    if (processes.loops[worker] === 0) this.kernel.soon(this.host.exited, worker);
    for (let at = processes.firstLoop[worker]; at !== 0;) {
      const loop = at - 1;
      at = polling.loops.sibling[loop];
      const waitsFor = polling.loops.waitsFor[loop];
      if (waitsFor === Wait.Pause || waitsFor === Wait.Release)
        polling.drop(loop, Cause.None, RunEnd.Ok);
    }
  }

  /** The program ends now. `end` says how its runs end, `cause` what later runs of its messages are blamed on. */
  kill(worker: number, cause: Cause, end: RunEnd): void {
    const { processes, polling } = this;
    processes.stopping[worker] = 0; // nobody waits for an exit
    for (let at = processes.firstLoop[worker]; at !== 0;) {
      const loop = at - 1;
      at = polling.loops.sibling[loop];
      polling.drop(loop, cause, end);
    }
  }

  /** The program polls nothing from now on (true), or this one reason for it is over (false). */
  hold(worker: number, on: boolean): void {
    const { processes, polling } = this;
    if (on) {
      processes.held[worker]++;
      return;
    }
    check(processes.held[worker] > 0, 'only a program that is held is released');
    if (--processes.held[worker] > 0) return;
    for (let at = processes.firstLoop[worker]; at !== 0;) {
      const loop = at - 1;
      at = polling.loops.sibling[loop];
      if (polling.loops.waitsFor[loop] !== Wait.Release) continue;
      polling.loops.waitsFor[loop] = Wait.Nothing;
      polling.again(loop);
    }
  }

  /** Work that begins from now on takes `factor` times as long, and each run `addedTime` more. */
  slow(factor: number, addedTime: Micros): void {
    this.polling.runs.slow(factor, addedTime);
  }

  // --- LoopOwner -----------------------------------------------------------------------------------

  isStopping(worker: number): boolean {
    return this.processes.stopping[worker] !== 0;
  }

  isHeld(worker: number): boolean {
    return this.processes.held[worker] !== 0;
  }

  forget(loop: number): void {
    const { processes } = this;
    const { worker, sibling } = this.polling.loops;
    const process = worker[loop];
    if (processes.firstLoop[process] === loop + 1) {
      processes.firstLoop[process] = sibling[loop];
    } else {
      let before = processes.firstLoop[process] - 1;
      while (sibling[before] !== loop + 1) before = sibling[before] - 1;
      sibling[before] = sibling[loop];
    }
    processes.loops[process]--;
    const isLast = processes.loops[process] === 0;
    if (isLast) this.polling.processIsGone(process);
    if (isLast && this.isStopping(process)) this.kernel.soon(this.host.exited, process);
  }

  processDies(worker: number): void {
    const wasStopping = this.isStopping(worker);
    this.kill(worker, Cause.Crash, RunEnd.Crashed);
    this.kernel.soon(wasStopping ? this.host.exited : this.host.crashed, worker);
  }
}
