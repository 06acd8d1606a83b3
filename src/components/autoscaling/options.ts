/** What a group is built from: checked settings and assumptions in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { AlarmDefinition } from '../metric-port.js';
import type { ProgramOptions } from '../program/options.js';
import type { FailureRates } from './failures.js';
import type { Hold } from './lifecycle-hooks.js';
import type { MetricAggregation, StepRule } from './step-scaling.js';
import type { TerminationRules } from './termination-policies.js';
import type { WarmPoolOptions } from './warm-pool.js';

export interface GroupOptions {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  /** How long the program boots on an instance that is up. */
  readonly startup: Distribution;
  /** How long what is in hand may take when an instance is to go. */
  readonly stopTimeout: Micros;
  readonly program: ProgramOptions;
  readonly policies: readonly StepPolicyOptions[];
  readonly assume: GroupAssumptions;
  readonly life: LifeOptions;
}

/** How instances come and go. */
export interface LifeOptions {
  readonly availabilityZones: readonly string[];
  readonly termination: TerminationRules;
  /** How lifecycle hooks hold instances on their way in and out; null: they do not. */
  readonly launchHold: Hold | null;
  readonly terminationHold: Hold | null;
  readonly warmPool: WarmPoolOptions | null;
  /** A Spot Instance is replaced when it has its interruption notice, not when it is gone. */
  readonly capacityRebalance: boolean;
  readonly assume: LifeAssumptions;
}

export interface LifeAssumptions extends FailureRates {
  /** From leaving a warm pool of stopped or hibernated instances to the operating system being up. */
  readonly warmStart: Distribution;
}

/** What AWS does not publish (docs/scenario.md). */
export interface GroupAssumptions {
  /** From an alarm's action to the group's reaction. */
  readonly actionDelay: Distribution;
  /** From asking for an instance to its operating system being up. */
  readonly launch: Distribution;
  /** From the end of the program to the instance being gone. */
  readonly terminate: Distribution;
}

export interface StepPolicyOptions {
  readonly name: string;
  readonly rule: StepRule;
  /** After this time an instance counts as capacity: the policy's own, else the group's, else the cooldown. */
  readonly warmup: Micros;
  readonly metricAggregationType: MetricAggregation;
  readonly alarm: AlarmDefinition;
}
