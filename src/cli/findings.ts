/** Findings on stderr, one line each, or as JSON on stdout. */
import { jsonText, orderedFinding } from '../report/summary-json.js';
import { plain } from '../report/plain.js';
import { findingsReport, forReport, lineOfFinding } from '../scenario/findings.js';
import type { Finding } from '../scenario/findings.js';
import type { Style } from '../report/terminal.js';

export function findingsJson(findings: readonly Finding[]): string {
  return jsonText(findingsReport(findings.map((found) => orderedFinding(forReport(found)))));
}

export function findingsText(findings: readonly Finding[], style: Style): string {
  return findings
    .map((found) => `${dressed(plain(lineOfFinding(found)), found, style)}\n`)
    .join('');
}

function dressed(line: string, found: Finding, style: Style): string {
  const word = `${found.severity} ${found.code}`;
  return line.replace(word, () =>
    found.severity === 'error' ? style.bad(word) : style.heading(word),
  );
}
