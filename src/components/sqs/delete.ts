/**
 * DeleteMessage and DeleteMessageBatch by receipt.
 *
 * A receipt stays good after its visibility timeout, until the message is received again; a delete
 * with an older receipt succeeds, and "might not" delete (assume.staleDelete). Deleting what is gone
 * already succeeds too. Source: botocore sqs DeleteMessage, Aug 2026.
 */

import type { Queue } from './queue.js';
import { CopyState } from './copies.js';

export function deleteMessages(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  facts.request(queue.id, calls.operation[call], 0);
  for (let row = calls.first[call]; row >= 0; row = messages.deliveries.next[row]) deleteOne(queue, row);
  calls.answer(call);
}

function deleteOne(queue: Queue, delivery: number): void {
  const { deliveries, copies } = queue.world.messages;
  const copy = deliveries.copy[delivery];
  if (queue.isCurrent(delivery)) queue.remove(copy);
  else if (queue.options.assume.staleDelete === 'deletes' && isSameMessage()) queue.remove(copy);

  /** The row may have been reused since the hand-out: then it serves another obligation. */
  function isSameMessage(): boolean {
    return (
      copies.isLive(copy) &&
      copies.obligation[copy] === deliveries.obligation[delivery] &&
      queue.copies.queue[copy] === queue.id &&
      queue.copies.state[copy] !== CopyState.Moving
    );
  }
}
