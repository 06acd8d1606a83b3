/**
 * Order: which messages were done before an earlier one of their group or key that was neither done nor
 * dead-lettered. Asked only where there is an order to keep: at FIFO queues by group (fifo-groups.ts), at
 * others by the key of sources that say one (key-order.ts).
 */
import type { Makes } from '../../components/makes.js';
import type { Messages } from '../../components/messages.js';
import { FifoGroups } from './fifo-groups.js';
import { KeyOrder } from './key-order.js';

export interface OrderOptions {
  readonly names: number;
  /** Numbers of the stores that keep the order of message groups. */
  readonly fifo?: readonly number[];
}

export class Order {
  /** By consumer. */
  private readonly reordered: Float64Array;
  private readonly fifo: FifoGroups | null;
  private keys: KeyOrder | null = null;

  constructor(
    private readonly messages: Messages,
    { names, fifo }: OrderOptions,
  ) {
    this.reordered = new Float64Array(names);
    const hasFifo = fifo !== undefined && fifo.length > 0;
    this.fifo = hasFifo ? new FifoGroups(messages, names, fifo, this.reordered) : null;
  }

  /** While building: what messages are about is known. */
  begin(makes: Makes): void {
    if (makes.isAnyKeyed) this.keys = new KeyOrder(this.messages, makes, this.reordered);
  }

  /** Whether it wants to be told anything. */
  get isOn(): boolean {
    return this.fifo !== null || this.keys !== null;
  }

  reorderedOf(consumer: number): number {
    return this.reordered[consumer];
  }

  /** Hand-outs of a FIFO queue that broke the order of a group. */
  brokenOf(queue: number): number {
    return this.fifo === null ? 0 : this.fifo.broken[queue];
  }

  owed(obligation: number): void {
    if (this.keys !== null) this.keys.owed(obligation);
  }

  stored(resource: number, copy: number, obligation: number, message: number): void {
    const { fifo, keys } = this;
    if (fifo !== null && fifo.keepsOrder(resource)) return;
    if (keys !== null && this.messages.copies.awaited[copy] === 1)
      keys.stored(resource, obligation, message);
  }

  ofGroup(resource: number, delivery: number, group: number): void {
    if (this.fifo !== null) this.fifo.handedOut(resource, delivery, group);
  }

  pollClosed(): void {
    if (this.fifo !== null) this.fifo.pollClosed();
  }

  /** The first run of the obligation that ended well. */
  done(consumer: number, delivery: number, obligation: number): void {
    if (this.fifo !== null) this.fifo.done(consumer, delivery, obligation);
    if (this.keys !== null) this.keys.done(consumer, obligation);
  }

  deleted(resource: number, copy: number): void {
    if (this.fifo !== null && this.fifo.keepsOrder(resource)) this.fifo.deleted(copy);
  }

  /** A copy left other than by a delete: nobody has to wait for it. */
  forget(resource: number, copy: number, obligation: number): void {
    if (this.fifo !== null && this.fifo.keepsOrder(resource)) this.fifo.gone(copy);
    if (this.keys !== null) this.keys.forget(obligation);
  }

  settled(obligation: number): void {
    if (this.fifo !== null) this.fifo.over(obligation);
    if (this.keys !== null) this.keys.forget(obligation);
  }
}
