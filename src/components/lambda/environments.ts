/**
 * Execution environments of a function: each works on one request at a time. The one that was used last is used
 * first; one that nobody needs for a while is gone, and so is one that has lived for some hours.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Kernel } from '../../kernel/kernel.js';
import { Table } from '../../kernel/table.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';

/** A row is never reused: it is the worker of facts. */
export class EnvironmentTable extends Table {
  /** What it works on: a delivery, or a call that is served; else NONE. */
  readonly delivery = this.i32('delivery');
  readonly call = this.i32('call');
  /** The lane of the run, or NONE while it is not running. */
  readonly lane = this.i32('lane');
  /** When its run began, µs. */
  readonly runsSince = this.f64('runsSince');
  /** How long it takes to start for the request in hand, µs; 0: it was there. */
  readonly start = this.f64('start');
  /** When it is too old for a further request, µs. */
  readonly oldAt = this.f64('oldAt');
  /** How often it was idle. */
  readonly rests = this.u32('rests');
  /** Idle ones: row + 1 of the one that has been idle for longer, and of the one that has not; 0: none. */
  readonly older = this.i32('older');
  readonly younger = this.i32('younger');
  /** How long it stays idle. */
  readonly rest = this.links('rest');
  /** The function's `timeout`. */
  readonly limit = this.links('limit');
}

export interface EnvironmentTimes {
  readonly start: Distribution;
  readonly rest: Distribution;
  readonly life: Distribution;
}

export class Environments {
  readonly table: EnvironmentTable;
  private readonly kernel: Kernel;
  private readonly rests: Deadlines;
  private readonly startKey: MarkKey;
  private readonly restKey: MarkKey;
  private readonly lifeKey: MarkKey;
  /** Row + 1 of the idle environment that was used last; 0: none is idle. */
  private last = 0;

  /** `gone`: hears of each environment that is. */
  constructor(
    { kernel, streams }: World,
    name: string,
    private readonly times: EnvironmentTimes,
    private readonly gone: (environment: number) => void,
  ) {
    this.kernel = kernel;
    this.table = new EnvironmentTable(kernel.tables);
    this.rests = new Deadlines(kernel, `${name}/environment idle`, this.table.rest, (row) => {
      this.unlink(row);
      this.gone(row);
    });
    this.startKey = streams.key(name, 'coldStart');
    this.restKey = streams.key(name, 'idleTimeout');
    this.lifeKey = streams.key(name, 'environmentLife');
  }

  get hasIdle(): boolean {
    return this.last !== 0;
  }

  /** The idle one that was used last. */
  wake(): number {
    const row = this.last - 1;
    this.rests.clear(row);
    this.unlink(row);
    this.table.start[row] = 0;
    return row;
  }

  /** A new one. */
  create(): number {
    const { table, kernel, times } = this;
    const row = table.addZeroed();
    table.delivery[row] = NONE;
    table.call[row] = NONE;
    table.lane[row] = NONE;
    table.start[row] = drawMicros(times.start, this.startKey.u53(row, 0, 0));
    table.oldAt[row] = kernel.now + drawMicros(times.life, this.lifeKey.u53(row, 0, 0));
    return row;
  }

  /** It is through with its request. */
  release(row: number): void {
    const { table } = this;
    const left = table.oldAt[row] - this.kernel.now;
    if (left <= 0) {
      this.gone(row);
      return;
    }
    const u = this.restKey.u53(row, 0, table.rests[row]++);
    this.rests.set(row, Math.min(left, drawMicros(this.times.rest, u)));
    table.older[row] = this.last;
    table.younger[row] = 0;
    if (this.last !== 0) table.younger[this.last - 1] = row + 1;
    this.last = row + 1;
  }

  private unlink(row: number): void {
    const { older, younger } = this.table;
    if (younger[row] === 0) this.last = older[row];
    else older[younger[row] - 1] = older[row];
    if (older[row] !== 0) younger[older[row] - 1] = younger[row];
  }
}
