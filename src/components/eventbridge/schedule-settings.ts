/** What a scenario may say about a schedule: CloudFormation's AWS::Scheduler::Schedule in camelCase. */

import type { SettingsOf, SettingsShape } from '../settings.js';
import { assumption, block, choice, duration, reference, size, text } from '../settings.js';
import { retryJitter, scheduleDelay } from './assume.js';
import { INVALID, SCHEDULE_PAGE, SCHEDULER_API } from './page.js';
import {
  deadLetterConfig,
  laterParameters,
  NO_EFFECT_ON_TARGETS,
  retryPolicy,
  sqsParameters,
} from './target-settings.js';

const eventBridgeParameters = block(
  { name: 'eventBridgeParameters', doc: 'What an event bus gets it as.' },
  {
    source: text({ longest: 256, doc: "The event's source." }),
    detailType: text({ longest: 128, doc: "The event's detail-type." }),
  },
);

const flexibleTimeWindow = block(
  { name: 'flexibleTimeWindow', doc: 'Whether it may come later than it is due.' },
  {
    mode: choice(['OFF', 'FLEXIBLE'], {
      default: 'OFF',
      awsError: INVALID,
      doc: 'FLEXIBLE: at some time within the window after it is due.',
    }),
    maximumWindowInMinutes: duration({
      min: '1m',
      max: '1440m',
      bare: 'm',
      source: SCHEDULER_API,
      awsError: INVALID,
      doc: 'How long the window is.',
    }).optional(),
  },
);

export const scheduleShape = {
  settings: {
    scheduleExpression: text({
      longest: 256,
      source: SCHEDULER_API,
      doc: 'rate(5 minutes), cron(0 18 ? * MON-FRI *) or at(2026-01-01T08:00:00), in UTC.',
    }),
    flexibleTimeWindow: flexibleTimeWindow.prefault({} as never),
    target: reference({ roles: ['inbox'], doc: 'Whom it invokes.' }),
    state: choice(['ENABLED', 'DISABLED'], {
      default: 'ENABLED',
      awsError: INVALID,
      doc: 'A disabled schedule does nothing.',
    }),
    retryPolicy: retryPolicy(SCHEDULER_API).prefault({} as never),
    deadLetterConfig: deadLetterConfig.optional(),
    sqsParameters: sqsParameters.optional(),
    eventBridgeParameters: eventBridgeParameters.optional(),
  },
  assume: {
    scheduleDelay,
    retryJitter,
    messageSize: assumption(size({ min: '1B', max: '256KiB' }), {
      ideal: '1KiB',
      typical: '1KiB',
      doc: 'What the target gets (Input).',
      source: 'assumption',
    }),
  },
  notModelled: {
    ...laterParameters(SCHEDULE_PAGE),
    scheduleExpressionTimezone: SCHEDULE_PAGE,
    startDate: SCHEDULE_PAGE,
    endDate: SCHEDULE_PAGE,
    kmsKeyArn: SCHEDULE_PAGE,
  },
  noEffect: {
    ...NO_EFFECT_ON_TARGETS,
    name: 'the name in the map is the name',
    groupName: 'groups of schedules change no behaviour',
    actionAfterCompletion: 'nothing is deleted after a run',
  },
} satisfies SettingsShape;

export type ScheduleSettings = SettingsOf<typeof scheduleShape>;
