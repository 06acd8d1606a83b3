/**
 * Figures of SNS that are nobody's setting. Source: AWS General Reference "Amazon SNS endpoints and quotas" and
 * botocore sns service-2.json, as of November 2026, unless a line says otherwise.
 */

import { HOUR, SECOND } from '../../kernel/time.js';
import { inRegion, perRegion } from '../by-region.js';

export const SNS_LIMITS = {
  /** A message with its attributes, and a batch together: still 256 KiB although SQS takes 1 MiB. */
  messageBytesMax: 262_144,
  /** The documented example wraps 23 bytes into 931: about 0.9 kB (Developer Guide "sns-sqs-as-subscriber"). */
  envelopeBytes: 908,
  /** Characters of a topic's name, `.fifo` included; of a subject. */
  nameMax: 256,
  subjectMax: 100,
  /** Topics of an account. */
  topicsMax: 100_000,
  fifoTopicsMax: 1_000,
  /** Subscriptions of a FIFO topic, and Firehose subscriptions of a topic. */
  fifoSubscriptionsMax: 100,
  firehoseSubscriptionsMax: 5,
  /** Subscriptions of a standard topic that have a filter policy. */
  filterPoliciesMax: 200,
  /** HTTP endpoints: an attempt waits for its answer ("sns-message-delivery-retries"). */
  httpTimeout: 15 * SECOND,
  /** HTTP endpoints: retries together, and what waits for its turn because of a throttle policy: an hour at most. */
  httpRetryTimeMax: HOUR,
  heldMax: HOUR,
  /** FIFO topics with the throughput scope Topic: messages and bytes a second; of one message group in any case. */
  fifoMessagesPerSecond: 3_000,
  fifoBytesPerSecond: 20 * 1_048_576,
  fifoGroupMessagesPerSecond: 300,
  /** Raw deliveries to a queue take so many attributes ("sns-message-attributes"). */
  rawAttributesMax: 10,
} as const;

/** How long a data key serves a publisher: "sns-key-management". */
export const SNS_DATA_KEY_REUSE = 300 * SECOND;

/** Messages a second that an account publishes in a region, all topics together. */
const PUBLISH = perRegion(
  300,
  [30_000, 'us-east-1'],
  [9_000, 'us-west-2 eu-west-1'],
  [
    1_500,
    'us-east-2 us-west-1 ap-south-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 eu-central-1',
  ],
);

export function publishPerSecond(region: string): number {
  return inRegion(PUBLISH, region);
}
