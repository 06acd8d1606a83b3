/** Pushes: a message on its way from a pusher to one of its links, from the moment it is owed until somebody has it. */

import { Table } from '../../kernel/table.js';

export class PushTable extends Table {
  /** The obligation that it is pushed under; the pusher holds it. */
  readonly obligation = this.i32('obligation');
  /** Its link: a number of the pusher's own. */
  readonly link = this.u16('link');
  /** Attempts that have set out. */
  readonly attempts = this.u32('attempts');
  /** When the pusher accepted it, µs. */
  readonly since = this.f64('since');
  /** Labels of its message group and its deduplication id, or NO_LABEL. */
  readonly group = this.f64('group');
  readonly id = this.f64('id');
  /** Bytes that others had wrapped around the message before. */
  readonly wrapped = this.u16('wrapped');
  /** The call of the attempt under way, or NONE. */
  readonly call = this.i32('call');
  /** 0, or the outcome that it has if the dead-letter queue does not take it: then it goes there. */
  readonly buried = this.u8('buried');
  /** Why the last attempt failed: a place in the target's list of errors. */
  readonly error = this.u8('error');
  /** 1: one more attempt is made once it is delivered (a duplicate of the service's own); 2: it is made. */
  readonly twice = this.u8('twice');
  /** The next of its group, or NONE. */
  readonly next = this.i32('next');
  readonly patience = this.links('patience');
}
