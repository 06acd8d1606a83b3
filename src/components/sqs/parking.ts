/**
 * Long polls that wait at a queue, and which of them gets the next message.
 * AWS documents no order among pollers: `longestWaiting` is exact and fair, `random` assumes nothing.
 */

import type { Stream } from '../../kernel/random/streams.js';
import type { PollColumns } from './copies.js';

const NONE = -1;

/** Rows of world.calls that wait. */
export interface Parking {
  readonly length: number;
  park(call: number): void;
  unpark(call: number): void;
  /** The call to serve next; only while length > 0. */
  choose(): number;
}

/** First come, first served: an intrusive list. */
export class LongestWaiting implements Parking {
  length = 0;
  private head = NONE;
  private tail = NONE;

  constructor(private readonly polls: PollColumns) {}

  park(call: number): void {
    const { next, prev } = this.polls;
    next[call] = NONE;
    prev[call] = this.tail;
    if (this.tail === NONE) this.head = call;
    else next[this.tail] = call;
    this.tail = call;
    this.length++;
  }

  unpark(call: number): void {
    const { next, prev } = this.polls;
    const after = next[call];
    const before = prev[call];
    if (before === NONE) this.head = after;
    else next[before] = after;
    if (after === NONE) this.tail = before;
    else prev[after] = before;
    this.length--;
  }

  choose(): number {
    return this.head;
  }
}

/** Any of them: an array whose holes are filled from the end; `next` is the place of a call in it. */
export class AnyWaiting implements Parking {
  private readonly waiting: number[] = [];

  constructor(
    private readonly polls: PollColumns,
    private readonly choices: Stream,
  ) {}

  get length(): number {
    return this.waiting.length;
  }

  park(call: number): void {
    this.polls.next[call] = this.waiting.length;
    this.waiting.push(call);
  }

  unpark(call: number): void {
    const place = this.polls.next[call];
    const last = this.waiting.pop()!;
    if (last === call) return;
    this.waiting[place] = last;
    this.polls.next[last] = place;
  }

  choose(): number {
    return this.waiting[this.choices.below(this.waiting.length)];
  }
}
