/**
 * Times that a request says, held against the queue's own setting of the same kind: the range stands there
 * and nowhere else.
 */

import { queueShape } from '../../components/sqs/settings.js';
import { problemsOf } from '../../components/settings/setting.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { invalidParameter } from './aws-errors.js';

type TimeKey = 'visibilityTimeout' | 'delaySeconds' | 'receiveMessageWaitTimeSeconds';

/** A whole number of seconds within the range of a setting; anything else is refused. */
export function readSeconds(
  parameter: string,
  said: unknown,
  key: TimeKey,
  form: (least: number, most: number) => string = between,
): Micros {
  const read = queueShape.settings[key].safeParse(said);
  if (typeof said === 'number' && read.success) return read.data;
  throw invalidParameter(parameter, said, form(edgeOf(key, -1e9), edgeOf(key, 1e9)));
}

export function between(least: number, most: number): string {
  return `Must be between ${least} and ${most}, if provided.`;
}

/** The end of the range that lies nearest to a number outside of it, in seconds. */
function edgeOf(key: TimeKey, outside: number): number {
  const schema = queueShape.settings[key];
  const refused = schema.safeParse(outside);
  const nearest = refused.success ? outside : problemsOf(refused.error)[0].nearest;
  return schema.parse(nearest) / SECOND;
}

/** A whole number from `min` to `max`. */
export function readCount(
  parameter: string,
  said: unknown,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  if (typeof said === 'number' && Number.isInteger(said) && said >= min && said <= max) return said;
  throw invalidParameter(parameter, said, between(min, max));
}
