/**
 * Cron expressions of five fields, in UTC: minute, hour, day of the month, month, day of the week. A field is `*`,
 * a number or a name (JAN, MON), a range, a list, or a range with a step. As in crontab, which AWS points at for
 * the format: when both days are restricted, either will do; 7 is Sunday, too. EC2 Auto Scaling User Guide,
 * "Create a scheduled action using the AWS CLI", as of November 2026.
 */

import { dayAt, SECONDS_PER_DAY, weekdayAt } from '../../../kernel/calendar.js';
import { lower } from '../../settings/nearest.js';

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names, from `min` on. */
  readonly names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 7, names: WEEKDAYS },
];

/** Which values of each field fit: `minutes[30]`. */
export interface Cron {
  readonly minutes: readonly boolean[];
  readonly hours: readonly boolean[];
  readonly days: readonly boolean[];
  readonly months: readonly boolean[];
  readonly weekdays: readonly boolean[];
  /** Both kinds of days are restricted: then one of them is enough. */
  readonly eitherDay: boolean;
}

/** The expression read, or in words what is wrong with it. */
export function readCron(text: string): Cron | string {
  const words = text.trim().split(/\s+/);
  if (words.length !== FIELDS.length)
    return `${words.length} fields, not five (minute, hour, day of the month, month, day of the week)`;
  const sets = words.map((word, i) => readField(FIELDS[i], word));
  const problem = sets.find((set) => typeof set === 'string');
  if (problem !== undefined) return problem;
  const [minutes, hours, days, months, weekdays] = sets as boolean[][];
  if (weekdays[7]) weekdays[0] = true;
  const eitherDay = !words[2].startsWith('*') && !words[4].startsWith('*');
  return { minutes, hours, days, months, weekdays, eitherDay };
}

function readField(field: Field, word: string): boolean[] | string {
  const set = Array.from({ length: field.max + 1 }, () => false);
  for (const part of word.split(',')) {
    const range = readRange(field, part);
    if (range === null) return `the ${field.name} ${word}`;
    for (let value = range.first; value <= range.last; value += range.step) set[value] = true;
  }
  return set;
}

const PART = /^(?:(\*)|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:\/([0-9]+))?$/;

function readRange(
  field: Field,
  part: string,
): { readonly first: number; readonly last: number; readonly step: number } | null {
  const match = PART.exec(part);
  if (match === null) return null;
  const [, star, from, to, by] = match;
  const isRange = star !== undefined || to !== undefined;
  if (by !== undefined && !isRange) return null;
  const first = star === undefined ? valueOf(field, from) : field.min;
  const end = to ?? from;
  const last = star === undefined ? valueOf(field, end) : field.max;
  const step = by === undefined ? 1 : Number(by);
  return first >= field.min && last <= field.max && first <= last && step >= 1
    ? { first, last, step }
    : null;
}

/** NaN for a word that is no value of the field. */
function valueOf({ min, names }: Field, word: string): number {
  const place = names.findIndex((name) => lower(name) === lower(word));
  if (place >= 0) return min + place;
  return /^[0-9]+$/.test(word) ? Number(word) : NaN;
}

/** From one 29 February to the next it is eight years at most. */
const LONGEST_SEARCH = 366 * 9;

/** The first time that fits at or after `from`; Infinity when there is none. Seconds from 1970. */
export function nextFit(cron: Cron, from: number): number {
  const first = Math.ceil(from / 60);
  const today = Math.floor((first * 60) / SECONDS_PER_DAY);
  for (let day = today; day < today + LONGEST_SEARCH; day++) {
    if (!isDayIn(cron, day)) continue;
    const begin = day === today ? first - (today * SECONDS_PER_DAY) / 60 : 0;
    const minute = minuteIn(cron, begin);
    if (minute >= 0) return day * SECONDS_PER_DAY + minute * 60;
  }
  return Infinity;
}

function isDayIn(cron: Cron, days: number): boolean {
  const { month, day } = dayAt(days);
  if (!cron.months[month]) return false;
  const isDay = cron.days[day];
  const isWeekday = cron.weekdays[weekdayAt(days)];
  return cron.eitherDay ? isDay || isWeekday : isDay && isWeekday;
}

/** The first minute of a day that fits, from minute `begin` on; -1: none. */
function minuteIn({ hours, minutes }: Cron, begin: number): number {
  for (let minute = begin; minute < 24 * 60; minute++) {
    if (hours[Math.floor(minute / 60)] && minutes[minute % 60]) return minute;
  }
  return -1;
}
