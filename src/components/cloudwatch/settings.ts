/**
 * What a scenario may say about an alarm that stands alone: CloudFormation's AWS::CloudWatch::Alarm in camelCase, with
 * a metric expression for its metric. The reasons stand in docs/components/cloudwatch.alarm.md.
 */

import { z } from 'zod';
import { ALARM_NO_EFFECT, ALARM_NOT_MODELLED, alarmFields } from '../alarm-settings.js';
import type { SettingsOf, SettingsShape } from '../settings.js';
import { text } from '../settings.js';

export const alarmShape = {
  settings: {
    ...alarmFields,
    alarmActions: z
      .array(text({ longest: 100 }))
      .meta({
        description:
          'What it triggers: nothing can be named yet. The alarm of a scaling policy stands inside the policy.',
      })
      .optional(),
  },
  assume: {},
  notModelled: { ...ALARM_NOT_MODELLED },
  noEffect: {
    ...ALARM_NO_EFFECT,
    alarmName: 'the name in the map is the name',
    actionsEnabled: 'it has no actions',
    okActions: 'nothing listens to them',
    insufficientDataActions: 'nothing listens to them',
  },
} satisfies SettingsShape;

export type AlarmResourceSettings = SettingsOf<typeof alarmShape>;
