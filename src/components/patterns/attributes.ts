/**
 * Message attributes as SNS and SQS write them, as values for patterns. A type may have a label of its own
 * behind a dot (`Number.cents`).
 * Source: SNS Developer Guide "Amazon SNS message attributes", 2026.
 */

import type { FieldValue, Scalar } from './pattern.js';

export interface WrittenAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
}

/** undefined: no filter sees it: it is binary, or no list although it says so. */
export function attributeValue({ DataType, StringValue }: WrittenAttribute): FieldValue {
  if (StringValue === undefined) return undefined;
  if (DataType === 'String.Array') return listOf(StringValue);
  if (DataType === 'String' || DataType.startsWith('String.')) return StringValue;
  if (DataType !== 'Number' && !DataType.startsWith('Number.')) return undefined;
  const number = Number(StringValue);
  return StringValue.trim() === '' || Number.isNaN(number) ? undefined : number;
}

function listOf(text: string): readonly Scalar[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const items: readonly unknown[] = parsed;
  return items.filter((item): item is Scalar => item === null || typeof item !== 'object');
}
