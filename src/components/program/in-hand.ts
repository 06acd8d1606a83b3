/**
 * Messages of a batch whose turn has not come, as a list of deliveries in the order in which they were handed
 * out; and who may take which: those of one message group are handled in turn.
 */

import type { DeliveryTable } from '../messages.js';
import { NONE } from '../messages.js';
import { NO_LABEL } from '../queue-port.js';
import type { LaneTable, LoopTable } from './tables.js';

export class InHand {
  constructor(
    private readonly deliveries: DeliveryTable,
    private readonly loops: LoopTable,
    private readonly lanes: LaneTable,
  ) {}

  /** Takes the first, or NONE. */
  take(loop: number): number {
    const delivery = this.loops.inHand[loop];
    if (delivery !== NONE) this.cut(loop, NONE, delivery);
    return delivery;
  }

  /** Takes the first whose group no lane of the loop is at, or NONE. */
  takeOfFreeGroup(loop: number): number {
    const { next, group } = this.deliveries;
    let before = NONE;
    let delivery = this.loops.inHand[loop];
    while (delivery !== NONE && this.isBusyWith(loop, group[delivery])) {
      before = delivery;
      delivery = next[delivery];
    }
    if (delivery !== NONE) this.cut(loop, before, delivery);
    return delivery;
  }

  private isBusyWith(loop: number, group: number): boolean {
    if (group === NO_LABEL) return false;
    const { job, sibling } = this.lanes;
    for (let at = this.loops.firstLane[loop]; at !== 0; at = sibling[at - 1]) {
      const delivery = job[at - 1];
      if (delivery !== NONE && this.deliveries.group[delivery] === group) return true;
    }
    return false;
  }

  /** Takes all of a group; returns them as a list. */
  takeGroup(loop: number, wanted: number): number {
    const { next, group } = this.deliveries;
    let first = NONE;
    let last = NONE;
    let before = NONE;
    for (let delivery = this.loops.inHand[loop]; delivery !== NONE;) {
      const after = next[delivery];
      if (group[delivery] === wanted) {
        this.cut(loop, before, delivery);
        if (last === NONE) first = delivery;
        else next[last] = delivery;
        last = delivery;
      } else {
        before = delivery;
      }
      delivery = after;
    }
    return first;
  }

  /** Takes out the delivery that stands behind `before` (NONE: at the head). */
  private cut(loop: number, before: number, delivery: number): void {
    const { next } = this.deliveries;
    if (before === NONE) this.loops.inHand[loop] = next[delivery];
    else next[before] = next[delivery];
    next[delivery] = NONE;
  }
}
