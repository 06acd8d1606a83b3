/** What a scenario may say about a scheduled action: CloudFormation's AWS::AutoScaling::ScheduledAction. */

import type { z } from 'zod';
import { block, count, moment, text } from '../../settings.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import { API, INVALID } from '../page.js';

const size = (doc: string) =>
  count({ max: AUTOSCALING_LIMITS.sizeMax, source: API, awsError: INVALID, doc }).optional();

export const scheduledActionBlock = block(
  {
    name: 'scheduledAction',
    doc: 'New sizes of the group at a time of the calendar, which counts from `start`.',
    noEffect: { autoScalingGroupName: 'the action stands inside its group' },
    words: { cron: 'recurrence', schedule: 'recurrence', time: 'startTime', at: 'startTime' },
  },
  {
    recurrence: text({
      longest: 255,
      doc: 'Again and again: five fields of cron, `0 8 * * MON-FRI`, in UTC.',
      source: API,
    }).optional(),
    startTime: moment({
      doc: 'Once; with `recurrence` the first time of all.',
      source: API,
    }).optional(),
    endTime: moment({ doc: 'The recurrence ends here.', source: API }).optional(),
    timeZone: text({ longest: 255, doc: 'Only UTC, in any of its names.', source: API }).optional(),
    minSize: size("The group's minSize from then on."),
    maxSize: size("The group's maxSize from then on."),
    desiredCapacity: size("The group's desired capacity at that time."),
  },
);

export type ScheduledActionSettings = z.output<typeof scheduledActionBlock>;
