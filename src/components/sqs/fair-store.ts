/**
 * What fair queues keep of tenants and copies. Made when the first queue of a world becomes fair: until
 * then nobody pays for it.
 */

import { Extension, Table } from '../../kernel/table.js';
import type { World } from '../world.js';

/**
 * Columns beside messages.copies. Both are 0 for every copy that no fair queue was told of: those of
 * plain queues, and those that lay in the queue before it became fair.
 */
export class FairCopies extends Extension {
  /** The row of its tenant + 1, negative once it is set aside; 0: it has no group, and is a tenant of its own. */
  readonly tenant = this.i32('tenant');
  /** Its place in the order in which copies of its queue became visible. */
  readonly order = this.f64('order');

  /** A copy leaves its fair queue with both at 0; so they are on every row that is handed out. */
  override wipe(row: number): void {
    this.tenant[row] = 0;
    this.order[row] = 0;
  }
}

/** The message groups that a fair queue knows: with messages in it, or with processing time in the window. */
export class TenantTable extends Table {
  readonly label = this.f64('label');
  /** Its copies in the queue: all, the visible ones, those in flight. The others are delayed. */
  readonly copies = this.i32('copies');
  readonly visible = this.i32('visible');
  readonly inFlight = this.i32('inFlight');
  /** Copies in flight when the window began. */
  readonly past = this.i32('past');
  /** Processing time in the window that ended at `since`, µs. */
  readonly spent = this.f64('spent');
  readonly since = this.f64('since');
  /** Entries of the window's journal that name it. */
  readonly entries = this.u32('entries');
  readonly isNoisy = this.u8('isNoisy');
  /** Since when nothing of it is in flight, µs; of use only while that is so. */
  readonly idleSince = this.f64('idleSince');
  /** When it got its last message, as a number that counts hand-outs. */
  readonly turn = this.f64('turn');
  /** The first of its cells, or NONE. */
  readonly cell = this.i32('cell');
  /** Where it stands among those that will be quiet again for being idle, or NONE. */
  readonly place = this.i32('place');
  /** Where it stands among those that are noisy without a backlog, or NONE. */
  readonly bare = this.i32('bare');
}

/** The copies of one tenant on one storage shard that were set aside, while there are any. */
export class CellTable extends Table {
  readonly tenant = this.i32('tenant');
  readonly shard = this.u8('shard');
  readonly returnedHead = this.i32('returnedHead');
  readonly returnedTail = this.i32('returnedTail');
  readonly freshHead = this.i32('freshHead');
  readonly freshTail = this.i32('freshTail');
  /** Where it stands in the heap of its shard. */
  readonly place = this.i32('place');
  /** The next cell of the same tenant, or NONE. */
  readonly next = this.i32('next');
}

export class FairStore {
  readonly copies: FairCopies;
  readonly tenants: TenantTable;
  readonly cells: CellTable;

  constructor(world: World) {
    const { tables } = world.kernel;
    this.copies = new FairCopies(world.messages.copies);
    this.tenants = new TenantTable(tables);
    this.cells = new CellTable(tables);
  }
}
