/**
 * Ports: how components meet. One table of calls carries every API call of every client to every
 * service, with the time each leg takes; the ends are handlers, so that between two components there
 * is always an event, also at zero delay (docs/architecture.md).
 *
 * A call's life: `begin` (by the client) → `go` → the target's `onCall` handler → `answer` (by the
 * target, at once or later) → the client's `answerTo` handler → `free` (by the client).
 *
 * A client may stop waiting before the answer is there (`abandon`): the row, and what it carries, stays
 * until the service is through with it. Calls that get lost, refused or slowed down by a fault are in
 * interference.ts.
 */

import { check } from '../kernel/check.js';
import type { Distribution } from '../kernel/distributions/distribution.js';
import { drawMicros } from '../kernel/distributions/distribution.js';
import type { Handler, Kernel } from '../kernel/kernel.js';
import type { MarkKey } from '../kernel/random/marks.js';
import { Table } from '../kernel/table.js';
import type { Micros } from '../kernel/time.js';
import type { Facts } from './facts.js';
import type { Ways } from './ways.js';

/** How long one API call takes there and back. Half of it lies before the effect, half behind. */
export interface ApiLatency {
  readonly distribution: Distribution;
  /** Draws are keyed by who calls and by the number of the call. */
  readonly key: MarkKey;
}

/** What a component shows to its neighbours. */
export interface Port {
  /** What takes the calls of an operation, by its place in the type's list; the argument is a row of `calls`. */
  readonly handlers: readonly Handler[];
  /** null: answers take no time. */
  readonly latency: ApiLatency | null;
  /** Where operations differ in it: each one's own, in the same order. */
  readonly latencies?: readonly (ApiLatency | null)[];
}

/** What a metric reader sees: a gauge of a resource, under CloudWatch's name. */
export interface Gauge {
  readonly name: string;
  /** The value right now, in the metric's unit; NaN: there is nothing to tell. */
  read(): number;
  /** How much time each of its samples stands for, µs; default a minute. */
  readonly resolution?: Micros;
  /** Told once, before the run, when somebody looks at it: what costs time is measured only then. */
  watch?(): void;
}

/** What can break. Each verb is one of docs/scenario.md. */
export interface Breakable {
  /**
   * A share of its calls, or of its instances (`isShare`; else so many instances), is refused or idle from now on
   * (true), or no more (false). What is no fleet is only ever asked for a share.
   */
  down(amount: number, isShare: boolean, on: boolean): void;
  /** Work takes `factor` times as long plus `addedMicros`; (1, 0) is normal again. */
  slow(factor: number, addedMicros: number): void;
  /** The fault `crash` on what is no fleet: its one instance is gone, and a standby takes over. */
  failOver?(): void;
}

/**
 * Instances that can break; a number counts instances, a share is of those in service. Only what has Spot instances is
 * interrupted, only what lies in zones fails with them.
 */
export interface Fleet extends Breakable {
  /** How many a share is taken of. */
  instancesInService(): number;
  /** Instances die for good, at once. */
  crash(instances: number, isShare: boolean): void;
  /** Spot Instances have their interruption notice; two minutes later they are gone. Only they count. */
  interrupt(instances: number, isShare: boolean): void;
  /** An Availability Zone fails, with all instances in it (true), or works again; others' zones mean nothing. */
  zone(zone: string, on: boolean): void;
}

/**
 * Refusals that mean the same at every service: each type's list of errors has them at these places.
 * A client that tries again tells errors apart by them.
 */
export const CallError = {
  None: 0,
  /** Refused because of a rate; nothing has happened. */
  Throttled: 5,
  /** KMS refused the service a data key because of a rate; nothing has happened. */
  KeyThrottled: 8,
  /** Any answer 5xx; nothing has happened. */
  Unavailable: 10,
  /** The client's own: no answer came in time. What has happened is unknown. */
  Timeout: 11,
  /** The client's own: nobody is there to talk to; nothing has happened. */
  NoConnection: 14,
} as const;

/** What stands between clients and services while a fault is in force (interference.ts). */
export interface Disturber {
  /** The call `row` is about to leave its client, `whole` µs there and back; true: it does not take its usual way. */
  diverts(row: number, whole: Micros): boolean;
  /** The answer to `row` is about to leave the service; true: it never comes. */
  loses(row: number): boolean;
}

/** More than any type has. */
const OPERATIONS_MAX = 64;

export class Calls extends Table {
  /** The resource number of the one called. */
  readonly target = this.u16('target');
  /** The resource number of the one calling. */
  readonly client = this.u16('client');
  /** The operation: its place in the target type's list of operations. */
  readonly operation = this.u8('operation');
  /** 0, or why the call was refused: a number of the target type's list of errors, from 1. */
  readonly error = this.u8('error');
  /** Head of the rows it carries (messages there, deliveries back), or NONE. */
  readonly first = this.i32('first');
  readonly carries = this.u32('carries');
  /** Three numbers whose meaning belongs to the operation. */
  readonly a = this.f64('a');
  readonly b = this.f64('b');
  readonly c = this.f64('c');
  /** 1: the client has gone. A service that still holds the call serves nothing and answers at once when it notices. */
  readonly abandoned = this.u8('abandoned');
  /** 1: nobody will ever answer; the row waits for its client to abandon it. */
  readonly silent = this.u8('silent');
  /** How many faults had begun when the call set out; kept by interference.ts. */
  readonly seen = this.u32('seen');
  /** What it is pushed under: an obligation that exists already; NONE for calls that do not push (delivery/). */
  readonly pushed = this.i32('pushed');
  /** Bytes that a pusher wraps around the message; 0 for calls that do not push. */
  readonly envelope = this.u16('envelope');
  /** What the client remembers the call by (a row of its own). */
  readonly context = this.i32('context');
  private readonly answerTo = this.i32('answerTo');
  private readonly wayBack = this.f64('wayBack');

  /** By resource · OPERATIONS_MAX + operation. */
  private readonly handlers: Handler[] = [];
  /** By resource · OPERATIONS_MAX + operation. */
  private readonly latencies: (ApiLatency | null)[] = [];
  /** By client: how long it waits for an answer that got lost; undefined: for good. */
  private readonly patience: (Micros | undefined)[] = [];
  /** null: no fault is in force between clients and services. */
  disturber: Disturber | null = null;
  /** null: all lie in one region. */
  ways: Ways | null = null;

  constructor(
    private readonly kernel: Kernel,
    private readonly facts: Facts,
  ) {
    super(kernel.tables);
  }

  /** While building: resource `id` takes calls at this port. */
  open(id: number, port: Port): void {
    check(this.handlers[id * OPERATIONS_MAX] === undefined, 'a resource opens its port once');
    check(port.handlers.length <= OPERATIONS_MAX, 'a type has at most 64 operations');
    port.handlers.forEach((handler, operation) => {
      const place = id * OPERATIONS_MAX + operation;
      this.handlers[place] = handler;
      this.latencies[place] =
        port.latencies === undefined ? port.latency : port.latencies[operation];
    });
  }

  begin(
    client: number,
    target: number,
    operation: number,
    answerTo: Handler,
    context: number,
  ): number {
    const row = this.add();
    // `| 0`: else V8 stores a parameter by way of a double
    this.client[row] = client | 0;
    this.target[row] = target | 0;
    this.operation[row] = operation | 0;
    this.error[row] = 0;
    this.abandoned[row] = 0;
    this.silent[row] = 0;
    this.seen[row] = 0;
    this.first[row] = -1;
    this.pushed[row] = -1;
    this.envelope[row] = 0;
    this.carries[row] = 0;
    this.wayBack[row] = 0;
    this.answerTo[row] = answerTo | 0;
    this.context[row] = context | 0;
    return row;
  }

  /** Sends the call on its way. `mark0`, `mark1`, `n`: who calls, and the number of the call (docs/determinism.md). */
  go(row: number, mark0: number, mark1: number, n: number): void {
    const place = this.target[row] * OPERATIONS_MAX + this.operation[row];
    const handler = this.handlers[place];
    const latency = this.latencies[place];
    let whole =
      latency === null ? 0 : drawMicros(latency.distribution, latency.key.u53(mark0, mark1, n));
    if (this.ways !== null)
      whole += this.ways.time(this.client[row], this.target[row], mark0, mark1, n);
    if (this.disturber !== null && this.disturber.diverts(row, whole)) return;
    if (latency === null && whole === 0) this.kernel.soon(handler, row);
    else this.travel(row, handler, whole);
  }

  /** The call has brought `bytes` of payload to its target, which tells so beside the request. */
  brought(row: number, bytes: number): void {
    if (this.ways !== null && bytes > 0) this.cross(this.client[row], this.target[row], bytes);
  }

  /** The answer takes `bytes` of payload back. */
  returns(row: number, bytes: number): void {
    if (this.ways !== null && bytes > 0) this.cross(this.target[row], this.client[row], bytes);
  }

  private cross(from: number, to: number, bytes: number): void {
    if (this.ways!.crosses(from, to)) this.facts.crossed(from, to, bytes);
  }

  /**
   * Sends on its way a call whose API latency has been taken into account already: it arrives at once, or after the
   * way to another region.
   */
  goAtOnce(row: number, mark0: number, mark1: number, n: number): void {
    const { ways } = this;
    const way = ways === null ? 0 : ways.time(this.client[row], this.target[row], mark0, mark1, n);
    if (this.disturber !== null && this.disturber.diverts(row, way)) return;
    if (way === 0) this.kernel.soon(this.handlerOf(row), row);
    else this.travel(row, this.handlerOf(row), way);
  }

  /** The handler that takes the call at its target. */
  handlerOf(row: number): Handler {
    return this.handlers[this.target[row] * OPERATIONS_MAX + this.operation[row]];
  }

  /** The call takes `whole` µs there and back, half of it before `handler` takes it. */
  travel(row: number, handler: Handler, whole: Micros): void {
    const forth = Math.floor(whole / 2);
    this.wayBack[row] = whole - forth;
    this.kernel.after(forth, handler, row);
  }

  /**
   * While building: a client without timeouts of its own notices after `time` that an answer got lost. Its
   * `answerTo` handler then gets the call with CallError.Timeout; what the lost answer carried is still in it.
   */
  setPatience(client: number, time: Micros): void {
    this.patience[client] = time;
  }

  /** The call, or its answer, got lost. */
  lose(row: number): void {
    const patience = this.patience[this.client[row]];
    if (patience === undefined) {
      this.silent[row] = 1;
    } else {
      this.error[row] = CallError.Timeout;
      this.kernel.after(patience, this.answerTo[row] as Handler, row);
    }
  }

  /**
   * The client stops waiting. True: the service is through with the call, and the client frees the row now.
   * False: the client's `answerTo` handler still gets it, with `abandoned` set, and frees it then; what the
   * row carries stays until that.
   */
  abandon(row: number): boolean {
    this.abandoned[row] = 1;
    return this.silent[row] === 1;
  }

  /** The target answers; the client frees the row. */
  answer(row: number): void {
    if (this.disturber !== null && this.disturber.loses(row)) return;
    const wayBack = this.wayBack[row];
    const answerTo = this.answerTo[row] as Handler;
    if (wayBack === 0) this.kernel.soon(answerTo, row);
    else this.kernel.after(wayBack, answerTo, row);
  }
}
