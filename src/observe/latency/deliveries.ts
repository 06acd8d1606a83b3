/**
 * Deliveries: the time from the moment at which a pusher accepted a message until it arrives where it is pushed to.
 * What came before is the producer's: its buffer, its retries, its network. A store keeps the first arrival of each
 * obligation; at consumers that store nothing each attempt has the whole time since the pusher accepted it. Who was
 * pushed to and pushes on (a topic behind a bus) goes on with the past of what was pushed to it.
 */
import type { Messages, MessageTable } from '../../components/messages.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import { PushMemory } from '../rows.js';
import type { Attempts } from './attempts.js';
import { BATCHING, DELIVERY, NETWORK } from './parts.js';
import { Passing } from './passing.js';
import type { Pasts } from './pasts.js';

export class Deliveries {
  /** null until something is pushed. */
  private memory: PushMemory | null = null;
  private readonly table: MessageTable;
  /** What came before they were accepted, of obligations for which that is more than one attempt of a producer. */
  private readonly before = new Map<number, number>();
  private readonly passing: Passing;
  /** Pushes that have failed and are not over, by message: what a dead-letter queue takes was one of them. */
  private readonly failing = new Map<number, number>();

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly attempts: Attempts,
    private readonly pasts: Pasts,
    relays: readonly number[],
  ) {
    this.table = messages.messages;
    this.passing = new Passing(messages.obligations, relays);
  }

  /** Whether anything was pushed so far. */
  get isAny(): boolean {
    return this.memory !== null;
  }

  /** A new obligation: nobody pushes it so far. */
  owed(obligation: number): void {
    if (this.memory === null) return;
    this.memory.acceptedAt[obligation] = 0;
    this.passing.owed(obligation);
    const stale = this.before.get(obligation);
    if (stale !== undefined) this.forget(obligation, stale);
  }

  dispatched(pusher: number, obligation: number, message: number): void {
    this.memory ??= new PushMemory(this.messages.obligations);
    if (this.attempts.isAnyOpen) this.attempts.accepted(message);
    const { acceptedAt } = this.memory;
    if (acceptedAt[obligation] > 0) return; // by an earlier attempt of its producer
    const past = this.pastAt(pusher, message);
    if (acceptedAt[obligation] < 0 && past < 0 && this.messages.isReplayed(obligation)) {
      acceptedAt[obligation] *= -1; // what was accepted long ago is on its way once more
      return;
    }
    acceptedAt[obligation] = this.clock.now + 1;
    const stale = this.before.get(obligation);
    if (stale !== undefined) this.forget(obligation, stale);
    if (past >= 0) this.before.set(obligation, past);
    this.passing.dispatched(obligation);
  }

  /** What came before `pusher` accepted the message, where that is more than one attempt of its producer; or -1. */
  private pastAt(pusher: number, message: number): number {
    const passed = this.passing.to(pusher, message);
    if (passed >= 0) return this.pastOf(passed, message);
    return this.attempts.isAny ? this.attempts.until(message) : -1;
  }

  /** An attempt to push it has failed. */
  failed(obligation: number, message: number): void {
    this.failing.set(message, obligation);
  }

  /** Its pusher is through with it. */
  over(obligation: number, message: number): void {
    if (this.failing.get(message) === obligation) this.failing.delete(message);
  }

  /** Whose push has brought a copy: its own obligation, or, if that is new, the one whose dead letter it is; or -1. */
  bringing(obligation: number, message: number, isNew: boolean): number {
    if (this.isUnderWay(obligation)) return obligation;
    const failing = isNew ? this.failing.get(message) : undefined;
    return failing !== undefined && this.isUnderWay(failing) ? failing : -1;
  }

  /** Whether the obligation is pushed, and has not arrived at its store. */
  isUnderWay(obligation: number): boolean {
    return this.memory !== null && this.memory.acceptedAt[obligation] > 0;
  }

  /** Since the pusher accepted it, µs. */
  timeOf(obligation: number): Micros {
    return this.clock.now + 1 - Math.abs(this.memory!.acceptedAt[obligation]);
  }

  /** Whether nothing was before it but one attempt of its producer. */
  isPlain(obligation: number): boolean {
    return this.before.size === 0 || !this.before.has(obligation);
  }

  /** It has come to a store: what comes after is no delivery, unless it is pushed to one that is none. */
  arrived(obligation: number): void {
    this.memory!.acceptedAt[obligation] *= -1;
  }

  /** A past of the obligation until now. */
  pastOf(obligation: number, message: number): number {
    const { bornAt, buffered } = this.table;
    const delivery = this.timeOf(obligation);
    const known = this.before.get(obligation);
    const past = known === undefined ? this.pasts.add() : this.pasts.copy(known);
    if (known === undefined) {
      const accepted = this.clock.now - delivery;
      this.pasts.put(past, BATCHING, buffered[message]);
      this.pasts.put(past, NETWORK, accepted - bornAt[message] - buffered[message]);
    }
    this.pasts.put(past, DELIVERY, delivery);
    return past;
  }

  /** Sets `split` to all that was before now. */
  readTo(split: Float64Array, obligation: number, message: number): void {
    const past = this.pastOf(obligation, message);
    this.pasts.read(past, split);
    this.pasts.free(past);
  }

  private forget(obligation: number, past: number): void {
    this.pasts.free(past);
    this.before.delete(obligation);
  }
}
