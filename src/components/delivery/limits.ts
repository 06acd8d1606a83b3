/** What services that push have in common, as AWS documents or as we assume it. */

import { MINUTE, SECOND } from '../../kernel/time.js';
import { PhasedSchedule } from './schedules.js';

/**
 * After so long a pusher takes an answer for lost. 15 s is documented for HTTP endpoints of SNS; for other targets
 * AWS publishes nothing, and the same is assumed. Source: SNS Developer Guide "sns-message-delivery-retries", 2026.
 */
export const ANSWER_PATIENCE = 15 * SECOND;

/**
 * Retries towards endpoints that AWS manages (SQS, Lambda, Firehose): 3 at once, 2 a second apart, 10 with backoff from
 * 1 to 20 s, 100,000 20 s apart: 100,015 over 23 days. Source: SNS Developer Guide "sns-message-delivery-retries",
 * 2026; the form of the backoff is assumed to be geometric (with it the sum is 23.15 days).
 */
export const AWS_MANAGED = new PhasedSchedule([
  { retries: 3, first: 0, last: 0, backoff: 'linear' },
  { retries: 2, first: SECOND, last: SECOND, backoff: 'linear' },
  { retries: 10, first: SECOND, last: 20 * SECOND, backoff: 'geometric' },
  { retries: 100_000, first: 20 * SECOND, last: 20 * SECOND, backoff: 'linear' },
]);

/**
 * Retries towards endpoints that customers manage (e-mail, SMS, mobile push; Firehose when it throttles): 2 after 10 s,
 * 10 with backoff from 10 to 600 s, 38 600 s apart: 50 over more than 6 hours. Source: as above.
 */
export const CUSTOMER_MANAGED = new PhasedSchedule([
  { retries: 2, first: 10 * SECOND, last: 10 * SECOND, backoff: 'linear' },
  { retries: 10, first: 10 * SECOND, last: 10 * MINUTE, backoff: 'geometric' },
  { retries: 38, first: 10 * MINUTE, last: 10 * MINUTE, backoff: 'linear' },
]);
