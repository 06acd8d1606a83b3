/** Under which obligation a queue stores what is sent to it: a new one, or one that came with the message. */

import { NONE } from '../messages.js';
import type { Queue } from './queue.js';

/** Makes the copy of a message that a call brings; `call` is NONE for the entries of a batch. */
export function copyFor(queue: Queue, message: number, call: number): number {
  const { messages } = queue;
  const pushed = call === NONE ? NONE : queue.world.calls.pushed[call];
  const copy = messages.addTaken(message, pushed, queue.id, queue.consumer);
  if (queue.envelopes !== null)
    queue.envelopes.bytes[copy] = call === NONE ? 0 : queue.world.calls.envelope[call];
  return copy;
}
