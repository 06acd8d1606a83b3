/**
 * Lineage: which message another one was made from, and what it is about because of that.
 *
 * A *child* is a message made while handling another one, or made by a service from one: a row of its own, with a
 * mark of its own. What it is about (key, attributes, body, payload) is that of its parent unless whoever made it
 * says otherwise. These columns exist only in worlds that make children.
 */

import { Extension } from '../kernel/table.js';
import type { Makes } from './makes.js';
import type { MessageTable } from './message-tables.js';
import { NONE } from './message-tables.js';

/** Whom to ask what a message is about: a make (`Makes.of`), and the two numbers to ask it with, mostly its mark. */
export interface About {
  source: number;
  mark0: number;
  mark1: number;
}

export class Lineage extends Extension {
  /** See About. */
  readonly source = this.i32('source');
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  /** The parent's row, for whoever hears of the birth: it may be freed, and used anew, after that. NONE: no child. */
  readonly parent = this.i32('parent');
  /** Tells the children of a world apart, from 0. */
  readonly number = this.f64('number');
  private children = 0;

  constructor(
    private readonly table: MessageTable,
    private readonly makes: Makes,
  ) {
    super(table);
  }

  /** A message that comes of no other one: it is about what its own source and mark say. */
  begins(message: number): void {
    const { source, mark0, mark1 } = this.table;
    this.source[message] = source[message];
    this.mark0[message] = mark0[message];
    this.mark1[message] = mark1[message];
    this.parent[message] = NONE;
    this.number[message] = NONE;
  }

  /** A message that was just born is a child, about what its parent is about; `parent` is alive. */
  descends(message: number, parent: number): void {
    this.source[message] = this.source[parent];
    this.mark0[message] = this.mark0[parent];
    this.mark1[message] = this.mark1[parent];
    this.parent[message] = parent | 0;
    this.number[message] = this.children++;
    this.makes.of(this.source[message])?.leases?.hold(this.mark0[message]);
  }

  /** The child is about something else: what the make `source` says of `mark0` and `mark1`, on which it has a lease. */
  says(message: number, source: number, mark0: number, mark1: number): void {
    this.ends(message);
    this.source[message] = source | 0;
    this.mark0[message] = mark0 | 0;
    this.mark1[message] = mark1 | 0;
  }

  /** The message's row is about to be freed. */
  ends(message: number): void {
    this.makes.of(this.source[message])?.leases?.drop(this.mark0[message]);
  }
}
