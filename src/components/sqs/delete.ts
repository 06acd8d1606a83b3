/**
 * DeleteMessage and DeleteMessageBatch by receipt.
 *
 * Standard queues: a receipt stays good after its visibility timeout, until the message is received
 * again; a delete with an older receipt succeeds, and "might not" delete (assume.staleDelete). FIFO
 * queues: when the timeout has passed, the receipt has expired. Deleting what is gone already succeeds.
 * Source: botocore sqs DeleteMessage, Aug 2026; FIFO: recorded against AWS (LocalStack's test suite).
 */

import { QueueError, QueueOperation } from '../queue-port.js';
import { CopyState } from './copies.js';
import type { Queue } from './queue.js';
import { isCurrent, isHere } from './receipts.js';

export function deleteMessage(queue: Queue, call: number): void {
  const { calls, facts } = queue.world;
  if (queue.gate === null || queue.gate.refusesDelete(call) === 0) {
    facts.request(queue.id, QueueOperation.DeleteMessage, 0);
    calls.error[call] = deleteOne(queue, calls.first[call]);
  }
  calls.answer(call);
}

export function deleteMessageBatch(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  const { deliveries } = messages;
  if (queue.gate === null || queue.gate.refusesDeleteBatch(call, calls.first[call]) === 0) {
    facts.request(queue.id, QueueOperation.DeleteMessageBatch, 0);
    for (let row = calls.first[call]; row >= 0; row = deliveries.next[row])
      deliveries.error[row] = deleteOne(queue, row);
  }
  calls.answer(call);
}

function deleteOne(queue: Queue, delivery: number): QueueError {
  const { copy } = queue.messages.deliveries;
  const isInForce = isCurrent(queue, delivery);
  if (queue.fifo !== null && isHere(queue, delivery) && !(isInForce && isInFlight(queue, delivery)))
    return QueueError.InvalidParameterValue;
  queue.tally.deleted++;
  if (isInForce) queue.remove(copy[delivery]);
  else if (queue.options.assume.staleDelete === 'deletes' && isHere(queue, delivery))
    queue.remove(copy[delivery]);
  return QueueError.None;
}

/** Whether the copy of a receipt in force is still hidden by it. */
function isInFlight(queue: Queue, delivery: number): boolean {
  return queue.copies.state[queue.messages.deliveries.copy[delivery]] === CopyState.InFlight;
}
