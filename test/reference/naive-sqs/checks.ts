/** What AWS refuses before it looks at the queue's messages. */

import type { ReceiveInput, SendInput } from './calls.js';
import type { NaiveQueue, Sending } from './queue.js';
import { demand } from './refusal.js';
import type { NaiveSettings } from './settings.js';
import { micros } from './settings.js';

const DELAY_MAX = 900;
const WAIT_MAX = 20;
const VISIBILITY_MAX = 43_200;
const BATCH_MAX = 10;
/** Of all entries together. */
export const BATCH_BYTES_MAX = 1_048_576;

export function checkSeconds(name: string, seconds: number | undefined, most: number): void {
  const fits =
    seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= most);
  demand(fits, 'InvalidParameterValue', name);
}

export function checkReceive(input: ReceiveInput): void {
  const { maxNumberOfMessages: max = 1 } = input;
  const fits = Number.isInteger(max) && max >= 1 && max <= BATCH_MAX;
  demand(fits, 'InvalidParameterValue', 'maxNumberOfMessages');
  checkSeconds('waitTimeSeconds', input.waitTimeSeconds, WAIT_MAX);
  checkSeconds('visibilityTimeout', input.visibilityTimeout, VISIBILITY_MAX);
}

export function checkBatch(entries: readonly { readonly id: string }[]): void {
  demand(entries.length > 0, 'EmptyBatchRequest', '');
  demand(entries.length <= BATCH_MAX, 'TooManyEntriesInBatchRequest', `${entries.length}`);
  const isNamed = entries.every(({ id }) => /^[A-Za-z0-9_-]{1,80}$/.test(id));
  demand(isNamed, 'InvalidBatchEntryId', '');
  const ids = new Set(entries.map(({ id }) => id));
  demand(ids.size === entries.length, 'BatchEntryIdsNotDistinct', '');
}

/** A FIFO queue wants a group, and something to know a repeated message by. */
export function checkFifoIds(input: SendInput, settings: NaiveSettings): void {
  demand(input.messageGroupId !== undefined, 'MissingParameter', 'MessageGroupId');
  const isKnowable =
    settings.contentBasedDeduplication || input.messageDeduplicationId !== undefined;
  demand(isKnowable, 'InvalidParameterValue', 'MessageDeduplicationId');
}

export function bytesOf({ messageBody = '', sizeBytes }: SendInput): number {
  return sizeBytes ?? Buffer.byteLength(messageBody);
}

export function sendingOf(input: SendInput, { name, settings }: NaiveQueue): Sending {
  const { messageBody, sizeBytes, delaySeconds } = input;
  const hasBody = messageBody === undefined ? sizeBytes !== undefined : messageBody !== '';
  demand(hasBody, 'MissingParameter', 'MessageBody');
  if (name.endsWith('.fifo')) {
    checkFifoIds(input, settings);
    demand(!delaySeconds, 'InvalidParameterValue', 'a FIFO queue has a delay of its own only');
  }
  checkSeconds('delaySeconds', delaySeconds, DELAY_MAX);
  const bytes = bytesOf(input);
  demand(bytes <= settings.maximumMessageSize, 'InvalidParameterValue', 'message too long');
  return {
    body: messageBody ?? null,
    bytes,
    group: input.messageGroupId ?? null,
    dedup: input.messageDeduplicationId ?? null,
    delay: delaySeconds === undefined ? null : micros(delaySeconds),
  };
}
