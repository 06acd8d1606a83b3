/**
 * The subscriptions of a topic: who gets which message. A subscription counts once it is confirmed; a changed filter
 * policy counts when it has spread.
 */

import type { Handler } from '../../kernel/kernel.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Stream } from '../../kernel/random/streams.js';
import type { Micros } from '../../kernel/time.js';
import { Pusher } from '../delivery/pusher.js';
import { Endpoints } from '../endpoints.js';
import { Envelopes } from '../envelopes.js';
import { FilterSet } from '../patterns/filter-set.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { Subscribed, SubscriptionChanges, SubscriptionOptions } from '../topic-port.js';
import type { World } from '../world.js';
import { meterScanned } from './billing.js';
import { linkOf } from './links.js';
import type { TopicOptions } from './options.js';

export class Subscriptions {
  readonly pusher: Pusher;
  private readonly filters: FilterSet;
  private readonly options: SubscriptionOptions[] = [];
  /** From when on each counts, µs; Infinity: not any more, or never. */
  private readonly countsFrom: Micros[] = [];
  /** So many each stands for. */
  private readonly subscribers: number[] = [];
  /** Filters that have been set and do not count yet. */
  private readonly coming: (PatternSpec | null)[] = [];
  private readonly onSpread: Handler;
  private readonly spreads: Stream;

  constructor(
    private readonly world: World,
    private readonly id: number,
    private readonly topic: TopicOptions,
  ) {
    const { kernel, streams } = world;
    this.pusher = new Pusher(world, id, topic.name);
    this.filters = new FilterSet(world, []);
    this.onSpread = kernel.handler(`${topic.name}/policy counts`, (n) => this.spread(n));
    this.spreads = streams.stream(topic.name, 'policyPropagation');
    world.shared(Envelopes);
  }

  /** Once all components exist, or later. Returns the number of the subscription. */
  add(options: SubscriptionOptions): number {
    const link = this.pusher.links.length;
    const number = this.pusher.addLink(linkOf(this.world, this.topic, options, link));
    this.subscribers[number] = this.world.shared(Endpoints).of(options.target)!.subscribers;
    this.options[number] = options;
    this.countsFrom[number] = this.world.kernel.now + options.confirmedAfter;
    this.filters.replace(number, options.filter);
    return number;
  }

  /** Those that are not removed, in the order in which they came. */
  get present(): Subscribed[] {
    return this.options.flatMap(({ name }, number) => {
      return this.pusher.links[number].isGone ? [] : [{ name, number }];
    });
  }

  remove(number: number): void {
    this.countsFrom[number] = Infinity;
    this.pusher.links[number].isGone = true;
  }

  change(number: number, changes: SubscriptionChanges): void {
    const before = this.options[number];
    const options = { ...before };
    if (changes.isRaw !== undefined) options.isRaw = changes.isRaw;
    if (changes.deadLetter !== undefined) options.deadLetter = changes.deadLetter;
    if (changes.deliveryPolicy !== undefined) options.deliveryPolicy = changes.deliveryPolicy;
    if (changes.filter !== undefined) options.filter = changes.filter;
    const { confirmedAfter } = changes;
    if (confirmedAfter !== undefined && confirmedAfter !== options.confirmedAfter) {
      options.confirmedAfter = confirmedAfter;
      this.countsFrom[number] = this.world.kernel.now + confirmedAfter;
    }
    this.options[number] = options;
    this.pusher.links[number].options = linkOf(this.world, this.topic, options, number);
    if (changes.filter !== undefined && !isSame(before.filter, changes.filter))
      this.setFilter(number, changes.filter);
  }

  private setFilter(number: number, filter: PatternSpec | null): void {
    const { policyPropagation } = this.topic.assume;
    if (policyPropagation === null) {
      this.filters.replace(number, filter);
      return;
    }
    this.coming[number] = filter;
    this.world.kernel.after(
      drawMicros(policyPropagation, this.spreads.uniform()),
      this.onSpread,
      number,
    );
  }

  /** Of several changes on their way the last one counts. */
  private spread(number: number): void {
    this.filters.replace(number, this.coming[number]);
  }

  /** The topic has accepted a message: each subscription that it is for is owed it from now on. */
  publish(message: number, group: number, id: number, wrapped: number): void {
    const { world, filters, countsFrom, pusher } = this;
    const { facts, messages } = world;
    const { now } = world.kernel;
    const about = messages.about(message);
    filters.begin(about.source, about.mark0, about.mark1, messages.messages.source[message]);
    let isForNobody = true;
    for (let i = 0; i < countsFrom.length; i++) {
      if (now < countsFrom[i]) continue;
      if (this.options[i].filter?.flavour === 'messageBody')
        meterScanned(facts, this.id, messages.messages.size[message], this.subscribers[i]);
      if (filters.matches(i)) {
        pusher.dispatch(i, message, group, id, wrapped);
        isForNobody = false;
      } else facts.filtered(this.id, message, i);
    }
    if (isForNobody) facts.unclaimed(this.id, message);
  }
}

/** What stays as it is takes no time to spread, and draws nothing. */
function isSame(one: PatternSpec | null, other: PatternSpec | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
