/** Account limits that queues feel, and that AWS raises on request: `quotas` of a scenario. */

import type { Quota } from '../settings.js';
import { count, quotaKey } from '../settings.js';
import { kmsRequestsPerSecond, SQS_LIMITS } from './limits.js';

export const IN_FLIGHT: Quota = {
  service: 'sqs',
  name: 'inFlight',
  schema: count({ min: 1, max: 1_000_000_000, doc: 'Messages in flight at a time, per queue.' }),
  byDefault: () => SQS_LIMITS.inFlightMax,
  doc: 'Messages in flight at a time, per queue.',
  source: 'SQS Developer Guide "quotas-queues", Nov 2026: about 120,000 for most queues',
};

export const KMS_REQUESTS: Quota = {
  service: 'kms',
  name: 'requestsPerSecond',
  schema: count({ min: 1, max: 1_000_000_000, doc: 'Calls of symmetric operations a second.' }),
  byDefault: kmsRequestsPerSecond,
  doc: 'Calls of symmetric operations a second, shared by all that the account has in a region.',
  source: 'KMS Developer Guide "requests-per-second", 2026: by region',
};

export const QUEUE_QUOTAS: readonly Quota[] = [IN_FLIGHT, KMS_REQUESTS];

/** What is in force for a resource: as the scenario says, or AWS's default in its region. */
export function quotaOf(
  quota: Quota,
  {
    quotas,
    region,
  }: { readonly quotas: Readonly<Record<string, number>>; readonly region: string },
): number {
  return quotas[quotaKey(quota)] ?? quota.byDefault(region);
}
