/**
 * The metrics that a queue publishes, under CloudWatch's names. What each means, and what it leaves out, is
 * in docs/components/sqs.queue.md. Source: SQS Developer Guide "sqs-available-cloudwatch-metrics", Nov 2026.
 */

import type { MetricTable } from './metric-table.js';

export const QUEUE_METRICS = {
  ApproximateNumberOfMessagesVisible: {
    of: 'level',
    unit: 'count',
    doc: 'messages that are neither delayed nor in flight, blocked groups included',
  },
  ApproximateNumberOfMessagesNotVisible: {
    of: 'level',
    unit: 'count',
    doc: 'messages in flight',
  },
  ApproximateNumberOfMessagesDelayed: {
    of: 'level',
    unit: 'count',
    doc: 'messages that are delayed',
  },
  ApproximateAgeOfOldestMessage: {
    of: 'level',
    unit: 's',
    doc: 'age of the oldest message, without those received three times or more; in a dead-letter queue since the move',
  },
  NumberOfMessagesSent: {
    of: 'sum',
    unit: 'count',
    doc: 'messages sent in the minute',
  },
  NumberOfMessagesReceived: {
    of: 'sum',
    unit: 'count',
    doc: 'messages handed out in the minute',
  },
  NumberOfMessagesDeleted: {
    of: 'sum',
    unit: 'count',
    doc: 'deletes that succeeded in the minute, repeated ones included',
  },
  NumberOfEmptyReceives: {
    of: 'sum',
    unit: 'count',
    doc: 'receives of the minute that brought nothing',
  },
  SentMessageSize: {
    of: 'sum',
    unit: 'B',
    doc: 'bytes sent in the minute',
  },
  ApproximateNumberOfGroupsWithInflightMessages: {
    of: 'level',
    unit: 'count',
    queues: 'fifo',
    doc: 'message groups with messages in flight',
  },
  NumberOfDeduplicatedSentMessages: {
    of: 'sum',
    unit: 'count',
    queues: 'fifo',
    doc: 'sends of the minute that were taken for duplicates',
  },
  ApproximateNumberOfNoisyGroups: {
    of: 'level',
    unit: 'count',
    queues: 'standard',
    doc: 'message groups that a fair queue takes for noisy',
  },
  ApproximateNumberOfMessagesVisibleInQuietGroups: {
    of: 'level',
    unit: 'count',
    queues: 'standard',
    doc: 'visible messages of the other groups',
  },
  ApproximateNumberOfMessagesNotVisibleInQuietGroups: {
    of: 'level',
    unit: 'count',
    queues: 'standard',
    doc: 'messages in flight of the other groups',
  },
  ApproximateNumberOfMessagesDelayedInQuietGroups: {
    of: 'level',
    unit: 'count',
    queues: 'standard',
    doc: 'delayed messages of the other groups',
  },
} as const satisfies MetricTable;
