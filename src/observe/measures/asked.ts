/**
 * Observes what is only kept because an expectation asks about it: latency over links, when queues
 * drained, the age of their oldest message, and obligations so far by consumer. It hangs on the watch's
 * extra slot; a run whose lines ask for none of this has none.
 */

import type { CopyStage, Outcome, RunEnd } from '../../components/facts.js';
import { NOBODY } from '../../components/facts.js';
import type { Messages } from '../../components/messages.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import { Passing } from '../latency/passing.js';
import { SilentFacts } from '../silent-facts.js';
import type { MeasureName } from './catalog.js';
import { DrainTime } from './drain-time.js';
import type { Expectation, Who } from './expression.js';
import { measuresIn } from './expression.js';
import type { LinkEnds } from './link-latency.js';
import { LinkLatency } from './link-latency.js';
import type { Oldest } from './oldest.js';
import { Ages } from './oldest.js';

/** What the names of a scenario are. */
export interface AskedNames {
  /** By resource number. */
  readonly names: readonly string[];
  isTraffic(id: number): boolean;
  isQueue(id: number): boolean;
  /** Where traffic sends; undefined for resources. */
  targetOf(id: number): number | undefined;
  /** Those that are pushed to and pass on what they take. */
  readonly relays: readonly number[];
  /** The targets of the links of each name. */
  readonly linkTargets: readonly (readonly number[])[];
}

export class AskedObserver extends SilentFacts {
  /** Obligations told so far, by consumer. */
  private readonly owedBy: Float64Array;
  private readonly links = new Map<string, LinkLatency>();
  private readonly linkList: LinkLatency[];
  private readonly drains: (DrainTime | undefined)[] = [];
  private readonly ages: Ages | null;
  private readonly passing: Passing;

  constructor(
    clock: Clock,
    private readonly messages: Messages,
    private readonly names: AskedNames,
    expectations: readonly Expectation[],
    warmUp: Micros,
  ) {
    super();
    this.passing = new Passing(messages.obligations, names.relays);
    this.owedBy = new Float64Array(names.names.length);
    for (const { name, who } of expectations.flatMap(measuresIn)) {
      if (who.kind === 'link' && name === 'latency') {
        const key = linkKey(who);
        if (!this.links.has(key))
          this.links.set(key, new LinkLatency(clock, messages, endsOf(who, names), warmUp));
      } else if (name === 'drainTime' && who.kind === 'name') {
        this.drains[names.names.indexOf(who.name)] ??= new DrainTime(clock);
      }
    }
    this.linkList = [...this.links.values()];
    const aged = askedQueues('age', names, expectations);
    const isFifo = (queue: number): boolean => names.names[queue].endsWith('.fifo');
    this.ages = aged.length === 0 ? null : new Ages(clock, messages, aged, isFifo, warmUp);
  }

  link(who: Who & { readonly kind: 'link' }): LinkLatency | undefined {
    return this.links.get(linkKey(who));
  }

  /** All links that are asked for, by their name `a -> b`. */
  namedLinks(): [string, LinkLatency][] {
    return [...this.links];
  }

  drain(queue: number): DrainTime | undefined {
    return this.drains[queue];
  }

  /** The oldest message of a queue whose age is asked for. */
  oldest(queue: number): Oldest | undefined {
    return this.ages?.of(queue);
  }

  /** Obligations owed to a consumer so far. */
  owedTo(consumer: number): number {
    return this.owedBy[consumer];
  }

  /** The run is over: obligations that are still open end as they stand. */
  finish(): void {
    const { obligations } = this.messages;
    if (this.linkList.length === 0) return;
    for (let row = 0; row < obligations.bound; row++) {
      if (!obligations.isLive(row)) continue;
      for (const link of this.linkList) link.settled(obligations.consumer[row], row);
    }
  }

  // --- facts -----------------------------------------------------------------------------------

  override born(source: number, message: number): void {
    for (const link of this.linkList) link.born(source, message);
  }

  override owed(consumer: number, obligation: number): void {
    if (consumer !== NOBODY) this.owedBy[consumer]++;
    this.passing.owed(obligation);
    for (const link of this.linkList) link.owed(obligation);
  }

  override dispatched(pusher: number, obligation: number, link: number): void {
    if (this.linkList.length === 0) return;
    const message = this.messages.obligations.message[obligation];
    const before = this.passing.to(pusher, message);
    const target = this.names.linkTargets[pusher][link];
    for (const one of this.linkList) one.dispatched(pusher, obligation, target, before);
    this.passing.dispatched(obligation);
  }

  override passedOn(resource: number, obligation: number): void {
    for (const link of this.linkList) link.passedOn(resource, obligation);
  }

  override stored(queue: number, copy: number): void {
    this.drains[queue]?.came();
    this.ages?.stored(queue, copy);
    const obligation = this.messages.copies.obligation[copy];
    for (const link of this.linkList) link.stored(queue, obligation);
  }

  override deleted(queue: number, copy: number, _stage: CopyStage): void {
    this.left(queue, copy);
  }

  override expired(queue: number, copy: number, _stage: CopyStage): void {
    this.left(queue, copy);
  }

  override purged(queue: number, copy: number, _stage: CopyStage): void {
    this.left(queue, copy);
  }

  override redriven(queue: number, copy: number, _target: number): void {
    this.left(queue, copy);
  }

  override deadLettered(queue: number, copy: number, _target: number): void {
    this.drains[queue]?.left();
    this.ages?.deadLettered(queue, copy);
  }

  override runEnded(consumer: number, delivery: number, _worker: number, end: RunEnd): void {
    const obligation = this.messages.deliveries.obligation[delivery];
    for (const link of this.linkList) link.runEnded(consumer, obligation, end);
  }

  override settled(consumer: number, obligation: number, _outcome: Outcome): void {
    for (const link of this.linkList) link.settled(consumer, obligation);
  }

  private left(queue: number, copy: number): void {
    this.drains[queue]?.left();
    this.ages?.left(queue, copy);
  }
}

/** The queues of which lines ask for a measure. */
function askedQueues(
  measure: MeasureName,
  { names }: AskedNames,
  expectations: readonly Expectation[],
): number[] {
  const asked = expectations
    .flatMap(measuresIn)
    .flatMap(({ name, who }) => (name === measure && who.kind === 'name' ? [who.name] : []));
  return [...new Set(asked)].map((name) => names.indexOf(name));
}

/** Whether lines ask for anything that only an AskedObserver knows. */
export function asksMore(expectations: readonly Expectation[]): boolean {
  return expectations.flatMap(measuresIn).some(({ name, who }) => {
    return (
      (who.kind === 'link' && name === 'latency') || ['drainTime', 'owed', 'age'].includes(name)
    );
  });
}

function endsOf(who: Who & { readonly kind: 'link' }, names: AskedNames): LinkEnds {
  const from = names.names.indexOf(who.from);
  const to = names.names.indexOf(who.to);
  const isRelay = names.relays.includes(to);
  const isToStore = isRelay || names.isQueue(to);
  const isSentThere = names.targetOf(from) === to;
  const expects = !isToStore ? 'nothing' : isSentThere ? 'births' : 'pushes';
  return { from, to, isFromTraffic: names.isTraffic(from), isToStore, expects };
}

function linkKey(who: Who & { readonly kind: 'link' }): string {
  return `${who.from} -> ${who.to}`;
}
