/**
 * An alarm as a scenario says it: CloudFormation's AWS::CloudWatch::Alarm in camelCase. `metric` is an
 * expression, which is ours. It stands inside a scaling policy, or alone.
 */

import { COMPARISON_OPERATORS, MISSING_DATA, STATISTICS } from './metric-port.js';
import { block, choice, count, duration, expression, number } from './settings.js';
import type { z } from 'zod';

export const ALARM_PAGE = 'docs/components/autoscaling.group.md';
const ALARM_API = 'botocore cloudwatch service-2.json (PutMetricAlarm), Aug 2026';
const INVALID = 'ValidationError';

const notModelled = (...keys: string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, ALARM_PAGE]));

export const alarmBlock = block(
  {
    name: 'alarm',
    doc: 'The CloudWatch alarm that triggers the policy.',
    notModelled: notModelled(
      'extendedStatistic',
      'metrics',
      'dimensions',
      'thresholdMetricId',
      'evaluateLowSampleCountPercentile',
    ),
    noEffect: {
      alarmName: 'the policy has a name',
      unit: 'a metric has one unit',
      alarmDescription: 'a description changes nothing',
    },
    words: {
      metricName: 'metric',
      operator: 'comparisonOperator',
      periods: 'evaluationPeriods',
      datapoints: 'datapointsToAlarm',
    },
  },
  {
    metric: expression({
      example: 'ApproximateNumberOfMessagesVisible(orders)',
      doc: "CloudWatch's name of a metric, and whose it is in brackets.",
    }),
    statistic: choice(STATISTICS, {
      default: 'Average',
      source: ALARM_API,
      doc: 'What is made of the samples of a period.',
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
      min: '60s',
      max: '24h',
      whole: 'm',
      bare: 's',
      source: ALARM_API,
      awsError: INVALID,
      doc: 'How much time one data point stands for; a multiple of 60 s, since AWS services publish once a minute.',
    }),
    evaluationPeriods: count({
      default: 1,
      min: 1,
      max: 1440,
      source: ALARM_API,
      awsError: INVALID,
      doc: 'N of "M out of N".',
    }),
    datapointsToAlarm: count({
      min: 1,
      max: 1440,
      source: ALARM_API,
      awsError: INVALID,
      doc: 'M of "M out of N"; default evaluationPeriods.',
    }).optional(),
    treatMissingData: choice(MISSING_DATA, {
      default: 'missing',
      source: ALARM_API,
      doc: 'What stands for a missing data point.',
    }),
  },
);

export type AlarmSettings = z.output<typeof alarmBlock>;
