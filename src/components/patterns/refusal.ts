/** What AWS says of a pattern that it refuses. */

import type { Problem, Refuse } from '../settings/problem.js';
import type { Flavour } from './flavour.js';

/** Refuses in AWS's words, under AWS's name; patterns of our own are merely wrong. */
export function refuseAs(
  { awsError }: Flavour,
  refuse: Refuse,
  message: string,
  more: Omit<Problem, 'code' | 'message' | 'awsError'> = {},
): undefined {
  if (awsError === undefined) return refuse({ code: 'wrong-kind', message, ...more });
  return refuse({ code: 'aws-refuses', message, awsError, ...more });
}
