/**
 * Ports: how components meet. One table of calls carries every API call of every client to every
 * service, with the time each leg takes; the ends are handlers, so that between two components there
 * is always an event, also at zero delay (docs/architecture.md).
 *
 * A call's life: `begin` (by the client) → `go` → the target's `onCall` handler → `answer` (by the
 * target, at once or later) → the client's `answerTo` handler → `free` (by the client).
 */

import { check } from '../kernel/check.js';
import type { Distribution } from '../kernel/distributions/distribution.js';
import { drawMicros } from '../kernel/distributions/distribution.js';
import type { Handler, Kernel } from '../kernel/kernel.js';
import type { MarkKey } from '../kernel/random/marks.js';
import { Table } from '../kernel/table.js';
import type { Micros } from '../kernel/time.js';

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
}

/** What a metric reader sees: a gauge of a resource, under CloudWatch's name. */
export interface Gauge {
  readonly name: string;
  /** The value right now, in the metric's unit. */
  read(): number;
}

/** What can break. Each verb is one of docs/scenario.md; a number counts instances, a share is of those in service. */
export interface Breakable {
  /** How many a share is taken of. */
  instancesInService(): number;
  /** Instances die for good, at once. */
  crash(instances: number, isShare: boolean): void;
  /** These many refuse and poll nothing from now on (true), or come back (false). */
  down(instances: number, isShare: boolean, on: boolean): void;
  /** Work takes `factor` times as long plus `addedMicros`; (1, 0) is normal again. */
  slow(factor: number, addedMicros: number): void;
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
  /** Two numbers whose meaning belongs to the operation. */
  readonly a = this.f64('a');
  readonly b = this.f64('b');
  /** 1: the client has gone. A service that still holds the call serves nothing and answers at once when it notices. */
  readonly abandoned = this.u8('abandoned');
  /** What the client remembers the call by (a row of its own). */
  readonly context = this.i32('context');
  private readonly answerTo = this.i32('answerTo');
  private readonly wayBack = this.f64('wayBack');

  /** By resource · OPERATIONS_MAX + operation. */
  private readonly handlers: Handler[] = [];
  /** By resource. */
  private readonly latencies: (ApiLatency | null)[] = [];

  constructor(private readonly kernel: Kernel) {
    super(kernel.tables);
  }

  /** While building: resource `id` takes calls at this port. */
  open(id: number, port: Port): void {
    check(this.latencies[id] === undefined, 'a resource opens its port once');
    check(port.handlers.length <= OPERATIONS_MAX, 'a type has at most 64 operations');
    port.handlers.forEach((handler, operation) => {
      this.handlers[id * OPERATIONS_MAX + operation] = handler;
    });
    this.latencies[id] = port.latency;
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
    this.first[row] = -1;
    this.carries[row] = 0;
    this.wayBack[row] = 0;
    this.answerTo[row] = answerTo | 0;
    this.context[row] = context | 0;
    return row;
  }

  /** Sends the call on its way. `mark0`, `mark1`, `n`: who calls, and the number of the call (docs/determinism.md). */
  go(row: number, mark0: number, mark1: number, n: number): void {
    const target = this.target[row];
    const handler = this.handlers[target * OPERATIONS_MAX + this.operation[row]];
    const latency = this.latencies[target];
    if (latency === null) this.kernel.soon(handler, row);
    else
      this.travel(row, handler, drawMicros(latency.distribution, latency.key.u53(mark0, mark1, n)));
  }

  /** The call takes `whole` µs there and back, half of it before it has an effect. */
  private travel(row: number, handler: Handler, whole: Micros): void {
    const forth = Math.floor(whole / 2);
    this.wayBack[row] = whole - forth;
    this.kernel.after(forth, handler, row);
  }

  /** The target answers; the client frees the row. */
  answer(row: number): void {
    const wayBack = this.wayBack[row];
    const answerTo = this.answerTo[row] as Handler;
    if (wayBack === 0) this.kernel.soon(answerTo, row);
    else this.kernel.after(wayBack, answerTo, row);
  }
}
