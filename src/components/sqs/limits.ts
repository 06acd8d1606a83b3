/**
 * Figures of SQS that are nobody's setting (those stand in settings.ts, with their ranges). Source: SQS
 * Developer Guide "Amazon SQS message quotas" as of November 2026, unless a line says otherwise.
 */

import { SECOND } from '../../kernel/time.js';

export const SQS_LIMITS = {
  /** "~120,000, depending on traffic and backlog": quotas-queues. Counts per queue. */
  inFlightMax: 120_000,
  /** From this many receives on, a message goes behind the others ("sqs-available-cloudwatch-metrics"). */
  receivesBeforeBack: 3,
  /** A spontaneous second delivery after a missed delete lies this far behind it: assumption, AWS gives no figure. */
  phantomDelayMin: 1 * SECOND,
  phantomDelayMax: 60 * SECOND,
  /** Polls that wait at least this long are never falsely empty: assumption after "especially with low wait values". */
  reliableWait: 10 * SECOND,
} as const;
