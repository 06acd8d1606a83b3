/** Receives everything that is visible on a queue now, and deletes it. */

import type { Call } from '../../operations/call.js';
import type { OpenedWorld } from '../../operations/open-world.js';
import type { ReceivedMessage, ReceiveResult } from '../../operations/receives.js';

/** As one call that received them all, in the order in which they came. */
export function drain({ sqs, now }: OpenedWorld, queue: string): Call<ReceiveResult> {
  const messages: ReceivedMessage[] = [];
  const done = { sentAt: now, done: true, answeredAt: now };
  for (;;) {
    const call = sqs.receiveMessage({ queue, maxNumberOfMessages: 10, waitTimeSeconds: 0 });
    if (call.error !== null) return { ...done, value: null, error: call.error };
    const received = call.value!.messages;
    if (received.length === 0) return { ...done, value: { messages }, error: null };
    messages.push(...received);
    for (const { receiptHandle } of received) sqs.deleteMessage({ queue, receiptHandle });
  }
}
