/** SendMessage and SendMessageBatch: size checks, then storing. */

import { QueueOperation } from '../queue-port.js';
import { QueueError } from './errors.js';
import type { Queue } from './queue.js';

export function sendMessage(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  const message = calls.first[call];
  const sizeBytes = messages.messages.size[message];
  facts.request(queue.id, QueueOperation.SendMessage, sizeBytes);
  if (sizeBytes > queue.options.maximumMessageSizeBytes)
    calls.error[call] = QueueError.InvalidParameterValue;
  else queue.enqueue(message);
  calls.answer(call);
  queue.receiving.serve();
}

/** The whole batch is refused when it is too large together. */
export function sendMessageBatch(queue: Queue, call: number): void {
  const { calls, messages, facts } = queue.world;
  const { entries } = messages;
  const limit = queue.options.maximumMessageSizeBytes;
  let totalBytes = 0;
  for (let row = calls.first[call]; row >= 0; row = entries.next[row]) {
    totalBytes += messages.messages.size[entries.message[row]];
  }
  facts.request(queue.id, QueueOperation.SendMessageBatch, totalBytes);
  if (totalBytes > limit) calls.error[call] = QueueError.BatchRequestTooLong;
  else
    for (let row = calls.first[call]; row >= 0; row = entries.next[row])
      queue.enqueue(entries.message[row]);
  calls.answer(call);
  queue.receiving.serve();
}
