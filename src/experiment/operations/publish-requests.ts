/**
 * What Publish and an entry of PublishBatch may say. Rules: botocore sns service-2.json, Aug 2026; refusals of whole
 * batches: recorded against AWS (LocalStack's test suite, 2023-2025).
 */

import { isMap } from '../../components/settings/problem.js';
import { SNS_LIMITS } from '../../components/sns/limits.js';
import { Refusal } from './aws-errors.js';
import { isId } from './characters.js';
import { bytesOf, contentId } from './content-id.js';
import type { SaidAttributes } from './message-attributes.js';
import { OF_TOPICS, readAttributes } from './message-attributes.js';
import type { SaidPublication } from './publications.js';
import { invalidTopicParameter } from './sns-errors.js';
import type { LiveTopic } from './topics.js';

/** What both say. */
export interface PublicationRequest {
  readonly message?: string;
  /** Message and attributes together, bytes; in place of a message, or said of one that stands for a longer one. */
  readonly sizeBytes?: number;
  readonly subject?: string;
  /** `json`: the message is JSON with a text for each protocol, and one for all others under `default`. */
  readonly messageStructure?: string;
  readonly messageAttributes?: SaidAttributes;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
}

export const PUBLICATION_KEYS = [
  'message',
  'sizeBytes',
  'subject',
  'messageStructure',
  'messageAttributes',
  'messageGroupId',
  'messageDeduplicationId',
] as const satisfies readonly (keyof PublicationRequest)[];

/** A message that may be published. */
export interface PublicationDraft {
  readonly said: SaidPublication;
  readonly sizeBytes: number;
}

export function readPublication(topic: LiveTopic, request: PublicationRequest): PublicationDraft {
  const { message, sizeBytes, subject } = request;
  checkWhole(topic, request);
  if (sizeBytes === undefined || message !== undefined) checkMessage(message);
  if (subject !== undefined) checkSubject(subject);
  const { attributes, bytes } = readAttributes(request.messageAttributes, OF_TOPICS);
  const size = sizeBytes === undefined ? bytesOf(message!) + bytes : readSize(sizeBytes);
  const said = {
    message: message === undefined ? null : textForQueues(request, message),
    subject: subject ?? null,
    messageAttributes: attributes,
    group: request.messageGroupId === undefined ? null : checkId(request.messageGroupId, 'Group'),
    deduplicationId: deduplicationIdOf(topic, request),
    isOrdered: topic.isFifo,
  };
  return { said, sizeBytes: size };
}

/** What refuses a whole batch when one entry has it. */
export function checkWhole(topic: LiveTopic, request: PublicationRequest): void {
  readAttributes(request.messageAttributes, OF_TOPICS);
  if (request.messageStructure !== undefined) textForQueues(request, request.message ?? '');
  if (!topic.isFifo) return;
  if (request.messageGroupId === undefined)
    throw invalidTopicParameter('The MessageGroupId parameter is required for FIFO topics');
  if (request.messageDeduplicationId !== undefined || topic.settings.contentBasedDeduplication)
    return;
  throw invalidTopicParameter(
    'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** What an entry counts for in its batch. */
export function bytesOfEntry({
  message,
  sizeBytes,
  messageAttributes,
}: PublicationRequest): number {
  if (typeof sizeBytes === 'number') return sizeBytes;
  const body = typeof message === 'string' ? bytesOf(message) : 0;
  return body + readAttributes(messageAttributes, OF_TOPICS).bytes;
}

function checkMessage(message: unknown): void {
  if (typeof message !== 'string' || message === '') throw invalidTopicParameter('Empty message');
}

/** Printed characters that do not begin with a space. */
const SUBJECT = /^[^\s\p{C}][^\p{C}]*$/u;

function checkSubject(subject: unknown): void {
  const isText = typeof subject === 'string' && subject.length <= SNS_LIMITS.subjectMax;
  if (!isText || !SUBJECT.test(subject)) throw invalidTopicParameter('Subject');
}

function readSize(sizeBytes: unknown): number {
  const isSize = typeof sizeBytes === 'number' && Number.isInteger(sizeBytes) && sizeBytes > 0;
  if (isSize && sizeBytes <= 0xffffffff) return sizeBytes;
  throw new TypeError(`sizeBytes is a whole number of bytes above 0, not ${String(sizeBytes)}`);
}

/** The message, or what its structure has for queues. */
function textForQueues({ messageStructure }: PublicationRequest, message: string): string {
  if (messageStructure === undefined) return message;
  if (messageStructure !== 'json') throw invalidTopicParameter('MessageStructure');
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalidTopicParameter('Message Structure - JSON message body failed to parse');
  }
  const byProtocol = isMap(parsed) ? parsed : {};
  if (typeof byProtocol['default'] !== 'string')
    throw invalidTopicParameter('Message Structure - No default entry in JSON message body');
  return typeof byProtocol['sqs'] === 'string' ? byProtocol['sqs'] : byProtocol['default'];
}

function deduplicationIdOf(
  topic: LiveTopic,
  { message, messageDeduplicationId: id }: PublicationRequest,
): string | null {
  if (!topic.isFifo && id !== undefined)
    throw invalidTopicParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for ' +
        'this topic type',
    );
  if (!topic.isFifo) return null;
  if (id !== undefined) return checkId(id, 'Deduplication');
  return message === undefined ? null : contentId(message);
}

function checkId(id: unknown, kind: 'Group' | 'Deduplication'): string {
  if (isId(id)) return id;
  throw new Refusal(
    'InvalidParameter',
    `Invalid parameter: Message${kind}Id Reason: it can only include alphanumeric and punctuation characters, 1 to 128`,
  );
}
