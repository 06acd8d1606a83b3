/**
 * What a fair queue has set aside, in the two orders in which receives take it.
 *
 * A cell holds copies of one tenant on one storage shard: first those that came back, then those never
 * received, each in the order of becoming visible. Each shard has two heaps of cells. Noisy tenants'
 * cells stand in the order of messages in flight, the fewest first; among equals comes who got a message
 * longest ago. Cells of tenants that are quiet again stand in the order of their first copies, so that all
 * together come out as from one line. A tenant that changes sides takes its cells along, 32 at most.
 */

import { NONE } from '../messages.js';
import type { CopyColumns } from './copies.js';
import { CopyState, SHARD } from './copies.js';
import type { CellTable, FairStore, TenantTable } from './fair-store.js';
import { GroupHeap } from './group-heap.js';

export class FairCells {
  /** Bit s: quiet tenants have something on shard s; the same for noisy ones. */
  quietShards = 0;
  noisyShards = 0;
  private readonly cells: CellTable;
  private readonly tenants: TenantTable;
  private readonly quiet: readonly GroupHeap[];
  private readonly noisy: readonly GroupHeap[];

  constructor(
    private readonly store: FairStore,
    private readonly copies: CopyColumns,
    shards: number,
  ) {
    this.cells = store.cells;
    this.tenants = store.tenants;
    const heaps = () => Array.from({ length: shards }, () => new GroupHeap(this.cells));
    this.quiet = heaps();
    this.noisy = heaps();
  }

  /** The first copy of quiet tenants on a shard where they have something. */
  quietCopy(shard: number): number {
    return this.headOf(this.quiet[shard].top);
  }

  /** The noisy tenant that is served first, on a shard where they have something; and its first copy. */
  noisyTenant(shard: number): number {
    return this.cells.tenant[this.noisy[shard].top];
  }

  noisyCopy(shard: number): number {
    return this.headOf(this.noisy[shard].top);
  }

  /** Whether noisy tenant `a` is served before noisy tenant `b`. */
  isBefore(a: number, b: number): boolean {
    const { inFlight, turn } = this.tenants;
    return inFlight[a] < inFlight[b] || (inFlight[a] === inFlight[b] && turn[a] < turn[b]);
  }

  /** Appends a copy of a noisy tenant to the list that its state says. */
  push(tenant: number, copy: number): void {
    const shard = this.copies.shard[copy] & SHARD;
    let cell = this.cellOf(tenant, shard);
    if (cell === NONE) cell = this.addCell(tenant, shard);
    const { returnedHead, returnedTail, freshHead, freshTail } = this.cells;
    if (this.copies.state[copy] === CopyState.Returned)
      this.append(copy, cell, returnedHead, returnedTail);
    else this.append(copy, cell, freshHead, freshTail);
  }

  remove(tenant: number, copy: number): void {
    const { next, prev, state, shard } = this.copies;
    const after = next[copy];
    const before = prev[copy];
    if (before !== NONE) next[before] = after;
    if (after !== NONE) prev[after] = before;
    if (before !== NONE && after !== NONE) return;
    const cell = this.cellOf(tenant, shard[copy] & SHARD);
    const { returnedHead, returnedTail, freshHead, freshTail } = this.cells;
    const isReturned = state[copy] === CopyState.Returned;
    if (before === NONE) (isReturned ? returnedHead : freshHead)[cell] = after;
    if (after === NONE) (isReturned ? returnedTail : freshTail)[cell] = before;
    if (this.headOf(cell) === NONE) this.dropCell(tenant, cell);
    else if (before === NONE) this.file(cell);
  }

  /** The tenant changes sides. */
  turn(tenant: number, isNoisy: boolean): void {
    const { cells, tenants } = this;
    for (let cell = tenants.cell[tenant]; cell !== NONE; cell = cells.next[cell]) this.unfile(cell);
    tenants.isNoisy[tenant] = isNoisy ? 1 : 0;
    this.refile(tenant);
  }

  /** What orders a noisy tenant among the others has changed. */
  refile(tenant: number): void {
    const { cells, tenants } = this;
    for (let cell = tenants.cell[tenant]; cell !== NONE; cell = cells.next[cell]) this.file(cell);
  }

  // --- inside --------------------------------------------------------------------------------------

  private headOf(cell: number): number {
    const returned = this.cells.returnedHead[cell];
    return returned === NONE ? this.cells.freshHead[cell] : returned;
  }

  private cellOf(tenant: number, shard: number): number {
    const { cells } = this;
    let cell = this.tenants.cell[tenant];
    while (cell !== NONE && cells.shard[cell] !== shard) cell = cells.next[cell];
    return cell;
  }

  private addCell(tenant: number, shard: number): number {
    const { cells, tenants } = this;
    const cell = cells.add();
    cells.tenant[cell] = tenant;
    cells.shard[cell] = shard;
    cells.returnedHead[cell] = NONE;
    cells.returnedTail[cell] = NONE;
    cells.freshHead[cell] = NONE;
    cells.freshTail[cell] = NONE;
    cells.place[cell] = NONE;
    cells.next[cell] = tenants.cell[tenant];
    tenants.cell[tenant] = cell;
    this.file(cell);
    return cell;
  }

  private dropCell(tenant: number, cell: number): void {
    const { cells, tenants } = this;
    this.unfile(cell);
    let before = tenants.cell[tenant];
    if (before === cell) tenants.cell[tenant] = cells.next[cell];
    else {
      while (cells.next[before] !== cell) before = cells.next[before];
      cells.next[before] = cells.next[cell];
    }
    cells.free(cell);
  }

  private append(copy: number, cell: number, heads: Int32Array, tails: Int32Array): void {
    const { next, prev } = this.copies;
    const tail = tails[cell];
    next[copy] = NONE;
    prev[copy] = tail;
    tails[cell] = copy;
    if (tail === NONE) heads[cell] = copy;
    else next[tail] = copy;
  }

  /** Puts a cell where it belongs in the heap of its side. */
  private file(cell: number): void {
    const { cells, tenants } = this;
    const tenant = cells.tenant[cell];
    const shard = cells.shard[cell];
    if (tenants.isNoisy[tenant] === 1) {
      this.noisy[shard].put(cell, tenants.inFlight[tenant], tenants.turn[tenant]);
      this.noisyShards |= 1 << shard;
      return;
    }
    const isFresh = cells.returnedHead[cell] === NONE;
    this.quiet[shard].put(cell, isFresh ? 1 : 0, this.store.copies.order[this.headOf(cell)]);
    this.quietShards |= 1 << shard;
  }

  private unfile(cell: number): void {
    const shard = this.cells.shard[cell];
    const isNoisy = this.tenants.isNoisy[this.cells.tenant[cell]] === 1;
    const heap = (isNoisy ? this.noisy : this.quiet)[shard];
    heap.remove(cell);
    if (heap.top !== NONE) return;
    if (isNoisy) this.noisyShards &= ~(1 << shard);
    else this.quietShards &= ~(1 << shard);
  }
}
