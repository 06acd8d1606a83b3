/** What no single setting of a scheduled action can tell: whether it does anything, ever. */

import { SECOND } from '../../../kernel/time.js';
import type { Path } from '../../settings/problem.js';
import type { CheckContext } from '../../settings.js';
import { momentText } from '../../settings.js';
import { nextFit } from '../../cron.js';
import { readCron } from './cron.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import { PAGE } from '../page.js';
import { scheduledActionOf } from './policies-of.js';
import { awsRefuses } from './refusals.js';
import { nextTime } from './scheduled-actions.js';
import type { GroupSettings } from '../settings.js';
import type { ScheduledActionSettings } from './scheduled-settings.js';

type Actions = Readonly<Record<string, ScheduledActionSettings>>;

export function checkScheduledActions(context: CheckContext, actions: Actions): void {
  const path = ['scheduledActions'];
  const names = Object.keys(actions);
  if (names.length > AUTOSCALING_LIMITS.scheduledActionsMax) {
    awsRefuses(context, path, {
      found: `${names.length} scheduled actions`,
      allowed: `at most ${AUTOSCALING_LIMITS.scheduledActionsMax}`,
      awsError: 'LimitExceeded',
    });
  }
  const taken = new Map<number, string>();
  for (const [name, action] of Object.entries(actions)) {
    const at = [...path, name];
    checkSizes(context, action, at);
    checkBounds(context, action, at, Object.values(actions));
    checkZone(context, action, at);
    if (checkTimes(context, action, at)) checkUnique(context, taken, { name, action, path: at });
  }
}

function checkSizes(context: CheckContext, action: ScheduledActionSettings, path: Path): void {
  const { minSize, maxSize, desiredCapacity } = action;
  if (minSize === undefined && maxSize === undefined && desiredCapacity === undefined) {
    awsRefuses(context, path, {
      message: 'an action that sets nothing',
      allowed: 'minSize, maxSize or desiredCapacity',
    });
  }
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    const allowed = `at most maxSize (${maxSize})`;
    awsRefuses(context, [...path, 'minSize'], { found: String(minSize), allowed });
  } else if (
    desiredCapacity !== undefined &&
    (desiredCapacity < (minSize ?? 0) || desiredCapacity > (maxSize ?? Infinity))
  ) {
    awsRefuses(context, [...path, 'desiredCapacity'], {
      found: String(desiredCapacity),
      allowed: `within minSize..maxSize of the action`,
    });
  }
}

/** A bound that crosses the group's other one, when nothing ever moves that, fails each time. */
function checkBounds(
  context: CheckContext,
  { minSize, maxSize }: ScheduledActionSettings,
  path: Path,
  actions: readonly ScheduledActionSettings[],
): void {
  const { min, max } = farthestBounds(context, actions);
  if (minSize !== undefined && maxSize === undefined && minSize > max) {
    awsRefuses(context, [...path, 'minSize'], {
      found: String(minSize),
      message:
        `minSize ${minSize} is above the group's maxSize (${max}), and nothing raises that: ` +
        'the action fails each time',
      allowed: `at most ${max}, or a maxSize in the action`,
    });
  }
  if (maxSize !== undefined && minSize === undefined && maxSize < min) {
    awsRefuses(context, [...path, 'maxSize'], {
      found: String(maxSize),
      message:
        `maxSize ${maxSize} is below the group's minSize (${min}), and nothing lowers that: ` +
        'the action fails each time',
      allowed: `at least ${min}, or a minSize in the action`,
    });
  }
}

/** The lowest minSize and the highest maxSize that the group can ever have. */
function farthestBounds(
  context: CheckContext,
  actions: readonly ScheduledActionSettings[],
): { readonly min: number; readonly max: number } {
  const { self, resources } = context;
  const atStart = (resources.get(self.name) ?? self).settings as GroupSettings;
  const all = (key: 'minSize' | 'maxSize'): number[] =>
    [atStart[key], ...actions.map((one) => one[key]), ...context.changesOf(key)].filter(
      (size) => typeof size === 'number',
    );
  const raises = Object.values(atStart.scalingPolicies ?? {}).some(
    ({ predictiveScalingConfiguration: predictive }) =>
      predictive?.maxCapacityBreachBehavior === 'IncreaseMaxCapacity',
  );
  return { min: Math.min(...all('minSize')), max: raises ? Infinity : Math.max(...all('maxSize')) };
}

const UTC = ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'];

function checkZone(context: CheckContext, action: ScheduledActionSettings, path: Path): void {
  const { timeZone, recurrence } = action;
  if (timeZone === undefined) return;
  const at = [...path, 'timeZone'];
  if (recurrence === undefined) {
    const message = 'timeZone is about a recurrence, and there is none; startTime is in UTC';
    awsRefuses(context, at, { message, allowed: 'a recurrence with it', onKey: true });
  } else if (!UTC.includes(timeZone)) {
    const allowed = `UTC (times of the recurrence in UTC; see ${PAGE})`;
    context.refuse({ code: 'not-modelled', found: timeZone, allowed, path: at });
  }
}

/** Whether it is clear when the action is due. */
function checkTimes(context: CheckContext, action: ScheduledActionSettings, path: Path): boolean {
  const { recurrence, startTime, endTime } = action;
  if (recurrence === undefined && startTime === undefined) {
    const message = 'an action without a time';
    awsRefuses(context, path, { message, allowed: 'recurrence or startTime' });
    return false;
  }
  if (endTime !== undefined && endTime <= (startTime ?? context.startSeconds)) {
    const allowed = `a time after ${startTime === undefined ? 'start' : 'startTime'}`;
    awsRefuses(context, [...path, 'endTime'], { found: momentText(endTime), allowed });
    return false;
  }
  const isStart = checkStart(context, startTime, [...path, 'startTime']);
  if (recurrence === undefined) return isStart;
  const at = [...path, 'recurrence'];
  return checkCron(context, recurrence, at) && isStart && checkInRun(context, action, at);
}

function checkCron(context: CheckContext, recurrence: string, path: Path): boolean {
  const cron = readCron(recurrence);
  const allowed = 'five fields of cron, such as 0 8 * * MON-FRI';
  if (typeof cron === 'string') {
    const message = `no cron expression that is understood: ${cron}`;
    awsRefuses(context, path, { found: recurrence, message, allowed });
    return false;
  }
  if (nextFit(cron, context.startSeconds) !== Infinity) return true;
  const message = `${recurrence} never comes`;
  context.refuse({ code: 'never-happens', found: recurrence, message, allowed, path });
  return false;
}

/** Whether it is due at all before the run is over; forgetting `start` is the likeliest reason when it is not. */
function checkInRun(context: CheckContext, action: ScheduledActionSettings, path: Path): boolean {
  const { startSeconds, end } = context;
  const { timeZone } = action;
  if (end === undefined || (timeZone !== undefined && !UTC.includes(timeZone))) return true;
  const over = startSeconds + Math.floor(end / SECOND);
  const first = nextTime(scheduledActionOf('', action), startSeconds);
  if ((first - startSeconds) * SECOND < end) return true;
  const { recurrence = '', endTime } = action;
  const until = endTime === undefined ? '' : `, and the action ends at ${momentText(endTime)}`;
  context.refuse({
    code: 'never-happens',
    found: recurrence,
    message:
      `${recurrence} does not come in the run, which is from ${momentText(startSeconds)} ` +
      `to ${momentText(over)}${until}; see start`,
    allowed: 'a time within the run: another recurrence, start or duration',
    path,
  });
  return false;
}

function checkStart(context: CheckContext, startTime: number | undefined, path: Path): boolean {
  if (startTime === undefined) return true;
  const { startSeconds, end } = context;
  const found = momentText(startTime);
  const begin = momentText(startSeconds);
  if (startTime < startSeconds) {
    const allowed = `${begin} (start) or later`;
    awsRefuses(context, path, { found, message: `${found} is past when the run starts`, allowed });
    return false;
  }
  if (end === undefined || (startTime - startSeconds) * SECOND < end) return true;
  const last = momentText(startSeconds + Math.floor(end / SECOND));
  const allowed = `${begin} to ${last}, when the run is over`;
  context.refuse({ code: 'never-happens', found, allowed, path });
  return false;
}

interface Named {
  readonly name: string;
  readonly action: ScheduledActionSettings;
  readonly path: Path;
}

/** Two actions of a group must not be due first at the same time. */
function checkUnique(
  context: CheckContext,
  taken: Map<number, string>,
  { name, action, path }: Named,
): void {
  const first = nextTime(scheduledActionOf(name, action), context.startSeconds);
  const other = taken.get(first);
  if (other !== undefined && first !== Infinity) {
    awsRefuses(context, path, {
      message: `${name} and ${other} are both due first at ${momentText(first)}`,
      allowed: 'another time: each scheduled action has one of its own',
      awsError: 'AlreadyExists',
    });
  }
  taken.set(first, name);
}
