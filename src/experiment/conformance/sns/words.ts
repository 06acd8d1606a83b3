/** The words of SNS cases: what they mean in the operations. AWS's own names are understood everywhere, too. */

import { NotExpressible } from '../result.js';
import type { Words } from '../sqs/words.js';
import { textOf } from '../sqs/words.js';

/** Topic attributes, by the name that the operations know. */
export const TOPIC_ATTRIBUTES = {
  fifoTopic: ['fifo'],
  contentBasedDeduplication: ['contentBased', 'contentBasedDedup'],
  fifoThroughputScope: ['throughputScope', 'scope', 'dedupScope', 'deduplicationScope'],
  displayName: [],
  signatureVersion: [],
  kmsMasterKeyId: ['kms', 'kmsKey'],
} as const satisfies Words;

/** What a topic says besides its attributes. */
export const TOPIC_WORDS = { type: [], name: ['topicName'], attributes: [] } as const;

export const SUBSCRIPTION_ATTRIBUTES = {
  rawMessageDelivery: ['raw'],
  filterPolicy: ['filter'],
  filterPolicyScope: ['scope', 'filterScope'],
  redrivePolicy: ['redrive', 'dlq', 'deadLetterQueue'],
} as const satisfies Words;

/** What a subscription says besides its attributes. */
export const SUBSCRIPTION_WORDS = {
  id: [],
  topic: [],
  queue: [],
  protocol: [],
  endpoint: [],
  attributes: [],
} as const satisfies Words;

export const DEAD_LETTERS = {
  deadLetterTarget: ['dlq', 'deadLetterQueue', 'deadLetterTargetArn', 'target'],
} as const satisfies Words;

const MESSAGE = {
  message: ['body'],
  sizeBytes: ['size', 'bytes'],
  subject: [],
  messageStructure: ['structure'],
  messageAttributes: ['attributes'],
  messageGroupId: ['group', 'groupId'],
  messageDeduplicationId: ['dedup', 'dedupId', 'deduplicationId'],
} as const satisfies Words;

/** What stands in each entry of a batch. */
export const ENTRY = { id: [], ...MESSAGE } as const satisfies Words;

/** Operations, and what each takes. All of SQS cases are there, too. */
export const OPERATIONS = {
  publish: { topic: [], as: [], ...MESSAGE },
  publishBatch: { topic: [], as: [], entries: [] },
  drain: { queue: [] },
  subscribe: { ...SUBSCRIPTION_WORDS, subscription: [], ...SUBSCRIPTION_ATTRIBUTES },
  unsubscribe: { id: ['subscription'] },
  setSubscription: { id: ['subscription'], attributes: [], ...SUBSCRIPTION_ATTRIBUTES },
  createTopic: { topic: [], ...TOPIC_WORDS, ...TOPIC_ATTRIBUTES },
  deleteTopic: { topic: [] },
  setTopic: { topic: [], attributes: [], ...TOPIC_ATTRIBUTES },
} as const satisfies Readonly<Record<string, Words>>;
export type SnsOperation = keyof typeof OPERATIONS;

/** AWS's own names of the operations. */
const OTHER_NAMES: Readonly<Record<string, SnsOperation>> = {
  setSubscriptionAttributes: 'setSubscription',
  setTopicAttributes: 'setTopic',
};

/** What may be expected of a drain beside what SQS cases expect of a receive. */
export const ENVELOPE_EXPECTATIONS = {
  envelope: ['envelopes'],
  messageAttributes: ['attributes'],
  subjects: ['subject'],
} as const satisfies Words;

/** The operation of SNS that a step names, or undefined. */
export function snsOperationOf(said: unknown): SnsOperation | undefined {
  const name = textOf(said);
  if (Object.hasOwn(OPERATIONS, name)) return name as SnsOperation;
  return Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
}

/** Some keys of a map, and the others. */
export function split(
  said: Readonly<Record<string, unknown>>,
  words: Words,
): readonly [Record<string, unknown>, Record<string, unknown>] {
  const entries = Object.entries(said);
  const isOne = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(words, key);
  return [
    Object.fromEntries(entries.filter(isOne)),
    Object.fromEntries(entries.filter((entry) => !isOne(entry))),
  ];
}

/** `type` of a topic: whether it is FIFO. */
export function isFifoType(type: unknown, where: string): boolean {
  if (type === undefined || type === 'standard') return false;
  if (type === 'fifo') return true;
  throw new NotExpressible(`${where}: no phrase for the type ${textOf(type)}`);
}

/** Scopes of deduplication in any spelling, and as SNS has them. */
export function inSnsSpelling(attributes: Readonly<Record<string, unknown>>) {
  const { fifoThroughputScope: scope } = attributes;
  if (scope === 'messageGroup') return { ...attributes, fifoThroughputScope: 'MessageGroup' };
  return scope === 'topic' ? { ...attributes, fifoThroughputScope: 'Topic' } : attributes;
}
