/** autoscaling.group: see docs/components/autoscaling.group.md. */

import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { GROUP_METRICS } from '../group-metrics.js';
import { programOf } from '../program/from-settings.js';
import type { World } from '../world.js';
import { checkGroup } from './checks.js';
import { Group } from './group.js';
import { Groups } from './groups.js';
import { graceOf } from './grace.js';
import { groupHappenings, groupSchedule } from './happenings.js';
import type { GroupOptions } from './options.js';
import { EC2_PRICES } from './prices.js';
import { PAGE } from './page.js';
import { hasSpot } from './life/purchase.js';
import type { GroupSettings } from './settings.js';
import { groupShape } from './settings.js';
import { defaultZones } from './life/life-checks.js';
import { lifeOf } from './life/life-options.js';
import { policiesOf, scheduledActionsOf } from './policies/policies-of.js';

export const autoscalingGroup: ComponentType<typeof groupShape> = {
  type: 'autoscaling.group',
  summary:
    'An EC2 Auto Scaling group: a fleet whose program polls queues, fixed, or scaled by policies and schedules.',
  page: PAGE,
  shape: groupShape,
  roles: ['fleet'],
  graceOf,
  operations: [],
  levels: ['instances', 'busy'],
  metrics: GROUP_METRICS,
  prices: EC2_PRICES,
  checks: checkGroup,
  // As UpdateAutoScalingGroup: new bounds move a desired capacity that is not set with them.
  afterSet: (merged, set) =>
    set['desiredCapacity'] === undefined ? { ...merged, desiredCapacity: undefined } : merged,
  happenings: groupHappenings,
  schedule: groupSchedule,
  zonesOf: ({ region, settings }) =>
    (settings as GroupSettings).availabilityZones ?? defaultZones(region),
  hasSpot: ({ settings }) => {
    const mixed = (settings as GroupSettings).mixedInstancesPolicy;
    return mixed !== undefined && hasSpot(mixed.instancesDistribution);
  },
  build: (world, id, spec) => new Group(world, id, optionsOf(world, id, spec)),
  change: (world, id, settings) => world.shared(Groups).byId.get(id)!.resize(settings),
  deploy: (world, id, rollout) => world.shared(Groups).byId.get(id)!.deploy(rollout),
};

function optionsOf(world: World, id: number, spec: ResourceSpec<typeof groupShape>): GroupOptions {
  const { name, settings, assume } = spec;
  return {
    name,
    minSize: settings.minSize,
    maxSize: settings.maxSize,
    desiredCapacity: settings.desiredCapacity ?? settings.minSize,
    startup: distribution(settings.startup),
    stopTimeout: settings.stopTimeout,
    program: programOf(world, id, spec.programs),
    detailedMonitoring: settings.monitoring?.enabled ?? false,
    policies: policiesOf(world, id, settings, assume),
    scheduledActions: scheduledActionsOf(settings),
    life: lifeOf(spec),
    assume: {
      actionDelay: distribution(assume.actionDelay),
      scheduledDelay: distribution(assume.scheduledDelay),
      launch: distribution(assume.launch),
      terminate: distribution(assume.terminate),
    },
  };
}
