/**
 * Deliveries: the time from the moment at which a pusher accepted a message until it arrives where it is pushed to. What
 * came before is the producer's: its buffer, its retries, its network. A store keeps the first arrival of each
 * obligation; at consumers that store nothing each attempt has the whole time since the pusher accepted it.
 */
import type { Messages, MessageTable } from '../../components/messages.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import { PushMemory } from '../rows.js';
import type { Attempts } from './attempts.js';
import { BATCHING, DELIVERY, NETWORK } from './parts.js';
import type { Pasts } from './pasts.js';

export class Deliveries {
  /** null until something is pushed. */
  private memory: PushMemory | null = null;
  private readonly table: MessageTable;
  /** Of messages that their producers tried more than once: what came before they were accepted. */
  private readonly before = new Map<number, number>();

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly attempts: Attempts,
    private readonly pasts: Pasts,
  ) {
    this.table = messages.messages;
  }

  /** A new obligation: nobody pushes it so far. */
  owed(obligation: number): void {
    if (this.memory === null) return;
    this.memory.acceptedAt[obligation] = 0;
    const stale = this.before.get(obligation);
    if (stale !== undefined) this.forget(obligation, stale);
  }

  dispatched(obligation: number, message: number): void {
    this.memory ??= new PushMemory(this.messages.obligations);
    if (this.memory.acceptedAt[obligation] > 0) return; // by an earlier attempt of its producer
    this.memory.acceptedAt[obligation] = this.clock.now + 1;
    const past = this.attempts.isAny ? this.attempts.until(message) : -1;
    if (past >= 0) this.before.set(obligation, past);
  }

  /** Whether the obligation is pushed, and has not arrived at its store. */
  isUnderWay(obligation: number): boolean {
    return this.memory !== null && this.memory.acceptedAt[obligation] > 0;
  }

  /** Since the pusher accepted it, µs. */
  timeOf(obligation: number): Micros {
    return this.clock.now + 1 - this.memory!.acceptedAt[obligation];
  }

  /** Whether nothing was before it but one attempt of its producer. */
  isPlain(obligation: number): boolean {
    return this.before.size === 0 || !this.before.has(obligation);
  }

  /** It has come to a store: what comes after is no delivery. */
  arrived(obligation: number): void {
    this.memory!.acceptedAt[obligation] = 0;
    const before = this.before.get(obligation);
    if (before !== undefined) this.forget(obligation, before);
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
