/**
 * DeleteMessage and DeleteMessageBatch by receipt.
 *
 * A receipt stays good after its visibility timeout, until the message is received again; a delete
 * with an older receipt succeeds, and "might not" delete (assume.staleDelete). Deleting what is gone
 * already succeeds too. Source: botocore sqs DeleteMessage, Aug 2026.
 */

import { QueueOperation } from '../queue-port.js';
import type { Queue } from './queue.js';
import { CopyState } from './copies.js';

export function deleteMessage(queue: Queue, call: number): void {
  const { calls, facts } = queue.world;
  facts.request(queue.id, QueueOperation.DeleteMessage, 0);
  deleteOne(queue, calls.first[call]);
  calls.answer(call);
}

export function deleteMessageBatch(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  facts.request(queue.id, QueueOperation.DeleteMessageBatch, 0);
  for (let row = calls.first[call]; row >= 0; row = messages.deliveries.next[row]) deleteOne(queue, row);
  calls.answer(call);
}

function deleteOne(queue: Queue, delivery: number): void {
  const copy = queue.world.messages.deliveries.copy[delivery];
  if (queue.isCurrent(delivery)) queue.remove(copy);
  else if (queue.options.assume.staleDelete === 'deletes' && isSameMessage(queue, delivery)) queue.remove(copy);
}

/** The row of the copy may have been reused since the hand-out: then it serves another obligation. */
function isSameMessage(queue: Queue, delivery: number): boolean {
  const { deliveries, copies } = queue.world.messages;
  const copy = deliveries.copy[delivery];
  return (
    copies.isLive(copy) &&
    copies.obligation[copy] === deliveries.obligation[delivery] &&
    queue.copies.queue[copy] === queue.id &&
    queue.copies.state[copy] !== CopyState.Moving
  );
}
