/**
 * What `wavetank explain` tells, as data: what the scenario will do in prose, its resources with
 * every setting in force, and every assumption in force with where it comes from.
 *
 * Plain JSON; report/explain-text.ts makes the text of it.
 */
import type { ReportedFinding } from './result.js';

/** The schema named in every Explanation. */
export const EXPLANATION_SCHEMA = 'wavetank.explanation/1';

/** Who decided a value. */
export type Origin = 'default' | 'profile' | 'scenario';

export interface Explanation {
  readonly schema: typeof EXPLANATION_SCHEMA;
  /** The scenario's `name`. */
  readonly title: string;
  /** Base name of the file. */
  readonly file: string;
  /** The scenario's own description; empty when it has none. */
  readonly description: string;
  readonly seed: string;
  readonly profile: string;
  readonly region: string;
  /** What will happen, one paragraph each, in order of time. */
  readonly prose: readonly string[];
  /** Settings in force, by resource (and traffic) in file order. */
  readonly settings: readonly ExplainedThing[];
  /** Numbers that AWS does not publish and that this run assumes. */
  readonly assumptions: readonly ExplainedAssumption[];
  /** Account limits of AWS that its resources feel; `quotas:` raises them. */
  readonly quotas: readonly ExplainedAssumption[];
  readonly warnings: readonly ReportedFinding[];
}

/** One resource or one traffic, with its settings. */
export interface ExplainedThing {
  readonly name: string;
  /** The resource's type, or `traffic`. */
  readonly type: string;
  readonly settings: readonly ExplainedSetting[];
}

export interface ExplainedSetting {
  /** Dotted within its thing: `redrivePolicy.maxReceiveCount`. */
  readonly path: string;
  /** As the scenario language writes it, with its unit: `30s`, `{ p50: 80ms, p99: 900ms }`. */
  readonly value: string;
  readonly origin: Origin;
}

export interface ExplainedAssumption {
  /** Dotted from the top: `resources.orders.assume.apiLatency`, `assume.cloudwatch.publishDelay`. */
  readonly path: string;
  /** As the scenario language writes it, with its unit. */
  readonly value: string;
  readonly origin: Origin;
  /** What it is, one sentence. */
  readonly doc: string;
  /** Where the default comes from: a page, a measurement, or "our guess". */
  readonly source: string;
}
