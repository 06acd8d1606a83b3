// The slow and obvious fair queue: copies and flights are objects in arrays that are never cleared, and
// every question is answered by looking at all of them. The rules are those that fair-shelf.ts and
// fair-tenants.ts state; nothing else is shared with them.

import { MINUTE } from '../../src/kernel/time.js';

export interface NaiveCopy {
  readonly number: number;
  /** null: none. */
  readonly group: number | null;
  readonly shard: number;
  state: 'delayed' | 'visible' | 'inFlight' | 'gone';
  isReturned: boolean;
  order: number;
}

interface Flight {
  readonly copy: NaiveCopy;
  readonly from: number;
  to: number;
}

export class NaiveFair {
  now = 0;
  readonly copies: NaiveCopy[] = [];
  readonly noisy = new Set<number>();
  private readonly flights: Flight[] = [];
  private orders = 0;
  private turn = 0;

  constructor(
    private readonly shards: number,
    private readonly window: number,
  ) {}

  enter(group: number | null, shard: number): NaiveCopy {
    const number = this.copies.length;
    const copy: NaiveCopy = {
      number,
      group,
      shard,
      state: 'delayed',
      isReturned: false,
      order: 0,
    };
    this.copies.push(copy);
    return copy;
  }

  push(copy: NaiveCopy, isReturned: boolean): void {
    if (this.isBare(copy.group)) this.quietenUnlessOver(copy.group);
    copy.state = 'visible';
    copy.isReturned = isReturned;
    copy.order = ++this.orders;
  }

  /** A visible copy goes away, handed out or not. */
  remove(copy: NaiveCopy): void {
    copy.state = 'gone';
    if (this.isBare(copy.group)) this.quietenUnlessOver(copy.group);
  }

  take(copy: NaiveCopy): void {
    copy.state = 'inFlight';
    this.flights.push({ copy, from: this.now, to: Infinity });
    this.judge(copy.group);
  }

  land(copy: NaiveCopy): void {
    copy.state = 'gone';
    this.flights.filter((flight) => flight.copy === copy).at(-1)!.to = this.now;
    this.judge(copy.group);
  }

  /** What time brings about, and what one sees who looks. */
  advance(by: number): void {
    this.now += by;
    for (const group of this.noisy) if (this.isIdle(group)) this.noisy.delete(group);
    for (const group of this.noisy) if (this.isBare(group)) this.quietenUnlessOver(group);
  }

  next(shards: number): NaiveCopy | null {
    for (;;) {
      const open = this.visible().filter(
        (copy) => (shards & (1 << copy.shard)) !== 0 && !this.isNoisy(copy.group),
      );
      if (open.length === 0) return this.nextNoisy(shards);
      const shard = this.ahead(open);
      const copy = first(open.filter((one) => one.shard === shard));
      this.judge(copy.group);
      if (this.isNoisy(copy.group)) continue;
      this.turn = (shard + 1) % this.shards;
      return copy;
    }
  }

  private nextNoisy(shards: number): NaiveCopy | null {
    const open = this.visible().filter((copy) => (shards & (1 << copy.shard)) !== 0);
    if (open.length === 0) return null;
    const groups = [...new Set(open.map(({ group }) => group!))];
    groups.sort(
      (a, b) =>
        this.inFlight(a).length - this.inFlight(b).length ||
        this.lastServed(a) - this.lastServed(b),
    );
    const its = open.filter(({ group }) => group === groups[0]);
    const shard = this.ahead(its);
    this.turn = (shard + 1) % this.shards;
    return first(its.filter((one) => one.shard === shard));
  }

  /** The shard at or after the turn that comes first. */
  private ahead(open: readonly NaiveCopy[]): number {
    for (let i = 0; ; i++) {
      const shard = (this.turn + i) % this.shards;
      if (open.some((copy) => copy.shard === shard)) return shard;
    }
  }

  // --- noisy or quiet ---

  isNoisy(group: number | null): boolean {
    return group !== null && this.noisy.has(group);
  }

  private isOver(group: number): boolean {
    const own = this.inFlight(group).length;
    if (own >= 30 && own * 10 > this.inFlight().length) return true;
    if (own === 0 && this.now - this.landedAt(group) >= 5 * MINUTE) return false;
    return this.timeOf(group) * 10 > this.timeOf();
  }

  private judge(group: number | null): void {
    if (group === null) return;
    if (this.isOver(group)) this.noisy.add(group);
    else if (this.isBare(group)) this.noisy.delete(group);
  }

  private quietenUnlessOver(group: number | null): void {
    if (group !== null && !this.isOver(group)) this.noisy.delete(group);
  }

  /** Noisy, and nothing of it is visible. */
  private isBare(group: number | null): boolean {
    return this.isNoisy(group) && !this.visible().some((copy) => copy.group === group);
  }

  private isIdle(group: number): boolean {
    return this.inFlight(group).length === 0 && this.now - this.landedAt(group) >= 5 * MINUTE;
  }

  private landedAt(group: number): number {
    const ends = this.flights.filter(({ copy }) => copy.group === group).map(({ to }) => to);
    return Math.max(-Infinity, ...ends);
  }

  private lastServed(group: number): number {
    return this.flights.map(({ copy }) => copy.group).lastIndexOf(group);
  }

  /** Processing time in the window, of a group or of all. */
  private timeOf(group?: number): number {
    let sum = 0;
    for (const { copy, from, to } of this.flights) {
      if (group !== undefined && copy.group !== group) continue;
      sum += Math.max(0, Math.min(to, this.now) - Math.max(from, this.now - this.window));
    }
    return sum;
  }

  // --- counts ---

  visible(): NaiveCopy[] {
    return this.copies.filter(({ state }) => state === 'visible');
  }

  inFlight(group?: number): NaiveCopy[] {
    return this.copies.filter(
      (copy) => copy.state === 'inFlight' && (group === undefined || copy.group === group),
    );
  }

  /** Copies of quiet tenants in a state. */
  quiet(state: NaiveCopy['state']): number {
    return this.copies.filter((copy) => copy.state === state && !this.isNoisy(copy.group)).length;
  }
}

function first(copies: readonly NaiveCopy[]): NaiveCopy {
  return copies.reduce((best, copy) =>
    copy.isReturned === best.isReturned
      ? copy.order < best.order
        ? copy
        : best
      : copy.isReturned
        ? copy
        : best,
  );
}
