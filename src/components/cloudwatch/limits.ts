/** Figures of CloudWatch as data. Source unless a line says otherwise: CloudWatch User Guide, as of November 2026. */

import { MINUTE } from '../../kernel/time.js';

export const CLOUDWATCH_LIMITS = {
  /** AWS services publish their metrics once a minute ("standard resolution"). */
  samplePeriod: MINUTE,
  /** Alarms with periods of a minute or more are evaluated every minute. */
  evaluationPeriod: MINUTE,
  /**
   * The evaluation range has so many more points than evaluationPeriods: AWS's example fetches 5 for 3 and
   * publishes no rule, so this is an assumption.
   */
  extraPoints: 2,
} as const;
