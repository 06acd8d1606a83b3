/**
 * Receive-request attempts of a FIFO queue: a client whose answer was lost asks again under the same
 * ReceiveRequestAttemptId and gets the same messages with the same receipts, hidden anew from now. That
 * holds for five minutes, and as long as all of them are still hidden by that receive: none deleted, none
 * given another timeout. Otherwise it is a receive like any other.
 * Source: botocore sqs ReceiveMessage (ReceiveRequestAttemptId), Aug 2026.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import { Table } from '../../kernel/table.js';
import { NONE } from '../messages.js';
import { QueueOperation } from '../queue-port.js';
import { CopyState } from './copies.js';
import { SQS_LIMITS } from './limits.js';
import type { Queue } from './queue.js';

class AttemptTable extends Table {
  readonly id = this.f64('id');
  readonly window = this.links('window');
}

/** What a hand-out looked like: it is the same as long as all of this is so. */
interface HandedOut {
  readonly delivery: number;
  readonly copy: number;
  readonly receipt: number;
  due: number;
}

export class Attempts {
  private readonly rows: AttemptTable;
  private readonly windows: Deadlines;
  private readonly byId = new Map<number, number>();
  /** By row: what was handed out. Few receives say an id, so that these are plain objects. */
  private readonly handedOut: (readonly HandedOut[])[] = [];
  /** By row: the call whose answer carries them, or carried them. */
  private readonly answeredBy: number[] = [];

  constructor(private readonly queue: Queue) {
    const { kernel } = queue.world;
    this.rows = new AttemptTable(kernel.tables);
    this.windows = new Deadlines(
      kernel,
      `${queue.options.name}/attempts`,
      this.rows.window,
      (row) => this.forget(row),
    );
  }

  /** The receive `call` under `id` got the list of deliveries from `first` on. */
  remember(id: number, first: number, call: number): void {
    const known = this.byId.get(id);
    if (known !== undefined) {
      this.windows.clear(known);
      this.forget(known);
    }
    const { deliveries } = this.queue.messages;
    const row = this.rows.add();
    const list: HandedOut[] = [];
    for (let delivery = first; delivery !== NONE; delivery = deliveries.next[delivery]) {
      const copy = deliveries.copy[delivery];
      const due = this.queue.visibility.dueAt(delivery);
      list.push({ delivery, copy, receipt: deliveries.receipt[delivery], due });
    }
    this.rows.id[row] = id;
    this.handedOut[row] = list;
    this.answeredBy[row] = call;
    this.byId.set(id, row);
    this.windows.set(row, SQS_LIMITS.attemptInterval);
  }

  /** The same deliveries again for `call`, hidden for `timeout` µs from now; NONE when they are not to be had. */
  again(id: number, timeout: number, call: number): number {
    const row = this.byId.get(id);
    if (row === undefined) return NONE;
    const list = this.handedOut[row];
    if (!list.every((one) => this.isUnchanged(one))) return NONE;
    const { messages, visibility } = this.queue;
    this.takeFrom(this.answeredBy[row], id);
    this.answeredBy[row] = call;
    list.forEach((one, i) => {
      messages.consumerTakes(one.delivery);
      messages.deliveries.next[one.delivery] = i + 1 < list.length ? list[i + 1].delivery : NONE;
      visibility.clear(one.delivery);
      visibility.set(one.delivery, timeout);
      one.due = visibility.dueAt(one.delivery);
      this.queue.store.handOuts.takenAt[one.delivery] = this.queue.world.kernel.now;
    });
    return list[0].delivery;
  }

  /** Whether a receive under this id was answered lately. */
  knows(id: number): boolean {
    return this.byId.has(id);
  }

  /** An answer under the same id that its client waits for no more brings nothing: what it carried goes elsewhere. */
  private takeFrom(call: number, id: number): void {
    const { calls } = this.queue.world;
    if (!calls.isLive(call) || calls.abandoned[call] === 0) return;
    if (calls.operation[call] !== QueueOperation.ReceiveMessage || calls.c[call] !== id) return;
    calls.first[call] = NONE;
    calls.carries[call] = 0;
  }

  /** A purge leaves nothing to receive again. */
  clear(): void {
    for (const row of this.byId.values()) {
      this.windows.clear(row);
      this.rows.free(row);
    }
    this.byId.clear();
  }

  private isUnchanged({ delivery, copy, receipt, due }: HandedOut): boolean {
    const { messages, copies, visibility, id } = this.queue;
    return (
      messages.copies.isLive(copy) &&
      copies.queue[copy] === id &&
      copies.state[copy] === CopyState.InFlight &&
      copies.prev[copy] === delivery &&
      messages.deliveries.receipt[delivery] === receipt &&
      visibility.dueAt(delivery) === due
    );
  }

  private forget(row: number): void {
    this.byId.delete(this.rows.id[row]);
    this.rows.free(row);
  }
}
