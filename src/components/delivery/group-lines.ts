/** Message groups of ordered links: one push of a group is under way at a time, the others of it wait in line. */

import { NONE } from '../messages.js';
import { NO_LABEL } from '../queue-port.js';
import type { PushTable } from './push-table.js';

export class GroupLines {
  /** By link, the last of each group's line; a line that is there has its first under way. Labels fill a number. */
  private readonly tails: Map<number, number>[] = [];

  constructor(private readonly pushes: PushTable) {}

  /** The push takes its place. True: it is the first, and may go. */
  join(push: number): boolean {
    const { next, group } = this.pushes;
    next[push] = NONE;
    if (group[push] === NO_LABEL) return true;
    const tails = this.tailsOf(push);
    const tail = tails.get(group[push]);
    tails.set(group[push], push);
    if (tail === undefined) return true;
    next[tail] = push;
    return false;
  }

  /** The push is over. Returns the one that may go now, or NONE. */
  leave(push: number): number {
    const { next, group } = this.pushes;
    if (group[push] === NO_LABEL) return NONE;
    if (next[push] === NONE) this.tailsOf(push).delete(group[push]);
    return next[push];
  }

  private tailsOf(push: number): Map<number, number> {
    return (this.tails[this.pushes.link[push]] ??= new Map());
  }
}
