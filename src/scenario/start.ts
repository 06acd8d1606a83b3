/** `start: 2026-01-01T00:00Z`: the calendar time of virtual time 0. No Date: the calendar is arithmetic. */

import type { Read } from '../components/settings/problem.js';
import { show } from '../components/settings/problem.js';

const START = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?Z$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const SECONDS_PER_DAY = 86_400;

/** Seconds from 1970-01-01T00:00Z. */
export const readStart: Read<number> = (written, refuse) => {
  const allowed = 'a time in UTC such as 2026-01-01T00:00Z';
  const match = typeof written === 'string' ? START.exec(written) : null;
  if (match === null) {
    const isDay = typeof written === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(written);
    return refuse({
      code: 'wrong-kind',
      found: show(written),
      allowed,
      ...(isDay ? { nearest: `${written}T00:00Z` } : {}),
    });
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0)) as [number, number, number, number, number, number];
  const isReal =
    year >= 1970 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) return refuse({ code: 'out-of-range', found: show(written), allowed });
  return daysFrom1970(year, month, day) * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
};

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysIn(year: number, month: number): number {
  return DAYS_IN_MONTH[month - 1] + (month === 2 && isLeap(year) ? 1 : 0);
}

function daysFrom1970(year: number, month: number, day: number): number {
  let days = day - 1;
  for (let m = 1; m < month; m++) days += daysIn(year, m);
  const before = year - 1;
  return days + 365 * (year - 1970) + (leapsUntil(before) - leapsUntil(1969));
}

function leapsUntil(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}
