/**
 * Copies between queues: to the dead-letter queue, and back by a redrive. A copy leaves one queue and
 * comes to the other within one instant, by an event; in between it is Moving.
 *
 * A dead letter keeps its identity and its receive count; on a standard queue also its age, on a FIFO
 * queue the retention begins anew. What is redriven is a new message for SQS: received by nobody, sent now.
 * For those who wait for it, it is the same one. Source: SQS Developer Guide "setting-up-dead-letter-queue-
 * retention", "sqs-dead-letter-queues"; docs/components/sqs.queue.md.
 */

import { Cause, CopyStage as Stage, NOBODY, Outcome } from '../facts.js';
import { NO_LABEL } from '../queue-port.js';
import { CopyState, TWIN } from './copies.js';
import type { Queue } from './queue.js';

/** Moves a visible copy to the dead-letter queue, within this instant. */
export function moveToDeadLetters(queue: Queue, copy: number): void {
  const { target } = queue.options.deadLetter!;
  takeOut(queue, copy);
  queue.facts.deadLettered(queue.id, copy, target);
  queue.world.kernel.soon(queue.store.queueAt(target).onAdopt, copy);
}

/** Moves a visible copy out of a dead-letter queue, within this instant. */
export function redrive(queue: Queue, copy: number, target: number): void {
  const { store } = queue;
  takeOut(queue, copy);
  queue.facts.redriven(queue.id, copy, target);
  queue.world.kernel.soon(store.queueAt(target).onTakeBack, copy);
}

function takeOut(queue: Queue, copy: number): void {
  const { shelf, store } = queue;
  const group = shelf.groupOf(copy);
  if (group !== NO_LABEL) store.moving.set(copy, group);
  shelf.remove(copy);
  shelf.leave(copy);
  queue.copies.state[copy] = CopyState.Moving;
  queue.messages.moving++;
}

/** The copy has come. Returns the label that its group had where it comes from. */
function arrive({ messages, store }: Queue, copy: number): number {
  messages.moving--;
  const group = store.moving.get(copy);
  store.moving.delete(copy);
  return group ?? NO_LABEL;
}

/** Takes over a copy that another queue dead-letters. */
export function adopt(queue: Queue, copy: number): void {
  const { messages, facts, store, world } = queue;
  const source = store.queueAt(queue.copies.queue[copy]);
  const group = arrive(queue, copy);
  const isFifo = queue.fifo !== null;
  const hasEnded = !source.retention.has(copy); // its retention ended while it moved
  const sentAt = hasEnded ? -Infinity : source.sentAt(copy);
  const isTooOld = !isFifo && world.kernel.now - sentAt >= queue.options.retention;
  if (!hasEnded) source.retention.clear(copy);
  const twin = queue.copies.shard[copy] & TWIN;
  const redrives = source.pasts.redrivesOf(copy);
  source.pasts.forget(copy);
  const own = queue.consumer === NOBODY ? copy : oweAnew(queue, copy);
  if (own === copy) messages.bury(copy);
  const receives = messages.copies.receiveCount[own];
  queue.pasts.buried(own, { source: source.id, movedAt: world.kernel.now, receives }, redrives);
  queue.settle(own, messages.obligations.message[messages.copies.obligation[own]], twin);
  if (isFifo) queue.retention.set(own, queue.options.retention);
  else if (!isTooOld) queue.retention.setFrom(own, sentAt, queue.options.retention);
  queue.place(own, group);
  queue.shelf.pushFresh(own);
  facts.stored(queue.id, own, Stage.Visible);
  if (isTooOld) queue.expire(own);
  else queue.receiving.serve();
}

/** Somebody consumes this queue: the old obligation ends as dead-lettered, a new one begins. */
function oweAnew(queue: Queue, copy: number): number {
  const { messages } = queue;
  const obligation = messages.copies.obligation[copy];
  const own = messages.addCopy(
    messages.owe(messages.obligations.message[obligation], queue.consumer),
  );
  messages.copies.receiveCount[own] = messages.copies.receiveCount[copy];
  if (queue.envelopes !== null) queue.envelopes.bytes[own] = queue.envelopes.bytes[copy];
  messages.fate(obligation, Outcome.DeadLettered);
  queue.copies.state[copy] = CopyState.Gone;
  messages.dropCopy(copy);
  return own;
}

/** Takes a copy that comes back out of a dead-letter queue. */
export function takeBack(queue: Queue, copy: number): void {
  const { messages, facts, store } = queue;
  const source = store.queueAt(queue.copies.queue[copy]);
  const group = arrive(queue, copy);
  const obligation = messages.copies.obligation[copy];
  if (source.retention.has(copy)) source.retention.clear(copy);
  const redrives = source.pasts.redrivesOf(copy) + 1;
  source.pasts.forget(copy);
  queue.pasts.redriven(copy, redrives);
  messages.digUp(copy, queue.consumer);
  messages.blame(obligation, Cause.Redrive);
  messages.copies.receiveCount[copy] = 0;
  queue.settle(copy, messages.obligations.message[obligation], queue.copies.shard[copy] & TWIN);
  queue.retention.set(copy, queue.options.retention);
  queue.place(copy, group);
  queue.shelf.pushFresh(copy);
  facts.stored(queue.id, copy, Stage.Visible);
  queue.receiving.serve();
}
