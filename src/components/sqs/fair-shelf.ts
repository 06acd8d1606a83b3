/**
 * The shelf of a fair queue: a standard queue to which messages with a MessageGroupId were sent. Each group
 * is a tenant; a message without one is a tenant of its own, and always quiet.
 *
 * Receives return what quiet tenants have, in the order of a plain queue. When there is nothing, they get
 * messages of the noisy tenant with the fewest in flight, among equals of the one that was served longest
 * ago. Who is noisy, and since when, is decided in fair-tenants.ts.
 *
 * All copies stand in line as in a plain queue. A receive that meets one of a noisy tenant sets it aside,
 * once; so quiet tenants cost what they cost in a plain queue, and when the line is empty all that
 * noisy tenants have lies aside. What lies aside when its tenant is quiet again is older than what the
 * tenant has in line, and comes in its old place.
 * Source: SQS Developer Guide "sqs-fair-queues-detailed", Nov 2026.
 */

import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';
import type { CopyColumns } from './copies.js';
import { CopyState } from './copies.js';
import { FairCells } from './fair-cells.js';
import type { FairCopies } from './fair-store.js';
import { FairStore } from './fair-store.js';
import { FairTenants } from './fair-tenants.js';
import type { Shelf } from './shelf.js';
import { VisibleList } from './visible-list.js';

/** A queue that is about to be fair. */
interface PlainQueue {
  readonly world: World;
  readonly copies: CopyColumns;
  readonly shelf: Shelf;
  readonly inFlight: number;
  readonly options: { readonly assume: { readonly fairWindow: Micros } };
}

export class FairShelf implements Shelf {
  private readonly store: FairStore;
  private readonly cells: FairCells;
  private readonly tenants: FairTenants;
  private readonly fairCopies: FairCopies;
  /** Copies that were set aside. */
  private aside = 0;
  /** Copies that became visible so far. */
  private pushed = 0;

  /** The shelf of a queue that becomes fair: whatever lies in it by now has no group. */
  static takeOver({ world, copies, shelf, inFlight, options }: PlainQueue): FairShelf {
    check(shelf instanceof VisibleList, 'only a plain queue becomes fair');
    const fair = new FairShelf(world, copies, shelf, options.assume.fairWindow);
    fair.tenants.takeOver(inFlight);
    return fair;
  }

  /** `line`: the visible copies, none of which has a group; `window`: over how long processing time is taken. */
  constructor(
    world: World,
    private readonly copies: CopyColumns,
    private readonly line: VisibleList,
    window: Micros,
  ) {
    this.store = world.shared(FairStore);
    this.fairCopies = this.store.copies;
    this.cells = new FairCells(this.store, copies, line.shards);
    this.tenants = new FairTenants(world.kernel, this.store.tenants, this.cells, window);
  }

  get length(): number {
    return this.line.length + this.aside;
  }

  /** The shard where the next receive begins to look. */
  get turn(): number {
    return this.line.turn;
  }

  set turn(shard: number) {
    this.line.turn = shard;
  }

  // --- for metrics -----------------------------------------------------------------------------------

  get noisyGroups(): number {
    this.tenants.lookAround();
    return this.tenants.noisy;
  }

  /** Visible copies of quiet tenants. */
  get quietVisible(): number {
    this.tenants.lookAround();
    return this.length - this.tenants.noisyCopies.visible;
  }

  get quietInFlight(): number {
    this.tenants.lookAround();
    return this.tenants.inFlight - this.tenants.noisyCopies.inFlight;
  }

  /** Of `delayed` copies in the queue, those of quiet tenants. */
  quietDelayed(delayed: number): number {
    this.tenants.lookAround();
    const { all, visible, inFlight } = this.tenants.noisyCopies;
    return delayed - (all - visible - inFlight);
  }

  // --- a copy comes and goes -------------------------------------------------------------------------

  enter(copy: number, group: number): void {
    if (group === NO_LABEL) return;
    const tenant = this.tenants.of(group);
    this.fairCopies.tenant[copy] = tenant + 1;
    this.tenants.enter(tenant);
  }

  leave(copy: number): void {
    const tenant = this.tenantOf(copy);
    this.fairCopies.tenant[copy] = 0;
    this.fairCopies.order[copy] = 0;
    if (tenant !== NONE) this.tenants.leave(tenant);
  }

  groupOf(copy: number): number {
    const tenant = this.tenantOf(copy);
    return tenant === NONE ? NO_LABEL : this.store.tenants.label[tenant];
  }

  /** The row of the copy's tenant; NONE when it has no group. */
  private tenantOf(copy: number): number {
    return Math.abs(this.fairCopies.tenant[copy]) - 1;
  }

  pushFresh(copy: number): void {
    this.show(copy);
    this.line.pushFresh(copy);
  }

  pushReturned(copy: number): void {
    this.show(copy);
    this.line.pushReturned(copy);
  }

  private show(copy: number): void {
    const tenant = this.tenantOf(copy);
    this.fairCopies.order[copy] = ++this.pushed;
    if (tenant !== NONE) this.tenants.show(tenant);
  }

  remove(copy: number): void {
    const tenant = this.tenantOf(copy);
    if (this.fairCopies.tenant[copy] < 0) {
      this.fairCopies.tenant[copy] = tenant + 1;
      this.cells.remove(tenant, copy);
      this.aside--;
    } else this.line.remove(copy);
    if (tenant !== NONE) this.tenants.hide(tenant);
  }

  take(copy: number): void {
    this.tenants.take(this.tenantOf(copy));
  }

  land(copy: number): void {
    this.tenants.land(this.tenantOf(copy));
  }

  // --- what a receive gets ---------------------------------------------------------------------------

  /* oxlint-disable-next-line no-empty-function -- each message is chosen for itself */
  begin(): void {}

  next(shards: number): number {
    const { line, cells, tenants } = this;
    tenants.settle();
    for (;;) {
      const open = (line.filled | cells.quietShards) & shards;
      if (open === 0) return this.nextNoisy(cells.noisyShards & shards);
      const shard = this.ahead(open);
      const copy = this.firstOf(shard);
      const tenant = this.tenantOf(copy);
      if (tenant === NONE || tenants.isQuiet(tenant)) {
        this.passTurn(shard);
        return copy;
      }
      if (this.fairCopies.tenant[copy] > 0) this.setAside(tenant, copy);
    }
  }

  /** The first copy on a shard where the line or a quiet tenant has something. */
  private firstOf(shard: number): number {
    const inLine = this.line.first(shard);
    if ((this.cells.quietShards & (1 << shard)) === 0) return inLine;
    const aside = this.cells.quietCopy(shard);
    return inLine !== NONE && this.isBefore(inLine, aside) ? inLine : aside;
  }

  /** The order of a plain queue. */
  private isBefore(a: number, b: number): boolean {
    const { order } = this.fairCopies;
    const { state } = this.copies;
    if (state[a] !== state[b]) return state[a] === CopyState.Returned;
    return order[a] < order[b];
  }

  private setAside(tenant: number, copy: number): void {
    this.line.remove(copy);
    this.cells.push(tenant, copy);
    this.fairCopies.tenant[copy] = -(tenant + 1);
    this.aside++;
  }

  /** `open`: shards on which noisy tenants have something. */
  private nextNoisy(open: number): number {
    const { cells } = this;
    let best = NONE;
    let its = 0;
    for (let left = open; left !== 0; left &= left - 1) {
      const bit = left & -left;
      const tenant = cells.noisyTenant(31 - Math.clz32(bit));
      if (tenant === best) its |= bit;
      else if (best === NONE || cells.isBefore(tenant, best)) {
        best = tenant;
        its = bit;
      }
    }
    if (best === NONE) return NONE;
    const shard = this.ahead(its);
    this.passTurn(shard);
    return cells.noisyCopy(shard);
  }

  /** The first of the `open` shards at or after the turn. */
  private ahead(open: number): number {
    const later = open & (-1 << this.line.turn);
    const pick = later === 0 ? open : later;
    return 31 - Math.clz32(pick & -pick);
  }

  private passTurn(shard: number): void {
    this.line.turn = (shard + 1) % this.line.shards;
  }
}
