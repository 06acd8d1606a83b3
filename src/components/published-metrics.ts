/** All metrics that CloudWatch shows, of whatever resource. */

import type { GroupMetricName } from './group-metrics.js';
import { GROUP_METRICS, isGroupMetric } from './group-metrics.js';
import type { QueueMetricName } from './queue-metrics.js';
import { isQueueMetric, QUEUE_METRICS } from './queue-metrics.js';

export type MetricName = QueueMetricName | GroupMetricName;

export interface PublishedMetric {
  /** A data point is a `level` as it stood when it was sampled, or the `sum` or `mean` over its period. */
  readonly of: 'level' | 'sum' | 'mean';
  /** A plain number, seconds, bytes or percent. */
  readonly unit: 'count' | 's' | 'B' | '%';
  /** Resource types that publish it. */
  readonly type: 'sqs.queue' | 'autoscaling.group';
  /** Of queues: which ones. */
  readonly queues: 'all' | 'fifo' | 'standard';
  readonly doc: string;
}

export const METRIC_NAMES: readonly MetricName[] = [
  ...(Object.keys(QUEUE_METRICS) as QueueMetricName[]),
  ...(Object.keys(GROUP_METRICS) as GroupMetricName[]),
];

export function isMetric(name: string): name is MetricName {
  return isQueueMetric(name) || isGroupMetric(name);
}

export function metricNamed(name: MetricName): PublishedMetric {
  return isQueueMetric(name)
    ? { ...QUEUE_METRICS[name], type: 'sqs.queue' }
    : { ...GROUP_METRICS[name], type: 'autoscaling.group', queues: 'all' };
}

/** Others' words → CloudWatch's names: attributes of the queue, our own levels, predefined metrics of policies. */
export const METRIC_WORDS: Readonly<Record<string, MetricName>> = {
  ApproximateNumberOfMessages: 'ApproximateNumberOfMessagesVisible',
  ApproximateNumberOfMessagesInFlight: 'ApproximateNumberOfMessagesNotVisible',
  depth: 'ApproximateNumberOfMessagesVisible',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
  age: 'ApproximateAgeOfOldestMessage',
  instances: 'GroupInServiceInstances',
  desired: 'GroupDesiredCapacity',
  busy: 'CPUUtilization',
  ASGAverageCPUUtilization: 'CPUUtilization',
};

/** Metrics that CloudWatch has and this release does not model. */
export const NOT_MODELLED_METRICS: readonly string[] = [
  'ApproximateAgeOfOldestMessageInQuietGroups',
  'GroupStandbyInstances',
  'GroupTerminatingRetainedInstances',
  'GroupInServiceCapacity',
  'GroupPendingCapacity',
  'GroupStandbyCapacity',
  'GroupTerminatingCapacity',
  'GroupTotalCapacity',
  'WarmPoolDesiredCapacity',
  'WarmPoolWarmedCapacity',
  'WarmPoolPendingCapacity',
  'WarmPoolTerminatingCapacity',
  'WarmPoolTotalCapacity',
  'GroupAndWarmPoolDesiredCapacity',
  'GroupAndWarmPoolTotalCapacity',
  'ASGAverageNetworkIn',
  'ASGAverageNetworkOut',
  'ALBRequestCountPerTarget',
  'NetworkIn',
  'NetworkOut',
  'DiskReadOps',
  'DiskWriteOps',
  'StatusCheckFailed',
  'CPUCreditBalance',
];
