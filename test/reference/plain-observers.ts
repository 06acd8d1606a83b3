// The observers once more, without tricks: every fact becomes an object with all that it says and the time, and a loop
// hands it to a list of observers that keep objects in maps. src/observe must give the same results.

import type { Facts } from '../../src/components/facts.js';
import { CopyStage, NOBODY, Outcome, RunEnd } from '../../src/components/facts.js';
import type { Messages } from '../../src/components/messages.js';

export interface Fact {
  readonly kind: string;
  readonly time: number;
  /** What the fact method was called with. */
  readonly args: readonly number[];
  /** An object per message, obligation, copy and hand-out that the fact speaks of. */
  readonly message?: PlainMessage;
  readonly obligation?: PlainObligation;
  readonly copy?: PlainCopy;
  readonly handOut?: PlainHandOut;
}

export interface PlainMessage {
  readonly bornAt: number;
  readonly source: number;
  readonly size: number;
  buffered: number;
  readonly obligations: PlainObligation[];
}

export interface PlainObligation {
  readonly message: PlainMessage;
  consumer: number;
  readonly copies: PlainCopy[];
  okRuns: number;
  begunRuns: number;
  failedLast: boolean;
  lastCause: number;
  end: number;
}

/** A stretch of time and what it was spent on; waiting in store 3 is `wait@3`. */
export type Stretch = readonly [part: string, from: number, to: number];

export interface PlainCopy {
  readonly obligation: PlainObligation;
  store: number;
  past: Stretch[];
  storedAt: number;
  availableAt: number;
}

export interface PlainHandOut {
  readonly copy: PlainCopy;
  readonly obligation: PlainObligation;
  readonly consumer: number;
  readonly past: readonly Stretch[];
  readonly takenAt: number;
  arrivedAt: number | null;
  runBeganAt: number | null;
  runEndedAt: number | null;
}

export interface PlainObserver {
  on(fact: Fact): void;
}

/** Makes objects of facts. Rows become objects when they are first told of. */
export class PlainWatch implements Facts {
  readonly facts: Fact[] = [];
  private readonly messages = new Map<number, PlainMessage>();
  private readonly obligations = new Map<number, PlainObligation>();
  private readonly copies = new Map<number, PlainCopy>();
  private readonly handOuts = new Map<number, PlainHandOut>();
  /** Pasts of messages that are between two stores. */
  private readonly moving = new Map<PlainMessage, Stretch[]>();
  private lastTaken: PlainHandOut | null = null;

  constructor(
    private readonly clock: { readonly now: number },
    private readonly tables: () => Messages,
    private readonly delays: Float64Array,
    private readonly observers: readonly PlainObserver[],
  ) {}

  // --- producers ---

  born(source: number, row: number): void {
    const { size } = this.tables().messages;
    const message = { bornAt: this.clock.now, source, size: size[row], buffered: 0, obligations: [] };
    this.messages.set(row, message);
    this.tell('born', [source], { message });
  }

  answered(source: number, row: number): void {
    this.tell('answered', [source], { message: this.messageAt(row) });
  }

  gaveUp(source: number, row: number): void {
    this.tell('gaveUp', [source], { message: this.messageAt(row) });
  }

  attempted(source: number, messages: number): void {
    this.tell('attempted', [source, messages], {});
  }

  request(resource: number, operation: number, bytes: number): void {
    this.tell('request', [resource, operation, bytes], {});
  }

  response(resource: number, operation: number, bytes: number): void {
    this.tell('response', [resource, operation, bytes], {});
  }

  throttled(resource: number, operation: number): void {
    this.tell('throttled', [resource, operation], {});
  }

  // --- copies ---

  owed(consumer: number, row: number): void {
    const message = this.messageAt(this.tables().obligations.message[row]);
    const obligation: PlainObligation = {
      message, consumer, copies: [], okRuns: 0, begunRuns: 0, failedLast: false, lastCause: 0, end: Outcome.Unfinished,
    };
    message.obligations.push(obligation);
    this.obligations.set(row, obligation);
    this.tell('owed', [consumer], { obligation, message });
  }

  stored(resource: number, row: number): void {
    const obligation = this.obligationAt(this.tables().copies.obligation[row]);
    const { message } = obligation;
    const now = this.clock.now;
    const copy: PlainCopy = { obligation, store: resource, past: [], storedAt: now, availableAt: now };
    const moved = this.moving.get(message);
    if (moved !== undefined) {
      copy.past = moved;
      this.moving.delete(message);
    } else if (obligation.copies.length > 0) {
      copy.past = this.lastTaken?.obligation === obligation ? this.pastOf(this.lastTaken) : this.appearing(message);
    } else copy.past = this.sending(message);
    obligation.copies.push(copy);
    this.copies.set(row, copy);
    this.tell('stored', [resource], { copy, obligation, message });
  }

  visible(resource: number, row: number): void {
    const copy = this.copyAt(row);
    const now = this.clock.now;
    const delayEnds = copy.storedAt + Math.min(now - copy.storedAt, this.delays[resource]);
    copy.past = [...copy.past, ['delay', copy.storedAt, delayEnds], ['delivery', delayEnds, now]];
    copy.availableAt = now;
    this.tell('visible', [resource], { copy, obligation: copy.obligation, message: copy.obligation.message });
  }

  taken(resource: number, row: number): void {
    const { copy: copyRow, consumer } = this.tables().deliveries;
    const copy = this.copyAt(copyRow[row]);
    copy.obligation.consumer = consumer[row];
    const past: Stretch[] = [...copy.past, [`wait@${resource}`, copy.availableAt, this.clock.now]];
    const handOut: PlainHandOut = {
      copy, obligation: copy.obligation, consumer: consumer[row], past, takenAt: this.clock.now,
      arrivedAt: null, runBeganAt: null, runEndedAt: null,
    };
    this.handOuts.set(row, handOut);
    this.lastTaken = handOut;
    this.tell('taken', [resource, consumer[row]], this.partsOf(handOut));
  }

  returned(resource: number, row: number): void {
    const handOut = this.handOutAt(row);
    handOut.copy.past = this.pastOf(handOut);
    handOut.copy.availableAt = this.clock.now;
    this.tell('returned', [resource], this.partsOf(handOut));
  }

  deleted(resource: number, row: number, stage: CopyStage): void {
    this.gone('deleted', resource, row, stage);
  }

  expired(resource: number, row: number, stage: CopyStage): void {
    this.gone('expired', resource, row, stage);
  }

  purged(resource: number, row: number, stage: CopyStage): void {
    this.gone('purged', resource, row, stage);
  }

  deadLettered(resource: number, row: number, target: number): void {
    const copy = this.copyAt(row);
    const wait: Stretch = [`wait@${resource}`, copy.availableAt, this.clock.now];
    this.moving.set(copy.obligation.message, [...copy.past, wait]);
    this.gone('deadLettered', resource, row, CopyStage.Visible, target);
  }

  pollOpened(resource: number, consumer: number): void {
    this.tell('pollOpened', [resource, consumer], {});
  }

  pollClosed(resource: number, consumer: number, messages: number): void {
    this.tell('pollClosed', [resource, consumer, messages], {});
  }

  // --- consumers ---

  loopFree(consumer: number, resource: number, worker: number): void {
    this.tell('loopFree', [consumer, resource, worker], {});
  }

  loopTaken(consumer: number, resource: number, worker: number): void {
    this.tell('loopTaken', [consumer, resource, worker], {});
  }

  arrived(consumer: number, row: number): void {
    const handOut = this.handOutAt(row);
    handOut.arrivedAt = this.clock.now;
    this.tell('arrived', [consumer], this.partsOf(handOut));
  }

  runBegan(consumer: number, row: number, worker: number): void {
    const handOut = this.handOutAt(row);
    handOut.runBeganAt = this.clock.now;
    this.tell('runBegan', [consumer, worker, this.tables().deliveries.cause[row]], this.partsOf(handOut));
  }

  runEnded(consumer: number, row: number, worker: number, end: RunEnd): void {
    const handOut = this.handOutAt(row);
    handOut.runEndedAt = this.clock.now;
    this.tell('runEnded', [consumer, worker, end, this.tables().deliveries.cause[row]], this.partsOf(handOut));
  }

  settled(consumer: number, row: number, outcome: Outcome): void {
    const obligation = this.obligationAt(row);
    obligation.end = outcome;
    this.tell('settled', [consumer, outcome], { obligation, message: obligation.message });
  }

  // --- fleets ---

  instance(group: number, worker: number, state: number): void {
    this.tell('instance', [group, worker, state], {});
  }

  desired(group: number, capacity: number): void {
    this.tell('desired', [group, capacity], {});
  }

  alarm(owner: number, alarm: number, state: number): void {
    this.tell('alarm', [owner, alarm, state], {});
  }

  fault(resource: number, fault: number, on: number): void {
    this.tell('fault', [resource, fault, on], {});
  }

  // --- inside ---

  private tell(kind: string, args: readonly number[], of: Omit<Fact, 'kind' | 'time' | 'args'>): void {
    const fact: Fact = { kind, time: this.clock.now, args, ...of };
    this.facts.push(fact);
    for (const observer of this.observers) observer.on(fact);
  }

  private gone(kind: string, resource: number, row: number, stage: number, target = -1): void {
    const copy = this.copyAt(row);
    this.tell(kind, [resource, stage, target], { copy, obligation: copy.obligation, message: copy.obligation.message });
  }

  /** From birth to the store. The buffer's time is known by then. */
  private sending(message: PlainMessage): Stretch[] {
    const sentAt = message.bornAt + message.buffered;
    return [['batching', message.bornAt, sentAt], ['network', sentAt, this.clock.now]];
  }

  private appearing(message: PlainMessage): Stretch[] {
    const sentAt = message.bornAt + message.buffered;
    return [['batching', message.bornAt, sentAt], ['delivery', sentAt, this.clock.now]];
  }

  /** A hand-out that did not do what was to be done, and all before it. */
  private pastOf(handOut: PlainHandOut): Stretch[] {
    const past = [...handOut.past];
    let until = handOut.takenAt;
    if (handOut.arrivedAt !== null) {
      past.push(['network', until, handOut.arrivedAt]);
      until = handOut.arrivedAt;
    }
    if (handOut.runEndedAt !== null && handOut.runBeganAt !== null) {
      past.push(['batching', until, handOut.runBeganAt], ['handler', handOut.runBeganAt, handOut.runEndedAt]);
      until = handOut.runEndedAt;
    }
    past.push(['visibilityWait', until, this.clock.now]);
    return past;
  }

  private partsOf(handOut: PlainHandOut): Omit<Fact, 'kind' | 'time' | 'args'> {
    const { copy, obligation } = handOut;
    return { handOut, copy, obligation, message: obligation.message };
  }

  private messageAt(row: number): PlainMessage {
    const message = this.messages.get(row)!;
    message.buffered = this.tables().messages.buffered[row];
    return message;
  }

  private obligationAt(row: number): PlainObligation {
    return this.obligations.get(row)!;
  }

  private copyAt(row: number): PlainCopy {
    return this.copies.get(row)!;
  }

  private handOutAt(row: number): PlainHandOut {
    return this.handOuts.get(row)!;
  }
}

// --- observers -------------------------------------------------------------------------------------

/** A level as the list of its values over time; what lasts no time is no part of it. */
export class PlainLevels implements PlainObserver {
  private readonly values = new Map<string, [time: number, value: number][]>();
  private readonly states = new Map<string, number>();
  private readonly busy = new Map<string, number>();

  on({ kind, time, args }: Fact): void {
    const [resource, second, third] = args;
    const store = (level: string, by: number) => this.change(`${resource}/${level}`, time, by);
    if (kind === 'stored') store('delayed', 1);
    else if (kind === 'visible') {
      store('delayed', -1);
      store('depth', 1);
    } else if (kind === 'taken') {
      store('depth', -1);
      store('inFlight', 1);
    } else if (kind === 'returned') {
      store('inFlight', -1);
      store('depth', 1);
    } else if (['deleted', 'expired', 'purged', 'deadLettered'].includes(kind)) {
      store(['delayed', 'depth', 'inFlight'][second], -1);
    } else if (kind === 'desired') {
      store('desired', second - this.now(`${resource}/desired`));
    } else if (kind === 'instance') {
      const worker = `${resource}/${second}`;
      const was = this.states.get(worker);
      this.states.set(worker, third);
      store('instances', Number(third === 2) - Number(was === 2));
      if (was === 2 && third !== 2) store('busy', -(this.busy.get(worker) ?? 0));
      if (was !== 2 && third === 2) store('busy', this.busy.get(worker) ?? 0);
    } else if (kind === 'loopFree' || kind === 'loopTaken') {
      const worker = `${resource}/${third}`;
      const isIn = this.states.get(worker) === 2;
      const busy = this.busy.get(worker) ?? 0;
      if (kind === 'loopTaken' && !isIn) return;
      const by = kind === 'loopTaken' ? 1 : busy > 0 ? -1 : 0;
      this.busy.set(worker, busy + by);
      if (isIn) store('busy', by);
    }
  }

  /** Over [from, to): null when that is no time. */
  over(resource: number, level: string, from: number, to: number): { mean: number; min: number; max: number; end: number } {
    const changes = this.values.get(`${resource}/${level}`) ?? [];
    let area = 0;
    let min = Infinity;
    let max = -Infinity;
    let end = 0;
    for (let i = -1; i < changes.length; i++) {
      const [begins, value] = i < 0 ? [0, 0] : changes[i];
      const stops = changes[i + 1]?.[0] ?? Infinity;
      const length = Math.min(stops, to) - Math.max(begins, from);
      if (length <= 0) continue;
      area += value * length;
      min = Math.min(min, value);
      max = Math.max(max, value);
      end = value;
    }
    return { mean: area / (to - from), min, max, end };
  }

  private now(name: string): number {
    return this.values.get(name)?.at(-1)?.[1] ?? 0;
  }

  private change(name: string, time: number, by: number): void {
    const changes = this.values.get(name) ?? [];
    this.values.set(name, changes);
    changes.push([time, this.now(name) + by]);
  }
}

/** When no poll was open at a store though a loop was free: stretches of time. */
export class PlainGaps implements PlainObserver {
  private readonly polls = new Map<number, number>();
  private readonly loops = new Map<number, number>();
  private readonly gaps = new Map<number, [from: number, to: number][]>();

  on({ kind, time, args }: Fact): void {
    if (kind === 'pollOpened') this.change(this.polls, args[0], 1, time);
    if (kind === 'pollClosed') this.change(this.polls, args[0], -1, time);
    if (kind === 'loopFree') this.change(this.loops, args[1], 1, time);
    if (kind === 'loopTaken') this.change(this.loops, args[1], -1, time);
  }

  within(store: number, from: number, to: number): number {
    let sum = 0;
    for (const [begins, ends] of this.gaps.get(store) ?? []) {
      sum += Math.max(0, Math.min(ends, to) - Math.max(begins, from));
    }
    return sum;
  }

  private change(counts: Map<number, number>, store: number, by: number, time: number): void {
    counts.set(store, (counts.get(store) ?? 0) + by);
    const isGap = (this.polls.get(store) ?? 0) === 0 && (this.loops.get(store) ?? 0) > 0;
    const gaps = this.gaps.get(store) ?? [];
    this.gaps.set(store, gaps);
    const last = gaps.at(-1);
    if (last?.[1] === Infinity) last[1] = time;
    if (isGap) gaps.push([time, Infinity]);
  }
}

export interface PlainLatency {
  readonly message: PlainMessage;
  readonly consumer: number;
  readonly total: number;
  readonly parts: ReadonlyMap<string, number>;
  /** Whether with this all that has come of the message so far was done, for the first time. */
  readonly isOfMessage: boolean;
}

/** Latencies, one object each. */
export class PlainLatencies implements PlainObserver {
  readonly done: PlainLatency[] = [];
  readonly responses: PlainLatency[] = [];
  readonly messages: PlainMessage[] = [];
  readonly obligations: PlainObligation[] = [];

  constructor(private readonly gaps: PlainGaps) {}

  on(fact: Fact): void {
    const { kind, time, args, message, obligation, handOut } = fact;
    if (kind === 'born') this.messages.push(message!);
    if (kind === 'owed') this.obligations.push(obligation!);
    if (kind === 'answered') {
      const total = time - message!.bornAt;
      const parts = new Map([['batching', message!.buffered], ['network', total - message!.buffered]]);
      this.responses.push({ message: message!, consumer: -1, total, parts, isOfMessage: false });
    }
    if (kind !== 'runEnded' || args[2] !== RunEnd.Ok || obligation!.okRuns > 0) return;
    const { past, takenAt, arrivedAt, runBeganAt } = handOut!;
    const all: Stretch[] = [
      ...past, ['network', takenAt, arrivedAt!], ['batching', arrivedAt!, runBeganAt!], ['handler', runBeganAt!, time],
    ];
    const isOfMessage =
      message!.obligations.every((one) => one === obligation || one.okRuns > 0) &&
      !this.done.some((one) => one.message === message && one.isOfMessage);
    this.done.push({ message: message!, consumer: args[0], total: time - message!.bornAt, parts: this.sumUp(all), isOfMessage });
  }

  private sumUp(stretches: readonly Stretch[]): Map<string, number> {
    const sums = new Map<string, number>();
    const add = (part: string, time: number) => sums.set(part, (sums.get(part) ?? 0) + time);
    for (const [part, from, to] of stretches) {
      const [, store] = part.split('@');
      if (store === undefined) {
        add(part, to - from);
        continue;
      }
      const gap = this.gaps.within(Number(store), from, to);
      add('pollGap', gap);
      add('queueWait', to - from - gap);
    }
    return sums;
  }
}

/** Runs, their ends and causes; must come after the observers that look at okRuns. */
export class PlainRuns implements PlainObserver {
  readonly counts = new Map<string, number>();

  on({ kind, args, obligation }: Fact): void {
    const count = (what: string) => this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    if (kind === 'runBegan') {
      const [consumer, , cause] = args;
      count(`${consumer}/runs`);
      obligation!.begunRuns++;
      if (obligation!.begunRuns === 1) return;
      if (cause === 0 && obligation!.failedLast) {
        obligation!.failedLast = false;
        return;
      }
      obligation!.failedLast = false;
      if (cause > 0) obligation!.lastCause = cause;
      count(`${consumer}/redelivered/${cause}`);
    }
    if (kind === 'runEnded') {
      const [consumer, worker, end, cause] = args;
      count(`${consumer}/ended/${end}`);
      if (end === RunEnd.Failed) obligation!.failedLast = true;
      if (end !== RunEnd.Ok) return;
      obligation!.okRuns++;
      if (obligation!.okRuns === 1) count(`${consumer}/processed/${worker}`);
      else count(`${consumer}/duplicates/${cause > 0 ? cause : obligation!.lastCause}`);
    }
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }
}

/** Where obligations ended: `consumer/outcome`, the open ones as `end` says when asked. */
export function plainLedger(obligations: readonly PlainObligation[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { consumer, end } of obligations) {
    const name = `${consumer === NOBODY ? 'nobody' : consumer}/${end}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
