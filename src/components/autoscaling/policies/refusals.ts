/** Short words for what checks of policies and schedules refuse. */

import type { Path, Problem } from '../../settings/problem.js';
import type { CheckContext } from '../../settings.js';
import { INVALID } from '../page.js';

/** Says in words what AWS does not take; `onKey` when the key is meant. */
export function awsRefuses(
  context: CheckContext,
  path: Path,
  problem: Omit<Problem, 'code' | 'path'>,
): void {
  context.refuse({ code: 'aws-refuses', awsError: INVALID, ...problem, path });
}
