/**
 * The gate of a queue: what refuses a call before the queue looks at it. The queue is deleted, the caller
 * may not use it (or its key), a FIFO queue takes no more calls of the kind this second, or KMS gives no data key.
 * A refused call changes nothing, and counts as no request. Queues without any of this have no gate.
 */

import { Encryption } from '../encryption.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { NO_LABEL, QueueError, QueueOperation } from '../queue-port.js';
import type { QueueOptions } from './options.js';
import type { Queue } from './queue.js';
import { Throughput } from './throughput.js';

export class Gate {
  private readonly calls: Calls;
  private readonly throughput: Throughput | null;
  private readonly encryption: Encryption | null;

  static needed({ fifo, encryption, allowed }: QueueOptions): boolean {
    return fifo !== null || encryption !== null || allowed !== null;
  }

  constructor(private readonly queue: Queue) {
    const { world, id, options } = queue;
    const { fifo, encryption, assume } = options;
    this.calls = world.calls;
    this.throughput = fifo && new Throughput(world.kernel, fifo, assume.partitionRamp);
    this.encryption = encryption && new Encryption(world, id, encryption);
  }

  // Each returns 0 when the call may pass, else why not, which the call then says.

  refusesSend(call: number, group: number): QueueError {
    return this.refuses(call, QueueOperation.SendMessage, group);
  }

  refusesReceive(call: number): QueueError {
    return this.refuses(call, QueueOperation.ReceiveMessage, NO_LABEL);
  }

  /** A receive is about to return something, which has to be decrypted. */
  refusesContent(call: number): QueueError {
    return this.asksForKey(call, QueueOperation.ReceiveMessage);
  }

  refusesDelete(call: number): QueueError {
    return this.refuses(call, QueueOperation.DeleteMessage, this.groupOf(this.calls.first[call]));
  }

  refusesChange(call: number): QueueError {
    const group = this.groupOf(this.calls.first[call]);
    return this.refuses(call, QueueOperation.ChangeMessageVisibility, group);
  }

  /** `first`: a list of entries that say their groups. */
  refusesSendBatch(call: number, first: number): QueueError {
    const { entries } = this.queue.messages;
    this.throughput?.begin(QueueOperation.SendMessageBatch);
    for (let row = first; row >= 0; row = entries.next[row])
      this.throughput?.add(entries.group[row]);
    return this.refusesBatch(call, QueueOperation.SendMessageBatch);
  }

  /** `first`: a list of deliveries. */
  refusesDeleteBatch(call: number, first: number): QueueError {
    const { deliveries } = this.queue.messages;
    this.throughput?.begin(QueueOperation.DeleteMessageBatch);
    for (let row = first; row >= 0; row = deliveries.next[row])
      this.throughput?.add(this.groupOf(row));
    return this.refusesBatch(call, QueueOperation.DeleteMessageBatch);
  }

  /** `first`: a list of entries that name deliveries. */
  refusesChangeBatch(call: number, first: number): QueueError {
    const { entries } = this.queue.messages;
    this.throughput?.begin(QueueOperation.ChangeMessageVisibilityBatch);
    for (let row = first; row >= 0; row = entries.next[row])
      this.throughput?.add(this.groupOf(entries.message[row]));
    return this.refusesBatch(call, QueueOperation.ChangeMessageVisibilityBatch);
  }

  private groupOf(delivery: number): number {
    return this.queue.messages.deliveries.group[delivery];
  }

  private refuses(call: number, operation: number, group: number): QueueError {
    const denied = this.denies(call);
    if (denied !== QueueError.None) return this.say(call, denied);
    if (this.throughput !== null && !this.throughput.admit(operation, group))
      return this.throttle(call, operation, QueueError.ThrottlingException);
    return operation === QueueOperation.SendMessage
      ? this.asksForKey(call, operation)
      : QueueError.None;
  }

  /** After the groups of its entries were told. */
  private refusesBatch(call: number, operation: number): QueueError {
    const denied = this.denies(call);
    if (denied !== QueueError.None) return this.say(call, denied);
    if (this.throughput !== null && !this.throughput.end())
      return this.throttle(call, operation, QueueError.ThrottlingException);
    return operation === QueueOperation.SendMessageBatch
      ? this.asksForKey(call, operation)
      : QueueError.None;
  }

  private denies(call: number): QueueError {
    const { isGone, options } = this.queue;
    if (isGone) return QueueError.QueueDoesNotExist;
    const isStranger = options.allowed !== null && !options.allowed.has(this.calls.client[call]);
    if (isStranger) return QueueError.AccessDenied;
    const isPushed = this.calls.pushed[call] !== NONE;
    return isPushed && options.isEncryptedByAws === true
      ? QueueError.KmsAccessDenied
      : QueueError.None;
  }

  /** Sends, and receives of something, need a data key. */
  private asksForKey(call: number, operation: number): QueueError {
    const { encryption } = this;
    const isReceive = operation === QueueOperation.ReceiveMessage;
    if (encryption === null) return QueueError.None;
    if (encryption.admit(this.calls.client[call], !isReceive)) return QueueError.None;
    return this.throttle(call, operation, QueueError.KmsThrottled);
  }

  private throttle(call: number, operation: number, error: QueueError): QueueError {
    this.queue.facts.throttled(this.queue.id, operation, this.calls.client[call]);
    return this.say(call, error);
  }

  private say(call: number, error: QueueError): QueueError {
    this.calls.error[call] = error;
    return error;
  }
}
