/** How a type lists the metrics that it publishes: CloudWatch's name of each, and what its data points are. */

export interface MetricSpec {
  /**
   * What a data point is: a `level` as it stood when it was sampled, or the `sum` or `mean` over its period. The gauge
   * of a sum counts from the start of the run.
   */
  readonly of: 'level' | 'sum' | 'mean';
  /** A plain number, seconds, bytes or percent. */
  readonly unit: 'count' | 's' | 'B' | '%';
  /** Of queues: those that have it; default all. */
  readonly queues?: 'fifo' | 'standard';
  readonly doc: string;
}

export type MetricTable = Readonly<Record<string, MetricSpec>>;
