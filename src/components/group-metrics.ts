/**
 * The metrics of an Auto Scaling group, under CloudWatch's names; all of them are collected. What each means is in
 * docs/components/cloudwatch.alarm.md. Source: EC2 Auto Scaling User Guide "CloudWatch metrics for Amazon EC2 Auto
 * Scaling", EC2 User Guide "CloudWatch metrics that are available for your instances", Nov 2026.
 */

import type { MetricTable } from './metric-table.js';

export const GROUP_METRICS = {
  GroupMinSize: { of: 'level', unit: 'count', doc: 'the smallest size of the group' },
  GroupMaxSize: { of: 'level', unit: 'count', doc: 'the largest size of the group' },
  GroupDesiredCapacity: { of: 'level', unit: 'count', doc: 'instances that the group wants' },
  GroupInServiceInstances: {
    of: 'level',
    unit: 'count',
    doc: 'instances that are up, whether or not their program has booted',
  },
  GroupPendingInstances: { of: 'level', unit: 'count', doc: 'instances that are coming up' },
  GroupTerminatingInstances: { of: 'level', unit: 'count', doc: 'instances that are going' },
  GroupTotalInstances: {
    of: 'level',
    unit: 'count',
    doc: 'instances pending, in service and terminating',
  },
  CPUUtilization: {
    of: 'mean',
    unit: '%',
    doc: 'share of the poll loops that are busy with `work`, over the period, mean over instances in service',
  },
} as const satisfies MetricTable;

export type GroupMetricName = keyof typeof GROUP_METRICS;
