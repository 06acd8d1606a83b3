/** Ends of processes: whoever holds something for a process of a client hears when it is gone. */

import type { Handler } from '../kernel/kernel.js';
import { Table } from '../kernel/table.js';
import type { World } from './world.js';

/**
 * Processes of clients that have ended: `world.shared(ProcessEnds)`. One row for each listener (a database that holds
 * connections of theirs) that has not noticed yet.
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

  /** A process is gone. */
  tell(client: number, process: number): void {
    for (const listener of this.listeners) {
      const row = this.add();
      this.client[row] = client | 0;
      this.process[row] = process | 0;
      this.kernel.soon(listener, row);
    }
  }
}
