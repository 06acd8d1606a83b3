/** What the conformance runner finds: plain JSON, schema `wavetank.conformance/1`. */

/** The schema named in every report; any change of keys needs a new number. */
export const CONFORMANCE_SCHEMA = 'wavetank.conformance/1';

export type CaseStatus = 'passed' | 'failed' | 'notExpressible';

export interface CaseResult {
  readonly id: string;
  readonly status: CaseStatus;
  /** The first step that failed, from 1; 0 is what stands before the steps. null unless it failed. */
  readonly step: number | null;
  /** What the case expects there, as far as it was missed; null unless it failed. */
  readonly expected: unknown;
  /** The same, as it came. */
  readonly got: unknown;
  /** Why it is not expressible; null otherwise. */
  readonly reason: string | null;
}

export interface FileResult {
  /** Base name. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly notExpressible: number;
  readonly cases: readonly CaseResult[];
}

export interface ConformanceReport {
  readonly schema: typeof CONFORMANCE_SCHEMA;
  readonly files: readonly FileResult[];
}

export function passed(id: string): CaseResult {
  return { id, status: 'passed', step: null, expected: null, got: null, reason: null };
}

export function failed(id: string, { step, expected, got }: Miss): CaseResult {
  return { id, status: 'failed', step, expected, got, reason: null };
}

export function notExpressible(id: string, reason: string): CaseResult {
  return { id, status: 'notExpressible', step: null, expected: null, got: null, reason };
}

/** What was expected at a step and did not come. */
export interface Miss {
  readonly step: number;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Thrown where a case says something that the runner has no phrase for. */
export class NotExpressible extends Error {
  override readonly name = 'NotExpressible';
}

/** Thrown for a file that holds no cases. */
export class NoCasesError extends Error {
  override readonly name = 'NoCasesError';
}
