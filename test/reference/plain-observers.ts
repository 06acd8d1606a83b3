// Observers that keep objects in maps and look through all they have: the twins of src/observe.

import { CopyStage, NOBODY, RunEnd } from '../../src/components/facts.js';
import type { Fact, PlainMessage, PlainObligation, PlainObserver, Stretch } from './plain-facts.js';

/** Facts of copies that leave their store. */
export const GONE = ['deleted', 'expired', 'purged', 'deadLettered', 'redriven'];

/** A level as the list of its values over time; what lasts no time is no part of it. */
export class PlainLevels implements PlainObserver {
  private readonly values = new Map<string, [time: number, value: number][]>();
  private readonly states = new Map<string, number>();
  private readonly busy = new Map<string, number>();

  on({ kind, time, args }: Fact): void {
    const [resource, second, third] = args;
    const store = (level: string, by: number) => this.change(`${resource}/${level}`, time, by);
    if (kind === 'stored') store(second === CopyStage.Visible ? 'depth' : 'delayed', 1);
    else if (kind === 'visible') {
      store('delayed', -1);
      store('depth', 1);
    } else if (kind === 'taken' || kind === 'hidden') {
      store('depth', -1);
      store('inFlight', 1);
    } else if (kind === 'returned') {
      store('inFlight', -1);
      store('depth', 1);
    } else if (GONE.includes(kind)) {
      store(['delayed', 'depth', 'inFlight'][second], -1);
    } else if (kind === 'desired') {
      store('desired', second - this.now(`${resource}/desired`));
    } else if (kind === 'instance') {
      const worker = `${resource}/${second}`;
      const was = this.states.get(worker);
      this.states.set(worker, third);
      store('instances', Number(third === 2) - Number(was === 2));
      const isPending = (state: number | undefined) => state === 0 || state === 1;
      store('pending', Number(isPending(third)) - Number(isPending(was)));
      if (was === 2 && third !== 2) store('busy', -(this.busy.get(worker) ?? 0));
      if (was !== 2 && third === 2) store('busy', this.busy.get(worker) ?? 0);
    } else if (kind === 'loopFree' || kind === 'arrived') {
      const worker = `${resource}/${third}`;
      const busy = this.busy.get(worker) ?? 0;
      const by = kind === 'arrived' ? 1 : busy > 0 ? -1 : 0;
      this.busy.set(worker, busy + by);
      if (this.states.get(worker) === 2) store('busy', by);
    }
  }

  /** Over [from, to): null when that is no time. */
  over(resource: number, level: string, from: number, to: number) {
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
  private readonly depths = new Map<number, number>();
  private readonly gaps = new Map<number, [from: number, to: number][]>();

  on({ kind, time, args }: Fact): void {
    const isShown =
      kind === 'visible' ||
      kind === 'returned' ||
      (kind === 'stored' && args[1] === CopyStage.Visible);
    if (isShown) this.change(this.depths, args[0], 1, time);
    const isGone = GONE.includes(kind);
    if (kind === 'taken' || kind === 'hidden' || (isGone && args[1] === CopyStage.Visible))
      this.change(this.depths, args[0], -1, time);
    if (kind === 'pollOpened') this.change(this.polls, args[0], 1, time);
    if (kind === 'pollClosed') this.change(this.polls, args[0], -1, time);
    if (kind === 'loopFree') this.change(this.loops, args[1], 1, time);
    if (kind === 'loopTaken' || kind === 'arrived') this.change(this.loops, args[1], -1, time);
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
    const free = this.loops.get(store) ?? 0;
    const isGap =
      (this.polls.get(store) ?? 0) === 0 && free > 0 && (this.depths.get(store) ?? 0) <= 10 * free;
    const gaps = this.gaps.get(store) ?? [];
    this.gaps.set(store, gaps);
    const last = gaps.at(-1);
    if (last?.[1] === Infinity) last[1] = time;
    if (isGap) gaps.push([time, Infinity]);
  }
}

function firstOf(message: PlainMessage): PlainMessage {
  return message.parent === null ? message : firstOf(message.parent);
}

/** How the time from the first birth of a family to the message's own was spent. */
function wayTo({ parent, way }: PlainMessage): Stretch[] {
  return parent === null ? [] : [...wayTo(parent), ...way];
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
  /** Of messages that nothing was made to make, once all that came of them was done. */
  readonly wholes: PlainLatency[] = [];
  readonly messages: PlainMessage[] = [];
  /** By the first of a family: all of it, what was owed to somebody, and what was done last. */
  private readonly families = new Map<PlainMessage, PlainMessage[]>();
  private readonly awaited = new Set<PlainObligation>();
  private readonly isDone = new Set<PlainObligation>();
  private readonly lasts = new Map<PlainMessage, PlainLatency>();
  readonly obligations: PlainObligation[] = [];

  constructor(private readonly gaps: PlainGaps) {}

  on(fact: Fact): void {
    const { kind, time, args, message, obligation, handOut } = fact;
    if (kind === 'born') {
      this.messages.push(message!);
      const first = firstOf(message!);
      this.families.set(first, [...(this.families.get(first) ?? []), message!]);
    }
    if (kind === 'owed') this.obligations.push(obligation!);
    if (kind === 'owed' && args[0] !== NOBODY) this.awaited.add(obligation!);
    if (kind === 'answered' || kind === 'gaveUp') this.look(firstOf(message!));
    if (kind === 'answered') {
      const total = time - message!.bornAt;
      const { bornAt, buffered, attempts, lastAttemptAt } = message!;
      const before: Stretch[] = [['batching', bornAt, bornAt + buffered]];
      const sentAt = attempts.length === 0 ? bornAt + buffered : lastAttemptAt;
      const parts = this.sumUp([
        ...(attempts.length === 0 ? before : attempts),
        ['network', sentAt, time],
      ]);
      this.responses.push({ message: message!, consumer: -1, total, parts, isOfMessage: false });
    }
    if (kind === 'passedOn' && this.isWhole(message!, obligation!)) {
      const total = time - message!.bornAt;
      const parts = this.sumUp(fact.past!);
      this.done.push({ message: message!, consumer: args[0], total, parts, isOfMessage: true });
    }
    if (kind !== 'runEnded' || !endsWell(args[2]) || obligation!.okRuns > 0) return;
    const { past, takenAt, arrivedAt, runBeganAt } = handOut!;
    const all: Stretch[] = [
      ...past,
      ['network', takenAt, arrivedAt!],
      ['batching', arrivedAt!, runBeganAt!],
      ['handler', runBeganAt!, time],
    ];
    const isOfMessage = this.isWhole(message!, obligation!);
    const total = time - message!.bornAt;
    this.done.push({
      message: message!,
      consumer: args[0],
      total,
      parts: this.sumUp(all),
      isOfMessage,
    });
    this.isDone.add(obligation!);
    const first = firstOf(message!);
    this.lasts.set(first, {
      message: first,
      consumer: args[0],
      total: time - first.bornAt,
      parts: this.sumUp([...wayTo(message!), ...all]),
      isOfMessage: true,
    });
    this.look(first);
  }

  /** Whether all that came of a message is done now, for the first time. */
  private look(first: PlainMessage): void {
    const last = this.lasts.get(first);
    if (last === undefined || this.wholes.some((one) => one.message === first)) return;
    for (const message of this.families.get(first)!) {
      if (message.parent !== null && message.isUnderWay) return;
      for (const one of message.obligations)
        if (this.awaited.has(one) && !this.isDone.has(one)) return;
    }
    this.wholes.push(last);
  }

  /** Whether with this obligation all is done, for the first time, that anybody waits for of the message. */
  private isWhole(message: PlainMessage, obligation: PlainObligation): boolean {
    const others = message.obligations.filter((one) => {
      return one !== obligation && one.consumer !== NOBODY && one.okRuns === 0 && !one.isPassedOn;
    });
    const isKnown = this.done.some((one) => one.message === message && one.isOfMessage);
    return others.length === 0 && !isKnown;
  }

  private sumUp(stretches: readonly Stretch[]): Map<string, number> {
    const sums = new Map<string, number>();
    const add = (part: string, time: number) => sums.set(part, (sums.get(part) ?? 0) + time);
    for (const [part, from, to] of stretches) {
      const [, store, blocked = '0'] = part.split('@');
      if (store === undefined) {
        add(part, to - from);
        continue;
      }
      const groupWait = Math.min(Number(blocked), to - from);
      const gap = Math.min(this.gaps.within(Number(store), from, to), to - from - groupWait);
      add('groupWait', groupWait);
      add('pollGap', gap);
      add('queueWait', to - from - groupWait - gap);
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
      if (!endsWell(end) || (end === RunEnd.Skipped && obligation!.okRuns > 0)) return;
      obligation!.okRuns++;
      if (obligation!.okRuns === 1) count(`${consumer}/processed/${worker}`);
      else count(`${consumer}/duplicates/${cause > 0 ? cause : obligation!.lastCause}`);
    }
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }
}

export function endsWell(end: number): boolean {
  return end === RunEnd.Ok || end === RunEnd.Skipped;
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
