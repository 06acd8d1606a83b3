/** Rows of instances. A row is the instance's number in facts; rows are never freed, so a number is never reused. */

import { Table } from '../../kernel/table.js';

export class InstanceTable extends Table {
  /** An InstanceState. */
  readonly state = this.u8('state');
  /** When it came up, µs; its warm-up counts from there. Those of time 0 have always been up: -Infinity. */
  readonly runningAt = this.f64('runningAt');
  /** The instance's own mark: the key of what is drawn about it. */
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  /** How often its program was booted. */
  readonly boots = this.u32('boots');
  /** 1 while a program runs on it. */
  readonly hasProgram = this.u8('hasProgram');
}
