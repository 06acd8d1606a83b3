/** Figures of CloudWatch as data. Source unless a line says otherwise: CloudWatch User Guide, as of November 2026. */

import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.js';

export const CLOUDWATCH_LIMITS = {
  /** AWS services publish their metrics once a minute ("standard resolution"). */
  samplePeriod: MINUTE,
  /** Alarms with periods of a minute or more are evaluated every minute. */
  evaluationPeriod: MINUTE,
  /** Those with shorter periods. */
  shortEvaluationPeriod: 10 * SECOND,
  /** Those that look back more than a day. */
  longRange: DAY,
  longEvaluationPeriod: HOUR,
  /** How often an action of Auto Scaling repeats while the alarm lasts. */
  actionPeriod: MINUTE,
  /**
   * The evaluation range has so many more points than evaluationPeriods: AWS's example fetches 5 for 3 and
   * publishes no rule, so this is an assumption.
   */
  extraPoints: 2,
  /**
   * And it reaches back over so many more points of the coarsest metric: AWS says only that it depends on the period
   * and on the resolution of the metric, so this is an assumption.
   */
  extraSamples: 2,
  /**
   * A queue is active for so long after it was used or held a message. Source: SQS Developer Guide, "Monitoring Amazon
   * SQS queues using CloudWatch".
   */
  activeFor: 6 * HOUR,
} as const;
