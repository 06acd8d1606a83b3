/**
 * A traffic source: the outside world that sends messages to one queue, statements to one database, or
 * objects to one bucket.
 *
 * Each arrival makes a message with a mark of its own, from which its size, its key and everything random that
 * happens to it later is derived (make.ts, docs/determinism.md). How it goes out is the sender's affair
 * (components/client). Open-loop: nobody waits for answers.
 * Not modelled here yet: closed-loop users, calls.
 */

import type { Handler, Kernel } from '../../kernel/kernel.js';
import { Sender } from '../client/sender.js';
import type { Component } from '../component.js';
import type { Facts } from '../facts.js';
import type { Messages } from '../messages.js';
import type { World } from '../world.js';
import type { Arrivals } from './arrivals.js';
import { RateArrivals, ReplayArrivals } from './arrivals.js';
import { TrafficMake } from './make.js';
import type { Burst, TrafficOptions } from './options.js';
import { RateProfile } from './rate-profile.js';

export class TrafficSource implements Component {
  private readonly arrivals: Arrivals;
  private readonly maker: TrafficMake;
  private readonly sender: Sender;
  private readonly onArrival: Handler;
  private readonly onBurst: Handler;
  // of the world: one step less on the way to every row
  private readonly kernel: Kernel;
  private readonly messages: Messages;
  private readonly facts: Facts;
  /** Messages made so far; a message's ordinal is the count before it. */
  private made = 0;

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: TrafficOptions,
  ) {
    const { kernel } = world;
    const { name, target, statement, naming, client, delay } = options;
    this.kernel = kernel;
    this.messages = world.messages;
    this.facts = world.facts;
    this.arrivals = this.newArrivals();
    this.onArrival = kernel.handler(`${name}/arrival`, () => this.arrive());
    this.onBurst = kernel.handler(`${name}/burst`, (place) => this.burst(place));
    this.maker = new TrafficMake(world, options);
    world.makes.set(id, this.maker);
    const { ids, payloads } = this.maker;
    const how = { client, ids, delay, payloads, ...(naming === undefined ? {} : { naming }) };
    this.sender = new Sender(world, { name, source: id, target, statement, ...how });
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
    const { id, maker, facts } = this;
    const mark = maker.markOf(this.made++);
    const mark0 = mark.h0;
    const mark1 = mark.h1;
    const sizeBytes = maker.sizeBytes(mark0, mark1);
    const message = this.messages.born(id, this.kernel.now, mark0, mark1, sizeBytes);
    facts.born(id, message);
    this.sender.send(message, mark0, mark1);
  }
}
