/**
 * Faults between clients and services: while one is in force, calls get lost, are refused or take longer.
 * Who it is about: calls to `target`, of one client or of all, of one operation or of all.
 *
 * Declared while building, so that each has a random stream of its own; then begun and ended, any number of
 * times. With none in force a call costs what it always costs.
 */

import { check } from '../kernel/check.js';
import type { Handler } from '../kernel/kernel.js';
import type { Stream } from '../kernel/random/streams.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Calls, Disturber } from './port.js';
import { CallError } from './port.js';
import type { World } from './world.js';

/** What happens to a call that the fault is about. Shares are probabilities (0..1]. */
export type Disturbance =
  /** Done, but the answer never comes. A client without a timeout waits for good. */
  | { readonly kind: 'lose'; readonly share: number }
  /**
   * Nothing passes: the call never reaches the service, or, when it was on its way before the fault began,
   * its answer never comes. Clients wait for their timeouts.
   */
  | { readonly kind: 'cut'; readonly share: number }
  /**
   * Nobody is there: clients find no connection, and the answer to what was on its way before the fault began never
   * comes.
   */
  | { readonly kind: 'unreachable' }
  /** Refused without effect; `error` is a place in the target's list of errors (CallError.Unavailable for 5xx). */
  | { readonly kind: 'fail'; readonly share: number; readonly error: number }
  /** Refused without effect because of a rate (CallError.Throttled): a share of the calls … */
  | { readonly kind: 'throttle'; readonly share: number }
  /** … or what exceeds so many calls a second (a bucket of one second). */
  | { readonly kind: 'throttle'; readonly perSecond: number }
  /** The API latency, there and back, is `factor` times as long plus `added` µs. */
  | { readonly kind: 'slow'; readonly factor: number; readonly added: Micros };

/** Which calls. Numbers of World.names; the operation is its place in the target type's list. */
export interface CallFilter {
  /** The resource that is called: for `queue -> consumer` that is the queue. */
  readonly target: number;
  /** Who calls: for `queue -> consumer` the consumer; null for all. */
  readonly client: number | null;
  /** null for all. */
  readonly operation: number | null;
}

/**
 * The calls of clients in one region to services in another. Numbers of places (Ways.placeNamed); `to` null: all that
 * begin or end in `from`.
 */
export interface RegionFilter {
  readonly from: number;
  readonly to: number | null;
}

/** One declared fault. */
class Fault {
  isOn = false;
  /** How many faults had begun before this one began last. */
  begunAfter = 0;
  /** Of `perSecond`: calls that would pass right now. */
  tokens = 0;
  filledAt: Micros = 0;

  constructor(
    readonly what: Disturbance,
    readonly of: CallFilter | RegionFilter,
    readonly draws: Stream,
  ) {}
}

export class Interference implements Disturber {
  private readonly faults: Fault[] = [];
  /** Those in force, in the order in which they were declared. */
  private active: Fault[] = [];
  /** Begins so far. */
  private begins = 0;
  private readonly calls: Calls;
  private readonly onRefused: Handler;

  /** `world.shared(Interference)`, while building. */
  constructor(private readonly world: World) {
    this.calls = world.calls;
    this.onRefused = world.kernel.handler('faults/refuse', (call) => this.refuse(call));
  }

  /** While building: a fault that may begin later, with a random stream of its own `name`. Returns its number. */
  declare(name: string, of: CallFilter | RegionFilter, what: Disturbance): number {
    const draws = this.world.streams.stream('faults', name);
    return this.faults.push(new Fault(what, of, draws)) - 1;
  }

  /** The fault is in force from now on. */
  begin(fault: number): void {
    const one = this.faults[fault];
    check(!one.isOn, 'a fault begins once before it ends');
    one.isOn = true;
    one.begunAfter = this.begins++;
    if (one.what.kind === 'throttle' && 'perSecond' in one.what) {
      one.tokens = Math.max(1, one.what.perSecond);
      one.filledAt = this.world.kernel.now;
    }
    this.look();
  }

  end(fault: number): void {
    check(this.faults[fault].isOn, 'a fault ends after it has begun');
    this.faults[fault].isOn = false;
    this.look();
  }

  private look(): void {
    this.active = this.faults.filter((fault) => fault.isOn);
    this.calls.disturber = this.active.length === 0 ? null : this;
  }

  // --- Disturber -----------------------------------------------------------------------------------

  diverts(row: number, whole: Micros): boolean {
    const { calls } = this;
    calls.seen[row] = this.begins;
    let time = whole;
    let error: number = CallError.None;
    for (let i = 0; i < this.active.length; i++) {
      const fault = this.active[i];
      if (!this.concerns(fault, row)) continue;
      const { what } = fault;
      if (what.kind === 'slow') time = Math.round(time * what.factor) + what.added;
      else if (what.kind === 'cut' && this.strikes(fault, what.share)) {
        calls.lose(row);
        return true;
      } else if (what.kind === 'unreachable') error = CallError.NoConnection;
      else if (error === CallError.None) error = this.refusalOf(fault);
    }
    if (error === CallError.None && time === whole) return false;
    calls.error[row] = error;
    calls.travel(row, error === CallError.None ? calls.handlerOf(row) : this.onRefused, time);
    return true;
  }

  loses(row: number): boolean {
    const { calls } = this;
    if (calls.abandoned[row] === 1) return false; // nobody waits for it: the client only clears up
    for (let i = 0; i < this.active.length; i++) {
      const fault = this.active[i];
      const { what } = fault;
      if (what.kind !== 'lose' && what.kind !== 'cut' && what.kind !== 'unreachable') continue;
      if (!this.concerns(fault, row)) continue;
      // What set out during the cut has had its draw.
      if (what.kind !== 'lose' && calls.seen[row] > fault.begunAfter) continue;
      if (what.kind !== 'unreachable' && !this.strikes(fault, what.share)) continue;
      calls.lose(row);
      return true;
    }
    return false;
  }

  // --- inside --------------------------------------------------------------------------------------

  private concerns({ of }: Fault, row: number): boolean {
    const { calls } = this;
    if ('from' in of) return this.isBetween(of, calls.client[row], calls.target[row]);
    return (
      calls.target[row] === of.target &&
      (of.client === null || calls.client[row] === of.client) &&
      (of.operation === null || calls.operation[row] === of.operation)
    );
  }

  private isBetween({ from, to }: RegionFilter, client: number, target: number): boolean {
    const { ways } = this.world;
    const [begin, end] = [ways.placeOf(client), ways.placeOf(target)];
    return to === null ? begin === from || end === from : begin === from && end === to;
  }

  private strikes(fault: Fault, share: number): boolean {
    return share >= 1 || fault.draws.uniform() < share;
  }

  private refusalOf(fault: Fault): number {
    const { what } = fault;
    if (what.kind === 'fail') return this.strikes(fault, what.share) ? what.error : CallError.None;
    if (what.kind !== 'throttle') return CallError.None;
    const isOver =
      'perSecond' in what
        ? !this.takesToken(fault, what.perSecond)
        : this.strikes(fault, what.share);
    return isOver ? CallError.Throttled : CallError.None;
  }

  private takesToken(fault: Fault, perSecond: number): boolean {
    const { now } = this.world.kernel;
    const gained = ((now - fault.filledAt) * perSecond) / SECOND;
    fault.tokens = Math.min(Math.max(1, perSecond), fault.tokens + gained);
    fault.filledAt = now;
    if (fault.tokens < 1) return false;
    fault.tokens -= 1;
    return true;
  }

  /** A refused call is at the service, which does nothing but answer. */
  private refuse(row: number): void {
    const { calls, world } = this;
    if (calls.error[row] === CallError.Throttled)
      world.facts.throttled(calls.target[row], calls.operation[row], calls.client[row]);
    calls.answer(row);
  }
}
