/** The `metric` of an alarm: one metric of one resource. Metric math comes with backlog tracking. */

export interface MetricName {
  /** CloudWatch's name. */
  readonly metric: string;
  readonly resource: string;
}

const SINGLE = /^\s*([A-Za-z][A-Za-z0-9]*)\s*\(\s*([A-Za-z][A-Za-z0-9_.-]*)\s*\)\s*$/;

/** `ApproximateNumberOfMessagesVisible(orders)`, or undefined when the text is anything else. */
export function metricNameOf(expression: string): MetricName | undefined {
  const match = SINGLE.exec(expression);
  return match === null ? undefined : { metric: match[1], resource: match[2] };
}

/** Metrics that a queue publishes and this release samples. */
export const QUEUE_METRICS = [
  'ApproximateNumberOfMessagesVisible',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateAgeOfOldestMessage',
] as const;

/** Others' words → CloudWatch's names: attributes of the queue, our own levels. */
export const METRIC_WORDS: Readonly<Record<string, string>> = {
  ApproximateNumberOfMessages: 'ApproximateNumberOfMessagesVisible',
  ApproximateNumberOfMessagesInFlight: 'ApproximateNumberOfMessagesNotVisible',
  depth: 'ApproximateNumberOfMessagesVisible',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
  age: 'ApproximateAgeOfOldestMessage',
};

/** Metrics and recipes that CloudWatch has and this release does not model. */
export const NOT_MODELLED_METRICS: readonly string[] = [
  'backlogPerInstance',
  'NumberOfMessagesSent',
  'NumberOfMessagesReceived',
  'NumberOfMessagesDeleted',
  'NumberOfEmptyReceives',
  'SentMessageSize',
  'CPUUtilization',
  'GroupInServiceInstances',
  'ASGAverageCPUUtilization',
];
