/**
 * A producer's buffer: messages wait for company and go out as one SendMessageBatch when the batch is
 * full, when the next message would not fit in, or when the first one has waited long enough.
 */

import type { TimerId } from '../../kernel/timers.js';
import { Timers } from '../../kernel/timers.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { BatchOptions } from './options.js';

/** AWS's limit for the payload of a batch in bytes (SQS: 1 MiB since August 2025). */
const BATCH_BYTES_MAX = 1_048_576;

export class Batcher {
  private first = NONE;
  private last = NONE;
  private count = 0;
  private bytes = 0;
  private waiting: TimerId = NONE;
  private readonly timers: Timers;

  /** `send` gets the first entry of the list and how many there are. */
  constructor(
    private readonly world: World,
    name: string,
    private readonly options: BatchOptions,
    private readonly send: (first: number, count: number) => void,
  ) {
    this.timers = new Timers(world.kernel, `${name}/batch`, () => this.flush());
  }

  add(message: number): void {
    const { entries, messages } = this.world.messages;
    const bytes = messages.size[message];
    if (this.count > 0 && this.bytes + bytes > BATCH_BYTES_MAX) this.flush();
    const row = entries.add();
    entries.message[row] = message;
    entries.next[row] = NONE;
    if (this.count === 0) this.first = row;
    else entries.next[this.last] = row;
    this.last = row;
    this.count++;
    this.bytes += bytes;
    if (this.count >= this.options.size) this.flush();
    else if (this.count === 1)
      this.waiting = this.timers.set(this.world.kernel.now + this.options.wait, 0);
  }

  private flush(): void {
    const { first, count } = this;
    if (this.waiting !== NONE) this.timers.cancel(this.waiting);
    this.waiting = NONE;
    this.stamp(first);
    this.first = NONE;
    this.last = NONE;
    this.count = 0;
    this.bytes = 0;
    this.send(first, count);
  }

  /** Notes how long each message has waited here. */
  private stamp(first: number): void {
    const { entries, messages } = this.world.messages;
    const { now } = this.world.kernel;
    for (let row = first; row >= 0; row = entries.next[row]) {
      const message = entries.message[row];
      messages.buffered[message] = now - messages.bornAt[message];
    }
  }
}
