/** What no single setting of a schedule can tell. */

import type { CheckContext } from '../settings.js';
import { refuseSchedule } from './checks.js';
import { BUS_TYPE, INVALID } from './page.js';
import type { ScheduleSettings } from './schedule-settings.js';
import { SERVICE_PREFIX } from './service-events.js';
import { checkTarget } from './target-checks.js';

export function checkScheduleOf(context: CheckContext): void {
  const settings = context.self.settings as ScheduleSettings;
  refuseSchedule(context, ['scheduleExpression'], settings.scheduleExpression, true);
  checkWindow(context, settings);
  const target = context.resources.get(settings.target);
  if (target === undefined) return; // reported as an unknown name
  checkTarget({ context, target, path: ['target'], morePath: [] }, settings);
  checkBusParameters(context, settings, target.type === BUS_TYPE);
}

function checkWindow(context: CheckContext, { flexibleTimeWindow }: ScheduleSettings): void {
  const { mode, maximumWindowInMinutes } = flexibleTimeWindow;
  if ((mode === 'FLEXIBLE') === (maximumWindowInMinutes !== undefined)) return;
  context.refuse({
    code: 'aws-refuses',
    found: mode,
    message:
      mode === 'OFF'
        ? 'maximumWindowInMinutes with mode OFF'
        : 'mode FLEXIBLE without maximumWindowInMinutes',
    allowed: '{ mode: OFF } or { mode: FLEXIBLE, maximumWindowInMinutes: 15m }',
    awsError: INVALID,
    path: ['flexibleTimeWindow'],
  });
}

function checkBusParameters(
  context: CheckContext,
  { eventBridgeParameters, target }: ScheduleSettings,
  isBus: boolean,
): void {
  const found = eventBridgeParameters?.source;
  if (isBus !== (eventBridgeParameters !== undefined)) {
    context.refuse({
      code: 'aws-refuses',
      found: target,
      message: isBus
        ? `${target} is an event bus and needs to know what the event is`
        : `eventBridgeParameters for ${target}, which is no event bus`,
      allowed: 'eventBridgeParameters: { source, detailType } with a bus as target, and only then',
      awsError: INVALID,
      path: ['target'],
    });
  } else if (found?.startsWith(SERVICE_PREFIX) === true) {
    context.refuse({
      code: 'aws-refuses',
      found,
      message: "the names of AWS's own services are theirs",
      allowed: 'another source',
      awsError: 'NotAuthorizedForSourceException',
      path: ['eventBridgeParameters', 'source'],
    });
  }
}
