/** Message groups of ordered links: one push of a group is under way at a time, the others of it wait in line. */

import { NONE } from '../messages.js';
import { NO_LABEL } from '../queue-port.js';
import type { PushTable } from './push-table.js';

/** More links than a pusher can have. */
const LINKS = 0x1_0000;

export class GroupLines {
  /** The last of each line, by group and link; a line that is there has its first under way. */
  private readonly tails = new Map<number, number>();

  constructor(private readonly pushes: PushTable) {}

  /** The push takes its place. True: it is the first, and may go. */
  join(push: number): boolean {
    const { next, group } = this.pushes;
    next[push] = NONE;
    if (group[push] === NO_LABEL) return true;
    const line = this.lineOf(push);
    const tail = this.tails.get(line);
    this.tails.set(line, push);
    if (tail === undefined) return true;
    next[tail] = push;
    return false;
  }

  /** The push is over. Returns the one that may go now, or NONE. */
  leave(push: number): number {
    const { next, group } = this.pushes;
    if (group[push] === NO_LABEL) return NONE;
    if (next[push] === NONE) this.tails.delete(this.lineOf(push));
    return next[push];
  }

  private lineOf(push: number): number {
    return this.pushes.group[push] * LINKS + this.pushes.link[push];
  }
}
