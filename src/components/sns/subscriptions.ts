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
import type { About } from '../lineage.js';
import { FilterSet } from '../patterns/filter-set.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { Subscribed, SubscriptionChanges, SubscriptionOptions } from '../topic-port.js';
import type { World } from '../world.js';
import { meterScanned } from './billing.js';
import { linkOf } from './links.js';
import { SNS_LIMITS } from './limits.js';
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
    const options = { ...this.options[number] };
    if (changes.target !== undefined) options.target = changes.target;
    if (changes.isRaw !== undefined) options.isRaw = changes.isRaw;
    if (changes.deadLetter !== undefined) options.deadLetter = changes.deadLetter;
    if (changes.deliveryPolicy !== undefined) options.deliveryPolicy = changes.deliveryPolicy;
    if (changes.filter !== undefined) options.filter = changes.filter;
    this.options[number] = options;
    this.pusher.links[number].options = linkOf(this.world, this.topic, options, number);
    if (changes.filter !== undefined) this.setFilter(number, changes.filter);
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
    const isTooRich = this.hasTooManyAttributes(about);
    let isForNobody = true;
    for (let i = 0; i < countsFrom.length; i++) {
      if (now < countsFrom[i]) continue;
      if (this.options[i].filter?.flavour === 'messageBody')
        meterScanned(facts, this.id, messages.messages.size[message], this.subscribers[i]);
      if (filters.matches(i)) {
        if (isTooRich && this.isRawQueue(i)) pusher.discard(i, message);
        else pusher.dispatch(i, message, group, id, wrapped);
        isForNobody = false;
      } else facts.filtered(this.id, message, i);
    }
    if (isForNobody) facts.unclaimed(this.id, message);
  }

  /** A queue takes ten, so that a raw delivery of more is a client error, also to a dead-letter queue. */
  private hasTooManyAttributes({ source, mark0, mark1 }: About): boolean {
    const count = this.world.makes.of(source)?.attributeCount?.(mark0, mark1) ?? 0;
    return count > SNS_LIMITS.rawAttributesMax;
  }

  private isRawQueue(number: number): boolean {
    const { isRaw, target } = this.options[number];
    return isRaw && this.world.shared(Endpoints).of(target)!.protocol === 'sqs';
  }
}
