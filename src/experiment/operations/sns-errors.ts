/** Errors of SNS, with AWS's texts as recorded against AWS (LocalStack's test suite, 2023-2025). */

import { Refusal } from './aws-errors.js';

export function invalidTopicParameter(what: string): Refusal {
  return new Refusal('InvalidParameter', `Invalid parameter: ${what}`);
}

export function noSuchTopic(): Refusal {
  return new Refusal('NotFound', 'Topic does not exist');
}

export function noSuchSubscription(): Refusal {
  return new Refusal('NotFound', 'Subscription does not exist');
}

/** Of what the model refuses. */
export const TOPIC_TEXTS: Readonly<Record<string, string>> = {
  NotFound: 'Topic does not exist',
  InvalidParameter: 'Invalid parameter: Message too long',
  BatchRequestTooLong: 'The length of all the batch messages put together is more than the limit.',
  Throttled: 'Rate exceeded',
  KMSThrottling: 'The rate of requests to KMS was exceeded.',
  AuthorizationError: 'The caller is not authorized to publish to the topic',
};
