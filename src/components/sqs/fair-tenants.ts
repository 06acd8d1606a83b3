/**
 * The tenants of a fair queue, and which of them are noisy.
 *
 * - A tenant is over the mark while it has more than 10 % of the messages in flight, and 30 at least; or
 *   more than 10 % of the processing time: how long messages were in flight in the last minute
 *   (`fairWindow`), its own against all.
 * - It becomes noisy when it is found over the mark: as one of its messages is handed out, as one is in
 *   flight no more, or before a receive would return one of its own.
 * - It is quiet again when its backlog (visible messages) is used up, unless it is over the mark still; or
 *   when none of its messages was in flight for five minutes.
 *
 * The marks hold for few tenants, too: each of nine equal ones is noisy, and so is a tenant alone, which
 * changes nothing until another one comes.
 *
 * Source: SQS Developer Guide "sqs-fair-queues-detailed", Nov 2026. AWS calls its marks approximate, and
 * says neither what a "recent" share is nor when it looks.
 */

import type { Kernel } from '../../kernel/kernel.js';
import { RowIndex } from '../../kernel/row-index.js';
import type { Micros } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { FairCells } from './fair-cells.js';
import type { TenantTable } from './fair-store.js';
import { FairWindow } from './fair-window.js';
import { GroupHeap } from './group-heap.js';
import { SQS_LIMITS } from './limits.js';

const { noisySharePercent, noisyInFlightMin, quietAfter } = SQS_LIMITS;

/** Copies of some tenants. */
interface Counts {
  all: number;
  visible: number;
  inFlight: number;
}

export class FairTenants {
  /** How many are noisy, and what they have. Up to date after `lookAround`. */
  noisy = 0;
  readonly noisyCopies: Counts = { all: 0, visible: 0, inFlight: 0 };
  private readonly byLabel: RowIndex;
  private readonly window: FairWindow;
  /** Noisy ones with nothing in flight, the one that has been so longest on top. */
  private readonly idle: GroupHeap;
  /** Noisy ones without a backlog. */
  private readonly bare: number[] = [];
  /** Hand-outs so far. */
  private turns = 0;

  /** `window`: over how long processing time is taken. */
  constructor(
    private readonly kernel: Kernel,
    private readonly tenants: TenantTable,
    private readonly cells: FairCells,
    window: Micros,
  ) {
    this.byLabel = new RowIndex((tenant, label) => tenants.label[tenant] === label);
    this.window = new FairWindow(tenants, window, (tenant) => this.forgetIfGone(tenant));
    this.idle = new GroupHeap(tenants);
  }

  /** Copies in flight, of whichever tenant. */
  get inFlight(): number {
    return this.window.inFlight;
  }

  /** The row of the tenant with this label. */
  of(label: number): number {
    const known = this.byLabel.get(label);
    return known === NONE ? this.add(label) : known;
  }

  private add(label: number): number {
    const { tenants } = this;
    const tenant = tenants.addZeroed();
    tenants.label[tenant] = label;
    tenants.cell[tenant] = NONE;
    tenants.place[tenant] = NONE;
    tenants.bare[tenant] = NONE;
    this.byLabel.set(tenant, label);
    return tenant;
  }

  /** A tenant without messages and without processing time in the window is as good as unknown. */
  private forgetIfGone(tenant: number): void {
    const { tenants } = this;
    if (tenants.copies[tenant] > 0 || tenants.entries[tenant] > 0) return;
    if (tenants.isNoisy[tenant] === 1) this.quieten(tenant);
    this.byLabel.delete(tenants.label[tenant]);
    tenants.free(tenant);
  }

  // --- what happens to their copies ------------------------------------------------------------------

  enter(tenant: number): void {
    this.tenants.copies[tenant]++;
    if (this.tenants.isNoisy[tenant] === 1) this.noisyCopies.all++;
  }

  leave(tenant: number): void {
    this.tenants.copies[tenant]--;
    if (this.tenants.isNoisy[tenant] === 1) this.noisyCopies.all--;
    this.forgetIfGone(tenant);
  }

  /** A copy is about to be visible. */
  show(tenant: number): void {
    const { tenants } = this;
    if (tenants.bare[tenant] !== NONE) this.judgeAnew(tenant);
    tenants.visible[tenant]++;
    if (tenants.isNoisy[tenant] === 1) this.noisyCopies.visible++;
  }

  /** A copy is visible no more. */
  hide(tenant: number): void {
    const { tenants } = this;
    tenants.visible[tenant]--;
    if (tenants.isNoisy[tenant] === 0) return;
    this.noisyCopies.visible--;
    if (tenants.visible[tenant] > 0) return;
    this.list(tenant);
    this.settle();
    this.judge(tenant);
  }

  /** A copy is in flight; NONE: one without a group. */
  take(tenant: number): void {
    const { tenants } = this;
    this.settle();
    this.window.change(tenant, 1, this.kernel.now);
    if (tenant === NONE) return;
    tenants.turn[tenant] = ++this.turns;
    if (tenants.isNoisy[tenant] === 1) {
      this.noisyCopies.inFlight++;
      this.idle.remove(tenant);
      this.cells.refile(tenant);
    }
    this.judge(tenant);
  }

  /** A copy is in flight no more. */
  land(tenant: number): void {
    const { tenants } = this;
    const { now } = this.kernel;
    this.settle();
    this.window.change(tenant, -1, now);
    if (tenant === NONE) return;
    const isIdle = tenants.inFlight[tenant] === 0;
    if (isIdle) tenants.idleSince[tenant] = now;
    if (tenants.isNoisy[tenant] === 1) {
      this.noisyCopies.inFlight--;
      if (isIdle) this.idle.put(tenant, now, tenant);
      this.cells.refile(tenant);
    }
    this.judge(tenant);
  }

  /** So many copies without a group are in flight already. */
  takeOver(inFlight: number): void {
    this.window.change(NONE, inFlight, this.kernel.now);
  }

  // --- noisy or quiet --------------------------------------------------------------------------------

  /** What time alone has brought about; before anything is asked. */
  settle(): void {
    const { idle, tenants } = this;
    const { now } = this.kernel;
    this.window.moveTo(now);
    for (let top = idle.top; top !== NONE; top = idle.top) {
      if (now - tenants.idleSince[top] < quietAfter) return;
      this.quieten(top);
    }
  }

  /** The same for what nobody feels until the tenant has a backlog again; before anything is counted. */
  lookAround(): void {
    this.settle();
    for (let i = this.bare.length - 1; i >= 0; i--) this.judge(this.bare[i]);
  }

  /** Whether a receive may return a copy of the tenant now. */
  isQuiet(tenant: number): boolean {
    const { isNoisy } = this.tenants;
    if (isNoisy[tenant] === 0 && this.isOver(tenant)) this.makeNoisy(tenant);
    return isNoisy[tenant] === 0;
  }

  private isOver(tenant: number): boolean {
    const { tenants, window } = this;
    const { now } = this.kernel;
    const inFlight = tenants.inFlight[tenant];
    if (inFlight >= noisyInFlightMin && 100 * inFlight > noisySharePercent * window.inFlight)
      return true;
    if (inFlight === 0 && now - tenants.idleSince[tenant] >= quietAfter) return false;
    return 100 * window.timeOf(tenant, now) > noisySharePercent * window.total(now);
  }

  private judge(tenant: number): void {
    const { tenants } = this;
    const isOver = this.isOver(tenant);
    if (tenants.isNoisy[tenant] === 0) {
      if (isOver) this.makeNoisy(tenant);
    } else if (!isOver && tenants.visible[tenant] === 0) this.quieten(tenant);
  }

  /** A noisy tenant without a backlog gets one: it remains noisy if it is over the mark. */
  private judgeAnew(tenant: number): void {
    this.settle();
    if (this.tenants.isNoisy[tenant] === 0) return;
    if (this.isOver(tenant)) this.unlist(tenant);
    else this.quieten(tenant);
  }

  private makeNoisy(tenant: number): void {
    const { tenants } = this;
    this.cells.turn(tenant, true);
    if (tenants.inFlight[tenant] === 0) this.idle.put(tenant, tenants.idleSince[tenant], tenant);
    if (tenants.visible[tenant] === 0) this.list(tenant);
    this.count(tenant, 1);
  }

  private quieten(tenant: number): void {
    this.count(tenant, -1);
    this.cells.turn(tenant, false);
    this.idle.remove(tenant);
    if (this.tenants.bare[tenant] !== NONE) this.unlist(tenant);
  }

  private count(tenant: number, by: 1 | -1): void {
    const { copies, visible, inFlight } = this.tenants;
    const { noisyCopies } = this;
    this.noisy += by;
    noisyCopies.all += by * copies[tenant];
    noisyCopies.visible += by * visible[tenant];
    noisyCopies.inFlight += by * inFlight[tenant];
  }

  private list(tenant: number): void {
    this.tenants.bare[tenant] = this.bare.length;
    this.bare.push(tenant);
  }

  private unlist(tenant: number): void {
    const { bare } = this.tenants;
    const place = bare[tenant];
    const last = this.bare.pop()!;
    bare[tenant] = NONE;
    if (last === tenant) return;
    this.bare[place] = last;
    bare[last] = place;
  }
}
