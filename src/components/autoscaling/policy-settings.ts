/** What a scenario may say about a scaling policy: CloudFormation's AWS::AutoScaling::ScalingPolicy in camelCase. */

import { z } from 'zod';
import { alarmBlock } from '../alarm-settings.js';
import { block, choice, count, duration, number } from '../settings.js';
import { API, INVALID, notModelled } from './page.js';
import { ADJUSTMENT_TYPES } from './step-scaling.js';

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

export const policyBlock = block(
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
    alarm: alarmBlock,
  },
);

export type PolicySettings = z.output<typeof policyBlock>;
