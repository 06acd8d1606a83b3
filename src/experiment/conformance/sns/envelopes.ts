/** Envelopes of SNS in the bodies that a drain received, and what a case expects of them. */

import { isMap } from '../../../components/settings/problem.js';
import { awsName } from '../../operations/aws-names.js';
import type { MessageAttributes } from '../../operations/message-attributes.js';
import type { ReceivedMessage } from '../../operations/receives.js';
import type { Plain } from '../case-file.js';
import type { Difference } from '../story.js';
import type { CaseWorld } from '../sqs/case-world.js';
import { textOf } from '../sqs/words.js';

/** The envelope that a body is; undefined: it is none. */
export function envelopeOf({ body }: ReceivedMessage): Plain | undefined {
  if (body === null || !body.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    const isOne = isMap(parsed) && parsed['Type'] === 'Notification' && 'TopicArn' in parsed;
    return isOne ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** With the published message as its body, out of its envelope if there is one. */
export function unwrapped(message: ReceivedMessage): ReceivedMessage {
  const inner = envelopeOf(message)?.['Message'];
  return typeof inner === 'string' ? { ...message, body: inner } : message;
}

/** `expect` has words of ENVELOPE_EXPECTATIONS; null when all is as expected. */
export function envelopesDiffer(
  expect: Plain,
  messages: readonly ReceivedMessage[],
  world: CaseWorld,
): Difference | null {
  const envelopes = messages.map(envelopeOf);
  const expected: Record<string, unknown> = {};
  const got: Record<string, unknown> = {};
  const see = (word: string, seen: unknown, isMet: boolean): void => {
    if (isMet) return;
    expected[word] = expect[word];
    got[word] = seen;
  };
  for (const [word, wanted] of Object.entries(expect)) {
    if (word === 'envelope' && typeof wanted === 'boolean') {
      const isEach = envelopes.map((one) => one !== undefined);
      see(word, isEach, messages.length > 0 && isEach.every((is) => is === wanted));
    } else if (word === 'envelope')
      see(
        word,
        envelopes,
        hasEach(wanted, envelopes, (one, own) => holds(one, own, world)),
      );
    else if (word === 'subjects') {
      const subjects = envelopes.map((one) => one?.['Subject'] ?? null);
      see(word, subjects, hasEach(wanted, subjects, isSame));
    } else {
      const attributes = messages.map((one, i) => attributesOf(one, envelopes[i]));
      see(word, attributes, hasEach(wanted, attributes, isSameAttributes));
    }
  }
  return Object.keys(expected).length === 0 ? null : { expected, got };
}

/** A list says one each, in order; anything else says it of every message, of which there is one at least. */
function hasEach<T>(
  wanted: unknown,
  seen: readonly T[],
  fits: (wanted: unknown, seen: T) => boolean,
): boolean {
  if (!Array.isArray(wanted)) return seen.length > 0 && seen.every((one) => fits(wanted, one));
  const list: readonly unknown[] = wanted;
  return list.length === seen.length && seen.every((one, i) => fits(list[i], one));
}

/** Whether an envelope has the fields that are said, AWS's names in either spelling. */
function holds(wanted: unknown, envelope: Plain | undefined, world: CaseWorld): boolean {
  if (!isMap(wanted) || envelope === undefined) return false;
  return Object.entries(wanted).every(([word, value]) => {
    const name = awsName(word);
    const own = envelope[name];
    if (name === 'TopicArn') return String(own).endsWith(`:${lastOf(String(value))}`);
    if (name === 'MessageId' && own === world.sends.get(String(value))?.()[0]) return true;
    if (name === 'MessageAttributes') return isSameAttributes(value, plainAttributes(own));
    return isSame(value, own ?? null);
  });
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

function isSame(wanted: unknown, seen: unknown): boolean {
  return sorted(wanted) === sorted(seen);
}

/** As JSON, keys in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (!isMap(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

// --- attributes --------------------------------------------------------------------------------------

/** Type and value of each, by name. */
type PlainAttributes = Readonly<Record<string, readonly [string, string]>>;

function attributesOf(
  { messageAttributes }: ReceivedMessage,
  envelope: Plain | undefined,
): PlainAttributes {
  const own: MessageAttributes = messageAttributes ?? {};
  return envelope === undefined
    ? plainAttributes(own)
    : plainAttributes(envelope['MessageAttributes']);
}

/** Of a case, an envelope, or a received message; a value alone is of the type that it looks like. */
function plainAttributes(said: unknown): PlainAttributes {
  if (!isMap(said)) return {};
  const entries = Object.entries(said).map(([name, value]): [string, readonly [string, string]] => {
    if (!isMap(value))
      return [name, [typeof value === 'number' ? 'Number' : 'String', String(value)]];
    const type = value['Type'] ?? value['DataType'] ?? value['dataType'];
    const keys = ['Value', 'StringValue', 'stringValue', 'BinaryValue', 'binaryValue'];
    const own = keys.map((key) => value[key]).find((one) => one !== undefined);
    return [name, [textOf(type), textOf(own)]];
  });
  return Object.fromEntries(entries);
}

function isSameAttributes(wanted: unknown, seen: PlainAttributes): boolean {
  return isSame(plainAttributes(wanted ?? {}), seen);
}
