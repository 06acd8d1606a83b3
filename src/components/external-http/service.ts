/**
 * An HTTP service outside AWS: it takes calls, runs its handler for each, and answers. So many at a time, so many
 * wait, and so many a second: beyond, a call gets 503 or 429 at once. It does not know whether its callers
 * still wait: a call that its caller has given up costs what every call costs, unless it was still waiting for
 * its turn.
 *
 * A call may be a push: an attempt to deliver a message under an obligation (delivery/). It is served as any other; its
 * run is one of the obligation's, so that what is delivered twice counts as such.
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Stream } from '../../kernel/random/streams.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { CALL_OPERATIONS, CallOperation, errorOfStatus } from '../call-port.js';
import type { Component } from '../component.js';
import type { Facts } from '../facts.js';
import { RunEnd } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Breakable, Calls } from '../port.js';
import { CallError } from '../port.js';
import { Runs } from '../program/runs.js';
import type { RunOwner } from '../program/runs.js';
import type { World } from '../world.js';
import { HTTP_LIMITS } from './limits.js';
import type { HttpOptions } from './options.js';
import { RateLimit } from './rate-limit.js';

/** What a service keeps of the calls that it has. */
class ServedCalls extends Extension {
  /** Those that wait are one list for each service. */
  readonly next = this.i32('next');
  /** Of a push that is served: its delivery. */
  readonly delivery = this.i32('delivery');

  constructor(world: World) {
    super(world.calls);
  }
}

/** All services of a world: the network opens their ports (network.ts). */
export class Services {
  readonly all: HttpService[] = [];
}

export class HttpService implements Component, RunOwner, Breakable {
  private readonly calls: Calls;
  private readonly facts: Facts;
  private readonly runs: Runs;
  private readonly limit: RateLimit | null;
  private readonly messages: Messages;
  private readonly served: ServedCalls;
  private readonly taken: Handler;
  private readonly draws: Stream;
  private first = NONE;
  private last = NONE;
  private waits = 0;
  private busy = 0;
  /** True while waiting calls are taken up: a run may be over at once. */
  private isServing = false;
  /** The share of calls that each fault `down` in force refuses. */
  private readonly downs: number[] = [];

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: HttpOptions,
  ) {
    const { name, rateLimit, handler } = options;
    this.calls = world.calls;
    this.facts = world.facts;
    const client = { timeout: Infinity, retry: null };
    this.runs = new Runs(world, { name, consumer: id, handler, client }, this);
    this.limit = rateLimit === null ? null : new RateLimit(rateLimit);
    this.messages = world.messages;
    this.served = world.shared(ServedCalls);
    this.taken = world.kernel.handler(`${name}/call`, (call) => this.take(call));
    this.draws = world.streams.stream(name, 'down');
    world.shared(Services).all.push(this);
    world.addBreakable(id, this);
  }

  /** While building: opens its port; `latency` is how long the network takes there and back, null: no time. */
  open(latency: Distribution | null): void {
    const { world, options } = this;
    world.calls.open(this.id, {
      handlers: CALL_OPERATIONS.map(() => this.taken),
      latency: latency && {
        distribution: latency,
        key: world.streams.key(options.name, 'network'),
      },
    });
  }

  // --- calls ---------------------------------------------------------------------------------------

  private take(call: number): void {
    const { calls, options } = this;
    if (this.isLatePush(call)) {
      this.answer(call, CallError.None);
      return;
    }
    if (this.refusesConnection()) {
      this.answer(call, CallError.NoConnection);
      return;
    }
    this.facts.request(this.id, CallOperation.Call, 0);
    if (this.limit !== null && !this.limit.passes(this.world.kernel.now)) {
      this.facts.throttled(this.id, CallOperation.Call, calls.client[call]);
      this.answer(call, CallError.Throttled);
    } else if (this.busy < options.concurrency) {
      this.serve(call);
    } else if (this.waits < options.queueLimit) {
      this.wait(call);
    } else {
      this.answer(call, errorOfStatus(HTTP_LIMITS.unavailable));
    }
  }

  /** The pusher has given it up before it came: its obligation may be over. */
  private isLatePush(call: number): boolean {
    return this.calls.pushed[call] !== NONE && this.calls.abandoned[call] === 1;
  }

  private answer(call: number, error: number): void {
    this.calls.error[call] = error;
    this.calls.answer(call);
  }

  private wait(call: number): void {
    const { next } = this.served;
    next[call] = NONE;
    if (this.last === NONE) this.first = call;
    else next[this.last] = call;
    this.last = call;
    this.waits++;
  }

  private serve(call: number): void {
    const { calls, runs } = this;
    this.busy++;
    const lane = runs.addLane(0, 0, 0);
    runs.lanes.job[lane] = call;
    const isPush = calls.pushed[call] !== NONE;
    const run = isPush ? this.beginPushed(call) : calls.c[call];
    runs.beginCall(lane, call, run);
  }

  /** A push has reached its consumer. Returns the number of the obligation's run. */
  private beginPushed(call: number): number {
    const { calls, messages, facts, id } = this;
    const delivery = messages.addReceived(calls.pushed[call], calls.c[call], id);
    this.served.delivery[call] = delivery;
    facts.received(id, delivery);
    const run = messages.beginRun(delivery);
    facts.runBegan(id, delivery, 0);
    return run;
  }

  private endPushed(call: number, end: RunEnd): void {
    const { messages, facts, id } = this;
    const delivery = this.served.delivery[call];
    if (end === RunEnd.Failed) messages.endRunFailed(delivery);
    else messages.endRunWell(delivery);
    facts.runEnded(id, delivery, 0, end);
    messages.consumerReleases(delivery);
  }

  /** RunOwner: the handler is through with a call. */
  runOver(lane: number, end: RunEnd, status: number): void {
    const call = this.runs.lanes.job[lane];
    this.runs.lanes.free(lane);
    this.busy--;
    if (this.calls.pushed[call] !== NONE) this.endPushed(call, end);
    this.answer(call, end === RunEnd.Failed ? errorOfStatus(status) : CallError.None);
    if (!this.isServing) this.serveWaiting();
  }

  private serveWaiting(): void {
    this.isServing = true;
    while (this.waits > 0 && this.busy < this.options.concurrency) {
      const call = this.first;
      this.first = this.served.next[call];
      if (this.first === NONE) this.last = NONE;
      this.waits--;
      // Who has hung up gets nothing; the answer only closes the books.
      if (this.calls.abandoned[call] === 1) this.answer(call, CallError.None);
      else this.serve(call);
    }
    this.isServing = false;
  }

  /** RunOwner: no step of it crashes. */
  processDies(): void {}

  // --- faults --------------------------------------------------------------------------------------

  private refusesConnection(): boolean {
    for (const share of this.downs) if (share >= 1 || this.draws.uniform() < share) return true;
    return false;
  }

  down(instances: number, isShare: boolean, on: boolean): void {
    const share = isShare ? instances : 1;
    if (on) this.downs.push(share);
    else this.downs.splice(this.downs.indexOf(share), 1);
  }

  slow(factor: number, addedMicros: Micros): void {
    this.runs.slow(factor, addedMicros);
  }
}
