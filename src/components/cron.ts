/**
 * Cron expressions, as far as all services of AWS agree: fields of numbers, names, ranges, lists and steps, and the
 * next minute of the calendar that fits. Which fields there are, and what days mean, is each service's own.
 */

import { SECONDS_PER_DAY } from '../kernel/calendar.js';
import { lower } from './settings/nearest.js';

export const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
export const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names, from `min` on. */
  readonly names: readonly string[];
}

/** When something is due: at a minute of a day that fits. */
export interface CronTimes {
  /** Which values fit: `minutes[30]`. */
  readonly minutes: readonly boolean[];
  readonly hours: readonly boolean[];
  /** Whether a day fits, in days from 1970-01-01. */
  isDay(days: number): boolean;
}

/** Which values a field takes, from 0 to its greatest, or in words what is wrong with it. */
export function readCronField(
  field: CronField,
  word: string,
  openSteps = false,
): boolean[] | string {
  const set = Array.from({ length: field.max + 1 }, () => false);
  for (const part of word.split(',')) {
    const range = readRange(field, part, openSteps);
    if (range === null) return `the ${field.name} ${word}`;
    for (let value = range.first; value <= range.last; value += range.step) set[value] = true;
  }
  return set;
}

const PART = /^(?:(\*)|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:\/([0-9]+))?$/;

/** `openSteps`: `5/15` is every fifteenth from 5 on. */
function readRange(
  field: CronField,
  part: string,
  openSteps: boolean,
): { readonly first: number; readonly last: number; readonly step: number } | null {
  const match = PART.exec(part);
  if (match === null) return null;
  const [, star, from, to, by] = match;
  const isRange = star !== undefined || to !== undefined;
  const isOpen = openSteps && by !== undefined && !isRange;
  if (by !== undefined && !isRange && !isOpen) return null;
  const first = star === undefined ? valueOf(field, from) : field.min;
  const end = to ?? from;
  const last = star === undefined && !isOpen ? valueOf(field, end) : field.max;
  const step = by === undefined ? 1 : Number(by);
  return first >= field.min && last <= field.max && first <= last && step >= 1
    ? { first, last, step }
    : null;
}

/** NaN for a word that is no value of the field. */
function valueOf({ min, names }: CronField, word: string): number {
  const place = names.findIndex((name) => lower(name) === lower(word));
  if (place >= 0) return min + place;
  return /^[0-9]+$/.test(word) ? Number(word) : NaN;
}

/** From one 29 February to the next it is eight years at most. */
const LONGEST_SEARCH = 366 * 9;

/** The first time that fits at or after `from`; Infinity when there is none. Seconds from 1970. */
export function nextFit(cron: CronTimes, from: number): number {
  const first = Math.ceil(from / 60);
  const today = Math.floor((first * 60) / SECONDS_PER_DAY);
  for (let day = today; day < today + LONGEST_SEARCH; day++) {
    if (!cron.isDay(day)) continue;
    const begin = day === today ? first - (today * SECONDS_PER_DAY) / 60 : 0;
    const minute = minuteIn(cron, begin);
    if (minute >= 0) return day * SECONDS_PER_DAY + minute * 60;
  }
  return Infinity;
}

/** The first minute of a day that fits, from minute `begin` on; -1: none. */
function minuteIn({ hours, minutes }: CronTimes, begin: number): number {
  for (let minute = begin; minute < 24 * 60; minute++) {
    if (hours[Math.floor(minute / 60)] && minutes[minute % 60]) return minute;
  }
  return -1;
}
