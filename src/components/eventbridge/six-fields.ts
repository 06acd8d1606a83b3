/**
 * EventBridge's cron: minutes, hours, day of the month, month, day of the week (1 is Sunday), year. One of the two days
 * is `?`; `L` is the last day of the month, `3W` the working day nearest to the third, `6#2` the second Friday, `6L`
 * the last one.
 * Source: EventBridge User Guide "eb-scheduled-rule-pattern" (cron expressions), 2026.
 */

import { dayAt, daysFrom1970, daysIn, weekdayAt } from '../../kernel/calendar.js';
import type { CalendarDay } from '../../kernel/calendar.js';
import type { CronField, CronTimes } from '../cron.js';
import { MONTHS, readCronField, WEEKDAYS } from '../cron.js';

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const MINUTE: CronField = { name: 'minutes', min: 0, max: 59, names: [] };
const HOUR: CronField = { name: 'hours', min: 0, max: 23, names: [] };
const DAY: CronField = { name: 'day of the month', min: 1, max: 31, names: [] };
const MONTH: CronField = { name: 'month', min: 1, max: 12, names: MONTHS };
const WEEKDAY: CronField = { name: 'day of the week', min: 1, max: 7, names: WEEKDAYS };
const YEAR: CronField = { name: 'year', min: FIRST_YEAR, max: LAST_YEAR, names: [] };

type IsDay = (day: CalendarDay, date: number) => boolean;

/** The fields read, or in words what is wrong with them. */
export function readSixFields(text: string): CronTimes | string {
  const words = text.trim().split(/\s+/);
  if (words.length !== 6)
    return `${words.length} fields, not six (minutes, hours, day of the month, month, day of the week, year)`;
  const [minute, hour, day, month, weekday, year] = words;
  if ((day === '?') === (weekday === '?'))
    return `${day} and ${weekday}: one of day of the month and day of the week is ?, the other is not`;
  const minutes = readCronField(MINUTE, minute, true);
  if (typeof minutes === 'string') return minutes;
  const hours = readCronField(HOUR, hour, true);
  if (typeof hours === 'string') return hours;
  const months = readCronField(MONTH, month, true);
  if (typeof months === 'string') return months;
  const years = readCronField(YEAR, year, true);
  if (typeof years === 'string') return years;
  const fits = day === '?' ? weekdayTest(weekday) : dayTest(day);
  if (typeof fits === 'string') return fits;
  return {
    minutes,
    hours,
    isDay: (date) => {
      const at = dayAt(date);
      return months[at.month] && years[at.year] && fits(at, date);
    },
  };
}

function dayTest(word: string): IsDay | string {
  if (word === 'L') return ({ year, month, day }) => day === daysIn(year, month);
  const nearest = /^(\d{1,2})W$/.exec(word);
  if (nearest !== null) {
    const wanted = Number(nearest[1]);
    if (wanted < 1 || wanted > 31) return `the day of the month ${word}`;
    return (at) => at.day === workingDayNear(at.year, at.month, wanted);
  }
  const days = readCronField(DAY, word, true);
  return typeof days === 'string' ? days : ({ day }) => days[day];
}

/** The working day of the month that is nearest to a day of it; 0: the month has no such day. */
function workingDayNear(year: number, month: number, day: number): number {
  const last = daysIn(year, month);
  if (day > last) return 0;
  const weekday = weekdayAt(daysFrom1970({ year, month, day }));
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < last ? day + 1 : day - 2;
  return day;
}

function weekdayTest(word: string): IsDay | string {
  const [, before, ending, nth] = /^([0-9A-Za-z]+?)(?:(L)|#([1-5]))$/.exec(word) ?? [];
  if (before !== undefined) {
    const set = readCronField(WEEKDAY, before);
    if (typeof set === 'string') return `the day of the week ${word}`;
    if (ending !== undefined)
      return ({ year, month, day }, date) => isOn(set, date) && day + 7 > daysIn(year, month);
    return ({ day }, date) => isOn(set, date) && Math.ceil(day / 7) === Number(nth);
  }
  if (word === 'L') return (_day, date) => weekdayAt(date) === 6;
  const weekdays = readCronField(WEEKDAY, word, true);
  return typeof weekdays === 'string' ? weekdays : (_day, date) => isOn(weekdays, date);
}

function isOn(weekdays: readonly boolean[], date: number): boolean {
  return weekdays[weekdayAt(date) + 1];
}
