/** What lines ask of CloudWatch: it shows a metric only because somebody looks at it. */

import { Shown } from '../../components/metric-port.js';
import { isMetric } from '../../components/published-metrics.js';
import type { Micros } from '../../kernel/time.js';
import type { Expectation } from './expression.js';
import { measuresIn } from './expression.js';

/** Each metric that the lines name, once; `beforeChange` is called before one shows another figure. */
export function shownMetrics(
  names: readonly string[],
  expectations: readonly Expectation[],
  warmUp: Micros,
  beforeChange: () => void,
): Shown[] {
  const shown = new Map<string, Shown>();
  for (const { name, who } of expectations.flatMap(measuresIn)) {
    if (!isMetric(name) || who.kind !== 'name') continue;
    const key = `${who.name}/${name}`;
    if (shown.has(key)) continue;
    shown.set(key, new Shown(names.indexOf(who.name), name, warmUp, beforeChange));
  }
  return [...shown.values()];
}
