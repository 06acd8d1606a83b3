/**
 * Age: how long ago the oldest message that is in a queue was sent to it, whether it is visible, delayed or
 * in flight; 0 while the queue is empty. Observed only where a line asks for it.
 *
 * A queue that is asked about keeps its copies in a heap by the time at which SQS took them, so the oldest
 * is known at every moment, and a copy that goes costs the logarithm of what is there.
 */
import type { Messages } from '../../components/messages.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';

/** What is kept of each copy while any age is asked for. */
export class SentMemory extends Extension {
  /** When SQS took the message, as its SentTimestamp says, µs. */
  readonly sentAt = this.f64('sentAt');
  /** Where the copy is in the heap of its queue. */
  readonly place = this.i32('place');

  constructor(messages: Messages) {
    super(messages.copies);
  }

  /** Nothing: set when the copy is stored. */
  override wipe(): void {
    // See above.
  }
}

export interface AgeSummary {
  readonly mean: number;
  readonly min: Micros;
  readonly max: Micros;
  readonly end: Micros;
}

export class Oldest {
  private copies = new Int32Array(64);
  private count = 0;
  // Over the run without its warm-up, until `since`:
  private since: Micros = 0;
  private area = 0;
  private min = Infinity;
  private max = 0;

  constructor(
    private readonly clock: Clock,
    private readonly memory: SentMemory,
    private readonly warmUp: Micros,
  ) {}

  /** The age at `time`, at which the queue holds what it holds now. */
  at(time: Micros): Micros {
    return this.count === 0 ? 0 : time - this.memory.sentAt[this.copies[0]];
  }

  came(copy: number): void {
    this.pass(this.clock.now);
    if (this.count === this.copies.length) this.grow();
    this.rise(copy, this.count++);
  }

  left(copy: number): void {
    this.pass(this.clock.now);
    const place = this.memory.place[copy];
    const last = this.copies[--this.count];
    if (last === copy) return;
    this.rise(last, place);
    this.sink(last, this.memory.place[last]);
  }

  /** Over the run, which covered [0, end). */
  summary(end: Micros): AgeSummary {
    this.pass(end);
    const length = end - this.warmUp;
    const now = this.at(end);
    if (length <= 0) return { mean: now, min: now, max: now, end: now };
    return { mean: this.area / length, min: this.min, max: this.max, end: now };
  }

  /** What was the oldest was so until now, and grew older. */
  private pass(now: Micros): void {
    const from = Math.max(this.since, this.warmUp);
    this.since = now;
    if (now <= from) return;
    const younger = this.at(from);
    const older = this.at(now);
    this.area += ((younger + older) / 2) * (now - from);
    this.min = Math.min(this.min, younger);
    this.max = Math.max(this.max, older);
  }

  // --- the heap: four children each, by the time of sending ------------------------------------------

  private rise(copy: number, from: number): void {
    const { sentAt, place } = this.memory;
    const { copies } = this;
    let at = from;
    while (at > 0) {
      const parent = copies[(at - 1) >> 2];
      if (sentAt[parent] <= sentAt[copy]) break;
      copies[at] = parent;
      place[parent] = at;
      at = (at - 1) >> 2;
    }
    copies[at] = copy;
    place[copy] = at;
  }

  private sink(copy: number, from: number): void {
    const { sentAt, place } = this.memory;
    const { copies, count } = this;
    let at = from;
    for (let first = 4 * at + 1; first < count; first = 4 * at + 1) {
      let least = first;
      for (let child = first + 1; child < Math.min(first + 4, count); child++)
        if (sentAt[copies[child]] < sentAt[copies[least]]) least = child;
      if (sentAt[copies[least]] >= sentAt[copy]) break;
      copies[at] = copies[least];
      place[copies[at]] = at;
      at = least;
    }
    copies[at] = copy;
    place[copy] = at;
  }

  private grow(): void {
    const grown = new Int32Array(2 * this.copies.length);
    grown.set(this.copies);
    this.copies = grown;
  }
}

/** The ages of the queues that lines ask about. */
export class Ages {
  private readonly memory: SentMemory;
  private readonly queues: (Oldest | undefined)[] = [];
  /** Dead letters between two queues, which stay as old as they are. */
  private readonly moving = new Map<number, Micros>();

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    asked: readonly number[],
    /** Whether a queue counts the time of a message anew when it gets it from another. */
    private readonly countsAnew: (queue: number) => boolean,
    warmUp: Micros,
  ) {
    this.memory = new SentMemory(messages);
    for (const queue of asked) this.queues[queue] = new Oldest(clock, this.memory, warmUp);
  }

  of(queue: number): Oldest | undefined {
    return this.queues[queue];
  }

  stored(queue: number, copy: number): void {
    const message = this.messageOf(copy);
    const sentAt = this.moving.size === 0 ? undefined : this.moving.get(message);
    if (sentAt !== undefined) this.moving.delete(message);
    this.memory.sentAt[copy] =
      sentAt === undefined || this.countsAnew(queue) ? this.clock.now : sentAt;
    this.queues[queue]?.came(copy);
  }

  left(queue: number, copy: number): void {
    this.queues[queue]?.left(copy);
  }

  deadLettered(queue: number, copy: number): void {
    this.left(queue, copy);
    this.moving.set(this.messageOf(copy), this.memory.sentAt[copy]);
  }

  private messageOf(copy: number): number {
    const { copies, obligations } = this.messages;
    return obligations.message[copies.obligation[copy]];
  }
}
