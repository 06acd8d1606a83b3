/**
 * The statements that clients send to a database: what each field of a call row means. Shared by whoever sends
 * statements and whoever executes them.
 *
 * - write, read: `a` and `b` are the mark of the message that the statement is about, `c` is a number below 2^24
 *   that is the caller's own for this try: how long the statement takes is drawn with all three. `carries` is the
 *   process of the client, whose connections it may use.
 *
 * Every answer has an `error`, 0 for success: CallError.Unavailable for "Too many connections" (MySQL 1040,
 * PostgreSQL 53300), CallError.NoConnection while the database is down.
 */

import type { Handler } from '../kernel/kernel.js';
import { Table } from '../kernel/table.js';
import type { World } from './world.js';

/** AWS has no names for SQL statements: these are the scenario's verbs. */
export const DATABASE_OPERATIONS = ['write', 'read'] as const;
export const DatabaseOperation = { Write: 0, Read: 1 } as const;
export type DatabaseOperation = (typeof DatabaseOperation)[keyof typeof DatabaseOperation];

/** The operation of a verb. */
export function operationOf(verb: 'write' | 'read'): DatabaseOperation {
  return verb === 'write' ? DatabaseOperation.Write : DatabaseOperation.Read;
}

/**
 * Processes of clients that have ended, for databases that hold connections of theirs; reached by
 * `world.shared(ProcessEnds)`. One row for each database that has not noticed yet.
 */
export class ProcessEnds extends Table {
  /** The resource number of the client. */
  readonly client = this.u16('client');
  readonly process = this.i32('process');
  private readonly kernel: World['kernel'];
  private readonly listeners: Handler[] = [];

  constructor({ kernel }: World) {
    super(kernel.tables);
    this.kernel = kernel;
  }

  /** While building: `handler` gets a row for each process that ends, and frees it. */
  listen(handler: Handler): void {
    this.listeners.push(handler);
  }

  /** A process is gone, and its connections with it. */
  tell(client: number, process: number): void {
    for (const listener of this.listeners) {
      const row = this.add();
      this.client[row] = client | 0;
      this.process[row] = process | 0;
      this.kernel.soon(listener, row);
    }
  }
}
