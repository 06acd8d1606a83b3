/** The load that a predictive policy forecasts: what comes in a minute, whatever the capacity; a sum of a queue. */

import { isQueueMetric, QUEUE_METRICS } from '../queue-metrics.js';
import type { Path } from '../settings/problem.js';
import type { CheckContext } from '../settings.js';

/** One metric of one resource. */
export interface LoadMetric {
  /** CloudWatch's name. */
  readonly metric: string;
  readonly resource: string;
}

const SINGLE = /^\s*([A-Za-z][A-Za-z0-9]*)\s*\(\s*([A-Za-z][A-Za-z0-9_.-]*)\s*\)\s*$/;

/** `NumberOfMessagesSent(orders)`; undefined for everything that is no load. */
export function loadMetricOf(expression: string): LoadMetric | undefined {
  const match = SINGLE.exec(expression);
  if (match === null) return undefined;
  const [, metric, resource] = match;
  const isSum = isQueueMetric(metric) && QUEUE_METRICS[metric].of === 'sum';
  return isSum ? { metric, resource } : undefined;
}

export function checkLoad(context: CheckContext, expression: string, path: Path): void {
  const load = loadMetricOf(expression);
  const allowed = 'what comes in a minute, such as NumberOfMessagesSent(orders)';
  if (load === undefined) {
    const message = `${expression} is no load that could be forecast here`;
    context.refuse({ code: 'wrong-kind', found: expression, message, allowed, path });
    return;
  }
  const target = context.resources.get(load.resource);
  if (target?.type === 'sqs.queue') return;
  const code = target === undefined ? 'unknown-name' : 'wrong-kind';
  context.refuse({ code, found: load.resource, allowed, path });
}
