/** Calendar times, in UTC: `2026-01-01T00:00Z`, into seconds from 1970. */

import type { CalendarDay } from '../../kernel/calendar.js';
import { dayAt, daysFrom1970, daysIn, SECONDS_PER_DAY } from '../../kernel/calendar.js';
import type { Read } from './problem.js';
import { show } from './problem.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?Z$/;

/** Seconds from 1970-01-01T00:00Z. */
export const readMoment: Read<number> = (written, refuse) => {
  const allowed = 'a time in UTC such as 2026-01-01T00:00Z';
  const match = typeof written === 'string' ? MOMENT.exec(written) : null;
  if (match === null) {
    const isDate = typeof written === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(written);
    return refuse({
      code: 'wrong-kind',
      found: show(written),
      allowed,
      ...(isDate ? { nearest: `${written}T00:00Z` } : {}),
    });
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0)) as [number, number, number, number, number, number];
  const isReal = isDay({ year, month, day }) && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return refuse({ code: 'out-of-range', found: show(written), allowed });
  return daysFrom1970({ year, month, day }) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
};

function isDay({ year, month, day }: CalendarDay): boolean {
  return year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** Seconds from 1970 as they are written: `2026-01-01T00:00Z`. */
export function momentText(seconds: number): string {
  const { year, month, day } = dayAt(Math.floor(seconds / SECONDS_PER_DAY));
  const inDay = seconds % SECONDS_PER_DAY;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = inDay % 60 === 0 ? '' : `:${two(inDay % 60)}`;
  const clock = `${two(inDay / 3600)}:${two((inDay % 3600) / 60)}${rest}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}Z`;
}

/** A calendar time in UTC → seconds from 1970. */
export function moment(options: Docs = {}) {
  return setting(readMoment, { type: 'string', format: 'date-time' }, options);
}
