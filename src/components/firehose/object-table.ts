/** Objects on their way to the bucket. */

import { Table } from '../../kernel/table.js';

export class ObjectTable extends Table {
  /** The first of its records: deliveries, linked by `next`. */
  readonly first = this.i32('first');
  /** The message that stands for the object. */
  readonly message = this.i32('message');
  /** Of the object, compressed. */
  readonly bytes = this.f64('bytes');
  /** When the first attempt to put it set out, µs. */
  readonly since = this.f64('since');
  /** Attempts that have set out. */
  readonly tries = this.u32('tries');
}
