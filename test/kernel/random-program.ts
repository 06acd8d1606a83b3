/**
 * A random program for the kernel: every event that runs does a few random things, with so few
 * distinct times that ties are the rule. Run on the kernel and on its naive twin, the two journals
 * must be equal: what ran when with which argument, why each slice ended, and what could be seen in
 * between.
 */
import { Kernel } from '../../src/kernel/kernel.js';
import type { Handler } from '../../src/kernel/kernel.js';
import type { EventQueue } from '../../src/kernel/event-queue.js';
import { Deadlines } from '../../src/kernel/deadlines.js';
import { Timers } from '../../src/kernel/timers.js';
import { Table } from '../../src/kernel/table.js';
import { NaiveDeadlines, NaiveKernel, NaiveTimers } from '../reference/naive-kernel.js';

export interface ProgramOptions {
  readonly seed: number;
  readonly slices: number;
  readonly delays: number; // distinct delays of deadlines
  readonly spread: number; // the largest delay, µs: small means many ties
  readonly population: number; // events to keep pending
}

class Rows extends Table {
  visibility = this.links('visibility');
  retention = this.links('retention');
}

/** What a program needs; the kernel and its twin both have it. */
interface Subject {
  readonly kernel: Pick<Kernel, 'now' | 'eventCount' | 'stop' | 'nextTime' | 'advance'>;
  at(time: number, arg: number): void;
  after(delay: number, arg: number): void;
  soon(arg: number): void;
  readonly deadlines: readonly Pick<
    Deadlines,
    'set' | 'setFrom' | 'clear' | 'has' | 'dueAt' | 'changeDelay'
  >[];
  readonly timers: Pick<Timers, 'set' | 'cancel' | 'isSet'>;
}

type Runs = (kind: number, arg: number) => void;

function realSubject(rows: Rows, run: Runs, queue?: EventQueue): Subject {
  const tables = { capacity: 1, poison: true };
  const kernel = new Kernel(queue === undefined ? { tables } : { tables, queue });
  const handlers: Handler[] = [0, 1, 2].map((kind) =>
    kernel.handler(`plain/${kind}`, (arg) => run(kind, arg)),
  );
  return {
    kernel,
    at: (time, arg) => kernel.at(time, handlers[0], arg),
    after: (delay, arg) => kernel.after(delay, handlers[1], arg),
    soon: (arg) => kernel.soon(handlers[2], arg),
    deadlines: [
      new Deadlines(kernel, 'visibility', rows.visibility, (row) => run(3, row)),
      new Deadlines(kernel, 'retention', rows.retention, (row) => run(4, row)),
    ],
    timers: new Timers(kernel, 'timers', (arg) => run(5, arg)),
  };
}

function naiveSubject(run: Runs): Subject {
  const kernel = new NaiveKernel();
  const handlers = [0, 1, 2].map((kind) => kernel.handler('', (arg) => run(kind, arg)));
  return {
    kernel,
    at: (time, arg) => kernel.at(time, handlers[0], arg),
    after: (delay, arg) => kernel.after(delay, handlers[1], arg),
    soon: (arg) => kernel.soon(handlers[2], arg),
    deadlines: [
      new NaiveDeadlines(kernel, (row) => run(3, row)),
      new NaiveDeadlines(kernel, (row) => run(4, row)),
    ],
    timers: new NaiveTimers(kernel, (arg) => run(5, arg)),
  };
}

export class RandomProgram {
  readonly journal: number[] = [];
  private readonly rows = new Rows({ capacity: 1, poison: true });
  private readonly subject: Subject;
  private readonly timerIds: number[] = [];
  private pending = 0; // roughly
  private args = 0;
  private inHandler = false;
  private state: number;

  constructor(
    private readonly options: ProgramOptions,
    on: 'kernel' | 'twin',
    queue?: EventQueue,
  ) {
    this.state = options.seed | 0;
    const run: Runs = (kind, arg) => this.onEvent(kind, arg);
    this.subject = on === 'twin' ? naiveSubject(run) : realSubject(this.rows, run, queue);
  }

  run(): readonly number[] {
    this.runSlices(this.options.slices);
    return this.journal;
  }

  runSlices(slices: number): void {
    const { kernel } = this.subject;
    for (let slice = 0; slice < slices; slice++) {
      for (let i = this.below(4); i > 0; i--) this.act();
      this.journal.push(kernel.nextTime());
      const until = kernel.now + this.below(2 * this.options.spread);
      const maxEvents = this.below(3) === 0 ? Infinity : this.below(8);
      const pause = kernel.advance(until, maxEvents);
      this.journal.push(
        ['until', 'events', 'stopped'].indexOf(pause),
        kernel.now,
        kernel.eventCount,
      );
      this.lookAround();
    }
  }

  private lookAround(): void {
    const row = this.below(this.rows.bound + 1);
    if (!this.rows.isLive(row)) return;
    for (const deadlines of this.subject.deadlines) {
      if (deadlines.has(row)) this.journal.push(row, deadlines.dueAt(row));
    }
  }

  private onEvent(kind: number, arg: number): void {
    const { kernel, deadlines } = this.subject;
    this.journal.push(kernel.now, kernel.eventCount, kind, arg);
    this.pending--;
    if (kind === 3 || kind === 4) {
      for (const other of deadlines) this.journal.push(other.has(arg) ? 1 : 0);
      if (this.below(2) === 0) this.freeRow(arg);
      else if (!deadlines[kind - 3].has(arg)) this.setDeadline(kind - 3, arg);
    }
    const few = this.pending < this.options.population;
    this.inHandler = true;
    for (let i = this.below(few ? 5 : 2); i > 0; i--) this.act();
    this.inHandler = false;
  }

  private act(): void {
    const { kernel, timers } = this.subject;
    switch (this.below(24)) {
      case 0:
      case 1:
        return this.subject.at(kernel.now + this.delay(), this.scheduled());
      case 2:
      case 3:
        return this.subject.after(this.delay(), this.scheduled());
      case 4:
      case 5:
        return this.subject.soon(this.scheduled());
      case 6:
      case 7: {
        this.timerIds.push(timers.set(kernel.now + this.delay(), this.scheduled()));
        return;
      }
      case 8:
      case 9:
      case 10:
        return this.cancelTimer();
      case 11:
      case 12:
      case 13:
        return this.clearDeadline();
      case 14:
        return this.changeDelay();
      case 15:
        if (this.inHandler && this.below(8) === 0) kernel.stop();
        return;
      default: {
        const row = this.rows.add();
        this.setDeadline(this.below(2), row);
        if (this.below(4) === 0) {
          this.setDeadline(this.below(2), row);
        }
      }
    }
  }

  private scheduled(): number {
    this.pending++;
    return this.args++;
  }

  private setDeadline(which: number, row: number): void {
    const deadlines = this.subject.deadlines[which];
    if (deadlines.has(row)) return;
    this.pending++;
    const { now } = this.subject.kernel;
    if (this.below(4) > 0) deadlines.set(row, this.deadlineDelay());
    else deadlines.setFrom(row, Math.max(0, now - this.below(3)), this.deadlineDelay());
  }

  private clearDeadline(): void {
    const row = this.below(this.rows.bound + 1);
    if (!this.rows.isLive(row)) return;
    if (this.below(2) === 0) return this.freeRow(row);
    const deadlines = this.subject.deadlines[this.below(2)];
    if (!deadlines.has(row)) return;
    deadlines.clear(row);
    this.pending--;
    this.setDeadline(this.below(2), row);
  }

  private freeRow(row: number): void {
    for (const deadlines of this.subject.deadlines) {
      if (!deadlines.has(row)) continue;
      deadlines.clear(row);
      this.pending--;
    }
    this.rows.free(row);
  }

  private cancelTimer(): void {
    if (this.timerIds.length === 0) return;
    const i = this.below(this.timerIds.length);
    const id = this.timerIds[i];
    if (this.below(4) > 0) this.timerIds.splice(i, 1); // else a stale id is tried again later
    const wasSet = this.subject.timers.isSet(id);
    const cancelled = this.subject.timers.cancel(id);
    this.journal.push(wasSet ? 1 : 0, cancelled ? 1 : 0);
    if (cancelled) this.pending--;
  }

  private changeDelay(): void {
    const from = this.deadlineDelay();
    this.subject.deadlines[this.below(2)].changeDelay(from, this.deadlineDelay());
  }

  private delay(): number {
    return this.below(this.options.spread + 1);
  }

  /** One of a few delays: evenly spread, 0 included. */
  private deadlineDelay(): number {
    const { delays, spread } = this.options;
    return Math.floor((this.below(delays) * spread) / delays);
  }

  /** A random integer below `bound`; mulberry32. */
  private below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let z = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return Math.floor((((z ^ (z >>> 14)) >>> 0) / 2 ** 32) * bound);
  }
}
