/**
 * Receipt handles: which delivery of which queue each stands for. The client keeps every delivery for good, so
 * that a handle that went stale long ago is still told apart from all others.
 */

import type { Micros } from '../../kernel/time.js';
import { invalidReceipt, missingParameter } from './aws-errors.js';
import type { TextMaker } from './made-up-texts.js';
import type { LiveQueue } from './queues.js';

export interface Receipt {
  readonly handle: string;
  readonly queue: LiveQueue;
  /** A row of the table of deliveries. */
  readonly delivery: number;
  readonly receivedAt: Micros;
}

export class Receipts {
  private readonly byHandle = new Map<string, Receipt>();
  private readonly byDelivery = new Map<number, Receipt>();

  constructor(private readonly texts: TextMaker) {}

  /** The receipt of a delivery; the same again when a receive is repeated under its attempt id. */
  of(queue: LiveQueue, delivery: number, now: Micros): Receipt {
    let receipt = this.byDelivery.get(delivery);
    if (receipt === undefined) {
      const handle = this.texts.receiptHandle(this.byHandle.size);
      receipt = { handle, queue, delivery, receivedAt: now };
      this.byDelivery.set(delivery, receipt);
      this.byHandle.set(handle, receipt);
    }
    return receipt;
  }

  /** What a request hands in. */
  find(queue: LiveQueue, handle: unknown): Receipt {
    if (handle === undefined) throw missingParameter('ReceiptHandle');
    const receipt = typeof handle === 'string' ? this.byHandle.get(handle) : undefined;
    if (receipt === undefined || receipt.queue !== queue) throw invalidReceipt(handle);
    return receipt;
  }
}
