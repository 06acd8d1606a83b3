/**
 * What became of what pushers accepted, by pusher and link. Counts are of pushes: a message that its producer sent
 * twice is accepted, and delivered, twice; a push to a target that stands for so many subscribers counts as so many.
 * The latency, from accepted to delivered, is of obligations: each has one.
 */

import { LOSSES, Outcome } from '../components/facts.js';
import type { Messages } from '../components/messages.js';
import { Histogram } from '../kernel/histogram.js';
import type { Micros } from '../kernel/time.js';
import type { Clock } from './clock.js';
import { LinkMemory } from './rows.js';

export interface LinkCounts {
  /** Accepted for the link, and kept from it by its filter. */
  readonly dispatched: number;
  readonly filtered: number;
  readonly attempts: number;
  /** Attempts after one that failed. */
  readonly retries: number;
  readonly failedAttempts: number;
  readonly delivered: number;
  readonly deadLettered: number;
  /** By cause, in the order of LOSSES. */
  readonly lost: readonly number[];
  /** From accepted to delivered, of messages born after the warm-up. */
  readonly latency: Histogram;
  /** Of those messages: accepted, and never delivered. */
  readonly undelivered: number;
}

// Bits of LinkMemory.seen.
const ACCEPTED = 1;
const DELIVERED = 2;
const FAILED = 4;

export interface PushCountOptions {
  /** How many names the world has. */
  readonly names: number;
  readonly warmUp: Micros;
  /** By target: as how many a push there counts. */
  readonly weights: Float64Array;
  /** The targets of links, by pusher. */
  readonly linkTargets?: readonly (readonly number[] | undefined)[];
}

class Tally implements LinkCounts {
  constructor(readonly weight: number) {}

  dispatched = 0;
  filtered = 0;
  attempts = 0;
  retries = 0;
  failedAttempts = 0;
  delivered = 0;
  deadLettered = 0;
  undelivered = 0;
  readonly lost = LOSSES.map(() => 0);
  readonly latency = new Histogram();
}

export class PushCounter {
  private readonly tallies: Tally[][];
  /** null until something is pushed. */
  private memory: LinkMemory | null = null;
  private messages!: Messages;

  constructor(
    private readonly clock: Clock,
    private readonly options: PushCountOptions,
  ) {
    this.tallies = Array.from({ length: options.names }, () => []);
  }

  /** The world exists: before anything is told. */
  attach(messages: Messages): void {
    this.messages = messages;
  }

  /** Whether anything was pushed so far: only then `owed` is asked. */
  get isAny(): boolean {
    return this.memory !== null;
  }

  /** An obligation begins its life. */
  owed(obligation: number): void {
    this.memory!.seen[obligation] = 0;
  }

  filtered(pusher: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.filtered += tally.weight;
  }

  dispatched(pusher: number, obligation: number, link: number): void {
    const memory = (this.memory ??= new LinkMemory(this.messages.obligations));
    const tally = this.at(pusher, link);
    tally.dispatched += tally.weight;
    if ((memory.seen[obligation] & ACCEPTED) !== 0) return; // by an earlier attempt of its producer
    memory.seen[obligation] = ACCEPTED;
    memory.since[obligation] = this.clock.now;
    if (this.isCounted(obligation)) tally.undelivered++;
  }

  pushed(pusher: number, obligation: number, link: number): void {
    const { seen } = this.memory!;
    const tally = this.at(pusher, link);
    tally.attempts += tally.weight;
    if ((seen[obligation] & FAILED) === 0) return;
    seen[obligation] &= ~FAILED;
    tally.retries += tally.weight;
  }

  failed(pusher: number, obligation: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.failedAttempts += tally.weight;
    this.memory!.seen[obligation] |= FAILED;
  }

  delivered(pusher: number, obligation: number, link: number): void {
    const { seen, since } = this.memory!;
    const tally = this.at(pusher, link);
    tally.delivered += tally.weight;
    if ((seen[obligation] & DELIVERED) !== 0) return;
    seen[obligation] |= DELIVERED;
    if (!this.isCounted(obligation)) return;
    tally.undelivered--;
    tally.latency.record(this.clock.now - since[obligation]);
  }

  diverted(pusher: number, obligation: number, link: number): void {
    const tally = this.at(pusher, link);
    tally.deadLettered += tally.weight;
    this.memory!.seen[obligation] &= ~FAILED;
  }

  dropped(pusher: number, obligation: number, link: number, outcome: Outcome): void {
    const tally = this.at(pusher, link);
    tally.lost[outcome - Outcome.LostFirst] += tally.weight;
    this.memory!.seen[obligation] &= ~FAILED;
  }

  /** So far; the latency is that of the run at hand, not a copy. */
  of(pusher: number, link: number): LinkCounts {
    return this.at(pusher, link);
  }

  private at(pusher: number, link: number): Tally {
    return (this.tallies[pusher][link] ??= new Tally(this.weightOf(pusher, link)));
  }

  private weightOf(pusher: number, link: number): number {
    const { linkTargets = [], weights } = this.options;
    const target = linkTargets[pusher]?.[link];
    return target === undefined ? 1 : weights[target];
  }

  private isCounted(obligation: number): boolean {
    const { messages, obligations } = this.messages;
    return messages.bornAt[obligations.message[obligation]] >= this.options.warmUp;
  }
}

/** Given up: in the dead-letter queue of the link, or lost. */
export function givenUp({ deadLettered, lost }: LinkCounts): number {
  return deadLettered + lost.reduce((sum, n) => sum + n, 0);
}

/** Accepted, and neither delivered nor given up. */
export function underWay(counts: LinkCounts): number {
  return counts.dispatched - counts.delivered - givenUp(counts);
}
