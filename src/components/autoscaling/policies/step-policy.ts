/** A step policy: no cooldown, so each evaluation that ends in ALARM acts. The arithmetic is in step-scaling.ts. */

import type { Decision } from './decider.js';
import { Decider } from './decider.js';
import type { Group } from '../group.js';
import type { StepPolicyOptions } from './policy-options.js';
import { aggregated, decideStep } from './step-scaling.js';

export class StepPolicy extends Decider {
  constructor(
    private readonly group: Group,
    private readonly options: StepPolicyOptions,
  ) {
    super([options.alarm]);
  }

  metricOf(values: readonly number[]): number {
    return aggregated(values, this.options.metricAggregationType);
  }

  decide(_alarm: number, metric: number): Decision {
    const { rule, warmup } = this.options;
    return decideStep(rule, metric, this.group.capacityNow(warmup));
  }
}
