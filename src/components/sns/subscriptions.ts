/**
 * The subscriptions of a topic: who gets which message. A subscription counts once it is confirmed; a changed filter
 * policy counts when it has spread.
 */

import type { Handler } from '../../kernel/kernel.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Stream } from '../../kernel/random/streams.js';
import type { Micros } from '../../kernel/time.js';
import { Cause } from '../facts.js';
import { NONE } from '../messages.js';
import { Pusher } from '../delivery/pusher.js';
import { Endpoints } from '../endpoints.js';
import { Envelopes } from '../envelopes.js';
import type { About } from '../lineage.js';
import { FilterSet } from '../patterns/filter-set.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type {
  ReplayWindow,
  Subscribed,
  SubscriptionChanges,
  SubscriptionOptions,
} from '../topic-port.js';
import type { World } from '../world.js';
import { Archive } from './archive.js';
import { meterScanned, SnsCounter } from './billing.js';
import { SNS_LIMITS } from './limits.js';
import { linkOf } from './links.js';
import type { TopicOptions } from './options.js';
import type { ReplayEnd } from './replays.js';
import { Replays } from './replays.js';

const NO_LINKS: ReadonlySet<string> = new Set();

export class Subscriptions implements ReplayEnd {
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
  /** The names of those to which the archive is replayed. */
  private readonly replayed: ReadonlySet<string>;
  private readonly archivesBytes: boolean;
  /** null: nothing is ever replayed. */
  private readonly archive: Archive | null;
  private readonly replays: Replays | null;
  private readonly onConfirmed: Handler | null;

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
    this.replayed = world.replayed.get(id) ?? NO_LINKS;
    const retention = topic.fifo?.archiveRetention ?? null;
    this.archivesBytes = retention !== null;
    this.archive =
      retention === null || this.replayed.size === 0 ? null : new Archive(world, retention);
    const perSecond = topic.assume.replayRate ?? SNS_LIMITS.fifoMessagesPerSecond;
    this.replays = this.archive && new Replays(world, topic.name, this.archive, perSecond, this);
    this.onConfirmed =
      this.replays &&
      kernel.handler(`${topic.name}/replay policy`, (number) => this.applyReplay(number));
  }

  /** Once all components exist, or later. Returns the number of the subscription. */
  add(options: SubscriptionOptions): number {
    const link = this.pusher.links.length;
    const number = this.pusher.addLink(linkOf(this.world, this.topic, options, link));
    this.subscribers[number] = this.world.shared(Endpoints).of(options.target)!.subscribers;
    this.options[number] = options;
    this.countsFrom[number] = this.world.kernel.now + options.confirmedAfter;
    this.filters.replace(number, options.filter);
    this.applyReplayWhenConfirmed(number);
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
    this.replays?.stop(number);
  }

  change(number: number, changes: SubscriptionChanges): void {
    const before = this.options[number];
    const options = { ...before };
    if (changes.target !== undefined) options.target = changes.target;
    if (changes.isRaw !== undefined) options.isRaw = changes.isRaw;
    if (changes.deadLetter !== undefined) options.deadLetter = changes.deadLetter;
    if (changes.deliveryPolicy !== undefined) options.deliveryPolicy = changes.deliveryPolicy;
    if (changes.filter !== undefined) options.filter = changes.filter;
    const { confirmedAfter } = changes;
    const isAnew = confirmedAfter !== undefined && confirmedAfter !== before.confirmedAfter;
    if (isAnew) {
      options.confirmedAfter = confirmedAfter;
      this.countsFrom[number] = this.world.kernel.now + confirmedAfter;
    }
    this.options[number] = options;
    this.changeLink(number, before, options);
    if (changes.filter !== undefined && !isSameFilter(before.filter, changes.filter))
      this.setFilter(number, changes.filter);
    const isReplayed =
      changes.replay !== undefined && !isSame(changes.replay, before.replay ?? null);
    if (isReplayed) options.replay = changes.replay;
    if (isAnew) this.applyReplayWhenConfirmed(number);
    else if (isReplayed) this.applyReplay(number);
  }

  /** Its turns go on where its rate stays what it was: they are booked already. */
  private changeLink(
    number: number,
    before: SubscriptionOptions,
    options: SubscriptionOptions,
  ): void {
    const link = this.pusher.links[number];
    const next = linkOf(this.world, this.topic, options, number);
    const keepsTurns =
      before.target === options.target && this.rateOf(before) === this.rateOf(options);
    link.options = keepsTurns ? { ...next, pacer: link.options.pacer } : next;
  }

  private rateOf({ deliveryPolicy }: SubscriptionOptions): number | undefined {
    return (deliveryPolicy ?? this.topic.deliveryPolicy).maxReceivesPerSecond;
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
    const row = this.archived(message, group, wrapped);
    const about = messages.about(message);
    filters.begin(about.source, about.mark0, about.mark1, messages.messages.source[message]);
    const isTooRich = this.hasTooManyAttributes(about);
    let isForNobody = true;
    for (let i = 0; i < countsFrom.length; i++) {
      if (now < countsFrom[i]) continue;
      if (this.options[i].filter?.flavour === 'messageBody') this.scans(i, message);
      if (filters.matches(i)) {
        if (isTooRich && this.isRawQueue(i)) pusher.discard(i, message);
        else this.remember(row, i, this.accept(i, message, group, id, wrapped));
        isForNobody = false;
      } else facts.filtered(this.id, message, i);
    }
    if (isForNobody) facts.unclaimed(this.id, message);
  }

  /** What is published during a replay comes behind what is replayed. */
  private accept(
    link: number,
    message: number,
    group: number,
    id: number,
    wrapped: number,
  ): number {
    if (this.replays?.isRunning(link) === true) return this.pusher.owe(link, message);
    return this.pusher.dispatch(link, message, group, id, wrapped);
  }

  /** What was owed to a subscription, for a replay to it. */
  private remember(row: number, link: number, obligation: number): void {
    if (row === NONE || obligation === NONE || !this.replayed.has(this.options[link].name)) return;
    this.archive!.remember(row, link, obligation);
  }

  /** The filter of a subscription looks at the body. */
  private scans(link: number, message: number): void {
    const { messages, facts } = this.world;
    const bytes = messages.messages.size[message] * this.subscribers[link];
    meterScanned(facts, this.id, link, bytes);
  }

  // --- the archive ---------------------------------------------------------------------------------

  /** Returns the row of the archive, or NONE. */
  private archived(message: number, group: number, wrapped: number): number {
    const { messages, facts } = this.world;
    if (!this.archivesBytes) return NONE;
    const bytes = messages.messages.size[message] + wrapped;
    facts.metered(this.id, SnsCounter.ArchivedBytes, bytes);
    if (this.archive === null) return NONE;
    const row = this.archive.add(message, group, wrapped);
    this.replays!.archived(row);
    return row;
  }

  /** What the archive holds goes to a subscription once more. Returns AWS's name of the error, or null. */
  replay(name: string, window: ReplayWindow): string | null {
    const number = this.options.findIndex((one, i) => one.name === name && this.isThere(i));
    if (number < 0 || this.replays === null) return 'NotFound';
    if (!this.isConfirmed(number)) return 'InvalidParameter';
    this.replays.start(number, window);
    return null;
  }

  private isThere(number: number): boolean {
    return !this.pusher.links[number].isGone;
  }

  private isConfirmed(number: number): boolean {
    return this.countsFrom[number] <= this.world.kernel.now;
  }

  private applyReplayWhenConfirmed(number: number): void {
    const { confirmedAfter, replay = null } = this.options[number];
    if (replay === null || this.onConfirmed === null || confirmedAfter === Infinity) return;
    this.world.kernel.after(confirmedAfter, this.onConfirmed, number);
  }

  /** As its replay policy is now. */
  private applyReplay(number: number): void {
    const { replay = null } = this.options[number];
    if (!this.isThere(number) || !this.isConfirmed(number)) return;
    if (replay === null) this.replays?.stop(number);
    else this.replays?.start(number, replay);
  }

  // --- ReplayEnd -----------------------------------------------------------------------------------

  isFor(link: number, message: number): boolean {
    const { filters } = this;
    const { messages } = this.world;
    const about = messages.about(message);
    filters.begin(about.source, about.mark0, about.mark1, messages.messages.source[message]);
    if (this.options[link].filter?.flavour === 'messageBody') this.scans(link, message);
    return filters.matches(link);
  }

  /** A queue must not take it for what it got minutes ago: it has an id of its own. */
  sendAgain(link: number, row: number): void {
    const { pusher, world } = this;
    const archive = this.archive!;
    const { message, group, wrapped } = archive.rows;
    if (this.isRawQueue(link) && this.hasTooManyAttributes(world.messages.about(message[row]))) {
      pusher.discard(link, message[row]);
      return;
    }
    const earlier = archive.obligationOf(row, link);
    const id = world.labels.fresh();
    if (earlier !== NONE) {
      if (!this.isThere(link)) return;
      world.messages.sentAgain(earlier, Cause.Replay);
      pusher.send(link, earlier, group[row], id, wrapped[row]);
      return;
    }
    const obligation = pusher.dispatch(link, message[row], group[row], id, wrapped[row]);
    if (obligation !== NONE) archive.remember(row, link, obligation);
  }

  sendHeld(link: number, row: number, obligation: number): void {
    const { group, wrapped } = this.archive!.rows;
    this.pusher.send(link, obligation, group[row], this.world.labels.fresh(), wrapped[row]);
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

function isSame(a: ReplayWindow | null, b: ReplayWindow | null): boolean {
  return a?.from === b?.from && a?.until === b?.until;
}

/** What stays as it is takes no time to spread, and draws nothing. */
function isSameFilter(one: PatternSpec | null, other: PatternSpec | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
