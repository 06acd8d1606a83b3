/**
 * All metrics that CloudWatch shows. Each table is the `metrics` of the types of one role, which a test compares;
 * a service that publishes adds its own here.
 */

import { GROUP_METRICS } from './group-metrics.js';
import type { MetricSpec } from './metric-table.js';
import { QUEUE_METRICS } from './queue-metrics.js';
import type { ResourceRole } from './settings/roles.js';

const QUEUE = { role: 'queue', metrics: QUEUE_METRICS } as const;
const FLEET = { role: 'fleet', metrics: GROUP_METRICS } as const;

/** By the role of those that publish it. */
export const PUBLISHED = [QUEUE, FLEET] as const;

type NamesOf<Table> = Table extends { readonly metrics: infer Metrics } ? keyof Metrics : never;
export type MetricName = NamesOf<(typeof PUBLISHED)[number]>;

export interface PublishedMetric extends MetricSpec {
  /** What publishes it. */
  readonly role: ResourceRole;
}

const METRICS = new Map<string, PublishedMetric>(
  PUBLISHED.flatMap(({ role, metrics }) =>
    Object.entries<MetricSpec>(metrics).map(
      ([name, metric]) => [name, { ...metric, role }] as const,
    ),
  ),
);

export const METRIC_NAMES: readonly MetricName[] = [...METRICS.keys()] as MetricName[];

export function isMetric(name: string): name is MetricName {
  return METRICS.has(name);
}

export function metricNamed(name: MetricName): PublishedMetric {
  return METRICS.get(name)!;
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
