/**
 * What a scenario may say about a group: CloudFormation's AWS::AutoScaling::AutoScalingGroup and
 * ScalingPolicy in camelCase, and what AWS does not publish. An alarm stands inside its policy, and its
 * `metric` is an expression; both are ours. The reasons stand in docs/components/autoscaling.group.md.
 */

import { z } from 'zod';
import { COMPARISON_OPERATORS, MISSING_DATA, STATISTICS } from '../metric-port.js';
import type { SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  choice,
  count,
  distribution,
  duration,
  expression,
  mapByName,
  number,
  text,
} from '../settings.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import { ADJUSTMENT_TYPES } from './step-scaling.js';

export const PAGE = 'docs/components/autoscaling.group.md';
const API = 'botocore autoscaling service-2.json, Aug 2026';
const ALARM_API = 'botocore cloudwatch service-2.json (PutMetricAlarm), Aug 2026';
const OURS = 'assumption; AWS publishes no figure';
const INVALID = 'ValidationError';

const notModelled = (...keys: string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, PAGE]));

const alarm = block(
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

const policy = block(
  {
    name: 'scalingPolicy',
    doc: 'A scaling policy of the group.',
    notModelled: notModelled(
      'targetTrackingConfiguration',
      'predictiveScalingConfiguration',
      'scalingAdjustment',
      'cooldown',
      'enabled',
    ),
    noEffect: { autoScalingGroupName: 'the policy stands inside its group' },
    words: {
      steps: 'stepAdjustments',
      warmup: 'estimatedInstanceWarmup',
      instanceWarmup: 'estimatedInstanceWarmup',
      type: 'policyType',
    },
  },
  {
    policyType: choice(['StepScaling'], {
      source: API,
      awsError: INVALID,
      doc: 'How the policy decides.',
      notModelled: notModelled('TargetTrackingScaling', 'SimpleScaling', 'PredictiveScaling'),
    }),
    adjustmentType: choice(ADJUSTMENT_TYPES, {
      source: API,
      awsError: INVALID,
      doc: 'What scalingAdjustment means.',
    }),
    stepAdjustments: z
      .array(stepAdjustment)
      .meta({ description: 'By how much the metric breached → what to do.' }),
    minAdjustmentMagnitude: count({
      min: 1,
      source: API,
      awsError: INVALID,
      doc: 'A change in percent is at least so many instances.',
    }).optional(),
    estimatedInstanceWarmup: duration({
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'How long a new instance does not count as capacity; default defaultInstanceWarmup, else 300s.',
    }).optional(),
    metricAggregationType: choice(['Average', 'Minimum', 'Maximum'], {
      default: 'Average',
      source: API,
      doc: "What is made of the alarm's data points to choose the step.",
    }),
    alarm,
  },
);

const size = (doc: string) =>
  count({ max: AUTOSCALING_LIMITS.sizeMax, source: API, awsError: INVALID, doc });

export const groupShape = {
  settings: {
    minSize: size('The group never wants fewer instances.'),
    maxSize: size('The group never wants more instances.'),
    desiredCapacity: size('Instances in service at the start; default minSize.').optional(),
    instanceType: text({
      longest: 40,
      doc: 'What the instances cost; how fast they are says the handler.',
    }),
    defaultInstanceWarmup: duration({
      max: '3600s',
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'How long a new instance does not count as capacity, for policies that do not say.',
    }).optional(),
    scalingPolicies: mapByName(policy, 'Scaling policies by name.').optional(),
    stopTimeout: duration({
      default: '30s',
      max: '48h',
      doc: 'How long the program may go on with what it has in hand when its instance is to go; 0s kills it at once.',
    }),
  },
  byProfile: {
    startup: assumption(distribution('duration'), {
      ideal: '45s',
      typical: { p50: '45s', p99: '114s' },
      doc: "The program's own boot on an instance that is up.",
      source: OURS,
    }),
  },
  assume: {
    actionDelay: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { dist: 'uniform', min: '1s', max: '10s' },
      doc: "From an alarm's action to the group's reaction.",
      source: OURS,
    }),
    launch: assumption(distribution('duration'), {
      ideal: '25s',
      typical: {
        mix: [
          { weight: '98%', value: { p50: '25s', p99: '40s' } },
          { weight: '2%', value: { p50: '75s', p99: '120s' } },
        ],
      },
      doc: 'From asking for an instance to its operating system being up; 2 % take three times as long.',
      source:
        'measured: daemonology.net 2021 (29 s), brevdev/ec2-coldboot-research 2025-26 (25.8 s, some near 80 s)',
    }),
    terminate: assumption(distribution('duration'), {
      ideal: '20s',
      typical: '20s',
      doc: 'From the end of the program to the instance being gone.',
      source: 'measured: daemonology.net 2021 (17.2 s from shutdown to closed connections)',
    }),
  },
  programs: ['consumes', 'handler', 'client'],
  changeable: ['minSize', 'maxSize', 'desiredCapacity'],
  notModelled: notModelled(
    'availabilityZones',
    'cooldown',
    'healthCheckType',
    'healthCheckGracePeriod',
    'newInstancesProtectedFromScaleIn',
    'terminationPolicies',
    'lifecycleHooks',
    'warmPool',
    'mixedInstancesPolicy',
    'capacityRebalance',
    'scheduledActions',
    'monitoring',
    'maxInstanceLifetime',
    'instanceMaintenancePolicy',
    'launchTemplate',
    'launchConfigurationName',
    'targetGroups',
    'loadBalancerNames',
    'vpcZoneIdentifier',
    'placementGroup',
    'lifecycleHookSpecificationList',
    'targetGroupARNs',
    'trafficSources',
    'availabilityZoneDistribution',
    'availabilityZoneImpairmentPolicy',
    'capacityReservationSpecification',
    'context',
    'desiredCapacityType',
    'instanceId',
    'instanceLifecyclePolicy',
    'serviceLinkedRoleARN',
    'skipZonalShiftValidation',
    'serves',
  ),
  noEffect: {
    autoScalingGroupName: 'the name in the map is the name',
    metricsCollection: 'metrics of the group are read by no one yet',
    notificationConfigurations: 'notifications reach people, not the model',
  },
} satisfies SettingsShape;

export type GroupSettings = SettingsOf<typeof groupShape>;
export type PolicySettings = NonNullable<GroupSettings['scalingPolicies']>[string];
export type AlarmSettings = PolicySettings['alarm'];
