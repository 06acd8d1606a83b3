/** A checked scenario: what the file, its bases and overrides say, in base units, with all defaults. */

import type { Place } from '../components/settings/problem.js';
import type { Profile, ResourceView } from '../components/settings/resource.js';
import type { TrafficSpec } from '../components/settings/traffic.js';
import type { Expectation } from '../observe/measures/expression.js';
import type { Micros } from '../kernel/time.js';
import type { FaultSpec } from './faults.js';
import type { Finding } from './findings.js';
import type { CostSettings, Registry } from './frame.js';
import type { OperationSpec } from './operations.js';

export interface CheckedTraffic extends TrafficSpec {
  readonly name: string;
}

/** A resource with its settings and assumptions resolved. */
export interface CheckedResource extends ResourceView {
  readonly profile: Profile;
  /** Account limits that the scenario says, by quotaKey; AWS's defaults hold for the others. */
  readonly quotas: Readonly<Record<string, number>>;
}

/** `code(name)` under `allow`. */
export interface Allowed {
  readonly code: string;
  /** undefined: whatever it is about. */
  readonly on: string | undefined;
  readonly text: string;
  readonly place: Place;
}

/** Where a value in force comes from. */
export type Origin = 'default' | 'profile' | 'scenario';

/** An assumption in force. */
export interface AssumptionInForce {
  /** `resources.orders.assume.apiLatency`, `assume.cloudwatch.publishDelay`. */
  readonly path: string;
  /** In the language's own notation. */
  readonly written: string;
  readonly origin: Origin;
  readonly doc: string;
  readonly source: string;
}

/** An account limit in force: `quotas.sqs.inFlight`. */
export type QuotaInForce = AssumptionInForce;

export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** Base name of the file. */
  readonly file: string;
  /** 16 hex digits over what is said, bases, overrides and data files included. */
  readonly hash: string;
  /** As written: `42`, `007`. */
  readonly seed: string;
  readonly profile: Profile;
  readonly region: string;
  /** Calendar time of virtual time 0, seconds from 1970. */
  readonly startSeconds: number;
  /** When traffic ends. */
  readonly duration: Micros;
  /** For so long at most the run goes on until nothing is left. */
  readonly drain: Micros;
  readonly warmUp: Micros;
  /** In file order. */
  readonly traffic: readonly CheckedTraffic[];
  /** In file order. */
  readonly resources: readonly CheckedResource[];
  /** Assumptions that belong to no resource, by system: `systems.cloudwatch.publishDelay`. */
  readonly systems: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** In file order. */
  readonly faults: readonly FaultSpec[];
  /** In file order. */
  readonly operations: readonly OperationSpec[];
  readonly expectations: readonly Expectation[];
  readonly allow: readonly Allowed[];
  readonly cost: CostSettings;
  readonly assumptions: readonly AssumptionInForce[];
  /** Account limits that its resources feel. */
  readonly quotas: readonly QuotaInForce[];
  /** Warnings that `allow` does not name. */
  readonly warnings: readonly Finding[];
  /** The types it was checked against. */
  readonly registry: Registry;
  /** The merged content as plain values. */
  readonly written: Readonly<Record<string, unknown>>;
  /** Where the value at a path such as `['faults', 0, 'on']` was written; else what stands around it. */
  where(path: readonly (string | number)[]): Place;
}
