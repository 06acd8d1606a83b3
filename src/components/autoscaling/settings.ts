/**
 * What a scenario may say about a group: CloudFormation's AWS::AutoScaling::AutoScalingGroup in camelCase,
 * and what AWS does not publish. The reasons stand in docs/components/autoscaling.group.md.
 */

import { z } from 'zod';
import type { SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  choice,
  count,
  distribution,
  duration,
  flag,
  mapByName,
  monthlyShare,
  share,
  text,
} from '../settings.js';
import { lifecycleHook, mixedInstancesPolicy, warmPool } from './life/life-settings.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import { API, INVALID, notModelled } from './page.js';
import { policyBlock } from './policies/policy-settings.js';
import { scheduledActionBlock } from './policies/scheduled-settings.js';
import { TERMINATION_POLICIES } from './life/termination-policies.js';

const EC2_API = 'botocore ec2 service-2.json (RunInstancesMonitoringEnabled), Aug 2026';
const OURS = 'assumption; AWS publishes no figure';
const OBSERVED =
  'assumption; observed: aws/copilot-cli#4233, aws-samples/amazon-aurora-labs-for-mysql#3';

const monitoringBlock = block(
  {
    name: 'monitoring',
    doc: 'How often instances tell their metrics.',
    words: { detailed: 'enabled' },
  },
  {
    enabled: flag({
      default: false,
      source: EC2_API,
      doc: 'Detailed monitoring: CPUUtilization each minute instead of every 5 minutes.',
    }),
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
    monitoring: monitoringBlock.optional(),
    cooldown: duration({
      default: '300s',
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'After activities by a simple policy none acts for so long; also the warm-up when nothing says one.',
    }),
    scalingPolicies: mapByName(policyBlock, 'Scaling policies by name.').optional(),
    scheduledActions: mapByName(scheduledActionBlock, 'Scheduled actions by name.').optional(),
    availabilityZones: z
      .array(text({ longest: 40 }))
      .meta({ description: 'Where instances are launched; default two zones of the region.' })
      .optional(),
    terminationPolicies: z
      .array(
        choice(TERMINATION_POLICIES, {
          source: API,
          awsError: INVALID,
          doc: 'Which of the instances of a zone goes first.',
        }),
      )
      .meta({ description: 'Which instance goes first on a scale-in; default [Default].' })
      .optional(),
    newInstancesProtectedFromScaleIn: flag({
      default: false,
      source: API,
      doc: 'Instances in service are never terminated by a scale-in.',
    }),
    healthCheckType: choice(['EC2'], {
      default: 'EC2',
      source: API,
      awsError: INVALID,
      doc: 'What tells that an instance is unhealthy.',
      notModelled: notModelled('ELB', 'EBS', 'VPC_LATTICE'),
    }),
    lifecycleHooks: mapByName(lifecycleHook, 'Lifecycle hooks by name.').optional(),
    warmPool: warmPool.optional(),
    mixedInstancesPolicy: mixedInstancesPolicy.optional(),
    capacityRebalance: flag({
      default: false,
      source: API,
      doc: 'A Spot Instance is replaced when it has its interruption notice.',
    }),
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
    scheduledDelay: assumption(distribution('duration', { max: '2m' }), {
      ideal: '0s',
      typical: { dist: 'uniform', min: '0s', max: '10s' },
      adversarial: { dist: 'uniform', min: '0s', max: '2m' },
      doc: 'How late a scheduled action is done.',
      source: `${OURS}; "typically executed within seconds", at most two minutes late (User Guide)`,
    }),
    trackingHighDatapoints: assumption(count({ min: 1, max: 1440 }), {
      ideal: 3,
      typical: 3,
      doc: 'So many periods in a row above the target let target tracking scale out.',
      source: OBSERVED,
    }),
    trackingLowDatapoints: assumption(count({ min: 1, max: 1440 }), {
      ideal: 15,
      typical: 15,
      doc: 'So many periods in a row below the lower threshold let target tracking scale in.',
      source: OBSERVED,
    }),
    trackingLowFactor: assumption(share(), {
      ideal: '90%',
      typical: '90%',
      doc: 'The lower threshold of target tracking, of the target.',
      source: OBSERVED,
    }),
    trackingLowFactorCpu: assumption(share(), {
      ideal: '70%',
      typical: '70%',
      doc: 'The same when the metric is CPUUtilization.',
      source: 'assumption; observed in the console: 28 for a target of 40, 35 for 50',
    }),
    trackingScaleInStep: assumption(share({ min: '1%' }), {
      ideal: '100%',
      typical: '100%',
      doc: 'The most of the capacity that one scale-in of target tracking removes; one instance at least.',
      source:
        'assumption (100%: the proportional rule as it is); AWS publishes no rule, only that a group ' +
        '"scales in more gradually" (User Guide, "Target tracking scaling policies")',
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
    warmStart: assumption(distribution('duration'), {
      ideal: '20s',
      typical: { p50: '20s', p99: '40s' },
      doc: 'From leaving a warm pool of stopped or hibernated instances to the operating system being up.',
      source: OURS,
    }),
    spotInterruptions: assumption(monthlyShare(), {
      ideal: '0%/month',
      typical: '5%/month',
      doc: 'So many of the Spot Instances are interrupted in a month, each at a random time.',
      source: 'assumption; AWS Spot Advisor gives bands, the lowest "below 5 %" a month',
    }),
    instanceFailures: assumption(monthlyShare(), {
      ideal: '0%/month',
      typical: '0%/month',
      doc: 'So many of the instances die in a month, each at a random time.',
      source: OURS,
    }),
    launchFailure: assumption(share(), {
      ideal: '0%',
      typical: '0%',
      doc: 'The share of launches that no zone has capacity for; each is tried again after 30 s.',
      source: OURS,
    }),
  },
  programs: ['consumes', 'handler', 'client'],
  changeable: ['minSize', 'maxSize', 'desiredCapacity'],
  notModelled: notModelled(
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
    healthCheckGracePeriod:
      'it holds back ELB and custom checks only; an instance that does not run is replaced at once',
    autoScalingGroupName: 'the name in the map is the name',
    metricsCollection: 'all metrics of the group are collected',
    notificationConfigurations: 'notifications reach people, not the model',
  },
} satisfies SettingsShape;

export type GroupSettings = SettingsOf<typeof groupShape>;
