/**
 * Invariant `fifo-order`: of a message group, first hand-outs come in the order of storing, and a receive
 * takes messages only from the lowest that is in the queue on, without a gap. What is followed, and how far
 * that goes, is in order/fifo-groups.ts.
 */
import type { Order } from '../order/order.js';
import type { Broken } from './broken.js';

export function fifoOrder(order: Order, queues: readonly number[]): Broken[] {
  return queues.map((on) => ({ name: 'fifo-order', on, violations: order.brokenOf(on) }));
}
