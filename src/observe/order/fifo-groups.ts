/**
 * What FIFO queues promise of their message groups, and what became of it.
 *
 * Followed are copies that were handed out at least once: of a group, the others come behind them. One is
 * followed while it is in its queue, and beyond that (it was deleted on receipt) until it is done or over.
 *
 * - A message is *reordered* when it is done while an earlier one of its group is neither done nor gone.
 * - The order is *broken* by a hand-out while an earlier one of the group is in the queue, unless both go
 *   out in the same receive; and by a first hand-out that comes behind a later one's.
 *
 * Which is earlier, the sequence numbers of hand-outs tell. Of a message that waits for its first hand-out
 * nothing is kept.
 */
import type { Messages } from '../../components/messages.js';
import { RowIndex } from '../../kernel/row-index.js';
import { Table } from '../../kernel/table.js';

const NONE = -1;
/** Groups of which nothing is followed are remembered up to so many, for the number of their last first hand-out. */
const GROUPS_KEPT = 1_024;

class Followed extends Table {
  /** While it is in its queue. */
  readonly copy = this.i32('copy');
  readonly obligation = this.i32('obligation');
  readonly group = this.i32('group');
  readonly sequence = this.f64('sequence');
  /** Neighbours in its group, by sequence number; NONE at the ends. */
  readonly prev = this.i32('prev');
  readonly next = this.i32('next');
  /** The receive that handed it out last; a number that may come round again. */
  readonly receive = this.u32('receive');
  /** 1 while its copy is in the queue. */
  readonly isIn = this.u8('isIn');
}

class Groups extends Table {
  readonly label = this.f64('label');
  readonly queue = this.u16('queue');
  /** The last that is followed, or NONE. */
  readonly last = this.i32('last');
  /** How many of them are in the queue. */
  readonly present = this.i32('present');
  /** The sequence number of the last that was handed out for the first time. */
  readonly lastFirst = this.f64('lastFirst');
}

export class FifoGroups {
  /** Hand-outs that broke the order, by queue. */
  readonly broken: Float64Array;
  /** Rows of what is in its queue, by copy. */
  private readonly byCopy: RowIndex;
  private readonly followed: Followed;
  private readonly groups: Groups;
  /** By queue; undefined for those without order. */
  private readonly byLabel: (RowIndex | undefined)[] = [];
  /** Deleted, but neither done nor over: rows by obligation. */
  private readonly deletedEarly = new Map<number, number>();
  private receives = 0;

  constructor(
    private readonly messages: Messages,
    names: number,
    queues: readonly number[],
    /** Reordered messages, by consumer. */
    private readonly reordered: Float64Array,
  ) {
    const tables = { capacity: 16, poison: false };
    this.broken = new Float64Array(names);
    this.followed = new Followed(tables);
    this.groups = new Groups(tables);
    const { followed, groups } = this;
    this.byCopy = new RowIndex((row, copy) => followed.copy[row] === copy);
    for (const queue of queues)
      this.byLabel[queue] = new RowIndex((group, label) => groups.label[group] === label);
  }

  keepsOrder(resource: number): boolean {
    return this.byLabel[resource] !== undefined;
  }

  /** A poll was answered: what is handed out from now on belongs to another receive. */
  pollClosed(): void {
    this.receives = (this.receives + 1) >>> 0;
  }

  /** A copy was handed out as the next of its group. */
  handedOut(queue: number, delivery: number, label: number): void {
    const { deliveries } = this.messages;
    const copy = deliveries.copy[delivery];
    const known = this.byCopy.get(copy);
    const row = known >= 0 ? known : this.follow(queue, label, delivery);
    if (known < 0) this.byCopy.set(row, copy);
    this.followed.receive[row] = this.receives;
    if (this.isBehindOthers(row)) this.broken[queue]++;
  }

  /** The run of this hand-out is the first of its obligation that ended well. */
  done(consumer: number, delivery: number, obligation: number): void {
    const f = this.followed;
    const row = this.rowOf(this.messages.deliveries.copy[delivery], obligation);
    if (row === NONE) return;
    for (let before = f.prev[row]; before !== NONE; before = f.prev[before]) {
      if (this.messages.isDone(f.obligation[before])) continue;
      this.reordered[consumer]++;
      break;
    }
    if (f.isIn[row] === 0) this.over(obligation);
  }

  /** A copy left by a delete: its obligation may be open still. */
  deleted(copy: number): void {
    const row = this.byCopy.get(copy);
    if (row < 0) return;
    this.byCopy.delete(copy);
    const f = this.followed;
    const obligation = f.obligation[row];
    this.groups.present[f.group[row]]--;
    f.isIn[row] = 0;
    if (this.messages.isDone(obligation) || this.deletedEarly.has(obligation)) this.unfollow(row);
    else this.deletedEarly.set(obligation, row);
  }

  /** A copy left in another way, and is no earlier one of its group any more. */
  gone(copy: number): void {
    const row = this.byCopy.get(copy);
    if (row < 0) return;
    this.byCopy.delete(copy);
    this.groups.present[this.followed.group[row]]--;
    this.unfollow(row);
  }

  /** An obligation is done or over. */
  over(obligation: number): void {
    if (this.deletedEarly.size === 0) return;
    const row = this.deletedEarly.get(obligation);
    if (row === undefined) return;
    this.deletedEarly.delete(obligation);
    this.unfollow(row);
  }

  /** Rows that follow something. */
  get count(): number {
    return this.followed.count;
  }

  // --- inside --------------------------------------------------------------------------------------

  /** The row that follows a copy of this obligation which was handed out, or NONE. */
  private rowOf(copy: number, obligation: number): number {
    const { copies } = this.messages;
    const row = copies.isLive(copy) ? this.byCopy.get(copy) : NONE;
    if (row >= 0 && this.followed.obligation[row] === obligation) return row;
    return this.deletedEarly.size === 0 ? NONE : (this.deletedEarly.get(obligation) ?? NONE);
  }

  /** Whether an earlier one of the group is in the queue, and was not handed out by the same receive. */
  private isBehindOthers(row: number): boolean {
    const f = this.followed;
    let others = this.groups.present[f.group[row]] - 1;
    for (let before = f.prev[row]; others > 0 && before !== NONE; before = f.prev[before]) {
      if (f.isIn[before] === 0) continue;
      if (f.receive[before] !== f.receive[row]) return true;
      others--;
    }
    return false;
  }

  /** From its first hand-out on. */
  private follow(queue: number, label: number, delivery: number): number {
    const { copy, obligation, sequence } = this.messages.deliveries;
    const f = this.followed;
    const row = f.add();
    const group = this.groupOf(queue, label, sequence[delivery]);
    const g = this.groups;
    if (sequence[delivery] < g.lastFirst[group]) this.broken[queue]++;
    else g.lastFirst[group] = sequence[delivery];
    f.copy[row] = copy[delivery];
    f.obligation[row] = obligation[delivery];
    f.group[row] = group;
    f.sequence[row] = sequence[delivery];
    f.isIn[row] = 1;
    g.present[group]++;
    this.insert(row, group);
    return row;
  }

  /** Behind all that are earlier: nearly always at the end. */
  private insert(row: number, group: number): void {
    const f = this.followed;
    const { last } = this.groups;
    let before = last[group];
    let after = NONE;
    while (before !== NONE && f.sequence[row] < f.sequence[before]) {
      after = before;
      before = f.prev[before];
    }
    f.prev[row] = before;
    f.next[row] = after;
    if (before !== NONE) f.next[before] = row;
    if (after === NONE) last[group] = row;
    else f.prev[after] = row;
  }

  private groupOf(queue: number, label: number, sequence: number): number {
    const byLabel = this.byLabel[queue]!;
    const known = byLabel.get(label);
    if (known >= 0) return known;
    const g = this.groups;
    const group = g.add();
    g.label[group] = label;
    g.queue[group] = queue;
    g.last[group] = NONE;
    g.present[group] = 0;
    g.lastFirst[group] = sequence;
    byLabel.set(group, label);
    return group;
  }

  private unfollow(row: number): void {
    const f = this.followed;
    const g = this.groups;
    const group = f.group[row];
    const before = f.prev[row];
    const after = f.next[row];
    if (before !== NONE) f.next[before] = after;
    if (after === NONE) g.last[group] = before;
    else f.prev[after] = before;
    f.free(row);
    if (g.last[group] !== NONE || g.count <= GROUPS_KEPT) return;
    this.byLabel[g.queue[group]]!.delete(g.label[group]);
    g.free(group);
  }
}
