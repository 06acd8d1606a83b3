/**
 * Target tracking policies of one group. Each owns two alarms: while the high one is in ALARM the policy scales out,
 * and while the low one is, in. A policy alone may scale out; for scaling in, all that may must be in ALARM, and the
 * largest capacity wins. Whether a policy scales in is seen by its low alarm: one without data has none in ALARM.
 */

import type { Micros } from '../../../kernel/time.js';
import { AlarmState } from '../../facts.js';
import type { Alarm } from '../../metric-port.js';
import { Metrics } from '../../metric-port.js';
import type { World } from '../../world.js';
import type { Decision } from './decider.js';
import { Decider } from './decider.js';
import type { Group } from '../group.js';
import type { TrackingPolicyOptions } from './policy-options.js';
import { gradually, wantedByAll, wantedIn, wantedOut } from './target-tracking.js';

/** Places of the alarms. */
const HIGH = 0;
const LOW = 1;

export class TrackingPolicy extends Decider {
  /** When the period ended of its data point that the group last scaled in on. */
  private scaledInOn: Micros = -Infinity;

  constructor(
    private readonly world: World,
    private readonly group: Group,
    private readonly options: TrackingPolicyOptions,
    /** All of the group, this one among them. */
    private readonly all: readonly TrackingPolicy[],
  ) {
    super(options.low === null ? [options.high] : [options.high, options.low]);
  }

  metricOf(values: readonly number[]): number {
    return values[values.length - 1] ?? NaN;
  }

  decide(alarm: number, metric: number): Decision {
    if (Number.isNaN(metric)) return { wanted: this.group.desired, desired: this.group.desired };
    return alarm === HIGH ? this.out(metric) : this.in(metric);
  }

  private out(metric: number): Decision {
    const capacity = this.group.capacityNow(this.options.warmup);
    const wanted = wantedOut(capacity, metric, this.options.target);
    return { wanted, desired: Math.min(capacity.max, wanted) };
  }

  /**
   * A data point is a reason to scale in once, however often its alarm repeats the action, and whichever of the
   * policies it is that acts.
   */
  private in(metric: number): Decision {
    const capacity = this.group.capacityNow(this.options.warmup);
    const all = this.all.filter(({ options }) => options.low !== null);
    const wants = all.map((one) => (one === this ? this.want(metric) : one.wantNow()));
    const together = wantedByAll(capacity.desired, wants);
    const wanted = this.want(metric);
    const desired = Math.min(capacity.desired, Math.max(capacity.min, together));
    if (desired === capacity.desired || this.isSpent) return { wanted, desired: capacity.desired };
    for (const one of all) one.scaledInOn = one.lowAlarm.newestEnd;
    return { wanted, desired };
  }

  private want(metric: number): number {
    const { warmup, target, scaleInStep } = this.options;
    const capacity = this.group.capacityNow(warmup);
    return gradually(capacity.desired, wantedIn(capacity, metric, target), scaleInStep);
  }

  /** What it wants when it is asked because of another; NaN unless it would scale in itself, on new data. */
  private wantNow(): number {
    const { state, values } = this.lowAlarm;
    return state === AlarmState.Alarm && !this.isSpent ? this.want(this.metricOf(values)) : NaN;
  }

  private get isSpent(): boolean {
    return this.lowAlarm.newestEnd <= this.scaledInOn;
  }

  private get lowAlarm(): Alarm {
    return this.world.shared(Metrics).alarms[this.numbers[LOW]];
  }
}
