/**
 * Deduplication of a FIFO queue: an id that was accepted is remembered for five minutes, also when its
 * message is gone by then; what comes under the same id is accepted and not stored, and does not
 * prolong the window. Scope: the queue, or each message group.
 * Source: botocore sqs SendMessage (MessageDeduplicationId), Aug 2026; that the window starts with the
 * first accepted send: inference, docs/components/sqs.queue.md.
 *
 * All windows are equally long, so ids lie in a ring in the order of their sending, and the oldest are
 * forgotten when somebody asks: no timer runs for any of them.
 */

import type { Kernel } from '../../kernel/kernel.js';
import { NONE } from '../messages.js';
import { LabelIndex } from './label-index.js';
import { SQS_LIMITS } from './limits.js';
import type { FifoOptions } from './options.js';

/** The scope of all ids when it is the queue. */
const WHOLE_QUEUE = 0;

// A slot of the ring: four numbers side by side.
const SCOPE = 0;
const ID = 1;
const ACCEPTED_AT = 2;
const ORDER = 3;

const FIRST_CAPACITY = 64;

export class Deduplication {
  /** Of the id that was found or remembered last: the mark and the sequence number of its message. */
  mark0 = 0;
  mark1 = 0;
  order = 0;
  /** Slots by scope and id. */
  private readonly index: LabelIndex;
  private readonly isPerGroup: boolean;
  private slots = new Float64Array(4 * FIRST_CAPACITY);
  private marks = new Int32Array(2 * FIRST_CAPACITY);
  private oldest = 0;
  private count = 0;

  constructor(
    private readonly kernel: Kernel,
    options: FifoOptions,
  ) {
    this.isPerGroup = options.deduplicationScope === 'messageGroup';
    this.index = new LabelIndex((slot, scope, id) => {
      return this.slots[4 * slot + ID] === id && this.slots[4 * slot + SCOPE] === scope;
    });
  }

  /** Whether an id was accepted within the window. */
  find(group: number, id: number): boolean {
    this.forgetOld();
    const slot = this.index.get(this.isPerGroup ? group : WHOLE_QUEUE, id);
    if (slot === NONE) return false;
    this.mark0 = this.marks[2 * slot];
    this.mark1 = this.marks[2 * slot + 1];
    this.order = this.slots[4 * slot + ORDER];
    return true;
  }

  /** The window of an id, which is not known, begins now; its message has this mark and sequence number. */
  remember(group: number, id: number, mark0: number, mark1: number, order: number): void {
    if (this.count === this.capacity) this.grow();
    const slot = (this.oldest + this.count++) & (this.capacity - 1);
    const scope = this.isPerGroup ? group : WHOLE_QUEUE;
    this.slots[4 * slot + SCOPE] = scope;
    this.slots[4 * slot + ID] = id;
    this.slots[4 * slot + ACCEPTED_AT] = this.kernel.now;
    this.slots[4 * slot + ORDER] = order;
    this.marks[2 * slot] = mark0;
    this.marks[2 * slot + 1] = mark1;
    this.index.set(scope, id, slot);
    this.mark0 = mark0;
    this.mark1 = mark1;
    this.order = order;
  }

  /** A purge forgets all ids. Source: recorded against AWS (LocalStack's test suite). */
  clear(): void {
    this.index.clear();
    this.oldest = 0;
    this.count = 0;
  }

  /** Slots, a power of two. */
  private get capacity(): number {
    return this.marks.length >> 1;
  }

  private forgetOld(): void {
    const border = this.kernel.now - SQS_LIMITS.deduplicationInterval;
    while (this.count > 0 && this.slots[4 * this.oldest + ACCEPTED_AT] <= border) {
      this.index.delete(this.slots[4 * this.oldest + SCOPE], this.slots[4 * this.oldest + ID]);
      this.oldest = (this.oldest + 1) & (this.capacity - 1);
      this.count--;
    }
  }

  /** Twice the slots, the oldest first; all get new numbers. */
  private grow(): void {
    const { slots, marks, oldest, capacity, count } = this;
    this.slots = new Float64Array(2 * slots.length);
    this.marks = new Int32Array(2 * marks.length);
    this.index.clear();
    this.oldest = 0;
    for (let i = 0; i < count; i++) {
      const old = (oldest + i) & (capacity - 1);
      this.slots.set(slots.subarray(4 * old, 4 * old + 4), 4 * i);
      this.marks.set(marks.subarray(2 * old, 2 * old + 2), 2 * i);
      this.index.set(this.slots[4 * i + SCOPE], this.slots[4 * i + ID], i);
    }
  }
}
