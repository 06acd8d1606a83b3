/** The account limit that functions feel, and that AWS raises on request: `quotas` of a scenario. */

import type { Quota } from '../settings.js';
import { count, quotaKey } from '../settings.js';
import { LAMBDA_LIMITS } from './limits.js';

const DOC = 'Runs at a time of all functions of an account in a region.';

export const CONCURRENT_EXECUTIONS: Quota = {
  service: 'lambda',
  name: 'concurrentExecutions',
  schema: count({ min: 1, max: 1_000_000_000, doc: DOC }),
  byDefault: () => LAMBDA_LIMITS.accountConcurrency,
  doc: DOC,
  source: 'Lambda Developer Guide "gettingstarted-limits", 2026: 1,000; new accounts have fewer',
};

/** What is in force for a function: as the scenario says, or AWS's default. */
export function accountConcurrency({
  quotas,
  region,
}: {
  readonly quotas: Readonly<Record<string, number>>;
  readonly region: string;
}): number {
  return quotas[quotaKey(CONCURRENT_EXECUTIONS)] ?? CONCURRENT_EXECUTIONS.byDefault(region);
}
