/**
 * The one door from the commands to the engine: loading, running and explaining go through here;
 * findings, errors and small helpers are imported where they live.
 */
import type { Explanation } from '../experiment/explain.js';
import type { Progress } from '../experiment/progress.js';
import { explainScenario } from '../experiment/explain-scenario.js';
import type { RunReport } from '../experiment/result.js';
import { Simulation } from '../experiment/run.js';
import { jsonSchema } from '../scenario/json-schema.js';
import { loadScenario } from '../scenario/load.js';
import type { Scenario } from '../scenario/load.js';
import type { Finding } from '../scenario/findings.js';
import { readText } from './files.js';

export interface LoadFlags {
  /** `path=value`, in the order given. */
  readonly set?: readonly string[];
  readonly seed?: string;
  readonly profile?: string;
}

export interface Limits {
  readonly maxEvents?: number;
  readonly maxMemoryBytes?: number;
}

/** A run under way; nothing happens but inside `advance`. */
export interface Run {
  readonly progress: Progress;
  /** Executes at most so many events; true when the run is over or a limit stopped it. */
  advance(maxEvents: number): boolean;
  /** The figures so far; `interrupt` marks them incomplete. */
  finish(stoppedBy: 'interrupt' | null): RunReport;
}

/** Reads a scenario; throws a ScenarioError with all its findings. */
export function load(path: string, flags: LoadFlags = {}): Scenario {
  return loadScenario(path, { ...flags, read: readText });
}

export function warningsOf(scenario: Scenario): readonly Finding[] {
  return scenario.warnings;
}

export function startRun(scenario: Scenario, limits: Limits): Run {
  return new Simulation(scenario, limits);
}

export function explain(scenario: Scenario): Explanation {
  return explainScenario(scenario);
}

/** The JSON Schema of scenario files. */
export function scenarioSchema(): unknown {
  return jsonSchema();
}
