/**
 * Producers' buffers, one for each process: messages wait for company and go out as one SendMessageBatch when
 * the batch is full, when the next message would not fit in, or when the first one has waited long enough.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import { Table } from '../../kernel/table.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { BatchOptions } from './options.js';

/** AWS's limit for the payload of a batch in bytes (SQS: 1 MiB since August 2025). */
const BATCH_BYTES_MAX = 1_048_576;

/** A row is a process. */
class BufferTable extends Table {
  readonly first = this.i32('first');
  readonly last = this.i32('last');
  readonly messages = this.u32('messages');
  readonly bytes = this.f64('bytes');
  readonly wait = this.links('wait');
}

export class Buffers {
  private readonly rows: BufferTable;
  private readonly waiting: Deadlines;

  /** `send` gets the process, the first entry of the list and how many there are. */
  constructor(
    private readonly world: World,
    name: string,
    processes: number,
    private readonly options: BatchOptions,
    private readonly send: (process: number, first: number, count: number) => void,
  ) {
    this.rows = new BufferTable(world.kernel.tables);
    if (processes > 0) this.open(processes - 1);
    this.waiting = new Deadlines(world.kernel, `${name}/batch`, this.rows.wait, (process) =>
      this.flush(process),
    );
  }

  /** A process begins, with an empty buffer. */
  open(process: number): void {
    while (this.rows.count <= process) this.clear(this.rows.addZeroed());
  }

  /** The process is gone: the list of what it had in its buffer, or NONE. */
  drop(process: number): number {
    if (process >= this.rows.count) return NONE;
    const first = this.rows.first[process];
    if (this.waiting.has(process)) this.waiting.clear(process);
    this.clear(process);
    return first;
  }

  add(process: number, message: number): void {
    const { rows } = this;
    const { entries, messages } = this.world.messages;
    const bytes = messages.size[message];
    if (rows.messages[process] > 0 && rows.bytes[process] + bytes > BATCH_BYTES_MAX)
      this.flush(process);
    // So far, the time that the message has spent elsewhere; see `stamp`.
    messages.buffered[message] = this.world.kernel.now - messages.bornAt[message];
    const entry = entries.addFor(message, NONE);
    if (rows.messages[process] === 0) rows.first[process] = entry;
    else entries.next[rows.last[process]] = entry;
    rows.last[process] = entry;
    rows.bytes[process] += bytes;
    if (++rows.messages[process] >= this.options.size) this.flush(process);
    else if (rows.messages[process] === 1) this.waiting.set(process, this.options.wait);
  }

  private flush(process: number): void {
    const first = this.rows.first[process];
    const count = this.rows.messages[process];
    if (this.waiting.has(process)) this.waiting.clear(process);
    this.clear(process);
    this.stamp(first);
    this.send(process, first, count);
  }

  private clear(process: number): void {
    this.rows.first[process] = NONE;
    this.rows.last[process] = NONE;
    this.rows.messages[process] = 0;
    this.rows.bytes[process] = 0;
  }

  /** Notes how long each message has waited here. */
  private stamp(first: number): void {
    const { entries, messages } = this.world.messages;
    const { now } = this.world.kernel;
    for (let row = first; row >= 0; row = entries.next[row]) {
      const message = entries.message[row];
      messages.buffered[message] = now - messages.bornAt[message] - messages.buffered[message];
    }
  }
}
