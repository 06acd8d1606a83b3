/**
 * Message attributes: who says `{ kind: 'placed', amount: 12 }` or AWS's long form gets the long form back.
 * Rules: SQS Developer Guide "sqs-message-metadata"; botocore sqs service-2.json, Aug 2026.
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

/** As a script says them: a text is a String, a number a Number. */
export type SaidAttributes = Readonly<Record<string, MessageAttribute | string | number>>;

export interface ReadAttributes {
  readonly attributes: MessageAttributes;
  /** Names, types and values: all count towards the message's size. */
  readonly bytes: number;
}

const NAME = /^(?![Aa][Ww][Ss]\.|[Aa][Mm][Aa][Zz][Oo][Nn]\.|\.)[\p{L}\p{N}_.-]*[\p{L}\p{N}_-]$/u;
const TYPE = /^(String|Number|Binary)(\..+)?$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export function readAttributes(said: SaidAttributes | undefined): ReadAttributes {
  const entries = Object.entries(said ?? {});
  const most = REQUEST_LIMITS.messageAttributesMax;
  if (entries.length > most) {
    const text = `Number of message attributes [${entries.length}] exceeds the allowed maximum [${most}].`;
    throw new Refusal('InvalidParameterValue', text);
  }
  const attributes: Record<string, MessageAttribute> = {};
  let bytes = 0;
  for (const [name, value] of entries) {
    const attribute = longForm(value);
    checkName(name);
    checkAttribute(name, attribute);
    const own = attribute.stringValue ?? attribute.binaryValue!;
    bytes += bytesOf(name) + bytesOf(attribute.dataType) + bytesOf(own);
    attributes[name] = attribute;
  }
  return { attributes, bytes };
}

function longForm(value: MessageAttribute | string | number): MessageAttribute {
  if (typeof value === 'string') return { dataType: 'String', stringValue: value };
  if (typeof value === 'number') return { dataType: 'Number', stringValue: String(value) };
  return value;
}

function checkName(name: string): void {
  const isLong = name.length > REQUEST_LIMITS.attributeNameMax;
  if (!isLong && NAME.test(name) && !name.includes('..')) return;
  throw new Refusal(
    'InvalidParameterValue',
    `Message (user) attribute name '${name}' is invalid: letters, digits, underscores, hyphens and single periods ` +
      `inside, ${REQUEST_LIMITS.attributeNameMax} at most, not beginning with AWS. or Amazon.`,
  );
}

function checkAttribute(
  name: string,
  { dataType, stringValue, binaryValue }: MessageAttribute,
): void {
  const refuse = (what: string): Refusal =>
    new Refusal('InvalidParameterValue', `Message (user) attribute '${name}' ${what}.`);
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
