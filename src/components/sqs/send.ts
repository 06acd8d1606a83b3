/**
 * SendMessage and SendMessageBatch: who may, sizes, what a FIFO queue wants to be told, duplicates, then
 * storing. Limits of a single message are the entry's in a batch, limits of the batch are the call's.
 * Source: botocore sqs SendMessage, SendMessageBatch, Aug 2026.
 */

import { NONE } from '../messages.js';
import { NO_LABEL, QUEUE_DEFAULT, QueueError, QueueOperation } from '../queue-port.js';
import { SQS_LIMITS } from './limits.js';
import type { Queue } from './queue.js';

export function sendMessage(queue: Queue, call: number): void {
  const { calls, messages } = queue.world;
  const message = calls.first[call];
  const group = calls.a[call];
  const refused = queue.gate === null ? 0 : queue.gate.refusesSend(call, group);
  if (refused === 0) {
    const bytes = messages.messages.size[message] + calls.envelope[call];
    queue.facts.request(queue.id, QueueOperation.SendMessage, bytes);
    calls.brought(call, bytes);
    calls.error[call] =
      queue.fifo === null
        ? sendToStandard(queue, message, group, calls.c[call], call)
        : sendToFifo(queue, call, message);
  }
  calls.answer(call);
  if (refused === 0) queue.receiving.serve();
}

/** `call`: that which brings the message, or NONE for the entry of a batch. */
function sendToStandard(
  queue: Queue,
  message: number,
  group: number,
  asked: number,
  call: number,
): QueueError {
  if (isTooLarge(queue, message, call)) return QueueError.InvalidParameterValue;
  queue.enqueue(message, group, asked === QUEUE_DEFAULT ? queue.options.delay : asked, call);
  return QueueError.None;
}

function isTooLarge(queue: Queue, message: number, call: number): boolean {
  const envelope = call === NONE ? 0 : queue.world.calls.envelope[call];
  const bytes = queue.messages.messages.size[message] + envelope;
  return bytes > queue.options.maximumMessageSizeBytes;
}

function sendToFifo(queue: Queue, call: number, message: number): QueueError {
  const { calls } = queue.world;
  const error =
    refusalInOrder(calls.a[call], calls.b[call], calls.c[call]) ||
    storeInOrder(queue, message, calls.a[call], calls.b[call], call);
  if (error !== QueueError.None) return error;
  const { mark0, mark1, order } = queue.deduplication!;
  calls.a[call] = mark0;
  calls.b[call] = mark1;
  calls.c[call] = order;
  return QueueError.None;
}

/** What a FIFO queue wants to be told, and what it does not take. */
function refusalInOrder(group: number, id: number, delay: number): QueueError {
  if (group === NO_LABEL) return QueueError.MissingParameter;
  return id === NO_LABEL || delay > 0 ? QueueError.InvalidParameterValue : QueueError.None;
}

/** `call`: that which brings the message, or NONE for the entry of a batch. */
function storeInOrder(
  queue: Queue,
  message: number,
  group: number,
  id: number,
  call: number,
): QueueError {
  const { messages, facts, options } = queue;
  const { pushed } = queue.world.calls;
  const deduplication = queue.deduplication!;
  if (isTooLarge(queue, message, call)) return QueueError.InvalidParameterValue;
  if (deduplication.find(group, id)) {
    queue.tally.deduplicated++;
    facts.deduplicated(queue.id, message);
    if (call !== NONE && pushed[call] !== NONE) messages.pushedInVain(pushed[call]);
    return QueueError.None;
  }
  const { mark0, mark1 } = messages.messages;
  const copy = queue.enqueue(message, group, options.delay, call);
  const order = queue.retention.orderOf(copy);
  deduplication.remember(group, id, mark0[message], mark1[message], order);
  return QueueError.None;
}

/** The whole batch is refused when it is too large together. */
export function sendMessageBatch(queue: Queue, call: number): void {
  const { calls, messages } = queue.world;
  const { entries } = messages;
  const first = calls.first[call];
  const refused = queue.gate === null ? 0 : queue.gate.refusesSendBatch(call, first);
  if (refused === 0) {
    let totalBytes = 0;
    for (let row = first; row >= 0; row = entries.next[row])
      totalBytes += messages.messages.size[entries.message[row]];
    queue.facts.request(queue.id, QueueOperation.SendMessageBatch, totalBytes);
    calls.brought(call, totalBytes);
    if (totalBytes > SQS_LIMITS.batchBytesMax) calls.error[call] = QueueError.BatchRequestTooLong;
    else storeEntries(queue, first);
  }
  calls.answer(call);
  if (refused === 0) queue.receiving.serve();
}

function storeEntries(queue: Queue, first: number): void {
  const { entries } = queue.messages;
  for (let row = first; row >= 0; row = entries.next[row]) {
    const message = entries.message[row];
    const group = entries.group[row];
    entries.error[row] =
      queue.fifo === null
        ? sendToStandard(queue, message, group, entries.delay[row], NONE)
        : entryInOrder(queue, row);
  }
}

function entryInOrder(queue: Queue, entry: number): QueueError {
  const { message, group, id, delay } = queue.messages.entries;
  return (
    refusalInOrder(group[entry], id[entry], delay[entry]) ||
    storeInOrder(queue, message[entry], group[entry], id[entry], NONE)
  );
}
