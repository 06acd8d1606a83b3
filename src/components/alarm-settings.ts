/**
 * An alarm as a scenario says it: CloudFormation's AWS::CloudWatch::Alarm in camelCase. `metric` is an
 * expression, which is ours. It stands inside a scaling policy, or alone.
 */

import { COMPARISON_OPERATORS, MISSING_DATA, STATISTICS } from './metric-port.js';
import { block, choice, count, duration, expression, number } from './settings.js';
import type { z } from 'zod';

export const ALARM_PAGE = 'docs/components/cloudwatch.alarm.md';
const ALARM_API = 'botocore cloudwatch service-2.json (PutMetricAlarm), Aug 2026';
const INVALID = 'ValidationError';

const notModelled = (...keys: string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, ALARM_PAGE]));

/** What every alarm says. */
export const alarmFields = {
  metric: expression({
    example: 'ApproximateNumberOfMessagesVisible(orders)',
    doc: 'A metric and whose it is, or metric math, with numbers, + - * / ( ) and backlogPerInstance(queue).',
  }),
  statistic: choice(STATISTICS, {
    default: 'Average',
    source: ALARM_API,
    doc: 'What is made of the samples of a period, of each metric.',
    notModelled: notModelled('p50', 'p90', 'p95', 'p99', 'p99.9', 'IQM', 'tm90', 'tm99'),
  }),
  comparisonOperator: choice(COMPARISON_OPERATORS, {
    source: ALARM_API,
    awsError: INVALID,
    doc: 'When a data point breaches.',
    notModelled: notModelled(
      'LessThanLowerOrGreaterThanUpperThreshold',
      'LessThanLowerThreshold',
      'GreaterThanUpperThreshold',
    ),
  }),
  threshold: number({ doc: 'What data points are compared with; step bounds count from it.' }),
  period: duration({
    default: '60s',
    min: '10s',
    max: '7d',
    bare: 's',
    source: ALARM_API,
    awsError: INVALID,
    doc: 'How much time one data point stands for: 10 s, 20 s, 30 s, or a multiple of 60 s.',
  }),
  evaluationPeriods: count({
    default: 1,
    min: 1,
    max: 8640,
    source: ALARM_API,
    awsError: INVALID,
    doc: 'N of "M out of N".',
  }),
  datapointsToAlarm: count({
    min: 1,
    max: 8640,
    source: ALARM_API,
    awsError: INVALID,
    doc: 'M of "M out of N"; default evaluationPeriods.',
  }).optional(),
  treatMissingData: choice(MISSING_DATA, {
    default: 'missing',
    source: ALARM_API,
    doc: 'What stands for a missing data point.',
  }),
};

/** Settings of an alarm that CloudFormation has and this release refuses. */
export const ALARM_NOT_MODELLED = notModelled(
  'extendedStatistic',
  'metrics',
  'dimensions',
  'thresholdMetricId',
  'evaluateLowSampleCountPercentile',
  'evaluationCriteria',
  'evaluationInterval',
);

/** Settings of an alarm that no simulation can feel. */
export const ALARM_NO_EFFECT = {
  namespace: 'the name of a metric tells its namespace',
  unit: 'a metric has one unit',
  alarmDescription: 'a description changes nothing',
} as const;

/** Others' words → ours. */
const WORDS = {
  metricName: 'metric',
  operator: 'comparisonOperator',
  periods: 'evaluationPeriods',
  datapoints: 'datapointsToAlarm',
};

/** An alarm inside its policy. */
export const alarmBlock = block(
  {
    name: 'alarm',
    doc: 'The CloudWatch alarm that triggers the policy.',
    notModelled: ALARM_NOT_MODELLED,
    noEffect: {
      alarmName: 'the policy has a name',
      alarmActions: 'the alarm stands inside the policy that it triggers',
      actionsEnabled: 'a policy without its alarm does nothing',
      okActions: 'nothing listens to them',
      insufficientDataActions: 'nothing listens to them',
      ...ALARM_NO_EFFECT,
    },
    words: WORDS,
  },
  alarmFields,
);

export type AlarmSettings = z.output<typeof alarmBlock>;
