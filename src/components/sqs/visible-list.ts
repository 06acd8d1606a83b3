/**
 * The shelf of a standard queue: per storage shard two first-in-first-out lists, those that were
 * received before and came back, then those never received. Within a shard the order is the order
 * of sending, as far as SQS keeps one; across shards a receive goes round (aws-messaging: "best
 * effort"). With one shard the order is exact.
 */

import { NONE } from '../messages.js';
import { NO_LABEL } from '../queue-port.js';
import type { CopyColumns } from './copies.js';
import { CopyState, SHARD } from './copies.js';
import type { Shelf } from './shelf.js';

export class VisibleList implements Shelf {
  /** All visible copies. */
  length = 0;
  /** Bit s: shard s holds something. Written only here. */
  filled = 0;
  /** The shard where the next receive begins to look. */
  turn = 0;
  private readonly returnedHead: Int32Array;
  private readonly returnedTail: Int32Array;
  private readonly freshHead: Int32Array;
  private readonly freshTail: Int32Array;

  constructor(
    private readonly copies: CopyColumns,
    readonly shards: number,
  ) {
    this.returnedHead = new Int32Array(shards).fill(NONE);
    this.returnedTail = new Int32Array(shards).fill(NONE);
    this.freshHead = new Int32Array(shards).fill(NONE);
    this.freshTail = new Int32Array(shards).fill(NONE);
  }

  /** Appends a copy that was never received, or that SQS has put back behind the others. */
  pushFresh(copy: number): void {
    this.copies.state[copy] = CopyState.Fresh;
    this.push(copy, this.freshHead, this.freshTail);
  }

  /** Appends a copy to those that came back. */
  pushReturned(copy: number): void {
    this.copies.state[copy] = CopyState.Returned;
    this.push(copy, this.returnedHead, this.returnedTail);
  }

  /** Takes out a copy, wherever it stands. */
  remove(copy: number): void {
    const returned = this.copies.state[copy] === CopyState.Returned;
    if (returned) this.unlink(copy, this.returnedHead, this.returnedTail);
    else this.unlink(copy, this.freshHead, this.freshTail);
  }

  /** The next of the `shards` that holds something, at or after the turn; the turn goes on behind it. */
  next(shards: number): number {
    const open = this.filled & shards;
    if (open === 0) return NONE;
    if (this.shards === 1) return this.first(0);
    const ahead = open & (-1 << this.turn);
    const pick = ahead === 0 ? open : ahead;
    const shard = 31 - Math.clz32(pick & -pick);
    this.turn = (shard + 1) % this.shards;
    return this.first(shard);
  }

  /** The first copy of a shard, or NONE. */
  first(shard: number): number {
    const head = this.returnedHead[shard];
    return head >= 0 ? head : this.freshHead[shard];
  }

  groupOf(): number {
    return NO_LABEL;
  }

  /* oxlint-disable no-empty-function -- where a copy is, and with whom, is all the same here */
  enter(): void {}
  take(): void {}
  land(): void {}
  leave(): void {}
  begin(): void {}
  /* oxlint-enable no-empty-function */

  private push(copy: number, heads: Int32Array, tails: Int32Array): void {
    const c = this.copies;
    const shard = c.shard[copy] & SHARD;
    const tail = tails[shard];
    c.next[copy] = -1;
    c.prev[copy] = tail;
    if (tail < 0) heads[shard] = copy;
    else c.next[tail] = copy;
    tails[shard] = copy;
    this.filled |= 1 << shard;
    this.length++;
  }

  private unlink(copy: number, heads: Int32Array, tails: Int32Array): void {
    const c = this.copies;
    const shard = c.shard[copy] & SHARD;
    const next = c.next[copy];
    const prev = c.prev[copy];
    if (prev < 0) heads[shard] = next;
    else c.next[prev] = next;
    if (next < 0) tails[shard] = prev;
    else c.prev[next] = prev;
    this.length--;
    if (prev < 0 && next < 0) this.closeIfEmpty(shard);
  }

  /** One of the lists of the shard has just become empty. */
  private closeIfEmpty(shard: number): void {
    if (this.returnedHead[shard] < 0 && this.freshHead[shard] < 0) this.filled &= ~(1 << shard);
  }
}
