/**
 * Queue attributes as AWS's CreateQueue and SetQueueAttributes take them, in camelCase. What each may be stands in
 * the queue's own settings; here only AWS's ways of saying no are added, and AWS's spellings (texts of
 * digits, policies as JSON).
 */

import type { QueueSettings } from '../../components/sqs/settings.js';
import { queueShape } from '../../components/sqs/settings.js';
import { isMap } from '../../components/settings/problem.js';
import { problemsOf } from '../../components/settings/setting.js';
import { SECOND } from '../../kernel/time.js';
import { invalidParameter, Refusal } from './aws-errors.js';
import { awsName } from './aws-names.js';

export type AttributeKey = keyof QueueSettings;
export type Said = Readonly<Record<string, unknown>>;

/** What is said nowhere but in a scenario. */
const ELSEWHERE: readonly string[] = ['queuePolicy', 'policy'];
/** In AWS's unit, seconds, rather than microseconds. */
const TIMES: readonly AttributeKey[] = [
  'visibilityTimeout',
  'delaySeconds',
  'messageRetentionPeriod',
  'receiveMessageWaitTimeSeconds',
  'kmsDataKeyReusePeriodSeconds',
];
/** Taken away by null or an empty text. */
const REMOVABLE: readonly AttributeKey[] = [
  'redrivePolicy',
  'redriveAllowPolicy',
  'kmsMasterKeyId',
];
/** Arrive as maps, or as JSON texts with ARNs in them. */
const POLICIES: readonly AttributeKey[] = ['redrivePolicy', 'redriveAllowPolicy'];

/** Attributes in base units. A key that is there and undefined is taken away. */
export type ReadAttributes = Partial<QueueSettings>;

/** Reads what was said; `isFifo` decides which attributes the queue has. */
export function readQueueAttributes(said: Said, isFifo: boolean): ReadAttributes {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(said)) {
    if (value === undefined) continue;
    if (ELSEWHERE.includes(key)) throw new TypeError(`${key} is said in \`resources\`, not here`);
    checkAttributeName(key, isFifo);
    read[key] = isRemoval(key, value) ? undefined : readAttribute(key, value);
  }
  return read;
}

function checkAttributeName(key: string, isFifo: boolean): asserts key is AttributeKey {
  const schema = Object.hasOwn(queueShape.settings, key)
    ? queueShape.settings[key as AttributeKey]
    : undefined;
  if (schema !== undefined && (isFifo || schema.meta()?.['x-fifo'] !== true)) return;
  throw unknownAttribute(key);
}

export function unknownAttribute(key: string): Refusal {
  return new Refusal('InvalidAttributeName', `Unknown Attribute ${awsName(key)}.`);
}

function isRemoval(key: AttributeKey, value: unknown): boolean {
  return REMOVABLE.includes(key) && (value === null || value === '');
}

function readAttribute(key: AttributeKey, said: unknown): unknown {
  const isPolicy = POLICIES.includes(key);
  const value = isPolicy ? policyOf(key, said) : plainValue(said);
  const read = queueShape.settings[key].safeParse(value);
  if (read.success) return read.data;
  if (isPolicy) throw policyRefusal(key, said, value, problemsOf(read.error)[0].path?.[0]);
  const code = problemsOf(read.error)[0].awsError ?? 'InvalidAttributeValue';
  throw new Refusal(code, `Invalid value for the parameter ${awsName(key)}.`);
}

/** AWS's attributes are texts: digits and truths may come as such. */
function plainValue(said: unknown): unknown {
  if (said === 'true' || said === 'false') return said === 'true';
  return typeof said === 'string' && /^-?\d+$/.test(said) ? Number(said) : said;
}

// --- policies ----------------------------------------------------------------------------------------

const WORDS: Readonly<Record<string, string>> = {
  deadLetterTargetArn: 'deadLetterTarget',
  sourceQueueArns: 'sourceQueues',
};

/** A policy with our keys, and names where AWS has ARNs. */
function policyOf(key: AttributeKey, said: unknown): unknown {
  const map = typeof said === 'string' ? parsed(said) : said;
  if (!isMap(map)) throw invalidParameter(awsName(key), said, 'Policy is not valid.');
  const policy: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(map)) {
    const own = Object.hasOwn(WORDS, word) ? WORDS[word] : word;
    if (own === 'deadLetterTarget') policy[own] = nameOf(value);
    else if (own === 'sourceQueues' && Array.isArray(value)) policy[own] = value.map(nameOf);
    else policy[own] = own === 'maxReceiveCount' ? plainValue(value) : value;
  }
  return policy;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `arn:aws:sqs:us-east-1:123456789012:orders` is `orders`. */
function nameOf(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(value.lastIndexOf(':') + 1) : value;
}

function policyRefusal(
  key: AttributeKey,
  said: unknown,
  policy: unknown,
  part: string | number | undefined,
): Refusal {
  const reason =
    isMap(policy) && policy[String(part)] === undefined
      ? `Redrive policy does not contain mandatory attribute: ${String(part)}.`
      : `Invalid value for ${String(part)}.`;
  return invalidParameter(awsName(key), said, reason);
}

// --- what is shown -----------------------------------------------------------------------------------

/** Attributes as GetQueueAttributes shows them: AWS's units, only what the queue has. */
export function shownAttributes(settings: QueueSettings, isFifo: boolean): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const key of Object.keys(queueShape.settings) as AttributeKey[]) {
    const isElsewhere = ELSEWHERE.includes(key) || key === 'fifoQueue';
    const value = settings[key];
    const isOfFifo = queueShape.settings[key].meta()?.['x-fifo'] === true;
    if (isElsewhere || value === undefined || (isOfFifo && !isFifo)) continue;
    shown[key] = TIMES.includes(key) ? (value as number) / SECOND : value;
  }
  if (isFifo) shown['fifoQueue'] = true;
  if (settings.kmsMasterKeyId === undefined) delete shown['kmsDataKeyReusePeriodSeconds'];
  else shown['sqsManagedSseEnabled'] = false;
  return shown;
}
