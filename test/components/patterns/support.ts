// Patterns for tests: read, or what is wrong with them.

import type { FlavourName } from '../../../src/components/patterns/flavour.js';
import type { PatternSpec } from '../../../src/components/patterns/pattern.js';
import { readPattern } from '../../../src/components/patterns/read.js';
import type { Problem } from '../../../src/components/settings/problem.js';

export function specOf(pattern: unknown, flavour: FlavourName): PatternSpec {
  const spec = readPattern(pattern, flavour, ({ message }) => {
    throw new Error(message);
  });
  return spec!;
}

/** What is wrong with a pattern; none: it is fine. */
export function problemsOf(pattern: unknown, flavour: FlavourName): Problem[] {
  const problems: Problem[] = [];
  readPattern(pattern, flavour, (problem) => {
    problems.push(problem);
    return undefined;
  });
  return problems;
}
