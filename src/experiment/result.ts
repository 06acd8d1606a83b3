/**
 * What a run returns: `RunResult` (docs: outputs, schema `wavetank.run/1`), and `RunReport`, which
 * carries beside it the long tables that only CSV files show.
 *
 * `RunResult` is plain JSON: its keys, in this order, are what `summary.json` holds and what other
 * programs rely on. The long tables (a row per worker, per step of time, per link) would drown it,
 * so they stand next to it rather than in it. Reports see a `RunReport` and nothing else.
 *
 * Times are seconds with at most 6 decimals: whole microseconds, `seconds(micros)`. Money is a
 * decimal string. Maps stand in the order of the scenario file. `null` = does not exist.
 */
import type { CauseName, LossName } from '../components/facts.js';
import type { CostLine } from '../observe/cost/bill.js';
import { PARTS } from '../observe/latency/parts.js';
import type { PartName } from '../observe/latency/parts.js';
import { PART_POINTS } from '../observe/latency/summary.js';
import type { PartPoint } from '../observe/latency/summary.js';
import type { LoopResult, ScalingRow } from './loop-types.js';
import type { PusherResult } from './push-types.js';
import type { Finding } from '../scenario/findings.js';

/** The schema named in every RunResult; any change of keys needs a new number. */
export const RUN_SCHEMA = 'wavetank.run/1';

/** A map in the order of the scenario file; keys are names of the scenario. */
export type ByName<T> = Readonly<Record<string, T>>;

/** Seconds; `inf` when the quantile falls among messages never done; null when nothing was counted. */
export type Seconds = number | 'inf' | null;

/** Why a run ended before its own end. */
export type StoppedBy = 'maxEvents' | 'maxMemory' | 'interrupt';

/** One run, measured. */
export interface RunResult {
  readonly schema: typeof RUN_SCHEMA;
  /** Version of the engine. */
  readonly engine: string;
  readonly scenario: ScenarioIdentity;
  readonly complete: boolean;
  readonly stoppedBy: StoppedBy | null;
  /** 16 hex digits over all facts; equal fingerprints mean equal runs. */
  readonly fingerprint: string;
  /** Events of the kernel. */
  readonly events: number;
  readonly trafficEndSeconds: number;
  readonly endSeconds: number;
  /** Whether nothing was left to do at the end. */
  readonly drained: boolean;
  readonly verdict: 'pass' | 'fail' | 'none';
  readonly expectations: readonly ExpectationResult[];
  readonly invariants: readonly InvariantResult[];
  readonly warnings: readonly ReportedFinding[];
  readonly ledger: Ledger;
  /** Messages that lay where nobody consumes. */
  readonly unowed: number;
  readonly traffic: ByName<TrafficResult>;
  readonly consumers: ByName<ConsumerResult>;
  readonly resources: ByName<ResourceResult>;
  readonly cost: CostResult;
}

/** A finding whose `file` is a base name: `forReport` of the scenario layer makes it so. */
export type ReportedFinding = Finding;

export interface ScenarioIdentity {
  readonly name: string;
  /** Base name of the file. */
  readonly file: string;
  readonly hash: string;
  readonly seed: string;
  readonly profile: string;
  readonly region: string;
}

/** The unit of what an expectation measured. */
export type MeasureUnit = 's' | 'count' | 'share' | 'USD' | 'B' | '/s';

export interface ExpectationResult {
  /** The line as the scenario has it. */
  readonly text: string;
  readonly pass: boolean;
  /** In base units; money as a decimal string; null when the measure does not exist in this run. */
  readonly measured: number | string | null;
  readonly unit: MeasureUnit;
}

export interface InvariantResult {
  readonly name: string;
  /** The resource it watches over. */
  readonly on: string;
  readonly violations: number;
  /** Whether the scenario's `allow` says that it is broken on purpose. */
  readonly allowed: boolean;
}

/** A total, then each cause, zeros too. */
export type Counted<Name extends string> = Readonly<Record<'total' | Name, number>>;
export type Causes = Counted<CauseName>;
export type Losses = Counted<LossName>;

/** Where each obligation ended; `owed` is the sum of the rest. */
export interface Ledger {
  readonly owed: number;
  readonly processed: number;
  readonly deadLettered: number;
  readonly expired: number;
  readonly unfinished: number;
  readonly lost: Losses;
}

export { PARTS, PART_POINTS };
export type { CostLine, PartName, PartPoint };

/** Mean seconds of each part that exists here; they add up to the mean total at this point. */
export type LatencyParts = Readonly<Partial<Record<PartName, number>>>;

/** A distribution of times. Quantiles: nearest rank, the bucket's upper edge, capped by the maximum. */
export interface Distribution {
  readonly count: number;
  /** Messages not done at the end; quantiles count them as longer than any figure. */
  readonly unfinished: number;
  readonly meanSeconds: number | null;
  readonly minSeconds: number | null;
  readonly p50Seconds: Seconds;
  readonly p90Seconds: Seconds;
  readonly p95Seconds: Seconds;
  readonly p99Seconds: Seconds;
  readonly p999Seconds: Seconds;
  readonly maxSeconds: Seconds;
  /** Only points and parts that exist. */
  readonly parts: Readonly<Partial<Record<PartPoint, LatencyParts>>>;
}

export interface TrafficResult {
  readonly sent: number;
  readonly accepted: number;
  readonly failed: number;
  readonly attempts: number;
  readonly throttled: number;
  readonly bytes: number;
  readonly response: Distribution;
  readonly latency: Distribution;
}

export interface ConsumerResult {
  readonly ledger: Ledger;
  readonly runs: number;
  readonly failedRuns: number;
  readonly duplicates: Causes;
  readonly redelivered: Causes;
  readonly reordered: number;
  readonly killed: number;
  readonly latency: Distribution;
}

export interface ResourceResult {
  readonly type: string;
  /** Requests by AWS's operation name. */
  readonly requests: ByName<number>;
  readonly throttled: number;
  readonly deadLettered: number;
  readonly expired: number;
  readonly purged: number;
  /** Levels over time, time-weighted; `depth`, `inFlight`, `instances` … */
  readonly levels: ByName<LevelResult>;
}

export interface LevelResult {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly end: number;
}

export interface CostResult {
  /** The window is [0, end), drain included. */
  readonly windowSeconds: number;
  readonly windowUsd: string;
  readonly perMonthUsd: string;
  readonly perMillionProcessedUsd: string | null;
  readonly lines: readonly CostLine[];
}

/** A run with the tables that only CSV files and pictures show. */
export interface RunReport {
  readonly result: RunResult;
  /** A row per worker, consumers in file order, workers in order of birth. */
  readonly workers: readonly WorkerRow[];
  /** Levels by step of time: by time, then resource in file order, then level. */
  readonly timeline: readonly TimelineRow[];
  /** Latency by link `a -> b`, in file order; for latency.csv and latency-parts.csv. */
  readonly links: ByName<Distribution>;
  /** Traffic that writes or reads and is answered at once: nothing of it is owed to anybody. */
  readonly direct: readonly string[];
  /** What was to happen beside the traffic, a sentence each: faults, operations, scheduled actions. */
  readonly happenings: readonly string[];
  /** What else happened, in file order; only what did. */
  readonly asides: Asides;
  /** Fleets that can scale, in file order; and what happened in their loops, by time. */
  readonly loops: readonly LoopResult[];
  readonly scaling: readonly ScalingRow[];
  /** Who delivers by itself (topics, buses, notifications, schedules), in file order. */
  readonly pushers: readonly PusherResult[];
}

/** A count that only report.md and the terminal tell. */
export interface Aside {
  readonly name: string;
  /**
   * `redriven`: messages moved out of a dead-letter queue. `deduplicated`: sends that stored nothing.
   * `keyCalls`: calls for data keys. `skipped`: runs that a step `once` ended. `connections`: open at a time, at
   * most. `connectionsRefused`: statements that got none. `coldStarts`: environments of a function that were started.
   */
  readonly what:
    | 'redriven'
    | 'deduplicated'
    | 'keyCalls'
    | 'skipped'
    | 'connections'
    | 'connectionsRefused'
    | 'coldStarts';
  readonly count: number;
}
export type Asides = readonly Aside[];

export interface WorkerRow {
  readonly consumer: string;
  readonly worker: string;
  readonly processed: number;
  /** Of what its consumer processed, 0..1; null when that is nothing. */
  readonly share: number | null;
  readonly busySeconds: number;
  readonly inServiceSeconds: number;
}

/** One level of one resource over [time, time + step); at most 240 equal steps of a round length. */
export interface TimelineRow {
  readonly timeSeconds: number;
  readonly resource: string;
  readonly level: string;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** The level when the step ends. */
  readonly end: number;
}

/** Microseconds as seconds with at most 6 decimals: the form of every time in results. */
export function seconds(micros: number): number {
  return Math.round(micros) / 1_000_000;
}

/** A share or a mean level with at most 6 decimals, so that no noise of floats is printed. */
export function rounded(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000;
}
