/** What a row of the bench is: one workload with its budget, and what measuring it gives. */

/** How much work: `full` for figures that are quoted, `quick` for a first look, `tiny` for the smoke test. */
export type Effort = 'full' | 'quick' | 'tiny';

export type Unit =
  | 'messages/s'
  | 'events/s'
  | 'customers/s'
  | 'settings/s'
  | 'instances/s'
  | 'matches/s'
  | 'copies/s'
  | 'MiB'
  | 's';

/** What must be reached, and what is aimed at, in the row's unit. Of rates more is better, of all else less. */
export interface Budget {
  readonly must: number;
  readonly aim: number;
}

/** Figures of several runs, in the row's unit. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** One side of a row. Memory has no clock: its figure stands under `cpu`. */
export interface Side {
  /** By processor time, user and system, of all threads of the process. */
  readonly cpu: Figure;
  /** By the wall clock; null for memory. */
  readonly wall: Figure | null;
}

export interface Measurement {
  readonly engine: Side;
  /** The reference in the same process, measured in turns with the engine. */
  readonly bare: Side | null;
}

export interface Row {
  /** How the row is chosen on the command line. */
  readonly name: string;
  readonly what: string;
  readonly unit: Unit;
  readonly budget: Budget | null;
  /** What `bare` is; empty when there is none. */
  readonly reference: string;
  measure(effort: Effort, launcher: Launcher): Measurement;
}

/** Runs a workload in a process of its own. */
export interface Launcher {
  /** The most memory that a process held which ran the named workload once, MiB. */
  peakMiB(workload: string, size: number): number;
}

export function isRate(unit: Unit): boolean {
  return unit !== 'MiB' && unit !== 's';
}

/** How a figure stands to its budget. */
export type Verdict = 'misses must' | 'meets must' | 'meets aim' | 'no budget';

export function verdictOf({ unit, budget }: Pick<Row, 'unit' | 'budget'>, median: number): Verdict {
  if (budget === null) return 'no budget';
  const meets = (limit: number): boolean => (isRate(unit) ? median >= limit : median <= limit);
  if (meets(budget.aim)) return 'meets aim';
  return meets(budget.must) ? 'meets must' : 'misses must';
}
