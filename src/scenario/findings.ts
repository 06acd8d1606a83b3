/**
 * Findings: everything that is wrong (errors) or unwise (warnings) in what was written, with the place
 * where it was written. All findings of a scenario come at once, in the order of the files' text.
 */

import type { ErrorCode, Place, Problem, WarningCode } from '../components/settings/problem.js';

/** The schema named in `--json` output of findings. */
export const FINDINGS_SCHEMA = 'wavetank.findings/1';

export type FindingCode = ErrorCode | WarningCode;

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  /** As the user named it, or relative to it for a base; `--set` for an override. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Dotted, list items in brackets: `traffic.shoppers.phases[1].rampTo`; empty for the file itself. */
  readonly path: string;
  /** What stands there, as written. */
  readonly found: string | null;
  /** What may stand there. */
  readonly allowed: string | null;
  /** The nearest valid spelling. */
  readonly nearest: string | null;
  /** The name of the error that AWS would answer with. */
  readonly awsError: string | null;
  /** One line for people: what was found; what is allowed; the nearest. */
  readonly message: string;
}

/** Thrown when a scenario has errors; `findings` holds them and the warnings beside them. */
export class ScenarioError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(lineOfFinding).join('\n'));
    this.name = 'ScenarioError';
    this.findings = findings;
  }
}

/** `file:line:column: error code: found; allowed; nearest`. */
export function lineOfFinding(finding: Finding): string {
  const { file, line, column, severity, code, message } = finding;
  return `${file}:${line}:${column}: ${severity} ${code}: ${message}`;
}

export interface FindingsReport {
  readonly schema: typeof FINDINGS_SCHEMA;
  readonly findings: readonly Finding[];
}

/** What `--json` prints. */
export function findingsReport(findings: readonly Finding[]): FindingsReport {
  return { schema: FINDINGS_SCHEMA, findings };
}

/** A path in dotted notation, list items in brackets. */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

/** Makes the error that a problem is, at a place. */
export function errorAt(
  place: Place,
  path: readonly (string | number)[],
  problem: Problem,
): Finding {
  const { file, line, column } = problem.at ?? place;
  return {
    severity: 'error',
    code: problem.code,
    file,
    line,
    column,
    path: pathText(path),
    found: problem.found ?? null,
    allowed: problem.allowed ?? null,
    nearest: problem.nearest ?? null,
    awsError: problem.awsError ?? null,
    message: errorText(path, problem),
  };
}

export function warningAt(
  place: Place,
  path: readonly (string | number)[],
  code: FindingCode,
  message: string,
  awsError: string | null = null,
): Finding {
  const { file, line, column } = place;
  return {
    severity: 'warning',
    code,
    file,
    line,
    column,
    path: pathText(path),
    found: null,
    allowed: null,
    nearest: null,
    awsError,
    message,
  };
}

function errorText(path: readonly (string | number)[], problem: Problem): string {
  const parts = [problem.message ?? foundText(path, problem)];
  if (problem.allowed !== undefined) parts.push(`allowed: ${problem.allowed}`);
  if (problem.nearest !== undefined) parts.push(`nearest: ${problem.nearest}`);
  if (problem.awsError !== undefined) parts.push(`AWS answers ${problem.awsError}`);
  // One finding is one line, whatever was written.
  return parts.join('; ').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function foundText(path: readonly (string | number)[], problem: Problem): string {
  const name = lastNames(path);
  if (problem.code === 'missing') return `${name} is missing`;
  const found = problem.found ?? '?';
  if (problem.code === 'unknown-key') return `unknown key ${found}`;
  return name === '' ? `found ${found}` : `${name} is ${found}`;
}

/** The last key, with the index of a list item: `phases[1]`, `steps[0].work`. */
function lastNames(path: readonly (string | number)[]): string {
  let from = path.length - 1;
  while (from > 0 && typeof path[from] === 'number') from--;
  return pathText(path.slice(Math.max(from, 0)));
}

/** In the order of the text; the same mistake seen twice (through an alias) is one. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const unique = findings.filter((finding) => {
    const key = `${finding.file}:${finding.line}:${finding.column}:${finding.code}:${finding.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return unique.sort(byPlace);
}

function byPlace(a: Finding, b: Finding): number {
  return (
    byText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    byText(a.code, b.code) ||
    byText(a.message, b.message)
  );
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The finding as reports show it: base names only, so that a report does not depend on where files lie. */
export function forReport(finding: Finding): Finding {
  return { ...finding, file: baseName(finding.file) };
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
