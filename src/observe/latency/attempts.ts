/**
 * Attempts: how the time before the last attempt of a producer is split, for messages that it tried to
 * send more than once. From the start of one attempt to the start of the next it is `throttleWait` if the
 * first was refused because of a rate, else `producerRetry`.
 *
 * A message that is answered is forgotten. One that was given up may still be stored, by an attempt that
 * nobody waits for any more: it is forgotten when its row is used anew.
 */
import type { Micros } from '../../kernel/time.js';
import type { MessageTable } from '../../components/messages.js';
import type { Clock } from '../clock.js';
import { BATCHING, NETWORK, PRODUCER_RETRY, THROTTLE_WAIT } from './parts.js';
import type { Pasts } from './pasts.js';

export class Attempts {
  /** By message: its past until the last attempt began. */
  private readonly pasts = new Map<number, number>();
  /** Messages whose last attempt has not been stored. */
  private readonly open = new Set<number>();

  constructor(
    private readonly clock: Clock,
    private readonly table: MessageTable,
    private readonly store: Pasts,
  ) {}

  /** Whether any message was tried more than once. */
  get isAny(): boolean {
    return this.pasts.size > 0;
  }

  get isAnyOpen(): boolean {
    return this.open.size > 0;
  }

  /** A further attempt begins. */
  begins(message: number, isThrottled: 0 | 1): void {
    const { store } = this;
    const { now } = this.clock;
    const past = this.pasts.get(message) ?? this.first(message);
    const part = isThrottled === 1 ? THROTTLE_WAIT : PRODUCER_RETRY;
    store.put(past, part, now - store.until(past));
    store.goesUntil(past, now);
    this.open.add(message);
  }

  /** A copy of the message is stored. Its past until now if it comes by a further attempt, or -1. */
  arrives(message: number): number {
    if (!this.open.delete(message)) return -1;
    return this.untilNow(message);
  }

  /** A service has taken the message to deliver it: a copy that is stored has not come by a further attempt. */
  accepted(message: number): void {
    this.open.delete(message);
  }

  /** A service takes the message: its past until now if it was tried more than once, or -1. The caller frees it. */
  until(message: number): number {
    return this.pasts.has(message) ? this.untilNow(message) : -1;
  }

  /** The answer to a message is known now: its past, which the caller frees, or -1 if there was one attempt. */
  answered(message: number): number {
    if (!this.pasts.has(message)) return -1;
    const past = this.untilNow(message);
    this.forget(message);
    return past;
  }

  forget(message: number): void {
    const past = this.pasts.get(message);
    if (past === undefined) return;
    this.store.free(past);
    this.pasts.delete(message);
    this.open.delete(message);
  }

  private first(message: number): number {
    const { bornAt, buffered } = this.table;
    const past = this.store.add();
    this.store.put(past, BATCHING, buffered[message]);
    this.store.goesUntil(past, bornAt[message] + buffered[message]);
    this.pasts.set(message, past);
    return past;
  }

  /** What came before the last attempt; since then it is on its way. */
  private untilNow(message: number): number {
    const before = this.pasts.get(message)!;
    const past = this.store.copy(before);
    const micros: Micros = this.clock.now - this.store.until(before);
    this.store.put(past, NETWORK, micros);
    return past;
  }
}
