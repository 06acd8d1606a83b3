/**
 * Message attributes: who says `{ kind: 'placed', amount: 12 }` or AWS's long form gets the long form back.
 * Rules: SQS Developer Guide "sqs-message-metadata"; botocore sqs and sns service-2.json, Aug 2026; SNS's codes:
 * recorded against AWS (LocalStack's test suite).
 */

import { REQUEST_LIMITS } from '../../components/sqs/request-limits.js';
import { Refusal } from './aws-errors.js';
import { isLegalText } from './characters.js';
import { bytesOf } from './content-id.js';

/** AWS's form. */
export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** The bytes, as text. */
  readonly binaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** As a script says them: a text is a String, a number a Number, a list a String.Array. */
export type SaidAttributes = Readonly<Record<string, MessageAttribute | string | number | List>>;
type List = readonly (string | number | boolean | null)[];

export interface ReadAttributes {
  readonly attributes: MessageAttributes;
  /** Names, types and values: all count towards the message's size. */
  readonly bytes: number;
}

const NAME = /^(?![Aa][Ww][Ss]\.|[Aa][Mm][Aa][Zz][Oo][Nn]\.|\.)[\p{L}\p{N}_.-]*[\p{L}\p{N}_-]$/u;
const TYPE = /^(String|Number|Binary)(\..+)?$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** What services differ in. */
export interface AttributeRules {
  /** The code of AWS's refusal, and that for an attribute without a type. */
  readonly code: string;
  readonly untyped: string;
  /** So many attributes at most. */
  readonly most: number;
}

const OF_QUEUES: AttributeRules = {
  code: 'InvalidParameterValue',
  untyped: 'InvalidParameterValue',
  most: REQUEST_LIMITS.messageAttributesMax,
};
/** SNS has no limit but that of the message's size. */
export const OF_TOPICS: AttributeRules = {
  code: 'ParameterValueInvalid',
  untyped: 'ValidationError',
  most: Infinity,
};

export function readAttributes(
  said: SaidAttributes | undefined,
  rules: AttributeRules = OF_QUEUES,
): ReadAttributes {
  const entries = Object.entries(said ?? {});
  const { most, code } = rules;
  if (entries.length > most) {
    const text = `Number of message attributes [${entries.length}] exceeds the allowed maximum [${most}].`;
    throw new Refusal(code, text);
  }
  const attributes: Record<string, MessageAttribute> = {};
  let bytes = 0;
  for (const [name, value] of entries) {
    const attribute = longForm(value);
    checkName(name, rules);
    checkAttribute(name, attribute, rules);
    const own = attribute.stringValue ?? attribute.binaryValue!;
    bytes += bytesOf(name) + bytesOf(attribute.dataType) + bytesOf(own);
    attributes[name] = attribute;
  }
  return { attributes, bytes };
}

function longForm(value: SaidAttributes[string]): MessageAttribute {
  if (typeof value === 'string') return { dataType: 'String', stringValue: value };
  if (typeof value === 'number') return { dataType: 'Number', stringValue: String(value) };
  return isList(value) ? { dataType: 'String.Array', stringValue: JSON.stringify(value) } : value;
}

function isList(value: MessageAttribute | List): value is List {
  return Array.isArray(value);
}

function checkName(name: string, { code }: AttributeRules): void {
  const isLong = name.length > REQUEST_LIMITS.attributeNameMax;
  if (!isLong && NAME.test(name) && !name.includes('..')) return;
  throw new Refusal(
    code,
    `Message (user) attribute name '${name}' is invalid: letters, digits, underscores, hyphens and single periods ` +
      `inside, ${REQUEST_LIMITS.attributeNameMax} at most, not beginning with AWS. or Amazon.`,
  );
}

function checkAttribute(
  name: string,
  { dataType, stringValue, binaryValue }: MessageAttribute,
  { code, untyped }: AttributeRules,
): void {
  const refuse = (what: string): Refusal =>
    new Refusal(
      dataType === undefined ? untyped : code,
      `Message (user) attribute '${name}' ${what}.`,
    );
  const isType = typeof dataType === 'string' && dataType.length <= REQUEST_LIMITS.attributeNameMax;
  const type = isType ? TYPE.exec(dataType)?.[1] : undefined;
  if (type === undefined) throw refuse('has an invalid data type: String, Number or Binary');
  const value: unknown = type === 'Binary' ? binaryValue : stringValue;
  if (typeof value !== 'string' || value === '')
    throw refuse(`must contain a non-empty value of type '${type}'`);
  if (type === 'Binary') return;
  if (!isLegalText(value)) throw refuse('contains characters that are not allowed');
  if (type === 'Number' && !NUMBER.test(value)) throw refuse('is not a number');
}
