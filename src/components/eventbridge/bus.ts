/**
 * An event bus with rules ("Custom Event Bus - Classic", and the default bus): it takes events by PutEvents, holds each
 * against the patterns of its rules, and pushes it to every target of those that match, each by itself (delivery/).
 *
 * - PutEvents is refused beyond the account's quota of calls a second, or when its entries are too large together.
 * - Invocations beyond the account's quota wait for their turn; none is lost.
 * - What another bus forwarded is not forwarded to a third one: such an invocation fails for good.
 * - What AWS's own services publish (`source: aws.…`) comes to the default bus, is no call of PutEvents, and free.
 * Source: EventBridge User Guide "eb-event-bus", "eb-bus-to-bus", "eb-quota", 2026.
 */

import { check } from '../../kernel/check.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Component } from '../component.js';
import { BothTurns, Pacer } from '../delivery/pacer.js';
import { Pusher } from '../delivery/pusher.js';
import { Envelopes } from '../envelopes.js';
import { Cause } from '../facts.js';
import { NONE } from '../messages.js';
import { FilterSet } from '../patterns/filter-set.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { ApiLatency, Port } from '../port.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';
import { Accounts } from './account-use.js';
import type { AccountUse } from './account-use.js';
import { Archive } from './archive.js';
import { BusError, BusOperation } from './bus-port.js';
import { Counter } from './counters.js';
import { EVENTS_LIMITS } from './limits.js';
import type { BusOptions, TargetOptions } from './options.js';
import { Replays } from './replays.js';
import type { Rule } from './rule.js';
import { ScheduledRules } from './scheduled-rules.js';

/** What AWS's own services publish. */
const OF_SERVICES: PatternSpec = {
  flavour: 'event',
  alternatives: [
    [{ path: 'source', tests: [{ kind: 'prefix', text: 'aws.', ignoresCase: false }] }],
  ],
};

export class Bus implements Component, Port {
  readonly handlers: readonly Handler[];
  readonly latency: ApiLatency | null;
  readonly rules: readonly Rule[];
  /** null: nothing is kept. */
  readonly archive: Archive | null;
  /** Whether the archive will be replayed: then what the last event was owed to is remembered. */
  readonly isReplayed: boolean;
  readonly routed = { links: [] as number[], obligations: [] as number[] };
  readonly replays: Replays | null;
  private readonly accounts: Accounts;
  private readonly use: AccountUse;
  private readonly pusher: Pusher;
  private readonly filters: FilterSet;
  private readonly scheduled: ScheduledRules | null;
  /** By link. */
  private readonly targets: TargetOptions[] = [];
  /** Places of filters that are no rule's, or NONE. */
  private readonly ofServices: number;
  private readonly ofArchive: number;

  constructor(
    readonly world: World,
    readonly id: number,
    readonly options: BusOptions,
  ) {
    const { kernel, streams } = world;
    const { name, region, account, apiLatency, archive } = options;
    const { putEventsPerSecond, invocationsPerSecond } = options;
    world.shared(Envelopes);
    this.accounts = world.shared(Accounts);
    this.accounts.addBus(this);
    this.use = this.accounts.useOf(account, region, putEventsPerSecond, invocationsPerSecond);
    this.pusher = new Pusher(world, id, name);
    const patterns: (PatternSpec | null)[] = options.rules.map(({ pattern }) => pattern);
    this.ofServices = options.isDefault ? patterns.push(OF_SERVICES) - 1 : NONE;
    this.ofArchive = archive === null ? NONE : patterns.push(archive.pattern) - 1;
    this.filters = new FilterSet(
      world,
      patterns,
      new Map([
        ['region', region],
        ['account', account],
      ]),
    );
    this.rules = options.rules.map((rule, filter) => {
      const first = this.targets.length;
      for (const target of rule.targets) this.addTarget(target);
      const end = this.targets.length;
      return { options: rule, filter, first, end, isEnabled: rule.isEnabled };
    });
    this.isReplayed = world.replayed.has(id);
    this.archive = archive === null ? null : new Archive(this, archive);
    this.replays = this.archive && new Replays(this, this.archive, this.use);
    const hasSchedules = options.rules.some(({ schedule }) => schedule !== null);
    this.scheduled = hasSchedules ? new ScheduledRules(this) : null;
    this.handlers = [kernel.handler(`${name}/PutEvents`, (call) => this.putEvents(call))];
    this.latency = apiLatency && {
      distribution: apiLatency,
      key: streams.key(name, 'apiLatency'),
    };
    world.calls.open(id, this);
  }

  private addTarget(target: TargetOptions): void {
    const { invocations } = this.use;
    const { link, perSecond } = target;
    const pacer =
      perSecond === null ? invocations : new BothTurns(invocations, new Pacer(perSecond));
    this.pusher.addLink({ ...link, pacer });
    this.targets.push(target);
  }

  start(): void {
    this.scheduled?.start();
  }

  // --- PutEvents -----------------------------------------------------------------------------------

  private putEvents(call: number): void {
    const { calls } = this.world;
    calls.error[call] = this.refusal(call) || this.takeCall(call);
    calls.answer(call);
  }

  /** Why the bus does not even look at the call, or 0. */
  private refusal(call: number): number {
    const { calls, accounts, kernel, facts } = this.world;
    const client = calls.client[call];
    if (accounts[client] !== accounts[this.id]) return BusError.AccessDenied;
    if (calls.a[call] === this.accounts.forwarded && this.accounts.isBus(client))
      return BusError.EventLoop;
    if (this.isOfService(call) || this.use.admit(kernel.now)) return BusError.None;
    facts.throttled(this.id, BusOperation.PutEvents, client);
    return BusError.ThrottlingException;
  }

  /** Whether AWS's own services publish it. */
  private isOfService(call: number): boolean {
    if (this.ofServices === NONE) return false;
    const { calls, messages } = this.world;
    const first = calls.first[call];
    this.look(calls.carries[call] === 0 ? first : messages.entries.message[first]);
    return this.filters.matches(this.ofServices);
  }

  private takeCall(call: number): number {
    const { calls, facts, messages } = this.world;
    const { entries } = messages;
    const first = calls.first[call];
    const bytes = this.bytesOf(call);
    const isBilled = !this.isOfService(call);
    calls.brought(call, bytes);
    if (isBilled) facts.request(this.id, BusOperation.PutEvents, bytes);
    if (bytes > this.options.entriesBytesMax) return BusError.ValidationException;
    const isForwarded = this.accounts.isBus(calls.client[call]);
    if (calls.carries[call] === 0) {
      const pushed = calls.pushed[call];
      if (pushed !== NONE) messages.passedOn(pushed);
      this.take(first, isForwarded, isBilled);
      return BusError.None;
    }
    for (let row = first; row !== NONE; row = entries.next[row]) {
      entries.error[row] = BusError.None;
      this.take(entries.message[row], isForwarded, isBilled);
    }
    return BusError.None;
  }

  private bytesOf(call: number): number {
    const { calls, messages } = this.world;
    const { size } = messages.messages;
    const first = calls.first[call];
    if (calls.carries[call] === 0) return size[first];
    let bytes = 0;
    let count = 0;
    for (let row = first; row !== NONE; row = messages.entries.next[row]) {
      bytes += size[messages.entries.message[row]];
      count++;
    }
    check(count <= EVENTS_LIMITS.entriesMax, 'a call of PutEvents has ten entries at most');
    return bytes;
  }

  // --- events --------------------------------------------------------------------------------------

  /** The bus has accepted an event. */
  private take(message: number, isForwarded: boolean, isBilled: boolean): void {
    const { messages, facts } = this.world;
    if (isBilled) {
      const chunks = Math.ceil(messages.messages.size[message] / EVENTS_LIMITS.chunkBytes);
      facts.metered(this.id, Counter.Events, Math.max(1, chunks));
    }
    this.route(message, isForwarded);
    if (this.archive !== null && this.filters.matches(this.ofArchive)) this.archive.add(message);
  }

  /** To the targets of all rules that match. */
  route(message: number, isForwarded: boolean): void {
    const { facts } = this.world;
    let isClaimed = false;
    if (this.isReplayed) this.routed.links.length = this.routed.obligations.length = 0;
    this.look(message);
    for (const rule of this.rules) {
      if (!rule.isEnabled || rule.options.pattern === null) continue;
      const isMatched = this.filters.matches(rule.filter);
      for (let link = rule.first; link < rule.end; link++) {
        if (isMatched) this.invoke(link, message, isForwarded);
        else facts.filtered(this.id, message, link);
      }
      isClaimed ||= isMatched && rule.end > rule.first;
    }
    if (!isClaimed) facts.unclaimed(this.id, message);
  }

  /** One target gets the event. */
  invoke(link: number, message: number, isForwarded: boolean): void {
    const obligation = this.pusher.dispatch(
      link,
      message,
      this.groupOf(link, isForwarded),
      this.idOf(link),
    );
    if (!this.isReplayed || obligation === NONE) return;
    this.routed.links.push(link);
    this.routed.obligations.push(obligation);
  }

  /** The message group at a FIFO queue; at another bus, the mark of what was forwarded. */
  private groupOf(link: number, isForwarded: boolean): number {
    const { group, link: options } = this.targets[link];
    const marks = isForwarded && this.accounts.isBus(options.target);
    return marks ? this.accounts.forwarded : group;
  }

  /** Each event has an id of its own in its envelope: by content no two are the same. */
  private idOf(link: number): number {
    return this.targets[link].group === NO_LABEL ? NO_LABEL : this.world.labels.fresh();
  }

  /** A row of the archive goes to the targets of all rules that match now, under the obligations of old. */
  replay(row: number): void {
    const { facts, messages } = this.world;
    const archive = this.archive!;
    const message = archive.events.message[row];
    const chunks = Math.ceil(messages.messages.size[message] / EVENTS_LIMITS.chunkBytes);
    facts.metered(this.id, Counter.Replayed, Math.max(1, chunks));
    this.look(message);
    for (const { isEnabled, options, filter, first, end } of this.rules) {
      if (!isEnabled || options.pattern === null || !this.filters.matches(filter)) continue;
      for (let link = first; link < end; link++) this.invokeAgain(row, link, message);
    }
  }

  private invokeAgain(row: number, link: number, message: number): void {
    const archive = this.archive!;
    const earlier = archive.obligationOf(row, link);
    const group = this.groupOf(link, false);
    const id = this.idOf(link);
    if (earlier !== NONE) {
      this.world.messages.sentAgain(earlier, Cause.Replay);
      this.pusher.send(link, earlier, group, id, 0);
      return;
    }
    const obligation = this.pusher.dispatch(link, message, group, id);
    if (obligation !== NONE) archive.remember(row, link, obligation);
  }

  /** The filters ask about this message from now on. */
  private look(message: number): void {
    const { messages } = this.world;
    const { source, mark0, mark1 } = messages.about(message);
    this.filters.begin(source, mark0, mark1, messages.messages.source[message]);
  }
}
