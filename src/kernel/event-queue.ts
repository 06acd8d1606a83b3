/**
 * The future events of a run, in the total order (time, seq).
 *
 * The kernel needs very little of a queue, so that implementations can be exchanged and held
 * against each other: `heap.ts` alone, or with a wheel behind it when many events are pending
 * (`adaptive-queue.ts`).
 */
import type { Micros } from './time.js';

/** An event is four numbers. Two events never have the same `seq`. */
export interface EventQueue {
  readonly size: number;

  /**
   * The least event in (time, seq). When the queue is empty the time is Infinity, the rest void.
   */
  readonly topTime: Micros;
  readonly topSeq: number;
  readonly topHandler: number;
  readonly topArg: number;

  /** Numbers mostly go up, but `seq` may be smaller than earlier ones, and so may `time`. */
  push(time: Micros, seq: number, handler: number, arg: number): void;

  /** Takes out the top; the queue must not be empty. */
  drop(): void;

  /** Takes out every event that `stale` claims, wherever it is. Linear time. */
  purge(stale: StaleEvents): void;
}

/** Knows which events of the queue nobody waits for any more. */
export interface StaleEvents {
  /** Whether to take this event out; called once for each event, in any order. */
  claims(handler: number, arg: number): boolean;
}
