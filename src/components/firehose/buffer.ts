/**
 * The buffer of a delivery stream: records in the order in which they came. It is full at so many bytes, or so long
 * after its first record.
 */

import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import type { DeliveryTable } from '../messages.js';
import { NONE } from '../messages.js';

export interface BufferOptions {
  readonly name: string;
  readonly bytesMax: number;
  /** How long a buffer waits whose first record is this delivery, µs. */
  readonly wait: (delivery: number) => Micros;
  /** It is full: the deliveries from `first` on, of so many bytes. */
  readonly onFull: (first: number, bytes: number) => void;
}

export class Buffer {
  private first = NONE;
  private last = NONE;
  private bytes = 0;
  /** How many buffers there were before this one: a timer that is late means none. */
  private number = 0;
  private readonly onTime: Handler;

  constructor(
    private readonly kernel: Kernel,
    private readonly deliveries: DeliveryTable,
    private readonly options: BufferOptions,
  ) {
    this.onTime = kernel.handler(`${options.name}/interval`, (number) => {
      if (number === (this.number | 0)) this.flush();
    });
  }

  /** Records are linked by deliveries.next. */
  add(delivery: number, bytes: number): void {
    const { next } = this.deliveries;
    const { bytesMax, wait } = this.options;
    if (this.first === NONE) this.first = delivery;
    else next[this.last] = delivery;
    this.last = delivery;
    next[delivery] = NONE;
    this.bytes += bytes;
    if (this.bytes >= bytesMax) this.flush();
    else if (this.first === delivery)
      this.kernel.after(wait(delivery), this.onTime, this.number | 0);
  }

  private flush(): void {
    const { first, bytes } = this;
    this.first = NONE;
    this.last = NONE;
    this.bytes = 0;
    this.number++;
    this.options.onFull(first, bytes);
  }
}
