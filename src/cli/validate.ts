/** `wavetank validate`: all findings of all files, nothing is run. */
import { baseName, ScenarioError } from '../scenario/findings.js';
import type { Finding } from '../scenario/findings.js';
import { plain } from '../report/plain.js';
import { load, warningsOf } from './engine.js';
import { Exit } from './exit.js';
import { findingsJson, findingsText } from './findings.js';
import type { Io } from './io.js';
import type { Words } from './parse.js';
import { styleFor } from './style.js';

export function validate(words: Words, io: Io): Exit {
  const style = styleFor(io.errIsTerminal, io.environment);
  const all: Finding[] = [];
  for (const file of words.files) {
    const findings = findingsOf(file);
    all.push(...findings);
    if (words.switches.has('json')) continue;
    io.err(findingsText(findings, style));
    io.out(`${plain(baseName(file))}: ${verdict(findings)}\n`);
  }
  if (words.switches.has('json')) io.out(findingsJson(all));
  return all.some(isError) ? Exit.BadInput : Exit.Fine;
}

function findingsOf(file: string): readonly Finding[] {
  try {
    return warningsOf(load(file));
  } catch (error) {
    if (error instanceof ScenarioError) return error.findings;
    throw error;
  }
}

/** `valid`, `valid, 2 warnings`, `3 errors, 1 warning`. */
function verdict(findings: readonly Finding[]): string {
  const errors = findings.filter(isError).length;
  const warnings = findings.length - errors;
  const parts = [
    errors === 0 ? 'valid' : amount(errors, 'error'),
    ...(warnings === 0 ? [] : [amount(warnings, 'warning')]),
  ];
  return parts.join(', ');
}

function amount(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function isError(found: Finding): boolean {
  return found.severity === 'error';
}
