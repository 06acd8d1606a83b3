/**
 * The slow twin of the kernel with its lanes, timers and deadlines: every entry is one object in
 * one array, its place is (time, seq), and nothing else exists. What is cancelled is taken out at
 * once.
 */

export interface NaiveEvent {
  time: number;
  readonly seq: number;
  readonly run: () => void;
}

export class NaiveKernel {
  now = 0;
  eventCount = 0;
  private pending: NaiveEvent[] = [];
  private readonly runs: ((arg: number) => void)[] = [];
  private seq = 0;
  private stopping = false;

  handler(_name: string, run: (arg: number) => void): number {
    return this.runs.push(run) - 1;
  }

  at(time: number, handler: number, arg: number): void {
    this.schedule(time, () => this.runs[handler](arg));
  }

  after(delay: number, handler: number, arg: number): void {
    this.at(this.now + delay, handler, arg);
  }

  soon(handler: number, arg: number): void {
    this.at(this.now, handler, arg);
  }

  advance(until: number, maxEvents = Infinity): 'until' | 'events' | 'stopped' {
    this.stopping = false;
    for (let ran = 0; ; ran++) {
      if (this.stopping) return 'stopped';
      if (ran >= maxEvents) return 'events';
      const next = this.next();
      if (next === undefined || next.time > until) break;
      this.cancel(next);
      this.now = next.time;
      this.eventCount++;
      next.run();
    }
    this.now = until;
    return 'until';
  }

  stop(): void {
    this.stopping = true;
  }

  nextTime(): number {
    return this.next()?.time ?? Infinity;
  }

  // ---- for the twins below ----

  schedule(time: number, run: () => void): NaiveEvent {
    const event = { time: Math.max(time, this.now), seq: this.seq++, run };
    this.pending.push(event);
    return event;
  }

  cancel(event: NaiveEvent): void {
    this.pending = this.pending.filter((other) => other !== event);
  }

  private next(): NaiveEvent | undefined {
    return [...this.pending].sort((a, b) => a.time - b.time || a.seq - b.seq)[0];
  }
}

export class NaiveTimers {
  private readonly events = new Map<number, NaiveEvent>();
  private ids = 0;

  constructor(
    private readonly kernel: NaiveKernel,
    private readonly run: (arg: number) => void,
  ) {}

  set(time: number, arg: number): number {
    const id = this.ids++;
    const event = this.kernel.schedule(time, () => {
      this.events.delete(id);
      this.run(arg);
    });
    this.events.set(id, event);
    return id;
  }

  cancel(id: number): boolean {
    const event = this.events.get(id);
    if (event === undefined) return false;
    this.kernel.cancel(event);
    return this.events.delete(id);
  }

  isSet(id: number): boolean {
    return this.events.has(id);
  }
}

interface NaiveDeadline {
  readonly base: number;
  delay: number;
  readonly event: NaiveEvent;
}

export class NaiveDeadlines {
  private readonly entries = new Map<number, NaiveDeadline>();

  constructor(
    private readonly kernel: NaiveKernel,
    private readonly run: (row: number) => void,
  ) {}

  set(row: number, delay: number): void {
    this.setFrom(row, this.kernel.now, delay);
  }

  setFrom(row: number, base: number, delay: number): void {
    const event = this.kernel.schedule(base + delay, () => {
      this.entries.delete(row);
      this.run(row);
    });
    this.entries.set(row, { base, delay, event });
  }

  clear(row: number): void {
    const entry = this.entries.get(row);
    if (entry === undefined) throw new Error('no deadline');
    this.kernel.cancel(entry.event);
    this.entries.delete(row);
  }

  has(row: number): boolean {
    return this.entries.has(row);
  }

  dueAt(row: number): number {
    const entry = this.entries.get(row);
    return entry === undefined ? NaN : entry.base + entry.delay;
  }

  changeDelay(from: number, to: number): void {
    for (const entry of this.entries.values()) {
      if (entry.delay !== from) continue;
      entry.delay = to;
      entry.event.time = Math.max(entry.base + to, this.kernel.now);
    }
  }
}
