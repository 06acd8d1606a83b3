/** Account limits that queues feel, and that AWS raises on request: `quotas` of a scenario. */

import type { Quota } from '../settings.js';
import { KMS_REQUESTS } from '../kms.js';
import { count } from '../settings.js';
import { SQS_LIMITS } from './limits.js';

export const IN_FLIGHT: Quota = {
  service: 'sqs',
  name: 'inFlight',
  schema: count({ min: 1, max: 1_000_000_000, doc: 'Messages in flight at a time, per queue.' }),
  byDefault: () => SQS_LIMITS.inFlightMax,
  doc: 'Messages in flight at a time, per queue.',
  source: 'SQS Developer Guide "quotas-queues", Nov 2026: about 120,000 for most queues',
};

export const QUEUE_QUOTAS: readonly Quota[] = [IN_FLIGHT, KMS_REQUESTS];
