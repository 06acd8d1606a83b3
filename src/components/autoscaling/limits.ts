/**
 * Figures of Auto Scaling as data. Source unless a line says otherwise: EC2 Auto Scaling API reference and
 * user guide (botocore autoscaling service-2.json; awsdocs commit 0987d768), as of November 2026.
 */

import { HOUR, MINUTE, SECOND } from '../../kernel/time.js';

export const AUTOSCALING_LIMITS = {
  /** DefaultCooldown of a group; also the last resort when nothing says a warm-up. */
  cooldownDefault: 300 * SECOND,
  /** Metrics of instances, with basic and detailed monitoring. Source: EC2 User Guide, "Monitor your instances". */
  basicMonitoring: 5 * MINUTE,
  detailedMonitoring: MINUTE,
  stepsPerPolicyMax: 20,
  policiesMax: 50,
  scheduledActionsMax: 125,
  /** Predictive scaling looks back so many days, forecasts so many hours, anew after so many hours. */
  forecastDays: 14,
  forecastHours: 48,
  forecastEvery: 6,
  hooksMax: 50,
  /** Of a lifecycle hook. */
  heartbeatTimeoutMin: 30 * SECOND,
  heartbeatTimeoutMax: 2 * HOUR,
  /** EC2 User Guide, "Spot Instance interruption notices". */
  interruptionNotice: 2 * MINUTE,
  /** Rebalancing may exceed maxSize by so much, or by one instance if that is more. */
  rebalancingMargin: 0.1,
  /** Until a launch that found no capacity is tried again. Assumption; AWS publishes no figure. */
  launchRetry: 30 * SECOND,
  /** From a running warm pool into service. Assumption; AWS publishes no figure. */
  runningPoolStart: 5 * SECOND,
  /** Our bound, against typing errors; AWS's quota on instances per group is soft. */
  sizeMax: 100_000,
} as const;
