/**
 * Topic attributes as AWS's CreateTopic and SetTopicAttributes take them, in camelCase or AWS's own spelling; texts,
 * numbers and truths alike.
 */

import type { TopicSettings } from '../../components/sns/settings.js';
import { topicShape } from '../../components/sns/settings.js';
import { awsName, ourName } from './aws-names.js';
import { invalidTopicParameter } from './sns-errors.js';

export type SaidSettings = Readonly<Record<string, unknown>>;

/** What is said nowhere but in a scenario. */
const ELSEWHERE: readonly string[] = ['policy', 'topicPolicy', 'deliveryPolicy'];
/** Said when the topic is made; a topic that is there keeps it. */
const ONCE: readonly string[] = ['fifoTopic', 'kmsMasterKeyId'];
const OF_FIFO: readonly string[] = ['contentBasedDeduplication', 'fifoThroughputScope'];
/** What AWS takes and nobody feels. */
const UNFELT: readonly string[] = ['displayName', 'tracingConfig'];
const NOT_MODELLED: readonly string[] = ['archivePolicy', 'replayPolicy', 'dataProtectionPolicy'];

/** What a request says of a topic; a key that is not there is not said. */
export type ReadTopic = Partial<
  Pick<
    TopicSettings,
    'fifoTopic' | 'contentBasedDeduplication' | 'fifoThroughputScope' | 'kmsMasterKeyId'
  >
> & { readonly signatureVersion?: string };

/** `where` begins AWS's text; `isNew`: the topic is being made. */
export function readTopicAttributes(
  said: SaidSettings,
  isFifo: boolean,
  isNew: boolean,
  where: string,
): ReadTopic {
  const read: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(said)) {
    if (value === undefined) continue;
    const key = ourName(word);
    if (ELSEWHERE.includes(key)) throw new TypeError(`${key} is said in \`resources\`, not here`);
    if (NOT_MODELLED.includes(key)) throw invalidTopicParameter(`${where}${word} is not modelled`);
    if (UNFELT.includes(key)) continue;
    if (key === 'kmsMasterKeyId' && !isNew)
      throw new TypeError('kmsMasterKeyId is said when the topic is made');
    if (ONCE.includes(key) && !isNew) throw invalidTopicParameter('AttributeName');
    if (OF_FIFO.includes(key) && !isFifo)
      throw invalidTopicParameter(`${where}${awsName(key)}: only FIFO topics have it`);
    read[key] = valueOf(key, value, `${where}${awsName(key)}`);
  }
  return read;
}

function valueOf(key: string, value: unknown, where: string): unknown {
  if (key === 'signatureVersion') {
    if (value === '1' || value === '2' || value === 1 || value === 2) return String(value);
    throw invalidTopicParameter(`${where} Reason: Invalid value [${textOf(value)}]`);
  }
  const settings: Readonly<Record<string, { safeParse(value: unknown): Parsed }>> =
    topicShape.settings;
  if (!Object.hasOwn(settings, key) || key === 'subscriptions')
    throw invalidTopicParameter('AttributeName');
  const plain = value === 'true' || value === 'false' ? value === 'true' : value;
  const read = settings[key].safeParse(plain);
  if (read.success) return read.data;
  throw invalidTopicParameter(`${where} Reason: Invalid value [${textOf(value)}]`);
}

interface Parsed {
  readonly success: boolean;
  readonly data?: unknown;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
