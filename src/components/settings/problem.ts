/**
 * What can be wrong with one written value. A settings builder reports problems; the scenario layer
 * knows where the value was written and makes findings of them (scenario/findings.ts).
 */

/** Codes of errors, as `--json` prints them (OUTPUTS: Findings). */
export const ERROR_CODES = [
  'syntax',
  'duplicate-key',
  'unknown-key',
  'unknown-type',
  'unknown-name',
  'unknown-measure',
  'wrong-kind',
  'missing',
  'choice',
  'wrong-unit',
  'not-whole',
  'out-of-range',
  'aws-refuses',
  'circular',
  'never-happens',
  'no-effect',
  'not-modelled',
  'endless-poll',
  'unused-allow',
  'file',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes of warnings: what AWS accepts and regrets (docs/scenario.md). */
export const WARNING_CODES = [
  'visibility-below-handler',
  'visibility-below-6x-timeout',
  'no-dead-letter-queue',
  'max-receive-count-1',
  'dlq-retention-shorter',
  'hot-key',
  'short-polling',
  'fleet-too-small',
  'stop-kills-work',
  'retry-amplification',
  'filter-never-matches',
  'nobody-consumes',
  'nobody-sends',
  'fifo-without-key',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export type PathPart = string | number;
export type Path = readonly PathPart[];

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly code: ErrorCode;
  /** What stands there, as written. */
  readonly found?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** The nearest valid spelling. */
  readonly nearest?: string;
  /** The name of the error that AWS would answer with. */
  readonly awsError?: string;
  /** Says what was found in words; without it `found` speaks for itself. */
  readonly message?: string;
  /** Where, below the value that is being read. */
  readonly path?: Path;
  /** True: the key at `path` is meant, not its value. */
  readonly onKey?: boolean;
  /** Where, when it is in another file (a row of a CSV file). */
  readonly at?: Place;
}

/** Reports a problem; returns undefined, so that a reader can `return refuse(...)`. */
export type Refuse = (problem: Problem) => undefined;

/** Reads a written value into base units, or refuses it. */
export type Read<T> = (written: unknown, refuse: Refuse) => T | undefined;

/** A refusal that stands one step deeper: the same problem, its path prefixed. */
export function below(refuse: Refuse, ...parts: readonly PathPart[]): Refuse {
  return (problem) => refuse({ ...problem, path: [...parts, ...(problem.path ?? [])] });
}

const SHOWN_LENGTH = 60;

/** A written value in a few words, for `found`. */
export function show(written: unknown): string {
  if (written === null) return 'null';
  if (Array.isArray(written)) return 'a list';
  if (written instanceof AttachedFile) return written.name;
  if (typeof written === 'object') return 'a map';
  if (typeof written === 'number' || typeof written === 'boolean') return `${written}`;
  if (typeof written !== 'string') return 'nothing';
  return written.length > SHOWN_LENGTH ? `${written.slice(0, SHOWN_LENGTH)}…` : written;
}

export function isMap(written: unknown): written is Readonly<Record<string, unknown>> {
  return (
    typeof written === 'object' &&
    written !== null &&
    !Array.isArray(written) &&
    !(written instanceof AttachedFile)
  );
}

/** A file that the scenario names, read by the loader: it stands where the file's name stood. */
export class AttachedFile {
  constructor(
    /** The name as written. */
    readonly name: string,
    /** The path it was read from. */
    readonly path: string,
    readonly text: string,
    /** Why it could not be read; then `text` is empty. */
    readonly problem?: string,
  ) {}
}
