/**
 * SQS quotas as data. Source of all: SQS Developer Guide "Amazon SQS message quotas" and botocore
 * sqs service-2.json, both as of November 2026 unless a line says otherwise.
 */

import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.js';

export const SQS_LIMITS = {
  visibilityTimeoutDefault: 30 * SECOND,
  visibilityTimeoutMax: 12 * HOUR,
  delayMax: 15 * MINUTE,
  retentionDefault: 4 * DAY,
  retentionMin: 60 * SECOND,
  retentionMax: 14 * DAY,
  receiveWaitMax: 20 * SECOND,
  batchEntriesMax: 10,
  /** Body and attributes of one message, and of one batch; 262,144 before August 2025. */
  messageSizeMaxBytes: 1_048_576,
  messageSizeMinBytes: 1_024,
  maxReceiveCountMax: 1_000,
  /** "~120,000, depending on traffic and backlog": quotas-queues. Counts per queue. */
  inFlightMax: 120_000,
  /** From this many receives on, a message goes behind the others ("sqs-available-cloudwatch-metrics"). */
  receivesBeforeBack: 3,
  /** A spontaneous second delivery after a missed delete lies this far behind it: assumption, AWS gives no figure. */
  phantomDelayMin: 1 * SECOND,
  phantomDelayMax: 60 * SECOND,
  /** Polls that wait at least this long are never falsely empty: assumption after "especially with low wait values". */
  reliableWait: 10 * SECOND,
} as const;
