/**
 * An SNS topic: what is published is accepted once, and delivered to each subscription on its own. Publishing does not
 * feel how subscribers are. A FIFO topic keeps each message group in order, and stores nothing twice within five
 * minutes.
 *
 * Sources: SNS Developer Guide and API reference as collected in docs/components/sns.topic.md.
 */

import type { Handler } from '../../kernel/kernel.js';
import { Deduplication } from '../deduplication.js';
import { Encryption } from '../encryption.js';
import type { Component } from '../component.js';
import type { Facts } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { ApiLatency, Calls, Port } from '../port.js';
import { NO_LABEL } from '../queue-port.js';
import type {
  ReplayWindow,
  Subscribed,
  SubscriptionChanges,
  SubscriptionOptions,
  TopicControl,
} from '../topic-port.js';
import { TopicError, TopicOperation, Topics } from '../topic-port.js';
import type { World } from '../world.js';
import { meterPublished } from './billing.js';
import { SNS_LIMITS } from './limits.js';
import type { TopicOptions } from './options.js';
import type { PerSecond } from './rates.js';
import { AccountRates, TopicRates } from './rates.js';
import { Subscriptions } from './subscriptions.js';

export class Topic implements Component, Port, TopicControl {
  readonly handlers: readonly Handler[];
  readonly latency: ApiLatency | null;
  readonly subscriptions: Subscriptions;
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly facts: Facts;
  private readonly accountRate: PerSecond;
  private rates: TopicRates;
  private readonly encryption: Encryption | null;
  /** null: a standard topic. */
  private deduplication: Deduplication | null;
  private accepted = 0;
  private isGone = false;
  isContentBased: boolean;

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: TopicOptions,
  ) {
    const { kernel, streams } = world;
    const { name, account, region, messagesPerSecond, fifo, assume, encryption } = options;
    this.calls = world.calls;
    this.messages = world.messages;
    this.facts = world.facts;
    this.subscriptions = new Subscriptions(world, id, options);
    this.accountRate = world.shared(AccountRates).of(account, region, messagesPerSecond);
    this.rates = new TopicRates(this.accountRate, fifo?.throughputScope ?? null);
    this.encryption = encryption && new Encryption(world, id, encryption);
    this.deduplication = fifo && new Deduplication(kernel, fifo.throughputScope === 'MessageGroup');
    this.isContentBased = fifo?.contentBasedDeduplication === true;
    this.latency = assume.apiLatency && {
      distribution: assume.apiLatency,
      key: streams.key(name, 'apiLatency'),
    };
    this.handlers = [
      kernel.handler(`${name}/Publish`, (call) => this.publish(call)),
      kernel.handler(`${name}/PublishBatch`, (call) => this.publishBatch(call)),
    ];
    world.calls.open(id, this);
    world.shared(Topics).set(id, this);
  }

  connect(): void {
    for (const subscription of this.options.subscriptions) this.subscriptions.add(subscription);
  }

  // --- publishing ----------------------------------------------------------------------------------

  private publish(call: number): void {
    const { calls, messages, facts } = this;
    const message = calls.first[call];
    const bytes = messages.messages.size[message] + calls.envelope[call];
    let error = this.refuses(call);
    if (error === TopicError.None) {
      facts.request(this.id, TopicOperation.Publish, bytes);
      calls.brought(call, bytes);
      error =
        this.refusesKey(call) || this.take(call, message, bytes, calls.a[call], calls.b[call]);
      if (error === TopicError.Throttled || error === TopicError.KmsThrottling)
        facts.throttled(this.id, TopicOperation.Publish, calls.client[call]);
    }
    if (error === TopicError.None && this.deduplication !== null) this.tell(call);
    calls.error[call] = error;
    calls.answer(call);
  }

  /** Which message the call stands for: an earlier one where the id was known. */
  private tell(call: number): void {
    const { calls } = this;
    const { mark0, mark1, order } = this.deduplication!;
    calls.a[call] = mark0;
    calls.b[call] = mark1;
    calls.c[call] = order;
  }

  private publishBatch(call: number): void {
    const { calls, messages, facts } = this;
    const { entries } = messages;
    const first = calls.first[call];
    let error = this.refuses(call);
    if (error === TopicError.None) {
      let bytes = 0;
      for (let row = first; row !== NONE; row = entries.next[row])
        bytes += messages.messages.size[entries.message[row]];
      facts.request(this.id, TopicOperation.PublishBatch, bytes);
      calls.brought(call, bytes);
      if (bytes > SNS_LIMITS.messageBytesMax) error = TopicError.BatchRequestTooLong;
      else error = this.refusesKey(call);
      if (error === TopicError.KmsThrottling)
        facts.throttled(this.id, TopicOperation.PublishBatch, calls.client[call]);
      if (error === TopicError.None) this.takeEntries(call, first);
    }
    calls.error[call] = error;
    calls.answer(call);
  }

  private takeEntries(call: number, first: number): void {
    const { entries, messages } = this.messages;
    for (let row = first; row !== NONE; row = entries.next[row]) {
      const message = entries.message[row];
      const bytes = messages.size[message];
      entries.error[row] = this.take(call, message, bytes, entries.group[row], entries.id[row]);
      if (entries.error[row] === TopicError.Throttled)
        this.facts.throttled(this.id, TopicOperation.PublishBatch, this.calls.client[call]);
    }
  }

  private refuses(call: number): TopicError {
    const { allowed, isEncryptedByAws } = this.options;
    if (this.isGone) return TopicError.NotFound;
    const isStranger = allowed !== null && !allowed.has(this.calls.client[call]);
    // Nobody can edit the policy of AWS's own key, so other services may not use it.
    if (isEncryptedByAws && this.calls.pushed[call] !== NONE) return TopicError.KmsAccessDenied;
    return isStranger ? TopicError.AuthorizationError : TopicError.None;
  }

  private refusesKey(call: number): TopicError {
    const { encryption } = this;
    if (encryption === null || encryption.admit(this.calls.client[call], true))
      return TopicError.None;
    return TopicError.KmsThrottling;
  }

  /** Takes one message, of a call or of an entry. */
  private take(
    call: number,
    message: number,
    bytes: number,
    group: number,
    id: number,
  ): TopicError {
    const { deduplication, messages, facts, calls } = this;
    if (bytes > SNS_LIMITS.messageBytesMax) return TopicError.InvalidParameter;
    const isFifo = deduplication !== null;
    if (isFifo ? group === NO_LABEL || id === NO_LABEL : id !== NO_LABEL)
      return TopicError.InvalidParameter;
    if (!this.rates.admit(this.world.kernel.now, bytes, group)) return TopicError.Throttled;
    const pushed = calls.pushed[call];
    if (isFifo && deduplication.find(group, id)) {
      facts.deduplicated(this.id, message);
      if (pushed !== NONE) messages.passedOn(pushed);
      return TopicError.None;
    }
    const { mark0, mark1 } = messages.messages;
    const order = this.accepted++;
    meterPublished(facts, this.id, isFifo, bytes);
    if (isFifo) deduplication.remember(group, id, mark0[message], mark1[message], order);
    this.subscriptions.publish(message, group, id, calls.envelope[call]);
    if (pushed !== NONE) messages.passedOn(pushed);
    return TopicError.None;
  }

  // --- TopicControl --------------------------------------------------------------------------------

  get subscribed(): readonly Subscribed[] {
    return this.subscriptions.present;
  }

  subscribe(options: SubscriptionOptions): number {
    return this.subscriptions.add(options);
  }

  unsubscribe(subscription: number): void {
    this.subscriptions.remove(subscription);
  }

  change(subscription: number, changes: SubscriptionChanges): void {
    this.subscriptions.change(subscription, changes);
  }

  replay(subscription: string, window: ReplayWindow): string | null {
    return this.subscriptions.replay(subscription, window);
  }

  setContentBasedDeduplication(on: boolean): void {
    this.isContentBased = on;
  }

  countByGroup(): void {
    this.rates = new TopicRates(this.accountRate, 'MessageGroup');
    this.deduplication = new Deduplication(this.world.kernel, true);
  }

  deleteTopic(): void {
    this.isGone = true;
  }
}
