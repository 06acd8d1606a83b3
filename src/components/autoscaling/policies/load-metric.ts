/** The load that a predictive policy forecasts: what comes in a minute, whatever the capacity; a sum of a queue. */

import type { NamedMetric } from '../../metric-math.js';
import { soleMetric } from '../../metric-math.js';
import { isMetric, metricNamed } from '../../published-metrics.js';
import type { Path } from '../../settings/problem.js';
import type { CheckContext } from '../../settings.js';

/** `NumberOfMessagesSent(orders)`; undefined for everything that is no load. */
export function loadMetricOf(expression: string): NamedMetric | undefined {
  const named = soleMetric(expression);
  if (named === undefined || !isMetric(named.metric)) return undefined;
  return metricNamed(named.metric).of === 'sum' ? named : undefined;
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
  if (target?.roles.includes('queue') === true) return;
  const code = target === undefined ? 'unknown-name' : 'wrong-kind';
  context.refuse({ code, found: load.resource, allowed, path });
}
