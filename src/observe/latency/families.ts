/**
 * Families: a message and all that was made from it, directly or not. The latency of the traffic that sent the first
 * of them lasts until the last obligation of the family is done. Kept only where messages are made from others.
 *
 * Its split is that of the obligation that was done last, behind the way of each ancestor until the next was born:
 * the parts of the hand-out whose run was going on then; where none was (whoever made it had been given up), all of
 * the ancestor's time is `handler`. What is under way to where it is sent counts as open, too. A family is told
 * once: what is done again later adds nothing.
 */

import type { Messages, MessageTable } from '../../components/messages.js';
import { Extension, Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { OPEN_OBLIGATIONS, TOLD } from '../rows.js';
import { HANDLER, PART_COUNT } from './parts.js';
import type { Pasts } from './pasts.js';
import type { Scopes } from './scopes.js';

const NONE = -1;

class FamilyMember extends Extension {
  /** Its family: row + 1, 0: it has none. */
  readonly family = this.i32('family');
  /** Of a child: how the time from the first birth to its own is split: a past + 1. */
  readonly before = this.i32('before');
  /** The hand-out whose run began last: row + 1. It may be over. */
  readonly running = this.i32('running');

  /** Nothing: what a row was is given back when it is born anew. */
  override wipe(): void {
    // See above.
  }
}

class FamilyTable extends Table {
  /** Rows of messages that were or are in it. */
  readonly members = this.i32('members');
  /** Obligations that are not done, and children that are under way. */
  readonly open = this.i32('open');
  /** Who sent the first of them, and when it was born, µs. */
  readonly source = this.u16('source');
  readonly bornAt = this.f64('bornAt');
  /** What was done last: a past, or NONE. */
  readonly last = this.i32('last');
  /** 1: its latency was recorded. */
  readonly told = this.u8('told');
}

export class Families {
  private readonly table: MessageTable;
  private readonly members: FamilyMember;
  private readonly families = new FamilyTable({ capacity: 16, poison: false });
  private readonly whole = new Float64Array(PART_COUNT);

  constructor(
    private readonly messages: Messages,
    private readonly pasts: Pasts,
    private readonly scopes: Scopes,
    private readonly warmUp: Micros,
  ) {
    this.table = messages.messages;
    this.members = new FamilyMember(messages.messages);
  }

  /** Whether the message is one of several. */
  has(message: number): boolean {
    return this.members.family[message] !== 0;
  }

  // --- births --------------------------------------------------------------------------------------

  /** A message is born into a row: what the row was before is over. Returns its parent, or NONE. */
  begins(message: number): number {
    const { before, family, running } = this.members;
    const stale = family[message];
    if (before[message] !== 0) this.pasts.free(before[message] - 1);
    family[message] = 0;
    before[message] = 0;
    running[message] = 0;
    if (stale !== 0) this.leave(stale - 1);
    return this.messages.lineage!.parent[message];
  }

  private leave(family: number): void {
    const { families } = this;
    if (--families.members[family] > 0) return;
    if (families.last[family] !== NONE) this.pasts.free(families.last[family]);
    families.free(family);
  }

  /** The hand-out of the message whose run is going on, or NONE. */
  running(message: number): number {
    const { deliveries, obligations } = this.messages;
    const delivery = this.members.running[message] - 1;
    const goesOn =
      delivery !== NONE &&
      deliveries.isLive(delivery) &&
      deliveries.running[delivery] === 1 &&
      obligations.message[deliveries.obligation[delivery]] === message;
    return goesOn ? delivery : NONE;
  }

  runBegan(delivery: number): void {
    const { deliveries, obligations } = this.messages;
    this.members.running[obligations.message[deliveries.obligation[delivery]]] = delivery + 1;
  }

  /**
   * `child` was made from `parent`, now. `undone`: the parent's obligations as MessageMemory has them; `way`: the
   * split of the parent's own time, null: nothing is known of it.
   */
  joins(child: number, parent: number, undone: number, way: Float64Array | null): void {
    const { families, members, pasts, table } = this;
    if (!this.has(parent)) this.found(parent, undone);
    const family = members.family[parent] - 1;
    members.family[child] = family + 1;
    families.members[family]++;
    families.open[family]++;
    const before = pasts.add();
    const earlier = members.before[parent] - 1;
    if (earlier >= 0) this.add(before, earlier);
    if (way === null) pasts.put(before, HANDLER, table.bornAt[child] - table.bornAt[parent]);
    else for (let part = 0; part < PART_COUNT; part++) pasts.put(before, part, way[part]);
    members.before[child] = before + 1;
  }

  private found(first: number, undone: number): void {
    const { families, members, table } = this;
    const family = families.add();
    families.members[family] = 1;
    families.open[family] = undone & OPEN_OBLIGATIONS;
    families.source[family] = table.source[first];
    families.bornAt[family] = table.bornAt[first];
    families.last[family] = NONE;
    families.told[family] = (undone & TOLD) === 0 ? 0 : 1;
    members.family[first] = family + 1;
  }

  private add(past: number, other: number): void {
    this.pasts.read(other, this.whole);
    for (let part = 0; part < PART_COUNT; part++) this.pasts.put(past, part, this.whole[part]);
  }

  // --- what is open --------------------------------------------------------------------------------

  /** A child is not under way any more: it was acknowledged, or given up. */
  arrived(message: number): void {
    if (this.members.before[message] !== 0) this.closes(message);
  }

  owed(message: number): void {
    const family = this.members.family[message];
    if (family !== 0) this.families.open[family - 1]++;
  }

  /** An obligation of the message was done, now; `split`: of the time since its own birth. */
  done(message: number, now: Micros, split: Float64Array): void {
    const { families, members, pasts } = this;
    const family = members.family[message] - 1;
    const before = members.before[message] - 1;
    if (families.last[family] !== NONE) pasts.free(families.last[family]);
    const last = pasts.add();
    for (let part = 0; part < PART_COUNT; part++) pasts.put(last, part, split[part]);
    if (before >= 0) this.add(last, before);
    pasts.goesUntil(last, now);
    families.last[family] = last;
  }

  /** One less of what was open of the message is so. */
  closes(message: number): void {
    const { families, pasts } = this;
    const family = this.members.family[message] - 1;
    if (--families.open[family] > 0 || families.told[family] === 1) return;
    const last = families.last[family];
    if (last === NONE) return;
    families.told[family] = 1;
    const bornAt = families.bornAt[family];
    if (bornAt < this.warmUp) return;
    pasts.read(last, this.whole);
    this.scopes.source(families.source[family]).record(pasts.until(last) - bornAt, this.whole);
  }
}
