/** What a database is built from: checked settings in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';

export interface DatabaseOptions {
  readonly name: string;
  /** Connections at a time, of all clients together. */
  readonly maxConnections: number;
  /** Statements that are executed at a time; the others wait in their connections. */
  readonly parallelism: number;
  readonly writeTime: Distribution;
  readonly readTime: Distribution;
  /** What a new connection costs before its first statement; null: no time. */
  readonly connect: Distribution | null;
  /** From a crash until the standby takes statements. */
  readonly failover: Distribution;
}
