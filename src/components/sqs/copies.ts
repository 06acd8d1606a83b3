/**
 * What queues keep about their copies and hand-outs, as columns beside the shared tables.
 * One set serves all queues of a world, so that a copy can move to its dead-letter queue in place
 * and hot rows stay in the cache whatever queue they belong to.
 */

import { check } from '../../kernel/check.js';
import { Extension, Table } from '../../kernel/table.js';
import type { World } from '../world.js';
import type { Queue } from './queue.js';

/**
 * Where a copy stands. Fresh and Returned are both visible; those that came back wait in front of
 * those that were never received. Moving: on its way to the dead-letter queue, within one instant.
 */
export const CopyState = {
  Gone: 0,
  Delayed: 1,
  Fresh: 2,
  Returned: 3,
  InFlight: 4,
  Moving: 5,
} as const;

/** Parts of CopyColumns.shard. */
export const SHARD = 0x1f;
export const TWIN = 0x20;

/** Columns beside messages.copies. What `prev` names depends on the state: see there. */
export class CopyColumns extends Extension {
  readonly state = this.u8('state');
  /** The storage shard it lives on, and the bit TWIN if SQS has brought it forth by itself. */
  readonly shard = this.u8('shard');
  /** The resource number of its queue. */
  readonly queue = this.u16('queue');
  /**
   * Standard queues: neighbours in its visible list. FIFO queues: `next` is the next of its group.
   * In flight, `prev` is the delivery; delayed, the row of DelayTable; on a FIFO queue, visible again, the
   * row of ReturnTable, and visible for the first time, its group.
   */
  readonly next = this.i32('next');
  readonly prev = this.i32('prev');
  /** The deadline of its retention; it runs from what SQS calls SentTimestamp. */
  readonly retention = this.links('retention');
}

/** Columns beside messages.deliveries. */
export class HandOutColumns extends Extension {
  /** The end of the visibility timeout. */
  readonly visibility = this.links('visibility');
  /** When the message was received, µs: twelve hours from then it is visible again at the latest. */
  readonly takenAt = this.f64('takenAt');
  /** FIFO queues: the row of its group, and the copy before it. */
  readonly group = this.i32('group');
  readonly before = this.i32('before');
}

/** Only while a copy is delayed. `copy` is NONE when the copy went away before its delay ended. */
export class DelayTable extends Table {
  readonly copy = this.i32('copy');
  /** What stands in `prev` of the copy otherwise. */
  readonly place = this.i32('place');
  /** The delay that was asked for, µs; it takes longer when the hosts need longer. */
  readonly asked = this.f64('asked');
  readonly delay = this.links('delay');
}

/** FIFO queues: only while a copy is visible again. */
export class ReturnTable extends Table {
  /** The row of its group, and the copy before it. */
  readonly group = this.i32('group');
  readonly before = this.i32('before');
  /** Since when it is visible, µs; and its place among what happened at that instant. */
  readonly at = this.f64('at');
  readonly order = this.f64('order');
}

/** Columns beside world.calls, for polls that wait at a queue. */
export class PollColumns extends Extension {
  readonly wait = this.links('wait');
  readonly next = this.i32('next');
  readonly prev = this.i32('prev');
}

/** The queues' common state. */
export class QueueStore {
  readonly copies: CopyColumns;
  readonly handOuts: HandOutColumns;
  readonly delays: DelayTable;
  readonly returns: ReturnTable;
  readonly polls: PollColumns;
  /** Of copies between two queues, within an instant: the label of their group. */
  readonly moving = new Map<number, number>();
  /** Queues by resource number. */
  private readonly queues: (Queue | undefined)[] = [];

  constructor(world: World) {
    this.copies = new CopyColumns(world.messages.copies);
    this.handOuts = new HandOutColumns(world.messages.deliveries);
    this.delays = new DelayTable(world.kernel.tables);
    this.returns = new ReturnTable(world.kernel.tables);
    this.polls = new PollColumns(world.calls);
  }

  add(id: number, queue: Queue): void {
    check(this.queues[id] === undefined, 'a resource is one queue');
    this.queues[id] = queue;
  }

  /** Whether `id` is the dead-letter queue of some queue. */
  isDeadLetterQueue(id: number): boolean {
    return this.queues.some((queue) => queue?.options.deadLetter?.target === id);
  }

  queueAt(id: number): Queue {
    const queue = this.queues[id];
    check(queue !== undefined, 'a dead-letter queue is a queue of the same world');
    return queue;
  }
}
