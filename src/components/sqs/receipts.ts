/** Receipts: whether what a client holds in hand still names the message in the queue. */

import { CopyState } from './copies.js';
import type { Queue } from './queue.js';

/** A receipt is the receive count (which ends at 65,535), and above it how often the message was redriven. */
const REDRIVES = 0x1_0000;

/** What tells the latest hand-out of a copy from earlier ones. */
export function receiptOf(queue: Queue, copy: number): number {
  return queue.messages.copies.receiveCount[copy] + queue.pasts.redrivesOf(copy) * REDRIVES;
}

/**
 * True when `delivery`'s receipt is the one in force: its copy is still here, and nobody received it
 * after this hand-out. The obligation tells the copy from a later one in the same row: the delivery
 * keeps it alive.
 */
export function isCurrent(queue: Queue, delivery: number): boolean {
  const { copy, receipt } = queue.messages.deliveries;
  return receiptOf(queue, copy[delivery]) === receipt[delivery] && isHere(queue, delivery);
}

/**
 * True when the message of `delivery` is still here, in the copy that it handed out. A message that was
 * redriven since is another one.
 */
export function isHere(queue: Queue, delivery: number): boolean {
  const { messages, copies: c, id } = queue;
  const { deliveries, copies } = messages;
  const copy = deliveries.copy[delivery];
  return (
    copies.isLive(copy) &&
    copies.obligation[copy] === deliveries.obligation[delivery] &&
    c.queue[copy] === id &&
    c.state[copy] !== CopyState.Moving &&
    Math.floor(deliveries.receipt[delivery] / REDRIVES) === queue.pasts.redrivesOf(copy)
  );
}
