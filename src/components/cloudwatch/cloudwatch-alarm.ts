/** cloudwatch.alarm: see docs/components/cloudwatch.alarm.md. */

import { check } from '../../kernel/check.js';
import { alarmDefinition } from '../alarm-definition.js';
import { alarmMeters, alarmPrice, ALARM_REGIONS } from '../alarm-prices.js';
import { ALARM_PAGE } from '../alarm-settings.js';
import type { Component, ComponentType, ResourceSpec } from '../component.js';
import { INSTANCES_METRIC, metricExpression } from '../metric-math.js';
import { Metrics } from '../metric-port.js';
import type { PriceItems } from '../prices.js';
import type { World } from '../world.js';
import { checkStandalone } from './checks.js';
import type { AlarmResourceSettings } from './settings.js';
import { alarmShape } from './settings.js';

export { buildCloudWatch, cloudWatchSchema } from './system.js';
export type { CloudWatchAssume } from './system.js';

const PRICES: PriceItems = {
  service: 'CloudWatch',
  regions: ALARM_REGIONS,
  find: alarmPrice,
  metersOf: ({ settings }) => alarmMeters([settings as AlarmResourceSettings]),
  notBilled: ['the free tier (ten alarms a month, per account) is not taken off'],
};

export const cloudWatchAlarm: ComponentType<typeof alarmShape> = {
  type: 'cloudwatch.alarm',
  summary: 'An Amazon CloudWatch alarm on a metric or on metric math, which triggers nothing.',
  page: ALARM_PAGE,
  shape: alarmShape,
  roles: [],
  operations: [],
  levels: [],
  metrics: {},
  prices: PRICES,
  checks: checkStandalone,
  build: (world, id, spec) => new StandaloneAlarm(world, id, spec),
};

/** It has a state, which is told, and no action. */
class StandaloneAlarm implements Component {
  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly spec: ResourceSpec<typeof alarmShape>,
  ) {}

  connect(): void {
    const { world, id, spec } = this;
    const { settings } = spec;
    const metric = metricExpression(settings.metric, {
      idOf: (name) => world.idOf(name),
      groupOf: (queue) => groupOf(world, queue),
      period: settings.period,
    });
    const owner = { owner: id, number: 0, name: 'alarm' };
    world.shared(Metrics).addAlarm(alarmDefinition(owner, settings, metric), null);
  }
}

/** The one group that consumes a queue. */
function groupOf(world: World, queue: number): number {
  const consumers = world.consumersOf(queue);
  const groups = consumers.filter((id) => world.gauge(id, INSTANCES_METRIC) !== undefined);
  check(groups.length === 1, 'one group consumes the queue');
  return groups[0];
}
