/**
 * What a scenario may say about a scaling policy: CloudFormation's AWS::AutoScaling::ScalingPolicy in camelCase.
 * Which keys go with which policyType is in policy-kinds.ts.
 */

import { z } from 'zod';
import { alarmBlock } from '../../alarm-settings.js';
import { block, choice, count, duration, expression, flag, number } from '../../settings.js';
import { STATISTICS } from '../../metric-port.js';
import { API, INVALID, notModelled } from '../page.js';
import { POLICY_TYPES } from './policy-kinds.js';
import { ADJUSTMENT_TYPES } from './step-scaling.js';

const WARMUP =
  "how long a new instance is no capacity; default defaultInstanceWarmup, else the group's cooldown.";

const stepAdjustment = block(
  {
    name: 'stepAdjustment',
    doc: 'What to do when the metric lies between these bounds.',
    words: {
      lower: 'metricIntervalLowerBound',
      upper: 'metricIntervalUpperBound',
      adjustment: 'scalingAdjustment',
    },
  },
  {
    metricIntervalLowerBound: number({
      source: API,
      doc: 'Relative to the threshold; default no bound.',
    }).optional(),
    metricIntervalUpperBound: number({
      source: API,
      doc: 'Relative to the threshold; default no bound.',
    }).optional(),
    scalingAdjustment: number({
      source: API,
      doc: 'By how much, or to what, the capacity changes.',
    }),
  },
);

const predefinedMetric = block(
  {
    name: 'predefinedMetricSpecification',
    doc: 'A metric of the group itself.',
    notModelled: notModelled('resourceLabel'),
  },
  {
    predefinedMetricType: choice(['ASGAverageCPUUtilization'], {
      source: API,
      awsError: INVALID,
      doc: "CPUUtilization of this group's instances.",
      notModelled: notModelled(
        'ASGAverageNetworkIn',
        'ASGAverageNetworkOut',
        'ALBRequestCountPerTarget',
      ),
    }),
  },
);

const targetTracking = block(
  {
    name: 'targetTrackingConfiguration',
    doc: 'What to hold, and where.',
    exactlyOne: [['metric', 'predefinedMetricSpecification']],
    words: {
      customizedMetricSpecification: 'metric',
      metricName: 'metric',
      target: 'targetValue',
    },
  },
  {
    metric: expression({
      example: 'backlogPerInstance(orders)',
      doc: "CloudWatch's name of a metric, and whose it is in brackets; it must fall as capacity rises.",
    }).optional(),
    predefinedMetricSpecification: predefinedMetric.optional(),
    statistic: choice(STATISTICS, {
      default: 'Average',
      source: API,
      doc: 'What is made of the samples of a period.',
    }),
    targetValue: number({ source: API, doc: 'Where the metric is to be held; above 0.' }),
    disableScaleIn: flag({ default: false, source: API, doc: 'Never scale in by this policy.' }),
    period: duration({
      default: '60s',
      min: '10s',
      max: '60s',
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'How much time one data point stands for: 10s, 30s or 60s.',
    }),
  },
);

const predictive = block(
  {
    name: 'predictiveScalingConfiguration',
    doc: 'What load to forecast, and how much of it one instance takes.',
    notModelled: notModelled('metricSpecifications'),
    words: { target: 'targetValue' },
  },
  {
    metric: expression({
      example: 'NumberOfMessagesSent(orders)',
      doc: "The load: CloudWatch's name of a metric that capacity does not change, and whose it is in brackets.",
    }),
    targetValue: number({
      source: API,
      doc: 'How much of the metric one instance takes; above 0.',
    }),
    mode: choice(['ForecastOnly', 'ForecastAndScale'], {
      default: 'ForecastOnly',
      source: API,
      awsError: INVALID,
      doc: 'Whether it acts, too.',
    }),
    schedulingBufferTime: duration({
      default: '300s',
      max: '3600s',
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'So long before the hour instances are launched.',
    }),
    maxCapacityBreachBehavior: choice(['HonorMaxCapacity', 'IncreaseMaxCapacity'], {
      default: 'HonorMaxCapacity',
      source: API,
      awsError: INVALID,
      doc: 'Whether a forecast beyond maxSize raises it, for good.',
    }),
    maxCapacityBuffer: count({
      max: 100,
      source: API,
      awsError: INVALID,
      doc: 'With IncreaseMaxCapacity: maxSize is raised to so many percent above the forecast.',
    }).optional(),
  },
);

export const policyBlock = block(
  {
    name: 'scalingPolicy',
    doc: 'A scaling policy of the group. Which keys it takes depends on its policyType.',
    notModelled: notModelled('enabled'),
    noEffect: { autoScalingGroupName: 'the policy stands inside its group' },
    words: {
      steps: 'stepAdjustments',
      warmup: 'estimatedInstanceWarmup',
      instanceWarmup: 'estimatedInstanceWarmup',
      type: 'policyType',
      adjustment: 'scalingAdjustment',
      targetTracking: 'targetTrackingConfiguration',
      targetTrackingScalingPolicyConfiguration: 'targetTrackingConfiguration',
    },
  },
  {
    policyType: choice(POLICY_TYPES, {
      source: API,
      awsError: INVALID,
      doc: 'How the policy decides.',
    }),
    adjustmentType: choice(ADJUSTMENT_TYPES, {
      source: API,
      awsError: INVALID,
      doc: 'Steps, simple: what scalingAdjustment means.',
    }).optional(),
    stepAdjustments: z
      .array(stepAdjustment)
      .meta({ description: 'Steps: by how much the metric breached → what to do.' })
      .optional(),
    scalingAdjustment: number({
      source: API,
      doc: 'Simple: by how much, or to what, the capacity changes.',
    }).optional(),
    minAdjustmentMagnitude: count({
      min: 1,
      source: API,
      awsError: INVALID,
      doc: 'Steps, simple: a change in percent is at least so many instances.',
    }).optional(),
    cooldown: duration({
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: "Simple: after its activities no simple policy acts for so long; default the group's cooldown.",
    }).optional(),
    estimatedInstanceWarmup: duration({
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: `Steps, target tracking: ${WARMUP}`,
    }).optional(),
    metricAggregationType: choice(['Average', 'Minimum', 'Maximum'], {
      source: API,
      doc: "Steps: what is made of the alarm's data points to choose the step; default Average.",
    }).optional(),
    alarm: alarmBlock.optional(),
    targetTrackingConfiguration: targetTracking.optional(),
    predictiveScalingConfiguration: predictive.optional(),
  },
);

export type PolicySettings = z.output<typeof policyBlock>;
export type TargetTrackingSettings = z.output<typeof targetTracking>;
export type PredictiveSettings = z.output<typeof predictive>;
