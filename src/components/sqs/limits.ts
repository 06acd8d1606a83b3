/**
 * Figures of SQS that are nobody's setting (those stand in settings.ts, with their ranges). Source: SQS
 * Developer Guide "Amazon SQS message quotas" as of November 2026, unless a line says otherwise.
 */

import { SECOND } from '../../kernel/time.js';
import { inRegion, perRegion } from '../by-region.js';

export const SQS_LIMITS = {
  /** "~120,000, depending on traffic and backlog": quotas-queues. Counts per queue. */
  inFlightMax: 120_000,
  /** From this many receives on, a message goes behind the others ("sqs-available-cloudwatch-metrics"). */
  receivesBeforeBack: 3,
  /** A spontaneous second delivery after a missed delete lies this far behind it: assumption, AWS gives no figure. */
  phantomDelayMin: 1 * SECOND,
  phantomDelayMax: 60 * SECOND,
  /** Polls that wait at least this long are never falsely empty: assumption after "especially with low wait values". */
  reliableWait: 10 * SECOND,
  /** The largest batch together, bytes: SendMessageBatch, since August 2025. */
  batchBytesMax: 1_048_576,
  /** A message is hidden for so long at most, from its receive: "sqs-visibility-timeout". */
  visibilityTotalMax: 43_200 * SECOND,
  /** A receive-request attempt id counts for so long: ReceiveMessage (ReceiveRequestAttemptId). */
  attemptInterval: 300 * SECOND,
  /** FIFO: groups are looked for among so many from the front: "avoid-backlog-with-the-same-message-group-id". */
  scanWindow: 120_000,
  /** One PurgeQueue in so long. */
  purgeInterval: 60 * SECOND,
  /** MaxNumberOfMessagesPerSecond of StartMessageMoveTask. */
  moveRateMax: 500,
  /** A move task bills a call for each step per so many messages: they are moved in batches. */
  moveBatch: 10,
  /** ListMessageMoveTasks shows so many. */
  moveTasksShown: 10,
  /** Fair queues: a tenant is noisy with more than this share of messages in flight, or of processing time, and */
  noisySharePercent: 10,
  /** … in the first case, with as many of its own in flight ("sqs-fair-queues-detailed"). */
  noisyInFlightMin: 30,
  /** A noisy tenant that had nothing in flight for so long is quiet again: the same page. */
  quietAfter: 300 * SECOND,
  /** FIFO: calls a second and action of a queue; high throughput: of a message group, and of a partition. */
  fifoCallsPerSecond: 300,
  /** High throughput: without calls for so long, one partition is left: assumption, AWS says "low utilization". */
  partitionsIdle: 300 * SECOND,
  /** High throughput: partitions for so many times the quota, at most; assumption, so that none has to be full. */
  partitionsSpare: 2,
  /** A metric is emitted while the queue was accessed within so long: "sqs-monitoring-using-cloudwatch". */
  activeFor: 6 * 3600 * SECOND,
} as const;

/** High-throughput FIFO, calls a second and action: quotas-messages. Batches of ten: ten times as many messages. */
const HIGH_THROUGHPUT = perRegion(
  2_400,
  [70_000, 'us-east-1 us-west-2 eu-west-1'],
  [19_000, 'us-east-2 eu-central-1'],
  [9_000, 'ap-south-1 ap-southeast-1 ap-southeast-2 ap-northeast-1'],
  [4_500, 'eu-west-2 sa-east-1'],
);

export function highThroughputPerSecond(region: string): number {
  return inRegion(HIGH_THROUGHPUT, region);
}
