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

/** AWS has no names for SQL statements: these are the scenario's verbs. */
export const DATABASE_OPERATIONS = ['write', 'read'] as const;
export const DatabaseOperation = { Write: 0, Read: 1 } as const;
export type DatabaseOperation = (typeof DatabaseOperation)[keyof typeof DatabaseOperation];

/** The operation of a verb. */
export function operationOf(verb: 'write' | 'read'): DatabaseOperation {
  return verb === 'write' ? DatabaseOperation.Write : DatabaseOperation.Read;
}
