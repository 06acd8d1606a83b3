/** What SendMessage and an entry of SendMessageBatch may say, and what the queue makes of it. */

import { QUEUE_DEFAULT } from '../../components/queue-port.js';
import type { Micros } from '../../kernel/time.js';
import { invalidParameter, missingParameter, notForThisType, Refusal } from './aws-errors.js';
import { checkId, isLegalText } from './characters.js';
import { bytesOf, contentId } from './content-id.js';
import type { SaidAttributes } from './message-attributes.js';
import { readAttributes } from './message-attributes.js';
import type { SaidMessage } from './message-book.js';
import type { LiveQueue } from './queues.js';
import { readSeconds } from './ranges.js';

/** What both say. Times in seconds. */
export interface MessageRequest {
  readonly messageBody?: string;
  /** Body and attributes together, bytes; in place of a body, or said of one that stands for a longer one. */
  readonly sizeBytes?: number;
  /** Standard queues only; a FIFO queue takes 0 for "as the queue says". */
  readonly delaySeconds?: number;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  readonly messageAttributes?: SaidAttributes;
}

export const MESSAGE_KEYS = [
  'messageBody',
  'sizeBytes',
  'delaySeconds',
  'messageGroupId',
  'messageDeduplicationId',
  'messageAttributes',
] as const satisfies readonly (keyof MessageRequest)[];

/** A message that may be sent. */
export interface Draft {
  readonly said: SaidMessage;
  readonly sizeBytes: number;
  /** Its own, or QUEUE_DEFAULT. */
  readonly delay: Micros;
}

export function readMessage(queue: LiveQueue, request: MessageRequest): Draft {
  const { messageBody, sizeBytes } = request;
  if (messageBody === undefined && sizeBytes === undefined) throw missingParameter('MessageBody');
  const body = messageBody === undefined ? null : readBody(messageBody);
  const { attributes, bytes } = readAttributes(request.messageAttributes);
  const said = {
    body,
    messageAttributes: attributes,
    group: readGroup(queue, request.messageGroupId),
    deduplicationId: readDeduplicationId(queue, request, body),
  };
  const size = sizeBytes === undefined ? bytesOf(body ?? '') + bytes : readSize(sizeBytes);
  return { said, sizeBytes: size, delay: readDelay(queue, request.delaySeconds) };
}

/** What an entry counts for in its batch, whether or not it is refused for itself. */
export function weightOf({ messageBody, sizeBytes, messageAttributes }: MessageRequest): number {
  if (typeof sizeBytes === 'number') return sizeBytes;
  const body = typeof messageBody === 'string' ? bytesOf(messageBody) : 0;
  try {
    return body + readAttributes(messageAttributes).bytes;
  } catch (error) {
    if (error instanceof Refusal) return body;
    throw error;
  }
}

function readBody(body: unknown): string {
  if (body === '') throw missingParameter('MessageBody');
  if (typeof body !== 'string') throw invalidParameter('MessageBody', body, 'Must be a text.');
  if (isLegalText(body)) return body;
  throw new Refusal(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | ' +
      '#xE000 to #xFFFD | #x10000 to #x10FFFF.',
  );
}

function readSize(sizeBytes: unknown): number {
  const isSize = typeof sizeBytes === 'number' && Number.isInteger(sizeBytes) && sizeBytes > 0;
  if (isSize && sizeBytes <= 0xffffffff) return sizeBytes;
  throw new TypeError(`sizeBytes is a whole number of bytes above 0, not ${String(sizeBytes)}`);
}

/** On a standard queue a group is a tenant (fair queues); a FIFO queue wants one. */
function readGroup(queue: LiveQueue, group: unknown): string | null {
  if (group !== undefined) return checkId('MessageGroupId', group);
  if (queue.isFifo) throw missingParameter('MessageGroupId');
  return null;
}

/** Said, or made of the body; a message of which only the size is known is like no other. */
function readDeduplicationId(
  queue: LiveQueue,
  { messageDeduplicationId: id }: MessageRequest,
  body: string | null,
): string | null {
  if (!queue.isFifo) {
    if (id === undefined) return null;
    throw notForThisType('MessageDeduplicationId', id);
  }
  checkKnowable(queue, id);
  if (id !== undefined) return checkId('MessageDeduplicationId', id);
  return body === null ? null : contentId(body);
}

/** Of every entry of a batch to a FIFO queue, or the batch is refused. */
export function checkFifoIds(queue: LiveQueue, request: MessageRequest): void {
  if (request.messageGroupId === undefined) throw missingParameter('MessageGroupId');
  checkKnowable(queue, request.messageDeduplicationId);
}

function checkKnowable({ settings }: LiveQueue, id: unknown): void {
  if (id !== undefined || settings.contentBasedDeduplication) return;
  throw new Refusal(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function readDelay(queue: LiveQueue, delay: unknown): Micros {
  if (delay === undefined) return QUEUE_DEFAULT;
  if (!queue.isFifo) return readSeconds('DelaySeconds', delay, 'delaySeconds', delayRange);
  if (delay === 0) return QUEUE_DEFAULT;
  throw notForThisType('DelaySeconds', delay);
}

function delayRange(least: number, most: number): string {
  return `DelaySeconds must be >= ${least} and <= ${most}.`;
}
