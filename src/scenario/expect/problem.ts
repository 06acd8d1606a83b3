/** What can be wrong in a line of `expect`: a Problem with its place inside the line. */

import type { Problem } from '../../components/settings/problem.js';

export interface ExpectProblem extends Problem {
  /** Where in the line, in characters from 0. */
  readonly offset: number;
}

/** Takes a problem; returns undefined, so that a reader can `return refuse(...)`. */
export type Refuse = (problem: ExpectProblem) => undefined;
