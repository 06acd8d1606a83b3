/**
 * What became of what pushers accepted, by pusher and link. Counts are of pushes: a message that its producer sent twice
 * is accepted, and delivered, twice. The latency, from accepted to delivered, is of obligations: each has one.
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

class Tally implements LinkCounts {
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
    names: number,
    private readonly warmUp: Micros,
  ) {
    this.tallies = Array.from({ length: names }, () => []);
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
    this.at(pusher, link).filtered++;
  }

  dispatched(pusher: number, obligation: number, link: number): void {
    const memory = (this.memory ??= new LinkMemory(this.messages.obligations));
    const tally = this.at(pusher, link);
    tally.dispatched++;
    if ((memory.seen[obligation] & ACCEPTED) !== 0) return; // by an earlier attempt of its producer
    memory.seen[obligation] = ACCEPTED;
    memory.since[obligation] = this.clock.now;
    if (this.isCounted(obligation)) tally.undelivered++;
  }

  pushed(pusher: number, obligation: number, link: number): void {
    const { seen } = this.memory!;
    const tally = this.at(pusher, link);
    tally.attempts++;
    if ((seen[obligation] & FAILED) === 0) return;
    seen[obligation] &= ~FAILED;
    tally.retries++;
  }

  failed(pusher: number, obligation: number, link: number): void {
    this.at(pusher, link).failedAttempts++;
    this.memory!.seen[obligation] |= FAILED;
  }

  delivered(pusher: number, obligation: number, link: number): void {
    const { seen, since } = this.memory!;
    const tally = this.at(pusher, link);
    tally.delivered++;
    if ((seen[obligation] & DELIVERED) !== 0) return;
    seen[obligation] |= DELIVERED;
    if (!this.isCounted(obligation)) return;
    tally.undelivered--;
    tally.latency.record(this.clock.now - since[obligation]);
  }

  diverted(pusher: number, obligation: number, link: number): void {
    this.at(pusher, link).deadLettered++;
    this.memory!.seen[obligation] &= ~FAILED;
  }

  dropped(pusher: number, obligation: number, link: number, outcome: Outcome): void {
    this.at(pusher, link).lost[outcome - Outcome.LostFirst]++;
    this.memory!.seen[obligation] &= ~FAILED;
  }

  /** So far; the latency is that of the run at hand, not a copy. */
  of(pusher: number, link: number): LinkCounts {
    return this.at(pusher, link);
  }

  private at(pusher: number, link: number): Tally {
    return (this.tallies[pusher][link] ??= new Tally());
  }

  private isCounted(obligation: number): boolean {
    const { messages, obligations } = this.messages;
    return messages.bornAt[obligations.message[obligation]] >= this.warmUp;
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
