/** What the kinds of policies that act on alarms have in common. */

import type { AlarmDefinition } from '../../metric-port.js';

export interface Decision {
  /** What the policy asks for, before bounds and whatever else holds it back. */
  readonly wanted: number;
  /** What the group is to want from now on. */
  readonly desired: number;
}

/** One policy: what it makes of an alarm's action. */
export abstract class Decider {
  /** Numbers of its alarms in Metrics, once connected. */
  readonly numbers: number[] = [];

  constructor(
    /** In the order in which facts count them. */
    readonly alarms: readonly AlarmDefinition[],
  ) {}

  /** The metric that it decides by, of the alarm's newest data points, oldest first. */
  abstract metricOf(values: readonly number[]): number;

  /** `alarm`: the place in `alarms` of the one that acts. */
  abstract decide(alarm: number, metric: number): Decision;
}
