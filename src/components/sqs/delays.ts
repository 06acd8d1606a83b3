/**
 * Copies that are not visible yet: their delay lasts, or not all hosts know them. Those that SQS brings
 * forth by itself come up here, too.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { DelayTable } from './copies.js';
import { CopyState } from './copies.js';
import type { Queue } from './queue.js';

export class Delays {
  /** Copies that were never visible yet. */
  count = 0;
  private readonly rows: DelayTable;
  private readonly deadlines: Deadlines;
  private readonly onPropagated: Handler;
  /** What listeners know of the delay. */
  private readonly asBuilt: Micros;

  constructor(private readonly queue: Queue) {
    const { kernel } = queue.world;
    const { name, delay } = queue.options;
    this.rows = queue.store.delays;
    this.asBuilt = delay;
    this.onPropagated = kernel.handler(`${name}/propagated`, (row) => this.end(row));
    const { delay: links } = this.rows;
    this.deadlines = new Deadlines(kernel, `${name}/delay`, links, (row) => this.end(row));
  }

  /** For its delay, or the time until all hosts know the copy, whichever is longer. */
  hold(copy: number, delay: Micros, spread: Micros): void {
    const row = this.addRow(copy, delay);
    if (delay >= spread) this.deadlines.set(row, delay);
    else this.queue.world.kernel.after(spread, this.onPropagated, row);
  }

  /** A copy that nobody sent comes up after `time` µs. */
  holdFor(copy: number, time: Micros): void {
    this.queue.world.kernel.after(time, this.onPropagated, this.addRow(copy, this.asBuilt));
  }

  private addRow(copy: number, delay: Micros): number {
    const { rows } = this;
    const { copies } = this.queue;
    const row = rows.add();
    rows.copy[row] = copy;
    rows.place[row] = copies.prev[copy];
    rows.asked[row] = delay;
    copies.state[copy] = CopyState.Delayed;
    copies.prev[copy] = row;
    this.count++;
    return row;
  }

  private end(row: number): void {
    const { rows, queue } = this;
    const copy = rows.copy[row];
    const place = rows.place[row];
    const asked = queue.fifo === null ? rows.asked[row] : queue.options.delay;
    rows.free(row);
    if (copy === NONE) return;
    this.count--;
    queue.copies.prev[copy] = place;
    queue.shelf.pushFresh(copy);
    if (asked !== this.asBuilt) queue.facts.delayed(queue.id, copy, asked);
    queue.facts.visible(queue.id, copy);
    queue.receiving.serve();
  }

  /** The copy goes before its time; its state stays Delayed. */
  withdraw(copy: number): void {
    const { rows, deadlines, queue } = this;
    const row = queue.copies.prev[copy];
    this.count--;
    queue.copies.prev[copy] = rows.place[row];
    rows.copy[row] = NONE;
    if (!deadlines.has(row)) return; // an event names the row; it frees it
    deadlines.clear(row);
    rows.free(row);
  }

  /** FIFO queues: the delay of what is held changes with the queue's. */
  changeDelay(from: Micros, to: Micros): void {
    this.deadlines.changeDelay(from, to);
  }
}
