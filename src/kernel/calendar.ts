/**
 * The Gregorian calendar in UTC as arithmetic, from 1970 on: no Date, so that every engine agrees.
 * Leap seconds are not counted, as in Unix time.
 */

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const SECONDS_PER_DAY = 86_400;

export interface CalendarDay {
  readonly year: number;
  /** 1..12. */
  readonly month: number;
  /** 1..31. */
  readonly day: number;
}

export function daysIn(year: number, month: number): number {
  return DAYS_IN_MONTH[month - 1] + (month === 2 && isLeap(year) ? 1 : 0);
}

/** Days from 1970-01-01 to a day. */
export function daysFrom1970({ year, month, day }: CalendarDay): number {
  let days = day - 1;
  for (let m = 1; m < month; m++) days += daysIn(year, m);
  return days + daysBefore(year);
}

/** The day so many days after 1970-01-01. */
export function dayAt(days: number): CalendarDay {
  let year = 1970 + Math.floor(days / 366); // never too late
  while (daysBefore(year + 1) <= days) year++;
  let left = days - daysBefore(year);
  let month = 1;
  while (left >= daysIn(year, month)) left -= daysIn(year, month++);
  return { year, month, day: left + 1 };
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayAt(days: number): number {
  return (days + 4) % 7;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days from 1970-01-01 to the first of January of a year. */
function daysBefore(year: number): number {
  return 365 * (year - 1970) + leapsUntil(year - 1) - leapsUntil(1969);
}

function leapsUntil(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}
