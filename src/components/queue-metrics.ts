/**
 * The metrics that a queue publishes, under CloudWatch's names. What each means, and what it leaves out, is
 * in docs/components/sqs.queue.md. Source: SQS Developer Guide "sqs-available-cloudwatch-metrics", Nov 2026.
 */

export interface QueueMetric {
  /**
   * What a data point is: a `level` as it stood when it was sampled, or the `sum` over the minute. The gauge of
   * a sum counts from the start of the run.
   */
  readonly of: 'level' | 'sum';
  /** A plain number, seconds or bytes. */
  readonly unit: 'count' | 's' | 'B';
  readonly queues: 'all' | 'fifo' | 'standard';
  readonly doc: string;
}

export const QUEUE_METRICS = {
  ApproximateNumberOfMessagesVisible: {
    of: 'level',
    unit: 'count',
    queues: 'all',
    doc: 'messages that are neither delayed nor in flight, blocked groups included',
  },
  ApproximateNumberOfMessagesNotVisible: {
    of: 'level',
    unit: 'count',
    queues: 'all',
    doc: 'messages in flight',
  },
  ApproximateNumberOfMessagesDelayed: {
    of: 'level',
    unit: 'count',
    queues: 'all',
    doc: 'messages that are delayed',
  },
  ApproximateAgeOfOldestMessage: {
    of: 'level',
    unit: 's',
    queues: 'all',
    doc: 'age of the oldest message, without those received three times or more; in a dead-letter queue since the move',
  },
  NumberOfMessagesSent: {
    of: 'sum',
    unit: 'count',
    queues: 'all',
    doc: 'messages sent in the minute',
  },
  NumberOfMessagesReceived: {
    of: 'sum',
    unit: 'count',
    queues: 'all',
    doc: 'messages handed out in the minute',
  },
  NumberOfMessagesDeleted: {
    of: 'sum',
    unit: 'count',
    queues: 'all',
    doc: 'deletes that succeeded in the minute, repeated ones included',
  },
  NumberOfEmptyReceives: {
    of: 'sum',
    unit: 'count',
    queues: 'all',
    doc: 'receives of the minute that brought nothing',
  },
  SentMessageSize: {
    of: 'sum',
    unit: 'B',
    queues: 'all',
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
} as const satisfies Readonly<Record<string, QueueMetric>>;

export type QueueMetricName = keyof typeof QUEUE_METRICS;

export function isQueueMetric(name: string): name is QueueMetricName {
  return Object.hasOwn(QUEUE_METRICS, name);
}
