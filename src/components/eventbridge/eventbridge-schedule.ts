/** eventbridge.schedule: see docs/components/eventbridge.schedule.md. */

import type { ComponentType, ResourceSpec } from '../component.js';
import { PLAIN_LINK } from '../delivery/options.js';
import type { ResourceView } from '../settings.js';
import type { PushLink } from '../settings/push-link.js';
import type { World } from '../world.js';
import { groupOf, retriesOf, takesOf, timesOf, unlessOne, unlessZero } from './from-settings.js';
import type { ScheduleOptions } from './options.js';
import { SCHEDULE_PAGE } from './page.js';
import { SCHEDULE_PRICES } from './prices.js';
import { Schedule } from './schedule.js';
import { checkScheduleOf } from './schedule-checks.js';
import type { ScheduleSettings } from './schedule-settings.js';
import { scheduleShape } from './schedule-settings.js';

export const eventbridgeSchedule: ComponentType<typeof scheduleShape> = {
  type: 'eventbridge.schedule',
  summary:
    'A schedule of Amazon EventBridge Scheduler: it invokes its target again and again, or once.',
  page: SCHEDULE_PAGE,
  shape: scheduleShape,
  roles: [],
  operations: [],
  levels: [],
  metrics: {},
  prices: SCHEDULE_PRICES,
  checks: checkScheduleOf,
  pushes: linksOf,
  schedule: ({ name, settings }) => {
    const { scheduleExpression, target, state } = settings as ScheduleSettings;
    return state === 'DISABLED' ? [] : [`${name} invokes ${target} at ${scheduleExpression} (UTC)`];
  },
  build: (world, id, spec) => new Schedule(world, id, optionsOf(world, spec)),
};

function linksOf({ settings }: ResourceView): PushLink[] {
  const { target, deadLetterConfig, scheduleExpression } = settings as ScheduleSettings;
  return [
    { name: target, target, deadLetter: deadLetterConfig?.target, filter: scheduleExpression },
  ];
}

function optionsOf(world: World, spec: ResourceSpec<typeof scheduleShape>): ScheduleOptions {
  const { name, settings, assume } = spec;
  const { target, flexibleTimeWindow, sqsParameters, eventBridgeParameters } = settings;
  return {
    name,
    times:
      settings.state === 'ENABLED'
        ? timesOf(settings.scheduleExpression, true)
        : { kind: 'at', seconds: -Infinity },
    delay: unlessZero(assume.scheduleDelay),
    window: flexibleTimeWindow.maximumWindowInMinutes ?? 0,
    bytes: assume.messageSize,
    link: {
      ...PLAIN_LINK,
      name: target,
      target: world.idOf(target),
      takes: takesOf(world, world.idOf(target)),
      ...retriesOf(world, settings),
      jitter: unlessOne(assume.retryJitter),
      passesGroup: true,
      passesId: true,
    },
    group: groupOf(world, target, sqsParameters),
    source: eventBridgeParameters?.source ?? name,
    detailType: eventBridgeParameters?.detailType ?? name,
  };
}
