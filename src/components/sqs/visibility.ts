/**
 * ChangeMessageVisibility and its batch: a message stays hidden until so long from now, at most twelve
 * hours from its receive; 0 shows it at once.
 *
 * Standard queues: any receipt of the message does, also an older one, and also when its timeout has
 * passed: then the message is hidden again. FIFO queues: only the receipt in force, while it hides the message.
 * Source: botocore sqs ChangeMessageVisibility, Aug 2026; what was recorded against AWS: docs/components/sqs.queue.md;
 * FIFO after the timeout: assumption, as for a delete.
 */

import { Cause } from '../facts.js';
import { QueueError, QueueOperation } from '../queue-port.js';
import { CopyState } from './copies.js';
import { SQS_LIMITS } from './limits.js';
import type { Queue } from './queue.js';
import { isHere } from './receipts.js';

export function changeVisibility(queue: Queue, call: number): void {
  const { calls, facts } = queue.world;
  if (queue.gate === null || queue.gate.refusesChange(call) === 0) {
    facts.request(queue.id, QueueOperation.ChangeMessageVisibility, 0);
    calls.error[call] = changeOne(queue, calls.first[call], calls.a[call]);
  }
  calls.answer(call);
}

export function changeVisibilityBatch(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  const { entries } = messages;
  if (queue.gate === null || queue.gate.refusesChangeBatch(call, calls.first[call]) === 0) {
    facts.request(queue.id, QueueOperation.ChangeMessageVisibilityBatch, 0);
    for (let row = calls.first[call]; row >= 0; row = entries.next[row])
      entries.error[row] = changeOne(queue, entries.message[row], entries.delay[row]);
  }
  calls.answer(call);
}

/** `timeout` in µs. */
function changeOne(queue: Queue, delivery: number, timeout: number): QueueError {
  if (!isHere(queue, delivery)) return QueueError.InvalidParameterValue;
  const { handOuts } = queue.store;
  const copy = queue.messages.deliveries.copy[delivery];
  // A copy that SQS brought forth may stand in the row of one that is gone.
  if (queue.copies.state[copy] === CopyState.Delayed) return QueueError.InvalidParameterValue;
  const isHidden = queue.copies.state[copy] === CopyState.InFlight;
  const holder = isHidden ? queue.copies.prev[copy] : delivery;
  if (queue.fifo !== null && (!isHidden || holder !== delivery))
    return QueueError.InvalidParameterValue;
  const latest = handOuts.takenAt[holder] + SQS_LIMITS.visibilityTotalMax;
  if (queue.world.kernel.now + timeout > latest) return QueueError.InvalidParameterValue;
  if (isHidden) postpone(queue, holder, timeout);
  else if (timeout > 0) queue.hideAgain(delivery, timeout);
  return QueueError.None;
}

function postpone(queue: Queue, delivery: number, timeout: number): void {
  const { deliveries } = queue.messages;
  queue.visibility.clear(delivery);
  if (timeout > 0) {
    queue.visibility.set(delivery, timeout);
    return;
  }
  // What its own handler still works on will be handled twice, as after a timeout.
  if (deliveries.running[delivery] !== 0)
    queue.messages.blame(deliveries.obligation[delivery], Cause.VisibilityTimeout);
  queue.giveBack(delivery);
}
