/**
 * DeleteMessage and DeleteMessageBatch by receipt.
 *
 * A receipt stays good after its visibility timeout, until the message is received again; a delete
 * with an older receipt succeeds, and "might not" delete (assume.staleDelete). Deleting what is gone
 * already succeeds too. Source: botocore sqs DeleteMessage, Aug 2026.
 */

import { QueueOperation } from '../queue-port.js';
import type { Queue } from './queue.js';

export function deleteMessage(queue: Queue, call: number): void {
  const { calls, facts } = queue.world;
  facts.request(queue.id, QueueOperation.DeleteMessage, 0);
  deleteOne(queue, calls.first[call]);
  calls.answer(call);
}

export function deleteMessageBatch(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  facts.request(queue.id, QueueOperation.DeleteMessageBatch, 0);
  for (let row = calls.first[call]; row >= 0; row = messages.deliveries.next[row])
    deleteOne(queue, row);
  calls.answer(call);
}

function deleteOne(queue: Queue, delivery: number): void {
  const copy = queue.world.messages.deliveries.copy[delivery];
  if (queue.isCurrent(delivery)) queue.remove(copy);
  else if (queue.options.assume.staleDelete === 'deletes' && queue.holds(delivery))
    queue.remove(copy);
}
