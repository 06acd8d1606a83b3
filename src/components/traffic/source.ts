/**
 * A traffic source: the outside world that sends messages to one target.
 *
 * Each arrival makes a message with a mark of its own, from which its size and everything random that
 * happens to it later is derived (docs/determinism.md). The message goes out at once by SendMessage, or
 * through a buffer by SendMessageBatch. Open-loop: nobody waits for answers.
 * Not modelled here yet: retries, timeouts, closed-loop users, other verbs than `send`.
 */

import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Facts } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Component } from '../component.js';
import type { Calls } from '../port.js';
import { QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';
import type { Arrivals } from './arrivals.js';
import { RateArrivals, ReplayArrivals } from './arrivals.js';
import { Batcher } from './batcher.js';
import type { Burst, TrafficOptions } from './options.js';
import { RateProfile } from './rate-profile.js';

/** Sizes are kept in 32 bits; far beyond what any service accepts. */
const SIZE_MAX = 0xffff_ffff;

function wholeSize(bytes: number): number {
  return Math.min(SIZE_MAX, Math.max(1, Math.round(bytes)));
}

export class TrafficSource implements Component {
  private readonly arrivals: Arrivals;
  private readonly batcher: Batcher | null;
  private readonly onArrival: Handler;
  private readonly onBurst: Handler;
  private readonly onAnswer: Handler;
  private readonly onBatchAnswer: Handler;
  private readonly markKey: MarkKey;
  private readonly sizeKey: MarkKey;
  /** Bytes of every message, or 0 when sizes are drawn. */
  private readonly fixedSizeBytes: number;
  // of the world: one step less on the way to every row
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly facts: Facts;
  /** Messages made so far; a message's ordinal is the count before it. */
  private made = 0;

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: TrafficOptions,
  ) {
    const { kernel, streams } = world;
    const { name, size, batch } = options;
    this.kernel = kernel;
    this.calls = world.calls;
    this.messages = world.messages;
    this.facts = world.facts;
    this.arrivals = this.newArrivals();
    this.onArrival = kernel.handler(`${name}/arrival`, () => this.arrive());
    this.onBurst = kernel.handler(`${name}/burst`, (place) => this.burst(place));
    this.onAnswer = kernel.handler(`${name}/answer`, (call) => this.takeAnswer(call));
    this.onBatchAnswer = kernel.handler(`${name}/batchAnswer`, (call) =>
      this.takeBatchAnswer(call),
    );
    this.markKey = streams.key(name, 'mark');
    this.sizeKey = streams.key(name, 'size');
    this.fixedSizeBytes = size.min === size.max ? wholeSize(size.min) : 0;
    this.batcher =
      batch === null
        ? null
        : new Batcher(world, name, batch, (first, count) => this.sendBatch(first, count));
  }

  start(): void {
    this.scheduleNext();
    this.bursts.forEach((burst, place) => {
      if (place === 0) this.world.kernel.at(burst.at, this.onBurst, place);
    });
  }

  private get bursts(): readonly Burst[] {
    return this.options.plan.kind === 'rates' ? this.options.plan.bursts : [];
  }

  private newArrivals(): Arrivals {
    const { name, plan, arrivals } = this.options;
    const draws = arrivals === 'poisson' ? this.world.streams.stream(name, 'arrivals') : null;
    return plan.kind === 'rates'
      ? new RateArrivals(new RateProfile(plan.segments), draws)
      : new ReplayArrivals(plan, draws);
  }

  // --- making messages ---------------------------------------------------------------------------

  private scheduleNext(): void {
    const time = this.arrivals.next();
    if (time < this.options.end) this.kernel.at(time, this.onArrival, 0);
  }

  private arrive(): void {
    this.scheduleNext();
    this.make();
  }

  private burst(place: number): void {
    const next = this.bursts[place + 1];
    if (next !== undefined) this.world.kernel.at(next.at, this.onBurst, place + 1);
    for (let i = 0; i < this.bursts[place].count; i++) this.make();
  }

  private make(): void {
    const { id, markKey, facts } = this;
    markKey.birth(this.made++);
    const mark0 = markKey.h0;
    const mark1 = markKey.h1;
    const sizeBytes = this.fixedSizeBytes !== 0 ? this.fixedSizeBytes : this.drawSize(mark0, mark1);
    const message = this.messages.born(id, this.kernel.now, mark0, mark1, sizeBytes);
    facts.born(id, message);
    if (this.batcher === null) this.sendOne(message, mark0, mark1);
    else this.batcher.add(message);
  }

  private drawSize(mark0: number, mark1: number): number {
    return wholeSize(this.options.size.quantile(this.sizeKey.u53(mark0, mark1, 0)));
  }

  // --- calls -------------------------------------------------------------------------------------

  private sendOne(message: number, mark0: number, mark1: number): void {
    const { calls } = this;
    const call = calls.begin(
      this.id,
      this.options.target,
      QueueOperation.SendMessage,
      this.onAnswer,
      message,
    );
    calls.first[call] = message;
    calls.carries[call] = 1;
    calls.go(call, mark0, mark1, 0);
  }

  private sendBatch(first: number, count: number): void {
    const { calls, messages } = this.world;
    const message = messages.entries.message[first];
    const call = calls.begin(
      this.id,
      this.options.target,
      QueueOperation.SendMessageBatch,
      this.onBatchAnswer,
      first,
    );
    calls.first[call] = first;
    calls.carries[call] = count;
    calls.go(call, messages.messages.mark0[message], messages.messages.mark1[message], 0);
  }

  private takeAnswer(call: number): void {
    const { calls } = this;
    const message = calls.context[call];
    this.close(message, calls.error[call]);
    calls.free(call);
  }

  private takeBatchAnswer(call: number): void {
    const { calls, messages } = this.world;
    const { entries } = messages;
    let row = calls.context[call];
    while (row !== NONE) {
      const next = entries.next[row];
      this.close(entries.message[row], calls.error[call]);
      entries.free(row);
      row = next;
    }
    calls.free(call);
  }

  /** The producer knows what became of its message. */
  private close(message: number, error: number): void {
    if (error === 0) this.facts.answered(this.id, message);
    else this.facts.gaveUp(this.id, message);
    this.messages.release(message);
  }
}
