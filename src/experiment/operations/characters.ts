/** Which characters SQS takes where. Source: botocore sqs service-2.json, Aug 2026. */

import { REQUEST_LIMITS } from '../../components/sqs/request-limits.js';
import { invalidParameter, Refusal } from './aws-errors.js';

/** What XML 1.0 allows; a lone surrogate is no character. */
const LEGAL = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

export function isLegalText(text: string): boolean {
  return LEGAL.test(text);
}

/** Letters, digits and punctuation of ASCII; no space. */
const ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]+$/;
const ENTRY_ID = /^[A-Za-z0-9_-]+$/;
const QUEUE_NAME = /^[A-Za-z0-9_-]+$/;

/** Whether it may be a group, deduplication or attempt id. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= REQUEST_LIMITS.idMax && ID.test(id);
}

export function checkId(parameter: string, id: unknown): string {
  const { idMax } = REQUEST_LIMITS;
  if (isId(id)) return id;
  const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to ${idMax} in length.`;
  throw invalidParameter(parameter, id, reason);
}

/** The id of an entry of a batch. */
export function checkEntryId(id: unknown): string {
  const { entryIdMax } = REQUEST_LIMITS;
  if (typeof id === 'string' && id.length <= entryIdMax && ENTRY_ID.test(id)) return id;
  throw new Refusal(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
      `It can be at most ${entryIdMax} letters long.`,
  );
}

/** The name of a queue that is to be made; `suffix` is `.fifo` or nothing. */
export function checkQueueName(name: string, suffix: string): void {
  const { queueNameMax } = REQUEST_LIMITS;
  const own = name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : '';
  if (name.length <= queueNameMax && QUEUE_NAME.test(own)) return;
  const rule = 'can only include alphanumeric characters, hyphens, or underscores';
  throw new Refusal(
    'InvalidParameterValue',
    suffix === ''
      ? `The queue name ${rule}. 1 to ${queueNameMax} in length`
      : `The name of a FIFO queue ${rule}, must end with ${suffix} suffix and be 1 to ${queueNameMax} in length`,
  );
}
