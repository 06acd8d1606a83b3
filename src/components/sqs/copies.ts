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

/** Columns beside messages.copies. */
export class CopyColumns extends Extension {
  readonly state = this.u8('state');
  /** The storage shard it lives on, and the bit TWIN if SQS has brought it forth by itself. */
  readonly shard = this.u8('shard');
  /** The resource number of its queue. */
  readonly queue = this.u16('queue');
  /** Neighbours in its visible list; in flight, `next` is the delivery; delayed, the row of DelayTable. */
  readonly next = this.i32('next');
  readonly prev = this.i32('prev');
  /** The deadline of its retention; it runs from what SQS calls SentTimestamp. */
  readonly retention = this.links('retention');
}

/** Columns beside messages.deliveries: the end of the visibility timeout. */
export class HandOutColumns extends Extension {
  readonly visibility = this.links('visibility');
}

/** Only while a copy is delayed. `copy` is NONE when the copy went away before its delay ended. */
export class DelayTable extends Table {
  readonly copy = this.i32('copy');
  readonly delay = this.links('delay');
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
  readonly polls: PollColumns;
  /** Queues by resource number. */
  private readonly queues: (Queue | undefined)[] = [];

  constructor(world: World) {
    this.copies = new CopyColumns(world.messages.copies);
    this.handOuts = new HandOutColumns(world.messages.deliveries);
    this.delays = new DelayTable(world.kernel.tables);
    this.polls = new PollColumns(world.calls);
  }

  add(id: number, queue: Queue): void {
    check(this.queues[id] === undefined, 'a resource is one queue');
    this.queues[id] = queue;
  }

  queueAt(id: number): Queue {
    const queue = this.queues[id];
    check(queue !== undefined, 'a dead-letter queue is a queue of the same world');
    return queue;
  }
}
