/** What a group is built from: checked settings and assumptions in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { ProgramOptions } from '../program/options.js';
import type { FailureRates } from './life/failures.js';
import type { Hold } from './life/lifecycle-hooks.js';
import type { PolicyOptions, ScheduledActionOptions } from './policies/policy-options.js';
import type { TerminationRules } from './life/termination-policies.js';
import type { WarmPoolOptions } from './life/warm-pool.js';

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
  /** Detailed monitoring: metrics of instances each minute; default every 5 minutes. */
  readonly detailedMonitoring?: boolean;
  /** In file order: a policy is told by its place. */
  readonly policies: readonly PolicyOptions[];
  readonly scheduledActions: readonly ScheduledActionOptions[];
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
  /** How late a scheduled action is done. */
  readonly scheduledDelay: Distribution;
  /** From asking for an instance to its operating system being up. */
  readonly launch: Distribution;
  /** From the end of the program to the instance being gone. */
  readonly terminate: Distribution;
}
