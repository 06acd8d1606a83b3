/**
 * The visible copies of one queue: per storage shard two first-in-first-out lists, those that were
 * received before and came back, then those never received. Within a shard the order is the order
 * of sending, as far as SQS keeps one; across shards a receive goes round (aws-messaging: "best
 * effort"). With one shard the order is exact.
 */

import type { CopyColumns } from './copies.js';
import { CopyState, SHARD } from './copies.js';

const NONE = -1;

export class VisibleList {
  /** All visible copies. */
  length = 0;
  /** Bit s: shard s holds something. */
  private filled = 0;
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

  /** The shards that hold something, as bits. */
  get filledShards(): number {
    return this.filled;
  }

  /** The first copy of a shard that holds something. */
  first(shard: number): number {
    const head = this.returnedHead[shard];
    return head >= 0 ? head : this.freshHead[shard];
  }

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
