/**
 * A function: it runs its handler for each event and each call, in as many environments as are needed and allowed.
 * A request that finds an idle environment runs there, after a short overhead; else one is started. Beyond what the
 * account or `reservedConcurrentExecutions` allow a call is answered 429, and an event waits (events.ts).
 */

import { Deadlines } from '../../kernel/deadlines.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Stream } from '../../kernel/random/streams.js';
import type { Micros } from '../../kernel/time.js';
import { errorOfStatus } from '../call-port.js';
import type { Component } from '../component.js';
import { RunEnd } from '../facts.js';
import { NONE } from '../messages.js';
import type { Breakable } from '../port.js';
import { CallError } from '../port.js';
import { PROGRAM_LIMITS } from '../program/limits.js';
import type { RunOwner } from '../program/runs.js';
import { Runs } from '../program/runs.js';
import { STATUS_OF_FAILURE } from '../program/steps.js';
import type { World } from '../world.js';
import { Billing } from './billing.js';
import type { Bucket } from './capacity.js';
import { Accounts, Pool, scalingBucket } from './capacity.js';
import { Environments } from './environments.js';
import type { EventOwner } from './events.js';
import { EventQueue } from './events.js';
import type { FunctionOptions } from './options.js';
import { LambdaError, LambdaOperation } from './port.js';

export class LambdaFunction implements Component, RunOwner, EventOwner, Breakable {
  private readonly environments: Environments;
  private readonly events: EventQueue;
  private readonly runs: Runs;
  private readonly pool: Pool;
  private readonly billing: Billing;
  private readonly scaling: Bucket = scalingBucket();
  private readonly limits: Deadlines;
  private readonly onReady: Handler;
  private readonly overheadKey: MarkKey;
  private readonly draws: Stream;
  /** The share of requests that each fault `down` in force refuses. */
  private readonly downs: number[] = [];

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: FunctionOptions,
  ) {
    const { kernel, streams } = world;
    const { name, handler, client } = options;
    this.environments = new Environments(world, name, options.environments, (row) =>
      this.runs.forget(row),
    );
    this.limits = new Deadlines(
      kernel,
      `${name}/timeout`,
      this.environments.table.limit,
      (environment) => this.cutOff(environment, RunEnd.Killed),
    );
    this.runs = new Runs(world, { name, consumer: id, handler, client }, this);
    this.runs.slow(options.workFactor, 0);
    this.events = new EventQueue(world, id, name, options.events, this);
    this.pool = poolOf(world, options);
    this.billing = new Billing(world.facts, id, options.billed);
    this.onReady = kernel.handler(`${name}/environment ready`, (row) => this.ready(row));
    this.overheadKey = streams.key(name, 'warmOverhead');
    this.draws = streams.stream(name, 'down');
    const invoke = kernel.handler(`${name}/invoke`, (call) => this.invoke(call));
    const accept = kernel.handler(`${name}/invoke async`, (call) => this.accept(call));
    world.calls.open(id, { handlers: [invoke, accept], latency: null });
    world.calls.setPatience(id, PROGRAM_LIMITS.answerTimeout);
    world.addBreakable(id, this);
  }

  start(): void {
    this.runs.prepare();
  }

  // --- requests ------------------------------------------------------------------------------------

  private accept(call: number): void {
    const { calls } = this.world;
    calls.error[call] = this.isDown() ? CallError.Unavailable : this.events.accept(call);
    calls.answer(call);
  }

  private invoke(call: number): void {
    const { calls, facts } = this.world;
    const { Invoke } = LambdaOperation;
    facts.request(this.id, Invoke, 0);
    const refusal = this.refusal();
    if (refusal === CallError.None) {
      this.begin(NONE, call, 0);
      return;
    }
    const isThrottled = refusal !== CallError.Unavailable;
    if (isThrottled) facts.throttled(this.id, Invoke, calls.client[call]);
    calls.error[call] = isThrottled ? CallError.Throttled : refusal;
    calls.answer(call);
  }

  /** EventOwner: 0, or why nothing may be run now. */
  refusal(): number {
    const { pool, world } = this;
    const { now } = world.kernel;
    if (this.options.reserved === 0) return LambdaError.NeverRuns;
    if (this.isDown()) return CallError.Unavailable;
    if (!pool.hasRoom(now)) return CallError.Throttled;
    const isCold = !this.environments.hasIdle;
    return isCold && !this.scaling.hasOne(now) ? CallError.Throttled : CallError.None;
  }

  /** EventOwner: there is room for it. */
  run(delivery: number, bytes: number): void {
    this.begin(delivery, NONE, bytes);
  }

  private begin(delivery: number, call: number, bytes: number): void {
    const { environments, world } = this;
    const { table } = environments;
    const isCold = !environments.hasIdle;
    const row = isCold ? environments.create() : environments.wake();
    if (isCold) this.scaling.take();
    this.pool.enter();
    table.delivery[row] = delivery | 0;
    table.call[row] = call | 0;
    world.facts.invoked(this.id, row, isCold ? 1 : 0);
    this.billing.begins(bytes);
    world.kernel.after(table.start[row] + this.overheadOf(delivery, call), this.onReady, row);
  }

  private overheadOf(delivery: number, call: number): Micros {
    const { overhead } = this.options;
    if (overhead === null) return 0;
    const { calls, messages } = this.world;
    const { a, b, c } = calls;
    if (delivery === NONE)
      return drawMicros(overhead, this.overheadKey.u53(a[call], b[call], c[call]));
    const message = messages.obligations.message[messages.deliveries.obligation[delivery]];
    const { mark0, mark1 } = messages.messages;
    const n = messages.deliveries.receipt[delivery];
    return drawMicros(overhead, this.overheadKey.u53(mark0[message], mark1[message], n));
  }

  // --- runs ----------------------------------------------------------------------------------------

  /** The environment can run what it has. */
  private ready(row: number): void {
    const { runs, world, id } = this;
    const { table } = this.environments;
    const { messages, facts } = world;
    const delivery = table.delivery[row];
    const lane = runs.addLane(0, row, 0);
    runs.lanes.job[lane] = row;
    table.lane[row] = lane;
    table.runsSince[row] = world.kernel.now;
    this.limits.set(row, this.options.timeout);
    if (delivery === NONE) {
      runs.beginCall(lane, table.call[row]);
      return;
    }
    facts.environmentReady(id, delivery, table.start[row]);
    const run = messages.beginRun(delivery);
    facts.runBegan(id, delivery, row);
    runs.begin(lane, messages.obligations.message[messages.deliveries.obligation[delivery]], run);
  }

  /** RunOwner: the handler is through; its environment waits for the next request. */
  runOver(lane: number, end: RunEnd, status: number): void {
    const row = this.runs.lanes.job[lane];
    this.runs.lanes.free(lane);
    this.limits.clear(row);
    this.end(row, end, status);
    this.environments.release(row);
  }

  /** RunOwner: the step `crash`. */
  processDies(worker: number): void {
    this.limits.clear(worker);
    this.cutOff(worker, RunEnd.Crashed);
  }

  /** The run is stopped, and its environment is gone. */
  private cutOff(row: number, end: RunEnd): void {
    this.runs.drop(this.environments.table.lane[row]);
    this.runs.forget(row);
    this.end(row, end, STATUS_OF_FAILURE);
  }

  private end(row: number, end: RunEnd, status: number): void {
    const { world, id } = this;
    const { table } = this.environments;
    const time = table.start[row] + world.kernel.now - table.runsSince[row];
    const delivery = table.delivery[row];
    const call = table.call[row];
    table.lane[row] = NONE;
    this.pool.leave();
    world.facts.invocationEnded(id, row);
    this.billing.ends(time);
    if (delivery !== NONE) {
      this.events.runOver(delivery, row, end);
      return;
    }
    const isWell = end === RunEnd.Ok || end === RunEnd.Skipped;
    world.calls.error[call] = isWell ? CallError.None : errorOfStatus(status);
    world.calls.answer(call);
  }

  // --- faults --------------------------------------------------------------------------------------

  private isDown(): boolean {
    for (const share of this.downs) if (share >= 1 || this.draws.uniform() < share) return true;
    return false;
  }

  down(amount: number, isShare: boolean, on: boolean): void {
    const share = isShare ? amount : 1;
    if (on) this.downs.push(share);
    else this.downs.splice(this.downs.indexOf(share), 1);
  }

  slow(factor: number, addedMicros: Micros): void {
    this.runs.slow(factor * this.options.workFactor, addedMicros);
  }
}

/** Reserved concurrency is taken out of what the others share. */
function poolOf(world: World, options: FunctionOptions): Pool {
  const { account, region, accountConcurrency, reserved } = options;
  const shared = world.shared(Accounts).pool(account, region, accountConcurrency);
  if (reserved === null) return shared;
  shared.reserve(reserved);
  return new Pool(reserved);
}
