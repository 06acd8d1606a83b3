/**
 * Deduplication of a FIFO queue or topic: an id that was accepted is remembered for five minutes, also when its
 * message is gone by then; what comes under the same id is accepted and not stored, and does not
 * prolong the window. Scope: all messages, or those of each message group.
 * Source: botocore sqs SendMessage, sns Publish (MessageDeduplicationId), Aug 2026; that the window starts with the
 * first accepted send: inference, docs/components/sqs.queue.md.
 *
 * All windows are equally long, so ids lie in a ring in the order of their sending, and the oldest are
 * forgotten when somebody asks: no timer runs for any of them.
 */

import type { Kernel } from '../kernel/kernel.js';
import { RowIndex } from '../kernel/row-index.js';
import { SECOND } from '../kernel/time.js';
import { NONE } from './messages.js';

/** An accepted id counts for so long. */
const INTERVAL = 300 * SECOND;

/** The scope of all ids when they are not looked for by group. */
const WHOLE = 0;

// A slot of the ring: four numbers side by side. Ids are numbered as they come; id n has slot n modulo their number.
const SCOPE = 0;
const ID = 1;
const ACCEPTED_AT = 2;
const ORDER = 3;

const FIRST_CAPACITY = 64;
/** Numbers in the index stay small integers; far more than there are slots. */
const NUMBERS = 0x3fff_ffff;

export class Deduplication {
  /** Of the id that was found or remembered last: the mark and the sequence number of its message. */
  mark0 = 0;
  mark1 = 0;
  order = 0;
  /** The numbers of ids, by scope and id. */
  private readonly index: RowIndex;
  private slots = new Float64Array(4 * FIRST_CAPACITY);
  private marks = new Int32Array(2 * FIRST_CAPACITY);
  /** The numbers of the oldest that is remembered, and of the next. */
  private oldest = 0;
  private next = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly isPerGroup: boolean,
  ) {
    this.index = new RowIndex((n, scope, id) => {
      const at = 4 * (n & this.mask);
      return this.slots[at + ID] === id && this.slots[at + SCOPE] === scope;
    });
  }

  /** Whether an id was accepted within the window. */
  find(group: number, id: number): boolean {
    this.forgetOld();
    const n = this.index.get(this.isPerGroup ? group : WHOLE, id);
    if (n === NONE) return false;
    const slot = n & this.mask;
    this.mark0 = this.marks[2 * slot];
    this.mark1 = this.marks[2 * slot + 1];
    this.order = this.slots[4 * slot + ORDER];
    return true;
  }

  /** The window of an id, which is not known, begins now; its message has this mark and sequence number. */
  remember(group: number, id: number, mark0: number, mark1: number, order: number): void {
    if (this.next - this.oldest > this.mask) this.grow();
    const n = this.next++;
    const slot = n & this.mask;
    const scope = this.isPerGroup ? group : WHOLE;
    const at = 4 * slot;
    this.slots[at + SCOPE] = scope;
    this.slots[at + ID] = id;
    this.slots[at + ACCEPTED_AT] = this.kernel.now;
    this.slots[at + ORDER] = order;
    this.marks[2 * slot] = mark0;
    this.marks[2 * slot + 1] = mark1;
    this.index.set(n & NUMBERS, scope, id);
    this.mark0 = mark0;
    this.mark1 = mark1;
    this.order = order;
  }

  /** A purge forgets all ids. Source: recorded against AWS (LocalStack's test suite). */
  clear(): void {
    this.index.clear();
    this.oldest = this.next;
  }

  /** Slots less one: their number is a power of two. */
  private get mask(): number {
    return (this.marks.length >> 1) - 1;
  }

  private forgetOld(): void {
    const border = this.kernel.now - INTERVAL;
    while (this.oldest < this.next) {
      const at = 4 * (this.oldest & this.mask);
      if (this.slots[at + ACCEPTED_AT] > border) return;
      this.index.delete(this.slots[at + SCOPE], this.slots[at + ID]);
      this.oldest++;
    }
  }

  /** Twice the slots. What was in slot s belongs into s or into s plus the old number: it is put into both. */
  private grow(): void {
    const { slots, marks } = this;
    this.slots = new Float64Array(2 * slots.length);
    this.marks = new Int32Array(2 * marks.length);
    this.slots.set(slots);
    this.slots.set(slots, slots.length);
    this.marks.set(marks);
    this.marks.set(marks, marks.length);
  }
}
