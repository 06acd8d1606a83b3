/**
 * The shelf of a FIFO queue.
 *
 * Each group keeps its undeleted messages in the order of sending. Its *deliverable prefix* is the run
 * from its head of messages that are all visible, and a receive takes from deliverable prefixes only:
 * as many as possible of one group, then of the next. Groups come in the order in which their heads
 * became available (send or end of delay; end of the visibility timeout for one that came back), at
 * equal times in the order in which that happened. Source: the rule that reproduces all recorded
 * observations, with its tests, in docs/components/sqs.queue.md; AWS documents no order between groups.
 *
 * Memory: within a group, those that were ever received stand in front of those that never were. So
 * only the former can be taken out of the middle, and need to know the one before them; it stands in
 * the row of the hand-out, or of the return. What waits for the first time needs one link and its group.
 */

import type { Deadlines } from '../../kernel/deadlines.js';
import { RowIndex } from '../../kernel/row-index.js';
import type { Micros } from '../../kernel/time.js';
import type { DeliveryTable } from '../messages.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { CopyColumns, QueueStore, ReturnTable } from './copies.js';
import { CopyState } from './copies.js';
import { GroupHeap } from './group-heap.js';
import { Groups, HEAD, IN_FLIGHT, LAST_RECEIVED, TAIL, WORDS } from './groups.js';
import { ScanWindow } from './scan-window.js';
import type { Shelf } from './shelf.js';

/** What the shelf reads of its queue. */
export interface FifoTimes {
  /** The queue's delay and retention, µs. */
  readonly delay: Micros;
  readonly retention: Micros;
}

export class FifoShelf implements Shelf {
  length = 0;
  /** Groups with messages in flight. */
  groupsInFlight = 0;
  private readonly groups = new Groups();
  private readonly byLabel: RowIndex;
  private readonly available: GroupHeap;
  private readonly window: ScanWindow;
  private readonly copies: CopyColumns;
  private readonly returns: ReturnTable;
  private readonly deliveries: DeliveryTable;
  /** What the receive that is going on would take of the group that it is at. */
  private cursor = NONE;
  /** Of the copy that was removed or landed last: its group, the one before it, whether it was ever received. */
  private group = NONE;
  private before = NONE;
  private wasReceived = false;
  /** … and since when it was visible, µs. */
  private since: Micros = 0;

  constructor(
    private readonly world: World,
    private readonly store: QueueStore,
    private readonly retention: Deadlines,
    private readonly times: FifoTimes,
    scanWindow: number,
  ) {
    const { groups } = this;
    this.byLabel = new RowIndex((group, label) => groups.labelOf(group) === label);
    this.available = new GroupHeap(this.groups);
    this.window = new ScanWindow(retention, scanWindow);
    this.copies = store.copies;
    this.returns = store.returns;
    this.deliveries = world.messages.deliveries;
  }

  // --- a copy comes and goes -----------------------------------------------------------------------

  enter(copy: number, label: number): void {
    const { groups, copies } = this;
    const known = this.byLabel.get(label);
    const group = known === NONE ? this.addGroup(label) : known;
    const tail = groups.words[WORDS * group + TAIL];
    if (tail === NONE) groups.words[WORDS * group + HEAD] = copy;
    else copies.next[tail] = copy;
    groups.words[WORDS * group + TAIL] = copy;
    copies.next[copy] = NONE;
    copies.prev[copy] = group;
    this.window.enter(copy);
  }

  private addGroup(label: number): number {
    const { groups } = this;
    const group = groups.add(label);
    this.byLabel.set(group, label);
    return group;
  }

  leave(copy: number): void {
    const { groups, copies } = this;
    if (copies.state[copy] === CopyState.Delayed) this.recall(copies.prev[copy]);
    const { group, before } = this;
    const next = copies.next[copy];
    const wasHead = groups.words[WORDS * group + HEAD] === copy;
    if (wasHead) groups.words[WORDS * group + HEAD] = next;
    else copies.next[before] = next;
    if (next === NONE) groups.words[WORDS * group + TAIL] = before;
    else this.setBefore(next, before);
    if (groups.words[WORDS * group + LAST_RECEIVED] === copy)
      groups.words[WORDS * group + LAST_RECEIVED] = before;
    this.cursor = next;
    const letIn = this.window.leave(copy, this.times.retention);
    if (groups.words[WORDS * group + HEAD] === NONE) this.dropGroup(group);
    else if (wasHead) this.look(group, this.world.kernel.now);
    if (letIn !== NONE) this.letIn(letIn);
  }

  /** Of a copy of `group` that was never received. */
  private recall(group: number): void {
    this.group = group;
    this.before = this.groups.words[WORDS * group + LAST_RECEIVED];
    this.wasReceived = false;
  }

  private dropGroup(group: number): void {
    this.available.remove(group);
    this.byLabel.delete(this.groups.labelOf(group));
    this.groups.free(group);
  }

  /** A copy has come inside the scan window. */
  private letIn(copy: number): void {
    const group = this.groupRow(copy);
    if (this.groups.words[WORDS * group + HEAD] === copy) this.look(group, this.world.kernel.now);
  }

  /** Only those that were ever received know what stands before them. */
  private setBefore(copy: number, before: number): void {
    const { copies, returns, store } = this;
    const state = copies.state[copy];
    const place = copies.prev[copy];
    if (state === CopyState.InFlight) store.handOuts.before[place] = before;
    else if (state === CopyState.Returned) returns.before[place] = before;
  }

  private groupRow(copy: number): number {
    const { copies, returns, store } = this;
    const place = copies.prev[copy];
    switch (copies.state[copy]) {
      case CopyState.InFlight:
        return store.handOuts.group[place];
      case CopyState.Returned:
        return returns.group[place];
      case CopyState.Delayed:
        return store.delays.place[place];
      default:
        return place;
    }
  }

  groupOf(copy: number): number {
    return this.groups.labelOf(this.groupRow(copy));
  }

  // --- a copy is visible, or not -------------------------------------------------------------------

  pushFresh(copy: number): void {
    const group = this.copies.prev[copy];
    this.copies.state[copy] = CopyState.Fresh;
    this.length++;
    if (this.groups.words[WORDS * group + HEAD] === copy) this.look(group, -1);
  }

  pushReturned(copy: number): void {
    const { copies, returns, group } = this;
    const row = returns.add();
    returns.group[row] = group;
    returns.before[row] = this.before;
    returns.at[row] = this.world.kernel.now;
    returns.order[row] = this.world.kernel.nextSeq();
    copies.state[copy] = CopyState.Returned;
    copies.prev[copy] = row;
    this.length++;
    if (this.groups.words[WORDS * group + HEAD] === copy) this.look(group, this.world.kernel.now);
  }

  remove(copy: number): void {
    const { copies, returns } = this;
    const place = copies.prev[copy];
    this.wasReceived = copies.state[copy] === CopyState.Returned;
    this.length--;
    this.since = this.availableSince(copy);
    if (!this.wasReceived) {
      this.recall(place);
      return;
    }
    this.group = returns.group[place];
    this.before = returns.before[place];
    returns.free(place);
    copies.prev[copy] = this.group;
    copies.state[copy] = CopyState.Fresh;
  }

  take(copy: number, delivery: number): void {
    const { groups, copies, group } = this;
    const { handOuts } = this.store;
    handOuts.group[delivery] = group;
    handOuts.before[delivery] = this.before;
    copies.prev[copy] = delivery;
    this.deliveries.group[delivery] = groups.labelOf(group);
    this.deliveries.sequence[delivery] = this.retention.orderOf(copy);
    if (!this.wasReceived) groups.words[WORDS * group + LAST_RECEIVED] = copy;
    if (groups.words[WORDS * group + IN_FLIGHT]++ === 0) this.groupsInFlight++;
    this.cursor = copies.next[copy];
    if (groups.words[WORDS * group + HEAD] === copy) this.available.remove(group);
  }

  land(copy: number): void {
    const { groups } = this;
    const { handOuts } = this.store;
    const delivery = this.copies.prev[copy];
    this.group = handOuts.group[delivery];
    this.before = handOuts.before[delivery];
    if (--groups.words[WORDS * this.group + IN_FLIGHT] === 0) this.groupsInFlight--;
  }

  /** How long the copy that was taken last was visible while its group was not available, µs. */
  blockedTime(): Micros {
    return Math.max(0, this.groups.openSince(this.group) - this.since);
  }

  // --- what a receive takes ------------------------------------------------------------------------

  begin(): void {
    this.cursor = NONE;
  }

  next(): number {
    const { cursor } = this;
    if (cursor !== NONE && this.isVisible(cursor) && this.window.isInside(cursor)) return cursor;
    const group = this.available.top;
    return group === NONE ? NONE : this.groups.words[WORDS * group + HEAD];
  }

  private isVisible(copy: number): boolean {
    const state = this.copies.state[copy];
    return state === CopyState.Fresh || state === CopyState.Returned;
  }

  /** The delay of the queue has changed, and with it since when heads count as available. */
  lookAgain(): void {
    this.byLabel.forEach((group) => this.look(group, this.groups.openSince(group)));
  }

  /** The head of a group has changed, or its state: is the group available? `since`: µs, -1 as its head came. */
  private look(group: number, since: Micros): void {
    const { groups, available } = this;
    const head = groups.words[WORDS * group + HEAD];
    if (!this.isVisible(head) || !this.window.isInside(head)) {
      available.remove(group);
      return;
    }
    if (!available.has(group)) groups.opened(group, since);
    available.put(group, this.availableSince(head), this.orderOf(head));
  }

  /** Which of two copies that are available since the same instant was so first. */
  private orderOf(copy: number): number {
    const { copies, returns } = this;
    if (copies.state[copy] === CopyState.Returned) return returns.order[copies.prev[copy]];
    return this.retention.orderOf(copy);
  }

  private availableSince(copy: number): Micros {
    const { copies, returns } = this;
    if (copies.state[copy] === CopyState.Returned) return returns.at[copies.prev[copy]];
    return this.retention.baseOf(copy) + this.times.delay;
  }
}
