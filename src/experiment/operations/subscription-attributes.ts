/**
 * Subscription attributes as AWS's Subscribe and SetSubscriptionAttributes take them, in camelCase or AWS's own
 * spelling: policies as JSON or as they are, names where AWS has ARNs. Texts of refusals: recorded against AWS
 * (LocalStack's test suite, 2023-2025).
 */

import type { PatternSpec } from '../../components/patterns/pattern.js';
import { readPattern } from '../../components/patterns/read.js';
import { isMap } from '../../components/settings/problem.js';
import { awsName, ourName } from './aws-names.js';
import { invalidTopicParameter } from './sns-errors.js';
import type { SaidSettings } from './topic-attributes.js';
import { textOf } from './topic-attributes.js';
import { plainName } from './topics.js';

type Policy = Readonly<Record<string, unknown>>;

/** What a subscription is set to. */
export interface SubscriptionAttributes {
  readonly rawMessageDelivery: boolean;
  /** As it was written; null: none. */
  readonly filterPolicy: Policy | null;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
  /** The name of its dead-letter queue; null: none. */
  readonly deadLetterTarget: string | null;
}

export const UNSET: SubscriptionAttributes = {
  rawMessageDelivery: false,
  filterPolicy: null,
  filterPolicyScope: 'MessageAttributes',
  deadLetterTarget: null,
};

const SCOPES: readonly unknown[] = ['MessageAttributes', 'MessageBody'];
const NOT_MODELLED: readonly string[] = ['replayPolicy', 'subscriptionRoleArn'];
/** A name of a queue, as it stands at the end of an ARN. */
const QUEUE = /^[A-Za-z0-9_-]{1,75}(\.fifo|[A-Za-z0-9_-]{0,5})$/;

/** `where` begins AWS's text. */
export function readSubscriptionAttributes(
  said: SaidSettings,
  where: string,
): Partial<SubscriptionAttributes> {
  const read: { -readonly [K in keyof SubscriptionAttributes]?: SubscriptionAttributes[K] } = {};
  for (const [word, value] of Object.entries(said)) {
    if (value === undefined) continue;
    const key = ourName(word);
    const place = `${where}${awsName(key)}`;
    if (key === 'deliveryPolicy') throw new TypeError(`${key} is said in \`resources\`, not here`);
    if (NOT_MODELLED.includes(key)) throw invalidTopicParameter(`${place}: it is not modelled`);
    if (key === 'rawMessageDelivery') read.rawMessageDelivery = readRaw(value, place);
    else if (key === 'filterPolicy') read.filterPolicy = readPolicy(value, place);
    else if (key === 'filterPolicyScope') read.filterPolicyScope = readScope(value, place);
    else if (key === 'redrivePolicy') read.deadLetterTarget = readRedrive(value, place);
    else
      throw invalidTopicParameter(where === '' ? 'AttributeName' : `${place}: unknown attribute`);
  }
  return read;
}

/** AWS takes any letter case. */
function readRaw(value: unknown, place: string): boolean {
  if (/^true$/i.test(textOf(value))) return true;
  if (/^false$/i.test(textOf(value))) return false;
  throw invalidTopicParameter(`${place}: Invalid value [${textOf(value)}]. Must be true or false.`);
}

function readScope(value: unknown, place: string): SubscriptionAttributes['filterPolicyScope'] {
  if (SCOPES.includes(value)) return value as SubscriptionAttributes['filterPolicyScope'];
  throw invalidTopicParameter(
    `${place}: Invalid value [${textOf(value)}]. Please use either MessageBody or MessageAttributes`,
  );
}

/** A map, or JSON of one; null where it is taken away. */
function readPolicy(value: unknown, place: string): Policy | null {
  if (value === null || value === '') return null;
  const policy = typeof value === 'string' ? parsed(value, place) : value;
  if (isMap(policy)) return policy;
  throw invalidTopicParameter(`${place}: failed to parse JSON. It is not an object`);
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidTopicParameter(`${place}: failed to parse JSON.`);
  }
}

function readRedrive(value: unknown, place: string): string | null {
  const policy = readPolicy(value, place);
  if (policy === null) return null;
  const target = policy['deadLetterTarget'] ?? policy['deadLetterTargetArn'];
  const others = Object.keys(policy).filter((key) => !key.startsWith('deadLetterTarget'));
  const name = typeof target === 'string' ? plainName(target) : '';
  if (!QUEUE.test(name) || others.length > 0)
    throw invalidTopicParameter(`${place}: deadLetterTargetArn is an invalid arn`);
  return name;
}

/** The filter of a policy in its scope; null: everything. */
export function filterOf(
  { filterPolicy, filterPolicyScope }: SubscriptionAttributes,
  where: string,
): PatternSpec | null {
  if (filterPolicy === null) return null;
  const flavour = filterPolicyScope === 'MessageBody' ? 'messageBody' : 'messageAttributes';
  const filter = readPattern(filterPolicy, flavour, ({ message, found }) => {
    throw invalidTopicParameter(`${where}FilterPolicy: ${message ?? found ?? ''}`);
  });
  return filter ?? null;
}
