/**
 * The words of SQS cases: what they mean in the operations. Case files say things shortly (`retention`, `wait`);
 * AWS's own names are understood everywhere too. Whatever is not here makes a case not expressible.
 */

import { isMap } from '../../../components/settings/problem.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';

/** A word of ours, and the others that mean the same. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Queue attributes, by the name that the operations know. */
export const ATTRIBUTES = {
  visibilityTimeout: ['visibility'],
  delaySeconds: ['delay'],
  messageRetentionPeriod: ['retention', 'retentionPeriod'],
  receiveMessageWaitTimeSeconds: ['receiveWait', 'wait', 'receiveWaitTime', 'waitTimeSeconds'],
  maximumMessageSize: ['maxMessageSize', 'maxSize'],
  contentBasedDeduplication: ['contentBased', 'contentBasedDedup'],
  deduplicationScope: ['dedupScope'],
  fifoThroughputLimit: ['throughputLimit'],
  redrivePolicy: ['redrive'],
  redriveAllowPolicy: ['redriveAllow'],
  kmsMasterKeyId: ['kms', 'kmsKey', 'kmsMasterKey'],
  kmsDataKeyReusePeriodSeconds: ['kmsDataKeyReusePeriod', 'kmsReuse', 'dataKeyReuse'],
  sqsManagedSseEnabled: ['sqsManagedSse', 'sse', 'sseEnabled'],
} as const satisfies Words;

/** What a queue says besides its attributes. */
export const QUEUE_WORDS = { type: [], name: ['queueName'], fifo: ['fifoQueue'] } as const;

export const REDRIVE = {
  deadLetterTarget: ['dlq', 'deadLetterQueue', 'deadLetterTargetArn', 'target'],
  maxReceiveCount: ['max', 'maxReceives'],
} as const satisfies Words;

export const REDRIVE_ALLOW = {
  redrivePermission: ['permission'],
  sourceQueues: ['sources', 'queues', 'sourceQueueArns'],
} as const satisfies Words;

const MESSAGE = {
  messageBody: ['body', 'message'],
  sizeBytes: ['size', 'bytes'],
  messageGroupId: ['group', 'groupId'],
  messageDeduplicationId: ['dedup', 'dedupId', 'deduplicationId'],
  delaySeconds: ['delay'],
  messageAttributes: ['attributes'],
} as const satisfies Words;

const RECEIPT = { receiptHandle: ['receipt', 'handle'] } as const satisfies Words;
const TIMEOUT = { visibilityTimeout: ['timeout', 'visibility'] } as const satisfies Words;
const ENTRY = { id: [] } as const satisfies Words;
const QUEUE = { queue: [] } as const satisfies Words;
const NAMED = { as: [] } as const satisfies Words;

/** What stands in each entry of a batch. */
export const ENTRIES = {
  sendBatch: { ...ENTRY, ...MESSAGE },
  deleteBatch: { ...ENTRY, ...RECEIPT },
  changeVisibilityBatch: { ...ENTRY, ...RECEIPT, ...TIMEOUT },
} as const satisfies Readonly<Record<string, Words>>;

/** Operations, and what each takes. */
export const OPERATIONS = {
  send: { ...QUEUE, ...NAMED, ...MESSAGE },
  sendBatch: { ...QUEUE, ...NAMED, entries: [] },
  receive: {
    ...QUEUE,
    ...NAMED,
    maxNumberOfMessages: ['max', 'maxMessages'],
    waitTimeSeconds: ['wait', 'waitTime'],
    visibilityTimeout: ['visibility', 'timeout'],
    receiveRequestAttemptId: ['attempt', 'attemptId', 'requestAttemptId'],
    attributeNames: ['messageAttributeNames', 'messageSystemAttributeNames'],
  },
  delete: { ...QUEUE, ...RECEIPT },
  deleteBatch: { ...QUEUE, entries: ['receipts'] },
  changeVisibility: { ...QUEUE, ...RECEIPT, ...TIMEOUT },
  changeVisibilityBatch: { ...QUEUE, entries: ['receipts'], ...TIMEOUT },
  purge: QUEUE,
  counts: QUEUE,
  createQueue: { ...QUEUE, ...QUEUE_WORDS, ...ATTRIBUTES, attributes: [] },
  deleteQueue: QUEUE,
  setAttributes: { ...QUEUE, ...ATTRIBUTES, fifoQueue: ['fifo'], attributes: [] },
  getAttributes: { ...QUEUE, attributeNames: ['names'] },
  setRedrive: { ...QUEUE, redrivePolicy: ['redrive', 'policy'], ...REDRIVE },
  startMove: {
    ...NAMED,
    source: ['queue', 'dlq'],
    destination: ['to', 'target'],
    maxNumberOfMessagesPerSecond: [
      'rate',
      'maxRate',
      'limit',
      'perSecond',
      'maxPerSecond',
      'messagesPerSecond',
    ],
  },
  cancelMove: { source: ['queue', 'dlq'], taskHandle: ['task', 'handle'] },
  listMoves: { source: ['queue', 'dlq'], maxResults: ['max'] },
} as const satisfies Readonly<Record<string, Words>>;
export type Operation = keyof typeof OPERATIONS;

/** AWS's own names of the operations, and other short ones. */
const OTHER_NAMES: Readonly<Record<Operation, readonly string[]>> = {
  send: ['sendMessage'],
  sendBatch: ['sendMessageBatch'],
  receive: ['receiveMessage'],
  delete: ['deleteMessage'],
  deleteBatch: ['deleteMessageBatch'],
  changeVisibility: ['changeMessageVisibility'],
  changeVisibilityBatch: ['changeMessageVisibilityBatch'],
  purge: ['purgeQueue'],
  counts: [],
  createQueue: ['create'],
  deleteQueue: [],
  setAttributes: ['set', 'setQueueAttributes'],
  getAttributes: ['get', 'getQueueAttributes'],
  setRedrive: ['setRedrivePolicy'],
  startMove: ['startMessageMoveTask', 'startMoveTask'],
  cancelMove: ['cancelMessageMoveTask', 'cancelMoveTask'],
  listMoves: ['listMessageMoveTasks', 'listMoveTasks'],
};

/** What may be expected of a step. */
export const EXPECTATIONS = {
  error: ['rejected', 'refused', 'code'],
  bodies: [],
  set: ['bodySet'],
  anyOf: [],
  count: [],
  countBetween: [],
  receiveCounts: [],
  sameMessageAs: [],
  notSameMessageAs: ['differentMessageFrom', 'newMessage'],
  returnsAt: ['answeredAt'],
  successful: [],
  failed: [],
  sameIdAs: [],
  differentIdFrom: ['notSameIdAs', 'newId'],
  dedupIdIsMessageId: [],
  groups: ['groupIds'],
  dedupIds: [],
  deadLetterSource: ['deadLetterQueueSource', 'dlqSource', 'sourceQueue'],
  visible: ['available'],
  inflight: ['inFlight', 'notVisible'],
  delayed: [],
  attributes: [],
  status: [],
  moved: [],
  toMove: [],
  tasks: [],
} as const satisfies Words;
export type Expectation = keyof typeof EXPECTATIONS;

/** Said for people only. */
const REMARKS = ['note', 'comment', 'why', 'reason', 'message', 'source', 'validated'];

/** The word of a table that is meant, or undefined. */
export function wordOf(words: Words, said: string): string | undefined {
  if (Object.hasOwn(words, said)) return said;
  return Object.keys(words).find((word) => words[word].includes(said));
}

/** The same values under the table's words; `where` begins what is said about a word that is not there. */
export function inOurWords(words: Words, said: Plain, where: string): Record<string, unknown> {
  const ours: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(said)) {
    const word = wordOf(words, key);
    if (word !== undefined) ours[word] = value;
    else if (!REMARKS.includes(key)) throw new NotExpressible(`${where}: no phrase for ${key}`);
  }
  return ours;
}

/** The operation that a step names. */
export function operationOf(said: unknown, where: string): Operation {
  const all = Object.keys(OPERATIONS) as Operation[];
  const found = all.find((name) => name === said || OTHER_NAMES[name].includes(textOf(said)));
  if (found !== undefined) return found;
  throw new NotExpressible(`${where}: no phrase for the operation ${textOf(said)}`);
}

export function isOperation(said: string): boolean {
  return (Object.keys(OPERATIONS) as Operation[]).some(
    (name) => name === said || OTHER_NAMES[name].includes(said),
  );
}

/** A text as it is, anything else as JSON. */
export function textOf(said: unknown): string {
  return typeof said === 'string' ? said : JSON.stringify(said);
}

/** A map, or the case says something in words. */
export function mapOf(value: unknown, where: string): Plain {
  if (isMap(value)) return value;
  throw new NotExpressible(`${where}: no phrase for ${JSON.stringify(value)}`);
}
