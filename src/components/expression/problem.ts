/** What can be wrong in a text that is parsed: a Problem with its place inside the text. */

import type { Problem } from '../settings/problem.js';

export interface TextProblem extends Problem {
  /** Where in the text, in characters from 0. */
  readonly offset: number;
}

/** Takes a problem; returns undefined, so that a reader can `return refuse(...)`. */
export type Refuse = (problem: TextProblem) => undefined;
