/**
 * Cron expressions of five fields, in UTC: minute, hour, day of the month, month, day of the week. A field is `*`,
 * a number or a name (JAN, MON), a range, a list, or a range with a step. As in crontab, which AWS points at for
 * the format: when both days are restricted, either will do; 7 is Sunday, too. EC2 Auto Scaling User Guide,
 * "Create a scheduled action using the AWS CLI", as of November 2026.
 */

import { dayAt, weekdayAt } from '../../../kernel/calendar.js';
import type { CronField, CronTimes } from '../../cron.js';
import { MONTHS, readCronField, WEEKDAYS } from '../../cron.js';

const FIELDS: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 7, names: WEEKDAYS },
];

/** The expression read, or in words what is wrong with it. */
export function readCron(text: string): CronTimes | string {
  const words = text.trim().split(/\s+/);
  if (words.length !== FIELDS.length)
    return `${words.length} fields, not five (minute, hour, day of the month, month, day of the week)`;
  const sets = words.map((word, i) => readCronField(FIELDS[i], word));
  const problem = sets.find((set) => typeof set === 'string');
  if (problem !== undefined) return problem;
  const [minutes, hours, days, months, weekdays] = sets as boolean[][];
  if (weekdays[7]) weekdays[0] = true;
  // Both kinds of days are restricted: then one of them is enough.
  const eitherDay = !words[2].startsWith('*') && !words[4].startsWith('*');
  return {
    minutes,
    hours,
    isDay: (date) => {
      const { month, day } = dayAt(date);
      if (!months[month]) return false;
      const isWeekday = weekdays[weekdayAt(date)];
      return eitherDay ? days[day] || isWeekday : days[day] && isWeekday;
    },
  };
}
